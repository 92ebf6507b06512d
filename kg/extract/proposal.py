"""What an extractor proposes, and how proposals of several extractors become mentions.

Nesting is part of NEREL: a mention may lie inside another one. Two rules settle what cannot
stand together: one span has one label (the most confident proposal wins), and two proposals
that cross without nesting keep the more confident.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.records import Document, Mention, Sentence, Span
from kg.text import gazetteer
from kg.text.normal import lemma, nominative

# Labels of which one never holds another of its own kind.
_FLAT = frozenset({"PERSON", "DATE", "AGE", "MONEY", "NUMBER", "PERCENT", "TIME", "EVENT", "ORDINAL", "NATIONALITY"})


# Numbers that are part of a measure are no mentions of their own.
_PARTS = frozenset({"NUMBER", "ORDINAL", "DATE", "TIME"})
_MEASURES = frozenset({"DATE", "TIME", "AGE", "MONEY", "PERCENT", "NUMBER", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mention that an extractor proposes; `normal` is set where it knows better than syntax."""

    start: int
    end: int
    label: str
    confidence: float
    found_by: str
    normal: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class RelationProposal:
    """A relation that an extractor proposes between two of its own mention proposals."""

    label: str
    head: Span
    head_label: str
    tail: Span
    tail_label: str
    confidence: float
    found_by: str


def settle(document: Document, proposals: Iterable[Proposal]) -> tuple[Mention, ...]:
    """Choose among proposals and turn them into the article's mentions, in text order."""
    by_sentence: defaultdict[int, list[Proposal]] = defaultdict(list)
    for one in sorted(proposals, key=lambda p: (-p.confidence, -(p.end - p.start), p.start, p.label, p.found_by)):
        sentence = document.sentence_at(one.start)
        if sentence is not None and all(_can_stand(one, other) for other in by_sentence[sentence.index]):
            by_sentence[sentence.index].append(one)
    kept = [one for group in by_sentence.values() for one in group]
    mentions = []
    for number, one in enumerate(sorted(kept, key=lambda p: (p.start, -p.end, p.label)), 1):
        sentence = document.sentence_at(one.start)
        if sentence is None:
            continue
        head = sentence.head_of(one.span) or sentence.at(one.start)
        mentions.append(
            Mention(
                id=f"m{number}",
                start=one.start,
                end=one.end,
                label=one.label,
                normal=one.normal or normal_form(sentence, one),
                sentence=sentence.index,
                head=head.index if head else 0,
                confidence=one.confidence,
                found_by=one.found_by,
            )
        )
    return tuple(mentions)


def _can_stand(one: Proposal, other: Proposal) -> bool:
    if not one.span.meets(other.span):
        return True
    if one.span == other.span:
        return False
    if not (one.span.holds(other.span) or other.span.holds(one.span)):
        return False
    if one.label == other.label and one.label in _FLAT:
        return False
    inner, outer = sorted((one, other), key=lambda p: p.end - p.start)
    return not (inner.label in _PARTS and outer.label in _MEASURES)


def normal_form(sentence: Sentence, proposal: Proposal) -> str:
    """The nominative of a proposal's span; quotes around a whole name are dropped."""
    if not sentence.within(proposal.span):
        return sentence.text[_place(sentence.starts, proposal.start) : _place(sentence.ends, proposal.end) + 1]
    place = _place_of_adjective(sentence, proposal)
    if place:
        return place
    span = without_brackets(sentence, proposal.span)
    normal = strip_quotes(" ".join(nominative(sentence, span, person=proposal.label in ("PERSON", "FAMILY")).split()))
    if proposal.label == "PROFESSION" and normal[1:2].islower():
        return normal[:1].lower() + normal[1:]
    return normal


_PLACES = frozenset({"COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"})


def _place_of_adjective(sentence: Sentence, proposal: Proposal) -> str | None:
    """«российский» as a place is «Россия», whoever proposes it."""
    words = sentence.within(proposal.span)
    if proposal.label not in _PLACES or len(words) != 1:
        return None
    adjective = words[0].pos in ("ADJ", "VERB") or not words[0].is_title or words[0].text.lower().endswith(_ADJECTIVE_ENDINGS)
    place = (gazetteer.place_of_adjective(words[0].lemma) or gazetteer.place_of_adjective(lemma(words[0].text))) if adjective else None
    return place[0] if place else None


_ADJECTIVE_ENDINGS = ("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими")


def _place(offsets: Sequence[int], offset: int) -> int:
    """Index of the cleaned character at an original offset, for a mention inside a word."""
    return min(bisect_left(offsets, offset), len(offsets) - 1)


def without_brackets(sentence: Sentence, span: Span) -> Span:
    """«Томас Ланге (Volker Bouffier)» is normalised without what stands in brackets."""
    bracket = next((t for t in sentence.within(span) if t.text in ("(", "[")), None)
    return Span(span.start, sentence.tokens[bracket.index - 1].end) if bracket and bracket.start > span.start else span


_PAIRS: Mapping[str, str] = {"«": "»", '"': '"', "“": "”", "„": "“"}


def strip_quotes(name: str) -> str:
    """«Коммерсантъ» → Коммерсантъ, when the quotes hold the whole name."""
    while len(name) > 2 and _PAIRS.get(name[0]) == name[-1] and name[0] not in name[1:-1]:
        name = name[1:-1].strip()
    return name
