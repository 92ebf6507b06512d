"""Track 3: facts with their arguments.

Two facts of one kind may be paired when one argument agrees; the quality of a pair is the share of
arguments right, a position counting half. Spellings agree up to an edit distance of two. In the
easy mode facts marked as difficult need not be found and phases do not count; in the hard mode
facts that are possible, to come or denied are no facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.evaluate.factrueval.corpus import Argument, GoldFact, GoldText, normalized
from kg.evaluate.scores import Row, Table

KINDS = ("occupation", "meeting", "deal", "ownership")
_UNREAL = frozenset({"возможность", "будущее", "отрицание"})
_WEIGHTS = {"position": 0.5, "фаза": 0.5}
_MOST_EDITS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact found; arguments are (name, spelling) pairs."""

    kind: str
    arguments: tuple[tuple[str, str], ...]
    phase: str = ""


@dataclass(frozen=True, slots=True)
class _Counts:
    kind: str
    gold: int
    found: int
    right: float


def table(texts: Sequence[tuple[GoldText, Sequence[Answer]]], hard: bool) -> Table:
    counts = [_compare(kind, text, answers, hard) for text, answers in texts for kind in KINDS]
    rows = [_row("all", counts)] + [_row(kind, [c for c in counts if c.kind == kind]) for kind in KINDS]
    return Table(f"FactRuEval track 3, facts, {'hard' if hard else 'easy'} mode ({len(texts)} texts)", tuple(rows))


def _row(name: str, counts: Sequence[_Counts]) -> Row:
    return Row(name, sum(c.gold for c in counts), sum(c.found for c in counts), sum(c.right for c in counts))


def _compare(kind: str, text: GoldText, answers: Sequence[Answer], hard: bool) -> _Counts:
    gold = [f for f in text.facts or () if f.kind == kind and not (hard and f.modality in _UNREAL)]
    found = [a for a in answers if a.kind == kind]
    met: dict[int, int] = {}
    if gold and found:
        gain = np.array([[quality(g, a, hard) for a in found] for g in gold])
        free = np.array([[not hard and g.difficult] * len(found) for g in gold])
        rows, columns = linear_sum_assignment(np.where(free, 0.3 * gain, gain), maximize=True)
        met = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}
    counted = [i for i, g in enumerate(gold) if hard or not g.difficult]
    excused = {j for i, j in met.items() if i not in counted}
    right = sum(quality(gold[i], found[met[i]], hard) for i in counted if i in met)
    return _Counts(kind, len(counted), len(found) - len(excused), right)


def quality(gold: GoldFact, answer: Answer, hard: bool) -> float:
    """Share of arguments right, by weight; 0 when none agrees."""
    wanted = list(gold.arguments)
    if hard and gold.phase:
        wanted.append(Argument("фаза", frozenset({gold.phase})))
    given = list(answer.arguments)
    if hard and answer.phase:
        given.append(("фаза", answer.phase))
    met: set[int] = set()
    extra = 0.0
    for name, value in given:
        place = next((i for i, a in enumerate(wanted) if a.name == name and agrees(a, value)), None)
        if place is None:
            extra += _WEIGHTS.get(name, 1.0)
        else:
            met.add(place)
    right = sum(_WEIGHTS.get(wanted[i].name, 1.0) for i in met)
    missed = sum(_WEIGHTS.get(a.name, 1.0) for i, a in enumerate(wanted) if i not in met)
    return right / (right + missed + extra) if right else 0.0


def agrees(argument: Argument, value: str) -> bool:
    wanted = normalized(value)
    return any(_close(v, wanted) for v in argument.values)


def _close(one: str, other: str) -> bool:
    """Levenshtein distance of at most two."""
    if abs(len(one) - len(other)) > _MOST_EDITS:
        return False
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1] <= _MOST_EDITS
