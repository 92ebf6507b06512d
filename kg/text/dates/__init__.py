"""Temporal expressions of Russian news, found and resolved to EDTF.

`find` reads a cleaned sentence and gives `Expression`s, each with a `Reading`: a small recipe
that `resolve` turns into a calendar value, given an anchor date (the article's) and the year
that the context speaks of. Without an anchor a relative expression stays unresolved; the
current date is never used.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.text.dates import days, relative, years
from kg.text.dates.days import GIVEN_NAMES
from kg.text.dates.pieces import S
from kg.text.dates.placing import resolve
from kg.text.dates.reading import Anchor, Expression, Reading

__all__ = ["Anchor", "Expression", "Reading", "find", "resolve"]

_SINCE = re.compile(rf"(?<![а-я])(?:(?:начиная{S})?(?:с|со){S}|после{S}|не{S}(?:раньше|ранее){S})$")
_UNTIL = re.compile(rf"(?<![а-я])(?:(?:вплоть{S})?(?:до|по)|не{S}(?:позднее|позже)){S}$")
_IN = re.compile(rf"(?<![а-я])(?:в{S}течение|в{S}период|на{S}протяжении|в|во|на|к|ко|за|от|около|примерно{S}в|ближе{S}к){S}$")
_LATIN_S = re.compile(r"(?<![a-z])c(?= \d{4})")
_MOST_CHARS = 20_000
_PATTERNS = (*days.PATTERNS, *years.PATTERNS, *relative.PATTERNS)
_SIDES_AT_DAY = frozenset({"date", "month-of-year"})


def find(text: str) -> list[Expression]:
    """Expressions of a cleaned sentence, longest match first from the left, none overlapping."""
    folded = text[:_MOST_CHARS].lower().replace("ё", "е")
    if len(folded) != min(len(text), _MOST_CHARS):
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text[:_MOST_CHARS]).replace("ё", "е")
    folded = _LATIN_S.sub("с", folded)
    found: list[tuple[int, int, Reading]] = []
    for regex, build in _PATTERNS:
        for match in regex.finditer(folded):
            reading = build(match)
            if reading is not None and match.end() > match.start() and text[match.start() : match.end()] not in GIVEN_NAMES:
                found.append((match.start(), match.end(), reading))
    found.sort(key=lambda item: (item[0], -item[1]))
    chosen: list[Expression] = []
    reached = 0
    for start, end, reading in found:
        if start >= reached:
            chosen.append(_with_night(folded, _with_preposition(folded, start, end, reading)))
            reached = end
    return chosen


_NIGHT = re.compile(rf"(?:в|во){S}(?:ночь|вечер|утро){S}(?:на|с){S}$|(?:утром|вечером|днем|ночью){S}(?:(?:в|во){S})?$")


def _with_night(text: str, expression: Expression) -> Expression:
    """«в ночь на 18 апреля», «вечером в среду»: the part of the day belongs to the expression."""
    for end in (expression.core, expression.start):
        match = _NIGHT.search(text[max(0, end - 20) : end])
        if match:
            return replace(expression, start=end - len(match.group()))
    return expression


def _with_preposition(text: str, start: int, end: int, reading: Reading) -> Expression:
    """Add the preposition: it belongs to the span, and «с», «до» open an interval."""
    before = text[max(0, start - 24) : start]
    ahead = _boundary(before)
    for regex, side in ((_SINCE, "since"), (_UNTIL, "until"), (_IN, "")):
        match = regex.search(ahead)
        if match and (side == "" or reading.kind not in ("range",)):
            if match.group().startswith("после") and reading.kind in ("days", "weekday"):
                side = ""
            wide = start - len(match.group())
            return Expression(wide, end, start, replace(reading, side=side) if side else reading)
    return Expression(start, end, start, reading)


def _boundary(before: str) -> str:
    """The text before an expression, with a blank in front, so that «в» is a whole word."""
    match = re.search(r"(?:^|[^а-яa-z0-9])((?:[а-я]{1,8}[ \u00a0]{1,3}){1,2})$", before)
    if not match:
        return ""
    words = match.group(1)
    single = re.search(r"[а-я]{1,8}[ \u00a0]{1,3}$", words)
    double = words if re.match(r"(?:начиная|вплоть|не[ \u00a0]+(?:раньше|ранее|позднее|позже)|примерно|ближе|в[ \u00a0]+(?:течение|период)|на[ \u00a0]+протяжении)", words) else ""
    return double or (single.group() if single else "")
