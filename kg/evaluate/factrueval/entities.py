"""Track 2: who and what a text speaks of, each once, by name.

An entity is a tag and attributes (`firstname`, `lastname`, `patronymic`, `nickname`, `name`). The quality of
a pair is the share of attributes that agree among all of both sides; names agree when they differ in no more
letters than their length allows. Entities without a name, and those that only stand inside larger names or
are only hinted at by adjectives and descriptors, may be found but need not be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.evaluate.factrueval.corpus import GoldEntity, GoldText, normalized
from kg.evaluate.scores import Row, Table


@dataclass(frozen=True, slots=True)
class Answer:
    """An entity found: tag `per`, `org` or `loc`, and its attributes."""

    tag: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    tag: str
    gold: bool
    found: bool
    quality: float


def table(texts: Sequence[tuple[GoldText, Sequence[Answer]]]) -> Table:
    pairs = [pair for text, found in texts for pair in _compare(text.entities, found)]
    return Table(
        f"FactRuEval track 2, identified entities ({len(texts)} texts)",
        tuple(_row(name, [p for p in pairs if name in ("all", p.tag)]) for name in ("all", "per", "loc", "org")),
    )


def _row(name: str, pairs: Sequence[_Pair]) -> Row:
    return Row(name, sum(p.gold for p in pairs), sum(p.found for p in pairs), sum(p.quality for p in pairs))


def _compare(entities: Sequence[GoldEntity], answers: Sequence[Answer]) -> list[_Pair]:
    gold, found = [e for e in entities if e.attributes], list(dict.fromkeys(answers))
    met: dict[int, int] = {}
    gain = np.array([[quality(g, a) for a in found] for g in gold])
    if gold and found:
        rows, columns = linear_sum_assignment(gain, maximize=True)
        met = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}
    pairs = [
        _Pair(entity.tag, True, i in met, float(gain[i, met[i]]) if i in met else 0.0) for i, entity in enumerate(gold) if not entity.optional
    ]
    taken = set(met.values())
    return pairs + [_Pair(answer.tag, False, True, 0.0) for j, answer in enumerate(found) if j not in taken]


def quality(gold: GoldEntity, answer: Answer) -> float:
    """From 0, another entity, to 1, all attributes right and none besides."""
    if gold.tag != answer.tag:
        return 0.0
    right: set[int] = set()
    extra = 0
    for name, value in answer.attributes:
        fitting = {i for i, (own, values) in enumerate(gold.attributes) if own == name and any(agree(v, normalized(value)) for v in values)}
        right |= fitting
        extra += not fitting
    return len(right) / (len(gold.attributes) + extra)


def agree(one: str, other: str) -> bool:
    """Equal but for one letter, in long names for two; in the shortest for none."""
    longest = max(len(one), len(other))
    allowed = 0 if longest < 2 else 1 if longest < 9 else 2
    return abs(len(one) - len(other)) <= allowed and _distance(one, other) <= allowed


@cache
def _distance(one: str, other: str) -> int:
    """Letters to change, add or drop (Levenshtein, 1965)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]
