"""Sentences of a line: razdel's, but none ends inside brackets: «у Линца (Тироль; Австрия) на холме»."""

from __future__ import annotations

from collections.abc import Iterator

from razdel import sentenize

_LONGEST_BRACKET = 200
"""Characters; a bracket that is open for longer was forgotten."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, in characters of the text."""
    first, last = 0, -1
    for piece in sentenize(text):
        if piece.stop == piece.start:
            continue
        if last >= 0 and _is_inside(text[first:last], text[last : piece.stop]):
            last = piece.stop
            continue
        if last >= 0:
            yield first, last
        first, last = piece.start, piece.stop
    if last >= 0:
        yield first, last


def _is_inside(before: str, after: str) -> bool:
    """A bracket stays open before, and closes soon behind."""
    opening = before.rfind("(")
    if opening <= before.rfind(")"):
        return False
    closing = after.find(")")
    return closing >= 0 and "(" not in after[:closing] and len(before) - opening + closing < _LONGEST_BRACKET
