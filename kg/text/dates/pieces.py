"""What patterns of temporal expressions are made of: months, days, years, and what points to a year.

Every repetition is bounded, so that hostile text cannot make matching slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.text.dates.reading import Reading

_MONTHS = (
    (r"январ[ьяею]м?|янв\.?", r"феврал[ьяею]м?|февр?\.?", r"март(?:ом|[аеу])?|мар\.", r"апрел[ьяею]м?|апр\.?", "ма[йяею]м?",
     "июн[ьяею]м?", "июл[ьяею]м?", r"август(?:ом|[аеу])?|авг\.?", r"сентябр[ьяею]м?|сент?\.?", r"октябр[ьяею]м?|окт\.?",
     r"ноябр[ьяею]м?|нояб?\.?", r"декабр[ьяею]м?|дек\.?")
)  # fmt: skip
_MONTH_FORMS = [re.compile(f"(?:{forms})$") for forms in _MONTHS]

S = r"[ \u00a0]{1,3}"
M = rf"(?:{'|'.join(_MONTHS)})"
D = r"(?:3[01]|[12]\d|0?[1-9])(?:-?(?:го|е|ого|му|м))?"
Y = r"(?:1\d{3}|20\d{2}|21\d{2})(?:-(?:й|го|м|му|ый|ого|ом))?(?:[ \u00a0]{0,3}(?:годами|годам|годах|годов|годом|годы|году|года|год|гг\.?|г\.?)(?![а-я]))?"
Y4 = r"(?:1\d{3}|20\d{2}|21\d{2})"
YW = r"(?:году|года|годах|годов|годом|годы|год|гг?\.|г(?![а-я]))"
DASH = r"[ \u00a0]{0,2}[-–—][ \u00a0]{0,2}"
THIS = r"(?:этого|нынешнего|текущего|сего|этом|нынешнем|текущем|этот|нынешний|текущий)"
LAST = r"(?:прошлого|минувшего|прошедшего|прошлом|минувшем|прошедшем|прошлый|минувший|предыдущего)"
NEXT = r"(?:следующего|будущего|грядущего|следующем|будущем|грядущем|следующий|будущий|наступающего)"
SAME = r"(?:того|том)(?:[ \u00a0]{1,3}же)?"
REL_YEAR = rf"(?:(?P<ry>{THIS}|{LAST}|{NEXT}|{SAME}|позапрошлого|позапрошлом){S}(?:года|году|год))"


Build = Callable[[re.Match[str]], "Reading | None"]


def month_number(word: str) -> int | None:
    return next((n for n, form in enumerate(_MONTH_FORMS, 1) if form.match(word)), None)


def number_of(text: str | None) -> int | None:
    digits = re.match(r"\d{1,4}", text or "")
    return int(digits.group()) if digits else None


def relative_year(word: str | None) -> int | None:
    if not word:
        return None
    if re.match(LAST, word):
        return -1
    if word.startswith("позапрошл"):
        return -2
    return 1 if re.match(NEXT, word) else 0


Patterns = list[tuple[re.Pattern[str], Build]]


def into(patterns: Patterns) -> Callable[[str], Callable[[Build], Build]]:
    """A decorator that adds a builder, with the expression that it reads, to a list."""

    def pattern(regex: str) -> Callable[[Build], Build]:
        def add(build: Build) -> Build:
            patterns.append((re.compile(rf"(?<![\w.,/-]){regex}(?![\w])"), build))
            return build

        return add

    return pattern


def day_month(day: str | None, month: str, year: str | None, relative: str | None) -> Reading | None:
    number = month_number(month)
    if number is None:
        return None
    shift = relative_year(relative)
    if shift is not None and not year:
        return Reading("month-of-year", month=number, day=number_of(day), shift=shift, word="same" if is_same(relative) else "")
    return Reading("date", year=number_of(year), month=number, day=number_of(day))


def is_same(word: str | None) -> bool:
    return bool(word) and bool(re.match(SAME, word or ""))


def part_of(word: str | None) -> str:
    return {"на": "start", "се": "middle", "ко": "end"}.get((word or "")[:2], "")
