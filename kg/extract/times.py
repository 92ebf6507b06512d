"""DATE mentions and their calendar values, placed by the article's own context.

The anchor is the article's date, with its source. A day or month without a year takes the year
from the text: the same month named with its year elsewhere, a full date earlier in the sentence,
or the article's own date when that is stated; a date that was only inferred from a list of other
headlines is too weak for it. What stays open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.extract.proposal import Proposal
from kg.read.article import WEAK_SOURCES
from kg.records import Document, Mention, Sentence, Span, TimeExpression, TimeValue
from kg.text import calendar, dates
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
    raw = _joined([
        (sentence, expression)
        for sentence in document.sentences
        for expression in dates.find(sentence.text)
    ])  # fmt: skip
    anchor = anchor_of(document) or _told_anchor(raw)
    years = _stated_years(raw)
    newest = max((r.year for _, e in raw for r in (e.reading, e.reading.last) if r is not None and r.year is not None), default=0)
    news_year = _news_year(raw) if anchor is None else None
    found: list[Found] = []
    for position, (sentence, expression) in enumerate(raw):
        span = sentence.locate(expression.start, expression.end)
        reading = expression.reading
        if reading.kind == "weekday" and not reading.word and anchor is not None and not anchor.weak and _is_told_ahead(sentence):
            reading = replace(reading, word="предстоящ")
        named = sentence.text[expression.core : expression.end].lower().startswith(("завтра", "послезавтра"))
        if reading.kind in _AHEAD and reading.shift > 0 and not named and expression.start == expression.core and (anchor is None or _is_told_past(sentence)):
            told = _following(replace(reading, kind="from-last", word=reading.kind), found) if _is_told_past(sentence) else None
            if told is not None:
                found.append(Found(span, expression, told, "context"))
            continue  # «через три дня» of a story: counted from the day before, or from none that the text names
        if reading.kind == "weekday" and anchor is None and not reading.word and (told := _named_weekday(reading, found) or _weekday_of_news(reading, raw)):
            found.append(Found(span, expression, told, "context"))
            continue
        if reading.kind in _FOLLOWING:
            followed = _following(reading, found)
            found.append(Found(span, expression, followed, "context" if followed else None))
            continue
        year, why = _context_year(position, raw, years, anchor, newest)
        year_of_news = news_year if anchor is None and reading.kind in _YEARLY else None
        value = dates.resolve(reading, anchor or year_of_news, year)
        if reading.kind == "date" and reading.word == "weekday" and reading.year is None and not _is_on(value, reading.shift):
            value, why = dates.resolve(reading, None, None), None
        found.append(Found(span, expression, value, _source(reading, value, why, anchor or year_of_news)))
    return found


def _is_told_past(sentence: Sentence) -> bool:
    """The sentence tells of what has been."""
    finite = [t for t in sentence.tokens if t.is_finite]
    return any(t.feats.get("Tense") == "Past" for t in finite) and not any(t.feats.get("Tense") == "Fut" for t in finite)


def _is_told_ahead(sentence: Sentence) -> bool:
    """«Решение ожидается в понедельник», «новый эмир в среду будет принимать гостей»: the sentence tells of what will be."""
    finite = [t for t in sentence.tokens if t.is_finite]
    ahead = any(t.feats.get("Tense") == "Fut" or (t.feats.get("Aspect") == "Perf" and t.feats.get("Tense") == "Pres") or t.lemma == "ожидаться" for t in finite)
    return ahead and not any(t.feats.get("Tense") == "Past" for t in finite)


_FOLLOWING = frozenset({"same-day", "next-day", "same-year", "from-last"})
_AHEAD = frozenset({"days", "weeks", "months", "years"})


def _joined(raw: list[tuple[Sentence, Expression]]) -> list[tuple[Sentence, Expression]]:
    """«вчера, 8 мая 2013 года», «в четверг, 9 октября»: one expression, with the reading of the date."""
    out: list[tuple[Sentence, Expression]] = []
    for sentence, expression in raw:
        if out and out[-1][0] is sentence and out[-1][1].reading.kind in ("days", "weekday") and expression.reading.kind == "date":
            before = out[-1][1]
            if expression.reading.day is not None and sentence.text[before.end : expression.start].strip() in (",", "", "—", "–"):
                counted = before.reading.shift if before.reading.kind == "days" else before.reading.day or 0
                told = replace(expression.reading, shift=counted, word=before.reading.kind)
                out[-1] = (sentence, replace(expression, start=before.start, reading=told))
                continue
        if out and out[-1][0] is sentence and out[-1][1].reading.kind == "date" and expression.reading.kind == "weekday":
            before = out[-1][1]
            if before.reading.day is not None and sentence.text[before.end : expression.start].strip() == ",":
                told = replace(before.reading, shift=expression.reading.day or 0, word="weekday")
                out[-1] = (sentence, replace(before, end=expression.end, reading=told))
                continue
        out.append((sentence, expression))
    return out


def _told_anchor(raw: list[tuple[Sentence, Expression]]) -> Anchor | None:
    """«вчера, 8 мая 2013 года» tells when the article was written; so does «в среду, 3 октября 2018 года», near its
    beginning, when no later day is named."""
    days = [e.reading for _, e in raw if e.reading.kind == "date" and e.reading.day is not None and e.reading.year is not None]
    newest = max(((d.year, d.month, d.day) for d in days), default=None)
    for sentence, expression in raw:
        reading = expression.reading
        named = reading.kind == "date" and reading.word == "weekday" and (reading.year, reading.month, reading.day) == newest
        if named and reading.year is not None and sentence.index <= _LEAD and _is_on(value := dates.resolve(reading, None, None), reading.shift) and value:
            return Anchor(date.fromisoformat(value.edtf), "context")
    for _, expression in raw:
        reading = expression.reading
        if reading.word == "days" and reading.year is not None and reading.month is not None and reading.day is not None:
            try:
                return Anchor(date(reading.year, reading.month, reading.day) - timedelta(days=reading.shift), "context")
            except ValueError:
                return None
    return None


def _news_year(raw: Sequence[tuple[Sentence, Expression]]) -> Anchor | None:
    """The year in which the article was written, for «год назад» and «в этом году»: that of its newest full date, when
    no later year is named; «до 2018 года» looks ahead. The day of the anchor means nothing."""
    passed = [e.reading for _, e in raw if e.reading.side != "until"]
    newest = max((r.year for reading in passed for r in (reading, reading.last) if r is not None and r.year is not None), default=0)
    days = [r for r in passed if r.kind == "date" and r.day is not None and r.year is not None]
    if newest < _NEWS_SINCE or not any(d.year == newest for d in days):
        return None
    return Anchor(date(newest, 7, 1), "context", weak=True)


_YEARLY = frozenset({"years", "this-year", "month-of-year", "season-of-year", "block-of-year"})


_LEAD = 4
"""Sentences, the title included, in which news tell their own day."""


def _is_on(value: TimeValue | None, weekday: int) -> bool:
    """A day that is that day of the week; «в пятницу, 21 июня» is of no year in which it was a Thursday."""
    if value is None or not value.edtf == value.earliest == value.latest:
        return True
    return date.fromisoformat(value.edtf).weekday() == weekday


def _named_weekday(reading: dates.Reading, found: Sequence[Found]) -> TimeValue | None:
    """«во вторник» of a text that has said «во вторник, 31 марта 2020 года», or such a day of the week after:
    the day of that week."""
    for earlier in reversed(found[-_MOST_NEIGHBOURS:]):
        value = earlier.value
        if earlier.expression.reading.word != "weekday" or value is None or not value.edtf == value.earliest == value.latest:
            continue
        day = date.fromisoformat(value.edtf)
        shift = (day.weekday() - (reading.day or 0)) % 7
        return calendar.day(day - timedelta(days=shift)) if shift <= _DAYS_BACK else calendar.day(day + timedelta(days=7 - shift))
    return None


_DAYS_BACK = 4


def _weekday_of_news(reading: dates.Reading, raw: Sequence[tuple[Sentence, Expression]]) -> TimeValue | None:
    """«в понедельник» of news whose newest day is a full date in its lead: the nearest such day."""
    days = [(s, e) for s, e in raw if e.reading.kind == "date" and e.reading.day is not None and e.reading.year is not None and not e.reading.side]
    newest = max(days, key=lambda d: (d[1].reading.year, d[1].reading.month, d[1].reading.day, -d[0].index), default=None)
    if newest is None or newest[0].index > _LEAD or (newest[1].reading.year or 0) < _NEWS_SINCE or not _is_main_event(*newest):
        return None
    value = dates.resolve(newest[1].reading, None, None)
    if value is None or not value.edtf == value.earliest == value.latest:
        return None
    day = date.fromisoformat(value.edtf)
    shift = ((reading.day or 0) - day.weekday() + 3) % 7 - 3
    return calendar.day(day + timedelta(days=shift))


def _is_main_event(sentence: Sentence, expression: Expression) -> bool:
    """The date of what the sentence tells; not that of a picture («Рябова, 12 февраля 2020 года») or of a relative clause."""
    token = sentence.at(sentence.starts[expression.core])
    if token is None or not any(t.is_finite or t.feats.get("Variant") == "Short" for t in sentence.tokens):
        return False
    return not any(t.rel.startswith("acl") for t in sentence.ancestors(token.index))


def _following(reading: dates.Reading, found: Sequence[Found]) -> TimeValue | None:
    """A value counted from the last one before it: the same day, the next day, that year."""
    values = [f.value for f in found[-_MOST_NEIGHBOURS:] if f.value is not None and f.value.resolved and f.value.earliest]
    if reading.kind == "same-year":
        return calendar.year(int(str(values[-1].earliest)[:4])) if values else None
    if reading.kind == "from-last":
        return _counted(reading, values[-1]) if values else None
    days = [v for v in values if v.edtf == v.earliest == v.latest]
    if not days:
        return None
    last = date.fromisoformat(days[-1].edtf)
    return calendar.day(last + timedelta(days=reading.kind == "next-day"))


def _counted(reading: dates.Reading, last: TimeValue) -> TimeValue | None:
    """Some days, weeks, months or years from the last date, as fine as both of them are."""
    exact = last.edtf == last.earliest == last.latest
    if not exact and (reading.word != "years" or not re.fullmatch(r"\d{4}", last.edtf)):
        return None
    start = date.fromisoformat(str(last.earliest))
    return dates.resolve(replace(reading, kind=reading.word, word=""), Anchor(start, "context"), None)


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
    position: int, raw: list[tuple[Sentence, Expression]], years: Mapping[int, set[int]], anchor: Anchor | None, newest: int
) -> tuple[int | None, str | None]:
    """The year for an expression that names none, and where it was found."""
    sentence, expression = raw[position]
    month = expression.reading.month
    if month is None:
        return (anchor.date.year, anchor.source) if anchor and not anchor.weak else (None, None)
    same_month = {y for y in years.get(month, set()) if y >= min(newest, _NEWS_SINCE)}
    if len(same_month) == 1:
        return next(iter(same_month)), "context"
    for other_sentence, other in reversed(raw[max(0, position - _MOST_NEIGHBOURS) : position]):
        if other_sentence.index == sentence.index and other.reading.year is not None and other.reading.kind == "date" and not other.reading.side:
            return other.reading.year, "context"
    if anchor and not anchor.weak:
        return _nearest_year(anchor.date, month, expression.reading.day), anchor.source
    around = _year_around(position, raw, newest) if anchor is None else None
    return (around, "context") if around is not None else (None, None)


def _year_around(position: int, raw: list[tuple[Sentence, Expression]], newest: int) -> int | None:
    """The year of the date coordinated with this one («30 июня и 1 июля 2019 года»), else that of the
    nearest full date before, else after; birthdays and other dates of long ago do not count."""
    sentence, expression = raw[position]
    if "month-of-year" in (expression.reading.kind, expression.reading.word):
        return None
    if position + 1 < len(raw):
        other_sentence, other = raw[position + 1]
        between = sentence.text[expression.end : other.start].strip() if other_sentence is sentence else "?"
        if between in ("и", ",", "") and other.reading.year is not None:
            return int(other.reading.year)
    before = range(position - 1, max(-1, position - _MOST_NEIGHBOURS), -1)
    after = range(position + 1, min(len(raw), position + _MOST_NEIGHBOURS))
    for neighbour in (*before, *after):
        there, other = raw[neighbour]
        if abs(there.index - sentence.index) > _AROUND:
            continue
        for reading in (other.reading.last, other.reading):
            if reading is None or reading.year is None or reading.month is None or reading.kind not in ("date", "range"):
                continue
            if reading.year >= max(newest - _RECENT, _NEWS_SINCE):
                return _year_beside(reading, expression.reading)
    return None


def _year_beside(known: dates.Reading, month_only: dates.Reading) -> int:
    """«13 декабря» beside «11 января 2013 года» is of the year before: the nearest such day, rather behind than ahead."""
    assert known.year is not None and known.month is not None and month_only.month is not None
    if known.day is None or known.kind != "date":
        return known.year
    try:
        return _nearest_year(date(known.year, known.month, known.day), month_only.month, month_only.day)
    except ValueError:
        return known.year


_MOST_NEIGHBOURS = 40
_RECENT = 1
_NEWS_SINCE = 1995
"""News on the web begins: a day without a year beside an older date is no day of that old year."""
_AROUND = 8


def _nearest_year(anchor: date, month: int, day: int | None) -> int:
    """The year that puts a day and month closest to the anchor, rather behind it than ahead."""
    best = anchor.year
    for year in (anchor.year - 1, anchor.year + 1):
        try:
            gap = _gap(date(year, month, day or 15), anchor)
            if gap < _gap(date(best, month, day or 15), anchor):
                best = year
        except ValueError:
            continue
    return best


def _gap(day: date, anchor: date) -> int:
    """Days from the anchor; those ahead count double, because news tell of what has been."""
    days = (day - anchor).days
    return 2 * days if days > 0 else -days


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
    temporal = [m for m in mentions if m.label in ("DATE", "TIME")]
    out = []
    for each in found:
        met = [m for m in temporal if m.span.meets(each.span)]
        if met:
            mention = max(met, key=lambda m: (m.end == each.span.end, m.label == "DATE", min(m.end, each.span.end) - max(m.start, each.span.start), m.id))
            out.append(TimeExpression(mention.id, each.span.start, each.span.end, each.value, each.source))
    return tuple(out)


