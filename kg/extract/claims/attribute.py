"""Cues, speakers and contents put together into claims, nested where one lies in another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.chain import chained
from kg.extract.claims.content import content_of
from kg.extract.claims.cues import Cue, find_cues
from kg.extract.claims.headlines import headline_claims
from kg.extract.claims.modality import modality_of
from kg.extract.claims.quoting import quoting_verbs
from kg.extract.claims.speakers import AUTHOR, Speaker, speaker_of
from kg.extract.claims.speech import Quotation, quotations
from kg.extract.claims.stretch import trim
from kg.records import Claim, Document, Mention, Sentence, Span, Token
from kg.text.words import column

_ABOUT = frozenset({"PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY",
                    "PRODUCT", "WORK_OF_ART", "LAW", "FAMILY"})  # fmt: skip
_CONFIDENCE = {"verb": 0.85, "prep": 0.9, "impersonal": 0.75, "particle": 0.8, "adverb": 0.75, "modal": 0.6, "adjective": 0.6,
               "noun": 0.55, "short": 0.8}  # fmt: skip


def attribute(document: Document, mentions: Sequence[Mention], referents: Referents) -> tuple[Claim, ...]:
    """All claims of an article, in text order of their cues."""
    quotes = quotations(document)
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
    found = _without_doubles(found)
    found.sort(key=lambda c: (c.cue.start if c.cue else c.start, c.start, -c.end))
    numbered = [replace(claim, id=f"c{i}") for i, claim in enumerate(found, 1)]
    nested = _own_voice_out(document, _without_echoes(_nest(numbered), kinds), quotes)
    spoken = _through_outlets(_inherit_speakers(document, chained(document, nested, referents)), referents)
    by_id = {m.id: m for m in mentions}
    return tuple(replace(c, about=_about(document, c, mentions, referents, by_id)) for c in spoken)


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
    if cue.kind == "modal" and cue.row["cue"] != "должный":
        return clause.is_negated(sentence, head)
    return cue.row["cue"] == "хотеть" and any(t.lemma == "бы" for t in sentence.below(head.index))


def _within_quotation(cue: Cue, content: Span, quotes: Sequence[Quotation]) -> Span:
    """A hedge in somebody's quoted words hedges no more than these words."""
    for quote in quotes:
        if quote.inner.holds(cue.span) and content.meets(quote.inner):
            return Span(max(content.start, quote.inner.start), min(content.end, quote.inner.end))
    return content


def _is_silent(cue: Cue) -> bool:
    """«не сообщило деталей»: a report that was not made, unless it says what: «не подтвердил, что …»."""
    if cue.kind != "verb" or cue.row["modality"] != "reported" or cue.row["cue"].startswith("не "):
        return False
    told = any(t.lemma in ("что", "чтобы") for t in cue.sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 6])
    return clause.is_negated(cue.sentence, cue.head) and "obj" not in cue.frames and not told


def _referred(cue: Cue, speaker: Speaker, referents: Referents) -> Speaker:
    """«сообщает «Медиазона» со ссылкой на Киру Ярмыш»: she says it, through the outlet."""
    reference = next((c for c in find_cues(cue.sentence) if c.row["cue"] in _REFERRING), None)
    if reference is None or not cue.frames & {"quote", "paren"}:
        return speaker
    source = speaker_of(reference, referents)
    if source.mention is None and source.name is None:
        return speaker
    return replace(source, via=speaker.mention, via_name=speaker.name)


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


def _without_echoes(claims: Sequence[Claim], kinds: Mapping[Span, str]) -> list[Claim]:
    """«опасались, что вирус может быть смертельным», «вероятно, может»: one doubt, one claim."""
    by_id = {c.id: c for c in claims}
    out = []
    for claim in claims:
        parent = by_id.get(claim.parent or "")
        echo = parent is not None and claim.modality == parent.modality == "possible" and _kind(claim, kinds) in ("modal", "adverb")
        if not echo or parent is None or claim.start - parent.start > _ECHO_REACH:
            out.append(claim)
    gone = {c.id: c.parent for c in claims} if len(out) < len(claims) else {}
    kept = {c.id for c in out}
    return [replace(c, parent=gone[c.parent]) if c.parent and c.parent not in kept else c for c in out]


def _kind(claim: Claim, kinds: Mapping[Span, str]) -> str:
    return kinds.get(claim.cue, "") if claim.cue else ""


_ECHO_REACH = 60


def _own_voice_out(document: Document, claims: Sequence[Claim], quotes: Sequence[Quotation]) -> list[Claim]:
    """«Отметим, что …»: a first person outside all speech is the author, who asserts."""
    def is_author(claim: Claim) -> bool:
        if claim.cue is None or claim.parent is not None or any(q.outer.holds(claim.cue) for q in quotes):
            return False
        sentence = document.sentence_at(claim.cue.start)
        return sentence is not None and any(
            t.feats.get("Person") == "1" and t.number == "Plur" and t.is_finite for t in sentence.within(claim.cue)
        )

    return [c for c in claims if not is_author(c)]


def _through_outlets(claims: Sequence[Claim], referents: Referents) -> list[Claim]:
    """What an outlet reports of others reached us through it: «…, сообщает агентство Рейтер»."""
    by_id = {c.id: c for c in claims}
    out = []
    for claim in claims:
        parent = by_id.get(claim.parent or "")
        if parent is not None and claim.via is None and claim.via_name is None and parent.modality == "reported":
            own = claim.speaker or claim.speaker_name
            if own and parent.speaker and parent.speaker != claim.speaker and referents.is_outlet(parent.speaker):
                claim = replace(claim, via=parent.speaker)
        out.append(claim)
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
    if not points_back:
        return None
    before = document.sentences[sentence.index - 1]
    spoken = [c for c in earlier if before.span.meets(c.span) and (c.speaker or c.speaker_name) and c.parent is None]
    return spoken[-1] if spoken and before.line >= sentence.line - 1 else None


def _about(
    document: Document, claim: Claim, mentions: Sequence[Mention], referents: Referents, by_id: Mapping[str, Mention]
) -> tuple[str, ...]:
    """Named mentions of the content, the outermost ones.

    «азербайджанские власти» is no name: what it is about is Азербайджан.
    """
    inside = [m for m in mentions if claim.span.holds(m.span) and _is_named(document, m)]
    common = {m.id for m in inside if m.label == "ORGANIZATION" and m.normal == m.normal.lower()}
    inside = [m for m in inside if not (m.id in common and any(o is not m and m.span.holds(o.span) for o in inside))]
    outer = [m for m in inside if not any(o is not m and o.span.holds(m.span) for o in inside)]
    found = [m.id for m in outer if not _describes_named(document, m, outer)]
    for sentence in document.sentences:
        if not sentence.span.meets(claim.span):
            continue
        found += _described(sentence, claim, referents, [i for i in found if by_id[i].label == "PERSON"])
        found += _target(sentence, claim, referents, found)
        found += _described_before(sentence, claim, inside=mentions, found=found)
    return tuple(found)


def _is_named(document: Document, mention: Mention) -> bool:
    """A thing of the world by its name; events and organisations count when the name is a proper one."""
    if not mention.is_sure:
        return False
    if mention.label == "EVENT":
        return document.article.text[mention.start].isupper() and " " in mention.normal and mention.start not in {s.span.start for s in document.sentences}
    if mention.label in ("ORGANIZATION", "FACILITY", "LAW") and not any(c.isupper() for c in document.article.text[mention.start : mention.end]):
        return False
    return mention.label in _ABOUT


def _describes_named(document: Document, mention: Mention, named: Sequence[Mention]) -> bool:
    """«бразильской компании Odebrecht», «польская культура»: an adjective of a place names nothing by itself,
    but for a body that has no other name: «азербайджанские власти»."""
    sentence = document.sentences[mention.sentence]
    token = sentence.tokens[mention.head]
    if token.pos != "ADJ" or token.head < 0:
        return False
    noun = sentence.tokens[token.head]
    names = {m.head for m in named if m.sentence == mention.sentence and m is not mention}
    if noun.index in names or any(t.index in names for t in sentence.below(noun.index, "appos", "flat", "nmod")):
        return True
    return noun.lemma not in column("organizations.tsv", "lemma") | column("groups.tsv", "lemma") | column("posts.tsv", "lemma")


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


def _described(sentence: Sentence, claim: Claim, referents: Referents, people: Sequence[str]) -> list[str]:
    """«Влиятельный чиновник, по сведениям прессы, хотел …»: whom the subject of the claim's own clause describes,
    where nobody in the content has a name."""
    if people:
        return []
    for token in sentence.tokens:
        told = claim.start <= token.start and token.end <= claim.end and token.rel.startswith("nsubj") and token.is_noun
        if told and (token.head < 0 or sentence.tokens[token.head].rel in ("root", "ccomp", "parataxis")):
            meant = referents.of(sentence, token, "PERSON", "ORGANIZATION")
            if meant is not None and not meant.span.holds(token.span):
                return [meant.id]
    return []


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
