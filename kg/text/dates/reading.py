"""What a temporal expression says, before it is placed on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative expressions hang on: the article's date, and whether it is only a weak guess."""

    date: date
    source: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression says, before it is placed on the calendar.

    `kind` picks the resolver; numbers are None where the text is silent; `shift` counts units
    away from the anchor; `side` is «since» or «until» for half-open intervals.
    """

    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int = 0
    word: str = ""
    side: str = ""
    part: str = ""
    last: Reading | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A stretch `[start, end)` of the sentence with its reading.

    `core` is where the expression starts without the preposition that opens an interval.
    """

    start: int
    end: int
    core: int
    reading: Reading
