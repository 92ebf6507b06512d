"""Calendar values: EDTF strings (ISO 8601-2:2019) with their earliest and latest day."""

from __future__ import annotations

from datetime import date, timedelta

from kg.records import TimeValue

LAST_YEAR = 9999


def days_in(year: int, month: int) -> int:
    """Number of days of a month."""
    following = date(year + month // 12, month % 12 + 1, 1) if year < LAST_YEAR else date(year, 12, 31)
    return (following - timedelta(days=1)).day if following.day == 1 else 31


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """The month that lies `by` months away."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def day(value: date) -> TimeValue:
    iso = value.isoformat()
    return TimeValue(iso, iso, iso)


def month(year: int, number: int) -> TimeValue:
    return TimeValue(
        f"{year:04d}-{number:02d}", f"{year:04d}-{number:02d}-01", f"{year:04d}-{number:02d}-{days_in(year, number):02d}"
    )


def year(number: int) -> TimeValue:
    return TimeValue(f"{number:04d}", f"{number:04d}-01-01", f"{number:04d}-12-31")


def between(first: date, last: date) -> TimeValue:
    """An interval of days, both included."""
    if first == last:
        return day(first)
    return TimeValue(f"{first.isoformat()}/{last.isoformat()}", first.isoformat(), last.isoformat())


def span(first: TimeValue, last: TimeValue) -> TimeValue:
    """From the start of one value to the end of another, in their own precision."""
    return TimeValue(f"{first.edtf.split('/')[0]}/{last.edtf.split('/')[-1]}", first.earliest, last.latest)


def since(value: TimeValue) -> TimeValue:
    return TimeValue(f"{value.edtf.split('/')[0]}/..", value.earliest, None)


def until(value: TimeValue) -> TimeValue:
    return TimeValue(f"../{value.edtf.split('/')[-1]}", None, value.latest)


def partial(month_number: int, day_number: int | None = None) -> TimeValue:
    """A month or a day of an unknown year."""
    tail = f"-{day_number:02d}" if day_number else ""
    return TimeValue(f"XXXX-{month_number:02d}{tail}", None, None)


def week(of: date, by: int) -> TimeValue:
    """The calendar week (Monday to Sunday) `by` weeks away from the one that holds a day."""
    monday = of - timedelta(days=of.weekday()) + timedelta(weeks=by)
    return between(monday, monday + timedelta(days=6))


def season(year_number: int, name: str) -> TimeValue:
    """Meteorological seasons in months; winter runs into the next year, as in HeidelTime."""
    first, last = {"весна": (3, 5), "лето": (6, 8), "осень": (9, 11), "зима": (12, 14)}[name]
    return span(month(year_number, first), month(*shift_months(year_number, 1, last - 1)))
