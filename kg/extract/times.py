"""DATE mentions and their calendar values, placed by the article's own context.

The anchor is the article's date, with its source. A day or month without a year takes the year
from the text: the same month named with its year elsewhere, a full date earlier in the sentence,
or the article's own date when that is stated; a date that was only inferred from a list of other
headlines is too weak for it. What stays open stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.extract.proposal import Proposal
from kg.read.article import WEAK_SOURCES
from kg.records import Document, Mention, Sentence, Span, TimeExpression, TimeValue
from kg.text import dates
from kg.text.dates import Anchor, Expression

FOUND_BY = "calendar"


@dataclass(frozen=True, slots=True)
class Found:
    """An expression of the article with its span and value."""

    span: Span
    expression: Expression
    value: TimeValue | None
    source: str | None


def anchor_of(document: Document) -> Anchor | None:
    article = document.article
    if article.date is None or article.date_source is None:
        return None
    return Anchor(date.fromisoformat(article.date), article.date_source, article.date_source in WEAK_SOURCES)


def find_times(document: Document) -> list[Found]:
    """All temporal expressions of an article, resolved as far as the text allows."""
    raw = [
        (sentence, expression)
        for sentence in document.sentences
        for expression in dates.find(sentence.text)
    ]
    anchor = anchor_of(document)
    years = _stated_years(raw)
    found: list[Found] = []
    last_day: TimeValue | None = None
    for position, (sentence, expression) in enumerate(raw):
        span = sentence.locate(expression.start, expression.end)
        reading = expression.reading
        if reading.kind == "same-day":
            found.append(Found(span, expression, last_day, "context" if last_day else None))
            continue
        year, why = _context_year(position, raw, years, anchor)
        value = dates.resolve(reading, anchor, year)
        found.append(Found(span, expression, value, _source(reading, value, why, anchor)))
        if value and len(value.edtf) == 10 and value.resolved:
            last_day = value
    return found


def _source(reading: dates.Reading, value: TimeValue | None, why: str | None, anchor: Anchor | None) -> str | None:
    if value is None or not value.resolved:
        return None
    if reading.year is not None or (reading.last is not None and reading.last.year is not None) or reading.kind == "era":
        return "stated"
    if reading.kind in ("date", "range", "season", "block"):
        return why
    return anchor.source if anchor else None


def _stated_years(raw: list[tuple[Sentence, Expression]]) -> Mapping[int, set[int]]:
    """For each month, the years that the text names with it."""
    years: dict[int, set[int]] = {}
    for _, expression in raw:
        for reading in (expression.reading, expression.reading.last):
            if reading is not None and reading.year is not None and reading.month is not None and reading.kind != "block":
                years.setdefault(reading.month, set()).add(reading.year)
    return years


def _context_year(
    position: int, raw: list[tuple[Sentence, Expression]], years: Mapping[int, set[int]], anchor: Anchor | None
) -> tuple[int | None, str | None]:
    """The year for an expression that names none, and where it was found."""
    sentence, expression = raw[position]
    month = expression.reading.month
    if month is None:
        return (anchor.date.year, anchor.source) if anchor and not anchor.weak else (None, None)
    same_month = years.get(month, set())
    if len(same_month) == 1:
        return next(iter(same_month)), "context"
    for other_sentence, other in reversed(raw[:position]):
        if other_sentence.index == sentence.index and other.reading.year is not None and other.reading.kind == "date":
            return other.reading.year, "context"
    if anchor and not anchor.weak:
        return _nearest_year(anchor.date, month, expression.reading.day), anchor.source
    return None, None


def _nearest_year(anchor: date, month: int, day: int | None) -> int:
    """The year that puts a day and month closest to the anchor."""
    best = anchor.year
    for year in (anchor.year - 1, anchor.year + 1):
        try:
            gap = abs((date(year, month, day or 15) - anchor).days)
            if gap < abs((date(best, month, day or 15) - anchor).days):
                best = year
        except ValueError:
            continue
    return best


_OUTSIDE = frozenset({"к", "ко", "после", "около", "примерно"})


def times(document: Document) -> Iterator[Proposal]:
    """DATE proposals. The preposition belongs to the mention, as in NEREL, but for «к» and «после»."""
    for sentence in document.sentences:
        for expression in dates.find(sentence.text):
            first = sentence.text[expression.start : expression.core].lower().split()
            start = expression.core if first and first[0] in _OUTSIDE else expression.start
            span = sentence.locate(start, expression.end)
            yield Proposal(span.start, span.end, "DATE", 0.85, FOUND_BY, sentence.text[expression.core : expression.end])


def time_expressions(found: list[Found], mentions: tuple[Mention, ...]) -> tuple[TimeExpression, ...]:
    """Tie each value to its DATE mention."""
    by_end = {m.end: m for m in mentions if m.label == "DATE"}
    return tuple(
        TimeExpression(by_end[f.span.end].id, f.span.start, f.span.end, f.value, f.source)
        for f in found
        if f.span.end in by_end
    )


