"""Which lines of a page dump are the article, and which are its furniture.

Three rules for the genre, none for a site: a line that repeats an earlier headline is dropped;
a run of three or more lines that each begin with a date (a list of other headlines) is cut with
everything after it, unless they end as sentences do (a chronicle); lines that are only a button
or a heading of such a list are dropped.
"""

from __future__ import annotations

import re

from kg.records import Span
from kg.text.words import column

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85\v\f]+")
_DATED = re.compile(
    r"\s{0,8}(?:\d{1,2}[:.]\d{2}\s{0,3}[,|]?\s{0,3})?"
    r"(?:\d{1,2}\s{1,3}[а-яё]{3,9}\.?(?:\s{1,3}(?:19|20)\d{2})?|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|(?:19|20)\d{2}-\d{2}-\d{2})"
    r"(?:\s{0,2}(?:г\.|года))?(?:\s{0,3}[,|в]?\s{0,3}\d{1,2}:\d{2})?(?P<rest>.{0,400})",
    re.IGNORECASE,
)
_MONTH = re.compile(r"янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек", re.IGNORECASE)
_LEAST_RUN = 3
_LONGEST_REPEAT = 300


def split_lines(text: str) -> list[Span]:
    """Non-blank lines, with outer blanks and their ends left out."""
    spans = []
    for match in _LINE.finditer(text):
        line = match.group()
        left = len(line) - len(line.lstrip(_BLANK))
        right = len(line.rstrip(_BLANK))
        if left < right:
            spans.append(Span(match.start() + left, match.start() + right))
    return spans


_BLANK = " \t\u00a0\ufeff\u200b\u2003\u2002\u2009"


def content_lines(text: str) -> tuple[list[Span], list[Span]]:
    """Lines of the article, and the lines of the trailing list of headlines that was cut."""
    lines = split_lines(text)
    kept, cut = _cut_list(text, lines)
    kept = [line for line in kept if not _is_marker(text[line.start : line.end])]
    return _drop_repeats(text, kept), cut


def _key(line: str) -> str:
    return re.sub(r"[\W_]+", " ", line.casefold()).strip()


def _is_marker(line: str) -> bool:
    return _key(line) in column("boilerplate.tsv", "line")


def _is_dated(line: str) -> bool:
    match = _DATED.match(line)
    if not match:
        return False
    date = line[: match.start("rest")]
    named = re.search(r"[а-яё]{3,}", date, re.IGNORECASE)
    rest = match["rest"].rstrip()
    return bool(rest) and not rest.endswith((".", ";")) and (not named or bool(_MONTH.match(named.group())))


def _cut_list(text: str, lines: list[Span]) -> tuple[list[Span], list[Span]]:
    """Cut at the first run of dated lines that reaches (nearly) to the end of the text."""
    dated = [_is_dated(text[line.start : line.end]) for line in lines]
    start = len(lines)
    while start > 0 and (dated[start - 1] or _is_short(text, lines[start - 1])) and _worth(dated, start - 1):
        start -= 1
    run = sum(dated[start:])
    if start == 0 or run < _LEAST_RUN or run < 0.6 * (len(lines) - start):
        return lines, []
    return lines[:start], lines[start:]


def _is_short(text: str, line: Span) -> bool:
    """A line that may stand between dated headlines: a label, not prose."""
    words = text[line.start : line.end]
    return len(words) < 40 and not words.rstrip().endswith((".", "!", "?", "»"))


def _worth(dated: list[bool], index: int) -> bool:
    """A line joins the run when it, or one of the two lines before it, is dated."""
    return any(dated[max(0, index - 2) : index + 1])


def _drop_repeats(text: str, lines: list[Span]) -> list[Span]:
    """Keep the first of equal lines: a headline printed again, a caption set twice."""
    kept: list[Span] = []
    seen: set[str] = set()
    for line in lines:
        key = _key(text[line.start : line.end])
        if key and key in seen and len(line) < _LONGEST_REPEAT and len(key.split()) > 2:
            continue
        seen.add(key)
        kept.append(line)
    return kept
