"""Precision, recall and F1 over sets, with bootstrap intervals over documents."""

from __future__ import annotations

import random
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

_ROUNDS = 1000
_SEED = 20251010


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one line of a table, `right` in parts where a pair can be half right; `interval` is F1's 95 %
    bootstrap interval, (0, 0) if not made; `recalled` is what counts as right for recall, where that differs."""

    name: str
    gold: int
    found: int
    right: float
    interval: tuple[float, float] = (0.0, 0.0)
    recalled: float | None = None

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        right = self.right if self.recalled is None else self.recalled
        return right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        if self.recalled is None:
            return f1(self.gold, self.found, self.right)
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of rows."""

    title: str
    rows: tuple[Row, ...]


def f1(gold: int, found: int, right: float) -> float:
    return 2 * right / (gold + found) if gold + found else 0.0


Pairs = Sequence[tuple[AbstractSet[Any], AbstractSet[Any]]]
"""For each document the gold set and the found set."""


def row(name: str, documents: Pairs, interval: bool = False) -> Row:
    """Micro-averaged counts over documents."""
    counts = [(len(gold), len(found), len(gold & found)) for gold, found in documents]
    totals = [sum(c[i] for c in counts) for i in range(3)]
    return Row(name, totals[0], totals[1], totals[2], _bootstrap(counts) if interval else (0.0, 0.0))


def _bootstrap(counts: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    """95 % percentile interval of micro F1, documents resampled with a fixed seed."""
    chance = random.Random(_SEED)
    values = []
    for _ in range(_ROUNDS):
        sample = chance.choices(counts, k=len(counts))
        values.append(f1(sum(c[0] for c in sample), sum(c[1] for c in sample), sum(c[2] for c in sample)))
    values.sort()
    return values[int(0.025 * _ROUNDS)], values[int(0.975 * _ROUNDS) - 1]


def rows_by(names: Sequence[str], documents: Pairs, at: int) -> list[Row]:
    """One row a name, for sets of tuples whose element `at` is the name."""
    return [
        row(name, [({x for x in gold if x[at] == name}, {x for x in found if x[at] == name}) for gold, found in documents])
        for name in names
    ]
