"""Readings placed on the calendar: EDTF with the earliest and the latest day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from kg.records import TimeValue
from kg.text import calendar
from kg.text.dates.reading import Anchor, Reading


def resolve(reading: Reading, anchor: Anchor | None, year: int | None) -> TimeValue | None:
    """Place a reading on the calendar.

    `year` is the year that the context speaks of, for days and months that name none. The value
    is partial («XXXX-05-09») where the year stays unknown, and None where nothing is known.
    """
    try:
        value = _place(reading, anchor, year)
    except (ValueError, OverflowError):
        return None
    if value is None or not reading.side:
        return value
    if not value.resolved:
        return value
    if reading.side == "since":
        return calendar.since(value)
    if reading.part == "end" and value.latest:
        return calendar.until(calendar.day(date.fromisoformat(value.latest)))
    return calendar.until(value)


def _place(reading: Reading, anchor: Anchor | None, year: int | None) -> TimeValue | None:
    if reading.kind == "range":
        return _place_range(reading, anchor, year)
    if reading.kind in ("date", "month-of-year"):
        known = reading.year
        if reading.kind == "month-of-year":
            base = year if reading.word == "same" and year else anchor.date.year if anchor else None
            known = base + reading.shift if base is not None else None
        return _ymd(known if known is not None else year, reading)
    if reading.kind == "decade" and reading.year is not None:
        return _decade(reading.year, reading.part)
    if reading.kind == "century" and reading.year is not None:
        return calendar.span(calendar.year(reading.year + 1), calendar.year(reading.year + 100))
    if reading.kind == "season":
        known = reading.year if reading.year is not None else year
        return calendar.season(known, reading.word) if known is not None else None
    if reading.kind == "block":
        known = reading.year if reading.year is not None else year
        return _block(known, reading) if known is not None else None
    if reading.kind == "era":
        first, last = reading.word.split("/")
        return calendar.between(date.fromisoformat(first), date.fromisoformat(last))
    return _relative(reading, anchor) if anchor else None


def _place_range(reading: Reading, anchor: Anchor | None, year: int | None) -> TimeValue | None:
    assert reading.last is not None
    last = _place(reading.last, anchor, year)
    first = _place(replace(reading, kind=reading.word, word="", last=None, side=""), anchor, year)
    if first is None or last is None:
        return None
    if first.earliest and last.latest and first.earliest > last.latest:
        return None
    return calendar.span(first, last)


def _ymd(year: int | None, reading: Reading) -> TimeValue | None:
    if reading.month is None:
        return _year_part(year, reading.part) if year is not None else None
    if reading.day is not None:
        if year is None:
            date(2024, reading.month, reading.day)
            return calendar.partial(reading.month, reading.day)
        return calendar.day(date(year, reading.month, reading.day))
    if year is None:
        return calendar.partial(reading.month)
    return _month_part(year, reading.month, reading.part)


_QUARTERS = {"start": (1, 3), "middle": (5, 8), "end": (10, 12)}
_TENTHS = {"start": (0, 3), "middle": (4, 6), "end": (7, 9)}


def _year_part(year: int, part: str) -> TimeValue:
    """«в начале года» is its first quarter, «в конце» its last."""
    if not part:
        return calendar.year(year)
    first, last = _QUARTERS[part]
    return calendar.span(calendar.month(year, first), calendar.month(year, last))


def _decade(year: int, part: str) -> TimeValue:
    first, last = _TENTHS.get(part, (0, 9))
    return calendar.span(calendar.year(year + first), calendar.year(year + last))


def _month_part(year: int, month: int, part: str) -> TimeValue:
    if not part:
        return calendar.month(year, month)
    first, last = {"start": (1, 10), "middle": (11, 20), "end": (21, calendar.days_in(year, month))}[part]
    return calendar.between(date(year, month, first), date(year, month, last))


def _block(year: int, reading: Reading) -> TimeValue:
    assert reading.month is not None and reading.day is not None
    return calendar.span(calendar.month(year, reading.month), calendar.month(year, reading.month + reading.day - 1))


def _relative(reading: Reading, anchor: Anchor) -> TimeValue | None:
    today = anchor.date
    match reading.kind:
        case "days":
            return calendar.day(today + timedelta(days=reading.shift))
        case "weeks":
            return calendar.day(today + timedelta(weeks=reading.shift))
        case "months":
            return calendar.month(*calendar.shift_months(today.year, today.month, reading.shift))
        case "years":
            return calendar.year(today.year + reading.shift)
        case "weekday":
            return calendar.day(_weekday_date(today, reading.day or 0, reading.word))
        case "this-year":
            return _year_part(today.year + reading.shift, reading.part)
        case "this-month":
            return _month_part(*calendar.shift_months(today.year, today.month, reading.shift), reading.part)
        case "this-week":
            return calendar.week(today, reading.shift)
        case "this-weekend":
            saturday = today - timedelta(days=today.weekday()) + timedelta(days=5, weeks=reading.shift)
            return calendar.between(saturday, saturday + timedelta(days=1))
        case "this-night":
            return calendar.day(today)
        case "season-of-year":
            return calendar.season(today.year + reading.shift, reading.word)
        case "block-of-year":
            return _block(today.year + reading.shift, reading)
    return None


def _weekday_date(today: date, number: int, word: str) -> date:
    """The nearest such day: behind, unless the text says that it is to come; today counts."""
    if word in ("следующ", "будущ"):
        return today - timedelta(days=today.weekday()) + timedelta(weeks=1, days=number)
    if word in ("ближайш", "предстоящ", "грядущ"):
        return today + timedelta(days=(number - today.weekday()) % 7 or 7)
    back = (today.weekday() - number) % 7
    if word in ("прошл", "минувш", "прошедш") and back == 0:
        back = 7
    return today - timedelta(days=back)
