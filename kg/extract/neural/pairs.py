"""Candidate pairs of mentions, and what is known of each before any network runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MAX_GAP = 150
FAR = 5
"""Sentences apart from which on all distances are one."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

DISTANCE_EDGES = np.array([1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 50, 80])
FEATURE_SIZES = (2 * (len(DISTANCE_EDGES) + 1), 6, 6, 6, 3)
OVERLAPS = 3


class Pairs(NamedTuple):
    """Ordered candidate pairs of entities with what is known of each before any network runs."""

    head: Ints
    tail: Ints
    buckets: Ints  # [pairs, 5]
    overlaps: Floats  # [pairs, 3]


def candidate_pairs(
    starts: Ints, ends: Ints, labels: Ints, sentence: Ints, words: Sequence[str], reach: NDArray[np.int8]
) -> Pairs:
    """All ordered pairs within the reach of their label pair whose gap is ≤ MAX_GAP units.

    `starts`, `ends` are inclusive unit numbers; `sentence` numbers the sentence of every unit;
    `words` are the lower-cased units; `reach[head label, tail label]` is how many sentences apart the
    two may begin: FAR for any number, -1 for never.
    """
    count = len(starts)
    gap = np.maximum(starts[None] - ends[:, None], starts[:, None] - ends[None]) - 1
    distant = np.minimum(np.abs(sentence[starts][None] - sentence[starts][:, None]), FAR)
    good = (distant <= reach[labels[:, None], labels[None]]) & (gap <= MAX_GAP) & ~np.eye(count, dtype=bool)
    head, tail = np.nonzero(good)
    distance = np.digitize(gap[head, tail], DISTANCE_EDGES)
    order = (starts[tail] < starts[head]).astype(np.int64) * (len(DISTANCE_EDGES) + 1)
    apart = distant[head, tail]
    ranks = _ranks(starts, labels, len(sentence))
    rank_tail = np.abs(ranks[labels[tail], starts[tail]] - ranks[labels[tail], starts[head]])
    rank_head = np.abs(ranks[labels[head], starts[tail]] - ranks[labels[head], starts[head]])
    nested = np.where(
        (starts[head] <= starts[tail]) & (ends[tail] <= ends[head]),
        1,
        np.where((starts[tail] <= starts[head]) & (ends[head] <= ends[tail]), 2, 0),
    )
    buckets = np.stack(
        [distance + order, apart, np.minimum(rank_tail, 5), np.minimum(rank_head, 5), nested], axis=1
    )
    overlaps = _name_overlaps(starts, ends, words)[head, tail]
    return Pairs(head, tail, buckets.astype(np.int64), overlaps.astype(np.float32))


def _ranks(starts: Ints, labels: Ints, length: int) -> Ints:
    """For each label, how many entities of it begin before each unit."""
    counts = np.zeros((int(labels.max(initial=0)) + 1, length + 1), dtype=np.int64)
    np.add.at(counts, (labels, starts + 1), 1)
    return np.cumsum(counts, axis=1)[:, :length]


def _name_overlaps(starts: Ints, ends: Ints, words: Sequence[str]) -> Floats:
    """[entities, entities, 3]: share of common word beginnings, same text, acronym of the other."""
    texts = [words[s : e + 1] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
    stems: dict[str, int] = {}
    rows = [[stems.setdefault(w[:4], len(stems)) for w in text if w.isalnum()] for text in texts]
    table = np.zeros((len(texts), len(stems) + 1), dtype=np.float32)
    for number, row in enumerate(rows):
        table[number, row] = 1.0
    sizes = table.sum(axis=1)
    common = table @ table.T / np.maximum(np.minimum(sizes[:, None], sizes[None]), 1.0)
    names = np.array(["".join(t) for t in texts] or [""])[: len(texts)]
    same = names[:, None] == names[None]
    initials = np.array(["".join(w[0] for w in t if w.isalnum()) for t in texts] or [""])[: len(texts)]
    long_enough = np.array([len(i) > 1 for i in initials], dtype=bool)
    acronym = (initials[:, None] == names[None]) & long_enough[:, None]
    return np.stack([common, same, acronym | acronym.T], axis=2).astype(np.float32)
