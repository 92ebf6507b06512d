"""How far two annotations of the same texts agree, by the pairing and the definitions of `kg eval claims`.

Usage: python docs/agreement.py tests/eval/held.jsonl tests/eval/second/held.jsonl; only texts of both are compared.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.evaluate.annotations import Annotated, GoldClaim, read_annotations
from kg.evaluate.claims import overlap, same_name, within_name

Pair = tuple[GoldClaim, GoldClaim]
ASPECTS: tuple[tuple[str, Callable[[GoldClaim, GoldClaim], bool]], ...] = (
    ("speaker", lambda a, b: same_name(a.source, b.source)),
    ("speaker, or part of the name", lambda a, b: within_name(a.source, b.source)),
    ("kind of speaker", lambda a, b: a.kind == b.kind),
    ("modality", lambda a, b: a.modality == b.modality),
    ("content, half shared", lambda a, b: overlap(a.content, b.content) >= 0.5),
)  # fmt: skip


def paired(one: Annotated, other: Annotated) -> list[Pair]:
    """Claims whose cues overlap, one to one, by largest overlap of cues and contents."""
    if not one.claims or not other.claims:
        return []
    gain = np.array([[_gain(a, b) for b in other.claims] for a in one.claims])
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [(one.claims[i], other.claims[j]) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0]


def _gain(one: GoldClaim, other: GoldClaim) -> float:
    cue = overlap(one.cue, other.cue)
    return 1 + cue + overlap(one.content, other.content) if cue else 0.0


def main(first: Path, second: Path) -> None:
    others = {text.doc: text for text in read_annotations(second)}
    both = [(text, others[text.doc]) for text in read_annotations(first) if text.doc in others]
    pairs = [pair for one, other in both for pair in paired(one, other)]
    claims = sum(len(one.claims) + len(other.claims) for one, other in both)
    print(f"{len(both)} texts, {claims} claims in both together\ncue, F1: {200 * len(pairs) / claims:.1f}")
    for name, agrees in ASPECTS:
        print(f"{name}: {100 * sum(agrees(*pair) for pair in pairs) / len(pairs):.1f}")
    dates = sum(len(one.dates) + len(other.dates) for one, other in both)
    same = sum(any(overlap(a.span, b.span) and a.value == b.value for b in other.dates) for one, other in both for a in one.dates)
    print(f"dates, found with the same value, F1: {200 * same / dates:.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
