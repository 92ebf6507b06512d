"""How far two annotations of the same texts agree, by the pairing and the definitions of `kg eval claims`.

Usage: python docs/agreement.py tests/eval/held.jsonl tests/eval/second/held.jsonl; only texts of both are compared.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from kg.evaluate.annotations import GoldClaim, read_annotations
from kg.evaluate.claims import overlap, paired, same_name, within_name

ASPECTS: tuple[tuple[str, Callable[[GoldClaim, GoldClaim], bool]], ...] = (
    ("speaker", lambda a, b: same_name(a.source, b.source)),
    ("speaker, or part of the name", lambda a, b: within_name(a.source, b.source)),
    ("kind of speaker", lambda a, b: a.kind == b.kind),
    ("modality", lambda a, b: a.modality == b.modality),
    ("content, half shared", lambda a, b: overlap(a.content, b.content) >= 0.5),
)  # fmt: skip


def main(first: Path, second: Path) -> None:
    others = {text.doc: text for text in read_annotations(second)}
    both = [(text, others[text.doc]) for text in read_annotations(first) if text.doc in others]
    pairs = [
        (one.claims[i], other.claims[j])
        for one, other in both
        for i, j in paired([(c.cue, c.content) for c in one.claims], [(c.cue, c.content) for c in other.claims])
    ]
    claims = sum(len(one.claims) + len(other.claims) for one, other in both)
    print(f"{len(both)} texts, {claims} claims in both together\ncue, F1: {200 * len(pairs) / claims:.1f}")
    for name, agrees in ASPECTS:
        print(f"{name}: {100 * sum(agrees(*pair) for pair in pairs) / len(pairs):.1f}")
    dates = sum(len(one.dates) + len(other.dates) for one, other in both)
    same = sum(any(overlap(a.span, b.span) and a.value == b.value for b in other.dates) for one, other in both for a in one.dates)
    print(f"dates, found with the same value, F1: {200 * same / dates:.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
