"""What a claim is about: the things that its content names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.records import Claim, Document, Mention, Sentence, Span
from kg.text.words import column

_ABOUT = frozenset({"PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY",
                    "PRODUCT", "WORK_OF_ART", "LAW", "FAMILY"})  # fmt: skip


def about_of(
    document: Document, claim: Claim, mentions: Sequence[Mention], referents: Referents, by_id: Mapping[str, Mention]
) -> tuple[str, ...]:
    """Named mentions of the content, the outermost ones.

    «азербайджанские власти» is no name: what it is about is Азербайджан.
    """
    inside = [m for m in mentions if claim.start <= m.start and m.end <= claim.end and _is_named(document, m)]
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
