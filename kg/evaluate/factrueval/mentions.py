"""Track 1: mentions of people, organisations and places, compared word by word.

The quality of a pair is the share of words right: of the gold mention only the words of its name
count, a wrong word counts against it. Gold mentions without a name, and those that stand inside a
larger organisation or place, may be found but need not be. A mention that is both an organisation
and a place needs to be found once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.evaluate.factrueval.corpus import HOLDERS, GoldMention, GoldText
from kg.evaluate.scores import Row, Table

_NAMING = {
    "loc": frozenset({"loc_name", "org_name"}),
    "org": frozenset({"org_name", "loc_name"}),
    "per": frozenset({"name", "surname", "patronymic", "nickname"}),
}
_PERFECT = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A mention found: tag `per`, `org` or `loc`, and its place in the text."""

    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Pair:
    gold: int | None
    found: int | None
    tag: str
    quality: float
    counts: bool


def table(texts: Sequence[tuple[GoldText, Sequence[Answer]]]) -> Table:
    pairs = [pair for text, found in texts for pair in _compare(text, found)]
    return Table(
        f"FactRuEval track 1, mentions, LocOrg as Loc ({len(texts)} texts)",
        tuple(_row(name, [p for p in pairs if name in ("all", p.tag)]) for name in ("all", "per", "loc", "org")),
    )


def _row(name: str, pairs: Sequence[_Pair]) -> Row:
    counted = [p for p in pairs if p.counts]
    return Row(name, sum(p.gold is not None for p in counted), sum(p.found is not None for p in counted), sum(p.quality for p in counted))


def _compare(text: GoldText, answers: Sequence[Answer]) -> list[_Pair]:
    gold = list(text.mentions)
    found = [(a.tag, text.tokens_in(a.start, a.end)) for a in answers]
    found = [(tag, tokens) for tag, tokens in dict.fromkeys(found) if tokens]
    met: dict[int, int] = {}
    if gold and found:
        gain = np.array([[_likeness(g, tag, tokens) for tag, tokens in found] for g in gold])
        rows, columns = linear_sum_assignment(gain + _PERFECT * (gain == 1.0), maximize=True)
        met = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}
    pairs = []
    for i, mention in enumerate(gold):
        counts = not _optional(i, gold, met)
        j = met.get(i)
        if counts or j is not None:
            quality = _quality(mention, *found[j]) if j is not None and counts else 0.0
            pairs.append(_Pair(i, j, mention.tag, quality, counts))
    taken = set(met.values())
    return pairs + [_Pair(None, j, tag, 0.0, True) for j, (tag, _) in enumerate(found) if j not in taken]


def _likeness(gold: GoldMention, tag: str, tokens: frozenset[int]) -> float:
    if gold.tag != tag:
        return 0.0
    return len(gold.tokens & tokens) / len(gold.tokens | tokens)


def _named(gold: GoldMention) -> frozenset[int]:
    return frozenset(t for s in gold.spans if s.tag in _NAMING[gold.tag] for t in s.tokens)


def _quality(gold: GoldMention, tag: str, tokens: frozenset[int]) -> float:
    named = _named(gold)
    right, missed, wrong = len(named & tokens), len(named - tokens), len(tokens - gold.tokens)
    return right / (right + missed + wrong) if right + missed + wrong else _likeness(gold, tag, tokens)


def _optional(index: int, gold: Sequence[GoldMention], met: dict[int, int]) -> bool:
    """True for what need not be found: the nameless, the nested, the twin of a mention found."""
    mention = gold[index]
    if not _named(mention):
        return True
    twins = []
    for other, candidate in enumerate(gold):
        if other == index or candidate.tag not in HOLDERS[mention.tag]:
            continue
        if mention.tokens < candidate.tokens:
            return True
        if mention.tokens == candidate.tokens:
            twins.append(other)
    for twin in twins:
        if (index in met) != (twin in met):
            return index not in met
        if gold[twin].tag == mention.tag:
            return index > twin
        return mention.tag != "org"
    return False
