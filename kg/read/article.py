"""Text → Article: which lines are content, the headline, the date and where it was found."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from kg.errors import Refusal
from kg.read.boilerplate import content_lines
from kg.read.decoded import Decoded
from kg.read.encoding import is_mojibake
from kg.read.language import language_of
from kg.records import Article, Span
from kg.text import dates, gazetteer
from kg.text.clean import clean, fold

LONGEST_TITLE = 250
_FILE_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DATELINE_LENGTH = 60
_AFTER_DATE = re.compile(r"\s{0,3}(?:[,.:|–—-]|\d{1,2}:\d{2}|$)")


def from_text(name: str, text: str) -> Article:
    """Make an Article of a text. Raises Refusal when no Russian text is in it."""
    return from_decoded(name, Decoded(text, "utf-8"))


def from_decoded(name: str, decoded: Decoded) -> Article:
    """Make an Article of a decoded file; the date that its format states comes before any in the text. Raises Refusal as `from_text`."""
    text = decoded.text
    lines, cut = content_lines(text)
    if not any(char.isalpha() for line in lines for char in text[line.start : line.end]):
        raise Refusal(name, "empty", "no text in it; nothing to read")
    joined = " ".join(text[line.start : line.end] for line in lines)
    if is_mojibake(joined):
        raise Refusal(name, "mojibake", "UTF-8 that was once read in another encoding; get the text from its source again")
    language = language_of(joined)
    if language != "ru":
        raise Refusal(name, "language", f"looks like {language!r}, not Russian; kg reads Russian only")
    found = (decoded.date, "page") if decoded.date else _find_date(name, text, lines, cut)
    return Article(
        name=name,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        encoding=decoded.encoding,
        title=_title(text, lines),
        lines=tuple(lines),
        date=found[0] if found else None,
        date_source=found[1] if found else None,
        language=language,
        warnings=decoded.warnings,
        is_taken_out=decoded.is_taken_out,
    )


def _title(text: str, lines: Sequence[Span]) -> str:
    """The first line, when it is short enough for a headline; else its first words."""
    first = " ".join(clean(text, lines[0]).text.split())
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _find_date(name: str, text: str, lines: Sequence[Span], cut: Sequence[Span]) -> tuple[str, str] | None:
    """The article's date: a dateline, the file name, or (weakly) the list of headlines below it."""
    for line in [*lines[:3], *lines[-2:]]:
        stated = _dateline(clean(text, line).text)
        if stated:
            return stated.isoformat(), "dateline"
    match = _FILE_DATE.search(name)
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat(), "file name"
        except ValueError:
            pass
    newest = max((d for line in cut if (d := _leading_date(clean(text, line).text))), default=None)
    return (newest.isoformat(), "newest headline below") if newest else None


def _dateline(line: str) -> date | None:
    """A line that is little more than a date, or that opens with one set off by punctuation."""
    for found in dates.find(line[:200]):
        value = dates.resolve(found.reading, None, None)
        if value is None or value.earliest is None or not value.edtf == value.earliest == value.latest or found.reading.side:
            continue
        rest = len(line) - (found.end - found.start)
        opens = found.start == 0 and found.core == 0 and _AFTER_DATE.match(line[found.end :])
        beside = line[: found.start] + " " + line[found.end :]
        if rest < 30 and len(line) < _DATELINE_LENGTH and not _is_sentence(line) and _is_imprint(beside):
            return date.fromisoformat(value.edtf)
        if opens and len(line) < LONGEST_TITLE and "," not in line[found.end : found.end + 1]:
            return date.fromisoformat(value.edtf)
    return None


_IMPRINT = frozenset(
    ["опубликовано", "обновлено", "дата", "публикации", "публикация", "новости", "мск", "время", "источник", "добавлено", "размещено", "вид", "и", "в", "от", "г", "года",
     "понедельник", "вторник", "среда", "среду", "четверг", "пятница", "пятницу", "суббота", "субботу", "воскресенье", "корр", "информ", "агентство", "сайт", "газета", "риа", "иа"]
)  # fmt: skip


def _is_imprint(beside: str) -> bool:
    """What may stand beside a dateline: a place, an agency, a time; not the caption of a picture."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", beside)
    known = {part for name in gazetteer.outlets() for part in name.split()}
    return all(
        fold(w) in _IMPRINT or fold(w) in known or len(w) < 2 or w.isupper() or any(e.type in _PLACES for e in gazetteer.lookup(w))
        for w in words
    )


_PLACES = frozenset({"CITY", "COUNTRY", "STATE_OR_PROVINCE"})


def _is_sentence(line: str) -> bool:
    return len(line.split()) > 7


def _leading_date(line: str) -> date | None:
    for found in dates.find(line[:60])[:1]:
        value = dates.resolve(found.reading, None, None)
        if value and value.edtf == value.earliest == value.latest:
            return date.fromisoformat(value.edtf)
    return None


WEAK_SOURCES = frozenset({"newest headline below"})
"""Date sources that only say that the article is not younger than this, by a few days."""
