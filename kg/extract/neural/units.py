"""What the model reads: units of words, and the windows that the encoder reads together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MAX_WINDOW = 510

Word = tuple[str, int, int]
"""A word with its character offsets."""

# A unit is what a span may begin or end with. NEREL marks «экс-[президент]» and «COVID-[19]»,
# so razdel words are cut further, but decimal numbers «5,56» stay whole.
_UNIT = re.compile(r"\d+(?:[.,]\d+)+|\w+|[^\w\s]")


class Unit(NamedTuple):
    """A word or a piece of one: text, offsets, sentence number, whether a gap comes before it."""

    text: str
    start: int
    end: int
    sentence: int
    spaced: bool


def split_units(sentences: Sequence[Sequence[Word]]) -> list[Unit]:
    """Words of sentences → units, with character offsets kept.

    >>> [u.text for u in split_units([[("экс-министр", 0, 11), ("5,56", 12, 16)]])]
    ['экс', '-', 'министр', '5,56']
    """
    units: list[Unit] = []
    last = -1
    for number, sentence in enumerate(sentences):
        for word, start, _ in sentence:
            for match in _UNIT.finditer(word):
                begin, end = start + match.start(), start + match.end()
                units.append(Unit(match.group(), begin, end, number, begin != last))
                last = end
    return units


class Window(NamedTuple):
    """Units [first, last) of a document that the encoder reads together."""

    first: int
    last: int


def plan_windows(lengths: Sequence[int], sentences: Sequence[int], limit: int = MAX_WINDOW) -> list[Window]:
    """Cut a document at sentence borders into few, evenly filled windows of ≤ `limit` pieces.

    >>> plan_windows([2, 2, 2, 2], [0, 0, 1, 1], limit=4)
    [Window(first=0, last=2), Window(first=2, last=4)]
    """
    total = sum(lengths)
    if not total:
        return []
    target = total / -(-total // limit)
    windows: list[Window] = []
    first = filled = 0
    for start, end in _sentence_ranges(sentences):
        for a, b in _chop(lengths, start, end, limit):
            size = sum(lengths[a:b])
            over = filled + size > limit
            if a > first and (over or filled + size / 2 > target):
                windows.append(Window(first, a))
                first, filled = a, 0
            filled += size
    windows.append(Window(first, len(lengths)))
    return windows


def _sentence_ranges(sentences: Sequence[int]) -> Iterable[tuple[int, int]]:
    start = 0
    for i in range(1, len(sentences) + 1):
        if i == len(sentences) or sentences[i] != sentences[start]:
            yield start, i
            start = i


def _chop(lengths: Sequence[int], start: int, end: int, limit: int) -> Iterable[tuple[int, int]]:
    """A sentence longer than the limit is cut where it is full."""
    first, filled = start, 0
    for i in range(start, end):
        if filled + lengths[i] > limit and i > first:
            yield first, i
            first, filled = i, 0
        filled += lengths[i]
    yield first, end
