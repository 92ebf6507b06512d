"""Cues, speakers and contents put together into claims, nested where one lies in another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.content import content_of, trim
from kg.extract.claims.cues import Cue, find_cues
from kg.extract.claims.headlines import headline_claims
from kg.extract.claims.speakers import AUTHOR, speaker_of
from kg.extract.claims.speech import Quotation, quotations
from kg.records import Claim, Document, Mention, Sentence, Span, Token

_ABOUT = frozenset({"PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY",
                    "PRODUCT", "WORK_OF_ART", "LAW", "FAMILY"})  # fmt: skip
_HEDGES = frozenset({"particle", "adverb", "modal", "adjective"})
_PLANS = frozenset({"prep", "impersonal"})
_CONFIDENCE = {"verb": 0.85, "prep": 0.9, "impersonal": 0.75, "particle": 0.8, "adverb": 0.75, "modal": 0.6, "adjective": 0.6,
               "noun": 0.55, "short": 0.8}  # fmt: skip


def attribute(document: Document, mentions: Sequence[Mention], referents: Referents) -> tuple[Claim, ...]:
    """All claims of an article, in text order of their cues."""
    quotes = quotations(document)
    found: list[Claim] = list(headline_claims(document, referents))
    for sentence in document.sentences:
        for cue in find_cues(sentence):
            claim = _claim(document, cue, referents, quotes)
            if claim is not None:
                found.append(claim)
    found = _without_doubles(found)
    found.sort(key=lambda c: (c.cue.start if c.cue else c.start, c.start, -c.end))
    numbered = [replace(claim, id=f"c{i}") for i, claim in enumerate(found, 1)]
    nested = _nest(numbered)
    spoken = _inherit_speakers(document, nested)
    by_id = {m.id: m for m in mentions}
    return tuple(replace(c, about=_about(document, c, mentions, referents, by_id)) for c in spoken)


def _claim(document: Document, cue: Cue, referents: Referents, quotes: Sequence[Quotation]) -> Claim | None:
    speaker = AUTHOR if cue.row["speaker"] == "none" and cue.kind != "impersonal" else speaker_of(cue, referents)
    content = content_of(document, cue, speaker.span, quotes)
    if content is None:
        content = _antecedent(document, cue)
    if content is None:
        return None
    modality, polarity = _modality(document, cue, content)
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
        via=speaker.via,
        via_name=speaker.via_name,
        modality=modality,
        polarity=polarity,
        about=(),
        confidence=_CONFIDENCE.get(cue.kind, 0.6),
    )


def _antecedent(document: Document, cue: Cue) -> Span | None:
    """«Об этом сообщил …», «эту информацию опроверг …»: what the sentence before says."""
    sentence = cue.sentence
    if cue.kind not in ("verb", "impersonal", "short") or sentence.index == 0:
        return None
    pointing = [
        t for t in sentence.tokens[:8]
        if t.lemma in ("это", "этот", "данный", "такой") and (t.head == cue.head.index or _is_news(sentence, t, cue))
    ]  # fmt: skip
    if not pointing:
        return None
    before = document.sentences[sentence.index - 1]
    return trim(document.article.text, before.span)


def _is_news(sentence: Sentence, token: Token, cue: Cue) -> bool:
    noun = sentence.tokens[token.head] if token.head >= 0 else None
    return noun is not None and noun.head == cue.head.index and noun.lemma in (
        "информация", "сообщение", "слух", "данные", "сведение", "заявление", "версия", "утверждение", "факт", "новость")  # fmt: skip


def _modality(document: Document, cue: Cue, content: Span) -> tuple[str, str]:
    """The row's modality, refined: a neutral group over a plan is a plan, a negated report a denial."""
    modality = cue.row["modality"]
    sentence = cue.sentence
    negated_cue = cue.kind in ("verb", "short", "modal") and not cue.row["cue"].startswith("не ") and clause.is_negated(sentence, cue.head)
    if negated_cue and modality in ("reported", "opinion", "promised", "alleged"):
        modality = "denied"
    elif negated_cue and modality == "denied":
        modality = "reported"
    inside = [t for t in sentence.tokens if content.start <= t.start and t.end <= content.end]
    if modality == "reported" and cue.kind in _PLANS and _is_plan(sentence, inside):
        modality = "planned"
    polarity = "negated" if _is_negated_content(sentence, inside) or (negated_cue and modality in ("planned", "demanded", "possible")) else "affirmed"
    return modality, polarity


def _is_plan(sentence: Sentence, inside: Sequence[Token]) -> bool:
    """The content speaks of the future, and of nothing past."""
    finite = [t for t in inside if t.is_finite]
    future = any(is_future(sentence, t) for t in finite)
    return future and not any(t.feats.get("Tense") == "Past" for t in finite)


def is_future(sentence: Sentence, verb: Token) -> bool:
    """«направится», «будет передано»; not the aorist-like present of a condition."""
    if verb.feats.get("Tense") == "Fut":
        return True
    return verb.feats.get("Aspect") == "Perf" and verb.feats.get("Tense") == "Pres"


def _is_negated_content(sentence: Sentence, inside: Sequence[Token]) -> bool:
    ids = {t.index for t in inside}
    tops = [t for t in inside if t.head not in ids and t.pos != "PUNCT"]
    return any(clause.is_negated(sentence, t) for t in tops[:1])


def _without_doubles(claims: Sequence[Claim]) -> list[Claim]:
    """One claim a cue; of a headline's colon and a verb for the same content, the verb."""
    kept: dict[tuple[Span | None, int], Claim] = {}
    for claim in claims:
        kept.setdefault((claim.cue, claim.start), claim)
    return list(kept.values())


def _nest(claims: Sequence[Claim]) -> list[Claim]:
    """A claim whose cue lies in another claim's content is said inside that claim."""
    out = []
    for claim in claims:
        holders = [
            o for o in claims
            if o is not claim and claim.cue is not None and o.span.holds(claim.cue)
            and not (o.cue is not None and claim.span.holds(o.cue) and len(claim.span) >= len(o.span))
        ]  # fmt: skip
        parent = min(holders, key=lambda o: (len(o.span), o.id), default=None)
        out.append(replace(claim, parent=parent.id if parent else None))
    return out


def _inherit_speakers(document: Document, claims: Sequence[Claim]) -> list[Claim]:
    """A hedge inside somebody's speech is that speaker's; one that goes on from it, too."""
    by_id = {c.id: c for c in claims}
    out: list[Claim] = []
    for claim in claims:
        if claim.speaker is None and claim.speaker_name is None and claim.speaker_kind == "author":
            source = _spoken_parent(claim, by_id) or _goes_on(document, claim, out)
            if source is not None:
                claim = replace(claim, speaker=source.speaker, speaker_name=source.speaker_name, speaker_kind=source.speaker_kind,
                              via=source.via, via_name=source.via_name)  # fmt: skip
        by_id[claim.id] = claim
        out.append(claim)
    return out


def _spoken_parent(claim: Claim, by_id: Mapping[str, Claim]) -> Claim | None:
    parent = by_id.get(claim.parent or "")
    for _ in range(len(by_id)):
        if parent is None or parent.speaker or parent.speaker_name:
            return parent
        parent = by_id.get(parent.parent or "")
    return None


def _goes_on(document: Document, claim: Claim, earlier: Sequence[Claim]) -> Claim | None:
    """«Предположительно, это произошло …»: «это» takes up what the sentence before reports."""
    sentence = document.sentence_at(claim.cue.start if claim.cue else claim.start)
    if sentence is None or sentence.index == 0 or not earlier:
        return None
    points_back = any(t.lemma == "это" and t.rel.startswith("nsubj") for t in sentence.tokens[:6])
    impersonal = claim.cue is not None and claim.confidence == _CONFIDENCE["impersonal"]
    if not points_back and not impersonal:
        return None
    before = document.sentences[sentence.index - 1]
    spoken = [c for c in earlier if before.span.meets(c.span) and (c.speaker or c.speaker_name) and c.parent is None]
    return spoken[-1] if spoken and before.line >= sentence.line - 1 else None


def _about(
    document: Document, claim: Claim, mentions: Sequence[Mention], referents: Referents, by_id: Mapping[str, Mention]
) -> tuple[str, ...]:
    """Named mentions of the content, the outermost ones; a descriptor as subject brings its person.

    «азербайджанские власти» is no name: what it is about is Азербайджан.
    """
    inside = [m for m in mentions if claim.span.holds(m.span) and m.label in _ABOUT and m.is_sure]
    common = {m.id for m in inside if m.label == "ORGANIZATION" and m.normal == m.normal.lower()}
    inside = [m for m in inside if not (m.id in common and any(o is not m and m.span.holds(o.span) for o in inside))]
    outer = [m for m in inside if not any(o is not m and o.span.holds(m.span) and o.label in _ABOUT for o in inside)]
    found = [m.id for m in outer]
    for sentence in document.sentences:
        if not sentence.span.meets(claim.span):
            continue
        for token in sentence.tokens:
            if claim.start <= token.start and token.end <= claim.end and token.rel.startswith("nsubj") and token.is_noun:
                meant = referents.of(sentence, token, "PERSON", "ORGANIZATION")
                if meant is not None and meant.id not in found and not meant.span.holds(token.span):
                    found.append(meant.id)
        found += _target(sentence, claim, referents, found)
        found += _described_before(sentence, claim, inside=mentions, found=found)
    return tuple(found)


_PARTICIPLE = re.compile(r"[а-яё]{2,30}(?:[уюая]щ|вш)(?:ий|ая|ее|ие|его|ей|их|ему|им|ем|ими|ую)(?:ся)?")


def _described_before(sentence: Sentence, claim: Claim, inside: Sequence[Mention], found: Sequence[str]) -> list[str]:
    """«сотрудники RT, по мнению МНБ являющиеся …»: a content that is a participle speaks of the noun
    phrase before the cue."""
    first = next((t for t in sentence.tokens if t.start >= claim.start and t.pos != "PUNCT"), None)
    if first is None or not (first.is_participle or _PARTICIPLE.fullmatch(first.text.lower())) or claim.cue is None or claim.end < first.end:
        return []
    before = [t for t in sentence.tokens if t.end <= claim.cue.start and t.pos != "PUNCT"]
    if not before:
        return []
    noun = before[-1]
    while noun.rel in ("appos", "flat", "nmod", "flat:name") and noun.head >= 0 and sentence.tokens[noun.head].is_noun:
        noun = sentence.tokens[noun.head]
    phrase = Span(noun.start, before[-1].end)
    return [m.id for m in inside if phrase.holds(m.span) and m.label in _ABOUT and m.is_sure and m.id not in found]


def _target(sentence: Sentence, claim: Claim, referents: Referents, found: Sequence[str]) -> list[str]:
    """Whom an accusation is about: the object of its verb."""
    if claim.modality != "alleged" or claim.cue is None or not sentence.span.holds(claim.cue):
        return []
    verb = sentence.at(claim.cue.start)
    if verb is None or not verb.is_verb:
        return []
    target = clause.subject(sentence, verb) if clause.is_passive(verb) else clause.direct_object(sentence, verb)
    meant = referents.of(sentence, target, "PERSON", "ORGANIZATION", "COUNTRY") if target is not None else None
    return [meant.id] if meant is not None and meant.id not in found else []
