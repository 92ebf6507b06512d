"""Cues, speakers and contents put together into claims, nested where one lies in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims import learned
from kg.extract.claims.about import about_of
from kg.extract.claims.chain import chained
from kg.extract.claims.content import content_of
from kg.extract.claims.cues import Cue, find_cues
from kg.extract.claims.headlines import headline_claims
from kg.extract.claims.modality import modality_of
from kg.extract.claims.nesting import inherit_speakers, nest, own_voice_out, through_outlets, without_echoes
from kg.extract.claims.quoting import quoting_verbs
from kg.extract.claims.speaker import AUTHOR, Speaker
from kg.extract.claims.speakers import is_source, speaker_of
from kg.extract.claims.speech import Quotation, quotations
from kg.extract.claims.stretch import trim
from kg.extract.neural.model import Encoded
from kg.records import Claim, Document, Mention, Sentence, Span, Token

_CONFIDENCE = {"verb": 0.85, "prep": 0.9, "impersonal": 0.75, "particle": 0.8, "adverb": 0.75, "modal": 0.6, "adjective": 0.6,
               "noun": 0.55, "short": 0.8}  # fmt: skip


def attribute(document: Document, mentions: Sequence[Mention], referents: Referents, encoded: Encoded | None = None) -> tuple[Claim, ...]:
    """All claims of an article, in text order of their cues; the trained reader weighs them where the text is encoded."""
    claims = ruled(document, referents)
    if encoded is not None and encoded.units and learned.available():
        sight = learned.Sight(document, mentions, referents, claims, learned.reader(), encoded)
        claims = through_outlets(nest(learned.choose(sight, numbered(learned.weigh(sight)))), referents)
    by_id = {m.id: m for m in mentions}
    return tuple(replace(c, about=about_of(document, c, mentions, referents, by_id)) for c in claims)


def ruled(document: Document, referents: Referents) -> list[Claim]:
    """The claims that the rules find."""
    quotes = quotations(document.article)
    found: list[Claim] = list(headline_claims(document, referents))
    kinds: dict[Span, str] = {}
    for sentence in document.sentences:
        cues = _telling(document, find_cues(sentence))
        for cue in cues:
            claim = _claim(document, cue, referents, quotes)
            if claim is not None:
                found.append(claim)
                kinds[cue.span] = cue.kind
    for cue in quoting_verbs(document, quotes, {c.start for c in found}):
        claim = _claim(document, cue, referents, quotes)
        if claim is not None and (claim.speaker or (claim.speaker_name and claim.speaker_kind in ("person", "organization", "group"))):
            found.append(claim)
    nested = own_voice_out(document, without_echoes(nest(numbered(_without_doubles(found))), kinds), quotes)
    return through_outlets(inherit_speakers(document, chained(document, nested, referents), quotes, kinds), referents)


def numbered(claims: Sequence[Claim]) -> list[Claim]:
    """In text order of their cues, with ids."""
    ordered = sorted(claims, key=lambda c: (c.cue.start if c.cue else c.start, c.start, -c.end))
    return [replace(claim, id=f"c{i}") for i, claim in enumerate(ordered, 1)]


def _telling(document: Document, cues: list[Cue]) -> list[Cue]:
    """«сообщает X со ссылкой на Y» is one claim: the verb's, told by Y through X."""
    verbs = [c for c in cues if c.kind in ("verb", "impersonal") and c.frames & {"quote", "paren"}]
    return [c for c in cues if c.row["cue"] not in _REFERRING or not verbs]


_REFERRING = frozenset({"со ссылкой на", "ссылаясь на"})


def _claim(document: Document, cue: Cue, referents: Referents, quotes: Sequence[Quotation]) -> Claim | None:
    if _is_no_doubt(cue):
        return None
    speaker = AUTHOR if cue.row["speaker"] == "none" and cue.kind != "impersonal" else speaker_of(cue, referents)
    content = content_of(document, cue, speaker.span, quotes)
    if content is None:
        content = _antecedent(document, cue)
    if content is None:
        return None
    content = _within_quotation(cue, content, quotes)
    if cue.kind in ("verb", "impersonal"):
        speaker = _referred(cue, speaker, referents)
    if _is_silent(cue):
        return None
    modality, polarity = modality_of(cue, content)
    return Claim(
        id="",
        start=content.start,
        end=content.end,
        cue=cue.span,
        cue_text=document.quote(cue.span),
        speaker=speaker.mention,
        speaker_name=speaker.name,
        speaker_span=speaker.span,
        speaker_kind=speaker.kind,
        together=speaker.together,
        via=speaker.via,
        via_name=speaker.via_name,
        modality=modality,
        polarity=polarity,
        about=(),
        confidence=_CONFIDENCE.get(cue.kind, 0.6),
    )


def _is_no_doubt(cue: Cue) -> bool:
    """«не может быть применён», «не нужно было»: no hedge; «хотели бы поблагодарить»: no plan."""
    sentence, head = cue.sentence, cue.head
    if cue.kind == "modal" and cue.row["cue"] != "должен":
        return clause.is_negated(sentence, head)
    above = sentence.tokens[head.head] if head.head >= 0 else None
    if head.feats.get("VerbForm") == "Inf" and above is not None and above.lemma in ("отказаться", "отказываться"):
        return True  # «отказалась просить»
    return cue.row["cue"] == "хотеть" and any(t.lemma == "бы" for t in sentence.below(head.index))


def _within_quotation(cue: Cue, content: Span, quotes: Sequence[Quotation]) -> Span:
    """A hedge in somebody's quoted words hedges no more than these words."""
    for quote in quotes:
        if quote.inner.holds(cue.span) and content.meets(quote.inner):
            return Span(max(content.start, quote.inner.start), min(content.end, quote.inner.end))
    return content


def _is_silent(cue: Cue) -> bool:
    """«не сообщило деталей»: a report that was not made, unless it says what: «не подтвердил, что …»."""
    if cue.kind not in ("verb", "impersonal") or cue.row["modality"] != "reported" or cue.row["cue"].startswith("не "):
        return False
    told = any(t.lemma in ("что", "чтобы") for t in cue.sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 6])
    return clause.is_negated(cue.sentence, cue.head) and "obj" not in cue.frames and not told


def _referred(cue: Cue, speaker: Speaker, referents: Referents) -> Speaker:
    """«сообщает «Медиазона» со ссылкой на Киру Ярмыш»: she says it, through the outlet."""
    cues = find_cues(cue.sentence)
    reference = next((c for c in cues if c.row["cue"] in _REFERRING), None)
    if reference is None or not cue.frames & {"quote", "paren"}:
        return speaker
    verbs = [c for c in cues if c.kind in ("verb", "impersonal") and "paren" in c.frames and c.words[0] < reference.words[0]]
    if verbs and verbs[-1].words != cue.words:
        return speaker  # «Анна сообщила, что …, передаёт агентство со ссылкой на газету»: the reference is the other verb's
    source = speaker_of(reference, referents)
    by_chance = source.kind == "document" and source.mention is None and not is_source(source.name or "")
    if by_chance or (source.mention is None and source.name is None):
        return speaker  # «со ссылкой на звонок»: how she knows, not who says it
    return replace(source, via=speaker.mention, via_name=speaker.name)


def _antecedent(document: Document, cue: Cue) -> Span | None:
    """«Об этом сообщил …», «эту информацию опроверг …»: what the sentence before says."""
    sentence = cue.sentence
    if cue.kind not in ("verb", "impersonal", "short") or sentence.index == 0:
        return None
    pointing = [
        t for t in sentence.tokens[:8]
        if (t.lemma in ("это", "этот", "данный", "такой") or t.text.lower() in _HAPPENED) and (t.head == cue.head.index or _is_news(sentence, t, cue))
    ]  # fmt: skip
    if not pointing:
        return None
    before = document.sentences[sentence.index - 1]
    return trim(document.article.text, before.span)


_HAPPENED = frozenset({"произошедшем", "случившемся", "происшедшем", "происшествии"})


def _is_news(sentence: Sentence, token: Token, cue: Cue) -> bool:
    noun = sentence.tokens[token.head] if token.head >= 0 else None
    return noun is not None and noun.head == cue.head.index and noun.lemma in (
        "информация", "сообщение", "слух", "данные", "сведение", "заявление", "версия", "утверждение", "факт", "новость")  # fmt: skip


def _without_doubles(claims: Sequence[Claim]) -> list[Claim]:
    """One claim a cue; of a headline's colon and a verb for the same content, the verb."""
    kept: dict[tuple[Span | None, int], Claim] = {}
    for claim in claims:
        kept.setdefault((claim.cue, claim.start), claim)
    return list(kept.values())
