"""Temporal expressions of Russian news, found and resolved to EDTF.

`find` reads a cleaned sentence and gives `Expression`s, each with a `Reading`: a small recipe
that `resolve` turns into a calendar value, given an anchor date (the article's) and the year
that the context speaks of. Without an anchor a relative expression stays unresolved; the
current date is never used. Every pattern stands under the examples that it matches, and every
repetition is bounded, so that hostile text cannot make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.records import TimeValue
from kg.text import calendar

_MONTHS = (
    (r"январ[ьяею]м?|янв\.?", r"феврал[ьяею]м?|февр?\.?", r"март(?:ом|[аеу])?|мар\.", r"апрел[ьяею]м?|апр\.?", "ма[йяею]м?",
     "июн[ьяею]м?", "июл[ьяею]м?", r"август(?:ом|[аеу])?|авг\.?", r"сентябр[ьяею]м?|сент?\.?", r"октябр[ьяею]м?|окт\.?",
     r"ноябр[ьяею]м?|нояб?\.?", r"декабр[ьяею]м?|дек\.?")
)  # fmt: skip
_MONTH_FORMS = [re.compile(f"(?:{forms})$") for forms in _MONTHS]
_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_NUMBERS = {
    "один": 1, "одну": 1, "одного": 1, "одной": 1, "два": 2, "две": 2, "двух": 2, "три": 3, "трех": 3, "четыре": 4,
    "четырех": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6, "семь": 7, "семи": 7, "восемь": 8, "восьми": 8,
    "девять": 9, "девяти": 9, "десять": 10, "десяти": 10, "полтора": 1, "полутора": 1, "несколько": 0, "нескольких": 0,
    "пару": 0, "": 1,
}  # fmt: skip
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMAN = {"x": 10, "v": 5, "i": 1}

S = r"[ \u00a0]{1,3}"
M = rf"(?:{'|'.join(_MONTHS)})"
D = r"(?:3[01]|[12]\d|0?[1-9])(?:-?(?:го|е|ого|му|м))?"
Y = rf"(?:1\d{{3}}|20\d{{2}}|21\d{{2}})(?:-(?:й|го|м|му|ый|ого|ом))?(?:{S}(?:годами|годам|годах|годов|годом|годы|году|года|год|гг\.?|г\.?)(?![а-я]))?"
Y4 = r"(?:1\d{3}|20\d{2}|21\d{2})"
YW = r"(?:году|года|годах|годов|годом|годы|год|гг?\.|г(?![а-я]))"
DASH = r"[ \u00a0]{0,2}[-–—][ \u00a0]{0,2}"
THIS = r"(?:этого|нынешнего|текущего|сего|этом|нынешнем|текущем|этот|нынешний|текущий)"
LAST = r"(?:прошлого|минувшего|прошедшего|прошлом|минувшем|прошедшем|прошлый|минувший|предыдущего)"
NEXT = r"(?:следующего|будущего|грядущего|следующем|будущем|грядущем|следующий|будущий|наступающего)"
SAME = r"(?:того|том)(?:[ \u00a0]{1,3}же)?"
REL_YEAR = rf"(?:(?P<ry>{THIS}|{LAST}|{NEXT}|{SAME}|позапрошлого|позапрошлом){S}(?:года|году|год))"


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


Build = Callable[[re.Match[str]], "Reading | None"]


def _month_number(word: str) -> int | None:
    return next((n for n, form in enumerate(_MONTH_FORMS, 1) if form.match(word)), None)


def _number(text: str | None) -> int | None:
    digits = re.match(r"\d{1,4}", text or "")
    return int(digits.group()) if digits else None


def _relative_year(word: str | None) -> int | None:
    if not word:
        return None
    if re.match(LAST, word):
        return -1
    if word.startswith("позапрошл"):
        return -2
    return 1 if re.match(NEXT, word) else 0


# ------------------------------------------------------------------ patterns, by example

_PATTERNS: list[tuple[re.Pattern[str], Build]] = []


def _pattern(regex: str) -> Callable[[Build], Build]:
    def add(build: Build) -> Build:
        _PATTERNS.append((re.compile(rf"(?<![\w.,/-]){regex}(?![\w])"), build))
        return build

    return add


def _day_month(day: str | None, month: str, year: str | None, relative: str | None) -> Reading | None:
    number = _month_number(month)
    if number is None:
        return None
    shift = _relative_year(relative)
    if shift is not None and not year:
        return Reading("month-of-year", month=number, day=_number(day), shift=shift, word="same" if _same(relative) else "")
    return Reading("date", year=_number(year), month=number, day=_number(day))


def _same(word: str | None) -> bool:
    return bool(word) and bool(re.match(SAME, word or ""))


# «9 октября», «9 октября 2025 года», «9-го мая», «3 марта прошлого года»
@_pattern(rf"(?P<d>{D}){S}(?P<m>{M})(?:,?{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _date(m: re.Match[str]) -> Reading | None:
    return _day_month(m["d"], m["m"], m["y"], m["ry"])


# «1–5 мая», «с 1 по 5 мая 2020 года», «12 и 13 июня»
@_pattern(rf"(?:с{S})?(?P<d1>{D})(?:{DASH}|{S}по{S}|{S}и{S})(?P<d2>{D}){S}(?P<m>{M})(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _days(m: re.Match[str]) -> Reading | None:
    first = _day_month(m["d1"], m["m"], m["y"], m["ry"])
    last = _day_month(m["d2"], m["m"], m["y"], m["ry"])
    return replace(first, kind="range", word=first.kind, last=last) if first and last else None


# «с 30 апреля по 5 мая 2020 года», «30 апреля – 5 мая»
@_pattern(rf"(?:с{S})?(?P<d1>{D}){S}(?P<m1>{M})(?:{S}(?P<y1>{Y}))?(?:{DASH}|{S}по{S}|{S}до{S})(?P<d2>{D}){S}(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _long_range(m: re.Match[str]) -> Reading | None:
    first = _day_month(m["d1"], m["m1"], m["y1"] or m["y2"], None)
    last = _day_month(m["d2"], m["m2"], m["y2"], None)
    return replace(first, kind="range", word="date", last=last) if first and last else None


# «в июле–августе 2019 года», «с мая по июль», «с декабря 2010 по март 2012 года»
@_pattern(rf"(?:с{S})?(?P<m1>{M})(?:{S}(?P<y1>{Y}))?(?:{DASH}|{S}по{S}|{S}до{S})(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _months(m: re.Match[str]) -> Reading | None:
    first = _day_month(None, m["m1"], m["y1"] or m["y2"], None)
    last = _day_month(None, m["m2"], m["y2"], None)
    return replace(first, kind="range", word="date", last=last) if first and last else None


# «октябрь 2025 года», «в октябре», «в мае прошлого года», «в конце июня 2025 года»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<m>{M})(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _month(m: re.Match[str]) -> Reading | None:
    reading = _day_month(None, m["m"], m["y"], m["ry"])
    if reading is None or (len(m["m"].rstrip(".")) == 3 and m["m"][:2] != "ма" and not m["y"]):
        return None
    if not m["part"] and _NUMBER_BEFORE.search(m.string, max(0, m.start() - 4), m.start()):
        return None  # «99 мая»: no such day
    return replace(reading, part=_part(m["part"]))


_NUMBER_BEFORE = re.compile(r"\d[ \u00a0]{1,3}\Z")
_GIVEN_NAMES = frozenset({"Марта", "Марту", "Августа", "Мая"})


def _part(word: str | None) -> str:
    return {"на": "start", "се": "middle", "ко": "end"}.get((word or "")[:2], "")



# «2025-10-09»
@_pattern(r"(?P<y>(?:19|20)\d{2})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])")
def _iso(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]), month=int(m["m"]), day=int(m["d"]))


# «09.10.2025», «9.10.25», «9/10/2025»
@_pattern(rf"(?P<d>0?[1-9]|[12]\d|3[01])(?P<sep>[./])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>(?:19|20)\d{{2}}|\d{{2}})(?:{S}(?:года|г\.|г))?")
def _dotted(m: re.Match[str]) -> Reading | None:
    year = int(m["y"])
    return Reading("date", year=year if year > 99 else 2000 + year if year < 70 else 1900 + year, month=int(m["m"]), day=int(m["d"]))


# «в 2014 году», «2014 год», «в 2014-м», «в начале 2017 года», «к концу 2030 года»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<y>{Y4})(?:-(?:й|го|м|му|ый|ого|ом)(?:{S}{YW})?|{S}{YW})")
def _year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]), part=_part(m["part"]))


# «в 2014, 2015 и 2016 годах»: each number by itself; «в 2014 и 2018 годах»
@_pattern(rf"(?P<y>{Y4})(?=(?:,{S}{Y4}){{0,5}}{S}и{S}{Y4}{S}год)")
def _listed_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]))


# «1941–1945 гг.», «в 1941-1945 годах», «с 1999 по 2004 год», «(1954—2010)»
@_pattern(rf"(?:с{S})?(?P<y1>{Y4})(?:-го)?(?:{S}(?:года|г\.))?(?:{DASH}|{S}по{S}|{S}до{S})(?P<y2>{Y4})(?:-[йм])?(?:{S}(?:годами|годах|годов|годы|года|году|год|гг\.?|г\.))?")
def _years(m: re.Match[str]) -> Reading | None:
    if int(m["y1"]) > int(m["y2"]):
        return None
    return Reading("range", word="date", year=int(m["y1"]), last=Reading("date", year=int(m["y2"])))


# «в 1990-х годах», «в 90-е», «80-х годов XX века»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<y>(?:1\d|20)\d0|\d0)-(?:х|е|ых|ые|м)(?:{S}год(?:ах|ов|ы|ам))?")
def _decade(m: re.Match[str]) -> Reading | None:
    year = int(m["y"])
    if year % 10:
        return None
    return Reading("decade", year=year if year > 99 else 1900 + year, part=_part(m["part"]))


# «в XIX веке», «в начале XX века», «в 19-м веке»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<c>[xvi]{{1,5}}|\d{{1,2}}(?:-[а-я]{{1,2}})?){S}(?:веке|века|век|веков|столетии|столетия)")
def _century(m: re.Match[str]) -> Reading | None:
    number = _number(m["c"]) or _roman(m["c"])
    return Reading("century", year=(number - 1) * 100, part=_part(m["part"])) if 0 < number < 22 else None


def _roman(text: str) -> int:
    values = [_ROMAN.get(char, 0) for char in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


# «летом 2014 года», «зимой», «прошлой осенью», «весной этого года»
@_pattern(rf"(?:(?P<rel>прошл|минувш|нынешн|эт|следующ|будущ)[а-я]{{2,3}}{S})?(?P<s>весной|весны|весну|летом|лета|лето|осенью|осени|осень|зимой|зимы|зиму)(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _season(m: re.Match[str]) -> Reading | None:
    name = {"ве": "весна", "ле": "лето", "ос": "осень", "зи": "зима"}[m["s"][:2]]
    if m["s"] in ("лета", "лето", "осень", "весны", "зимы", "осени", "зиму", "весну") and not (m["y"] or m["ry"] or m["rel"]):
        return None
    shift = _relative_year(m["ry"])
    if m["rel"] and not m["y"]:
        shift = -1 if m["rel"] in ("прошл", "минувш") else 1 if m["rel"] in ("следующ", "будущ") else 0
    if shift is not None:
        return Reading("season-of-year", shift=shift, word=name)
    return Reading("season", year=_number(m["y"]), word=name)


# «в первом квартале 2025 года», «во втором полугодии», «в I квартале»
@_pattern(rf"(?P<n>перв|втор|трет|четверт|iv|iii|ii|i|[1-4])(?:[а-я]{{1,4}}|-[а-я]{{1,2}})?{S}(?P<u>квартал|полугоди|половин)[а-я]{{0,2}}(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _quarter(m: re.Match[str]) -> Reading | None:
    number = int(m["n"]) if m["n"].isdigit() else _ORDINALS[m["n"]]
    if m["u"] != "квартал" and (number > 2 or (m["u"] == "половин" and not (m["y"] or m["ry"]))):
        return None
    months = 3 if m["u"] == "квартал" else 6
    shift = _relative_year(m["ry"])
    kind = "block" if shift is None else "block-of-year"
    return Reading(kind, year=_number(m["y"]), month=(number - 1) * months + 1, day=months, shift=shift or 0)


# «в прошлом году», «в этом месяце», «на следующей неделе», «минувшей ночью»
@_pattern(rf"(?P<rel>прошл|минувш|прошедш|предыдущ|эт|нынешн|текущ|следующ|будущ|грядущ|предстоящ|позапрошл)[а-я]{{1,3}}{S}(?P<u>год|месяц|недел|ноч|выходн)[а-я]{{0,3}}")
def _relative_unit(m: re.Match[str]) -> Reading | None:
    shift = {"прошл": -1, "минувш": -1, "прошедш": -1, "предыдущ": -1, "позапрошл": -2}.get(m["rel"])
    if shift is None:
        shift = 1 if m["rel"] in ("следующ", "будущ", "грядущ", "предстоящ") else 0
    if m.group().split()[-1] in ("годов", "годы", "годами", "годах", "месяцев", "месяцы"):
        return None
    unit = {"год": "year", "месяц": "month", "недел": "week", "ноч": "night", "выходн": "weekend"}[m["u"]]
    return Reading(f"this-{unit}", shift=shift)


# «до конца года», «в начале месяца», «в конце недели»
@_pattern(rf"(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S}(?:{THIS}{S}|{LAST}{S}|{NEXT}{S})?(?P<u>года|месяца|недели)")
def _part_of_unit(m: re.Match[str]) -> Reading | None:
    unit = {"года": "year", "месяца": "month", "недели": "week"}[m["u"]]
    words = m.group().split()
    shift = _relative_year(words[1]) if len(words) > 2 else 0
    return Reading(f"this-{unit}", shift=shift or 0, part=_part(m["part"]))


# «вчера», «сегодня вечером», «завтра», «накануне», «в тот же день»
@_pattern(r"(?P<w>позавчера|вчера|сегодня|послезавтра|завтра|накануне)")
def _deictic(m: re.Match[str]) -> Reading | None:
    shift = {"позавчера": -2, "вчера": -1, "накануне": -1, "сегодня": 0, "завтра": 1, "послезавтра": 2}[m["w"]]
    return Reading("days", shift=shift)


# «в понедельник», «в минувшую пятницу», «в четверг, 9 октября» (the date wins by length)
@_pattern(rf"(?:(?P<rel>прошл|минувш|прошедш|эт|следующ|будущ|ближайш|предстоящ|грядущ)[а-я]{{1,3}}{S})?(?P<w>понедельник|вторник|сред[уеы]|четверг|пятниц[уеы]|суббот[уеы]|воскресень[ея])(?:а|у|ом)?")
def _weekday(m: re.Match[str]) -> Reading | None:
    number = next(i for i, stem in enumerate(_WEEKDAYS) if m["w"].startswith(stem))
    return Reading("weekday", day=number, word=m["rel"] or "")


# «три дня назад», «две недели тому назад», «год назад», «через два месяца», «спустя неделю»
@_pattern(rf"(?:(?P<ahead>через|спустя){S})?(?:(?P<n>\d{{1,3}}|[а-я]{{3,10}}){S})?(?P<u>дней|дня|день|сутки|суток|недел[июья]?|месяц(?:а|ев)?|лет|года?)(?:{S}(?P<ago>(?:тому{S})?назад))?")
def _ago(m: re.Match[str]) -> Reading | None:
    if not m["ago"] and not m["ahead"]:
        return None
    if m["ahead"] and not m["ago"] and m["ahead"] == "спустя":
        return None
    count = int(m["n"]) if (m["n"] or "").isdigit() else _NUMBERS.get(m["n"] or "")
    if count is None:
        return None
    unit = {"д": "days", "с": "days", "н": "weeks", "м": "months", "л": "years", "г": "years"}[m["u"][0]]
    if count == 0:
        return Reading("vague")
    return Reading(unit, shift=-count if m["ago"] else count)


# «в тот же день», «в этот день», «в тот день»
@_pattern(rf"(?:тот|этот){S}(?:же{S})?день")
def _same_day(m: re.Match[str]) -> Reading | None:
    return Reading("same-day")


# «с советских времён», «в советское время», «в годы войны»
@_pattern(rf"советск(?:их|ие|ое|ого){S}(?:времен[аи]?|время|лет|годы|эпохи)")
def _soviet(m: re.Match[str]) -> Reading | None:
    return Reading("era", word="1922-12-30/1991-12-26")


_SINCE = re.compile(rf"(?<![а-я])(?:(?:начиная{S})?(?:с|со){S}|после{S})$")
_UNTIL = re.compile(rf"(?<![а-я])(?:вплоть{S})?(?:до|по){S}$")
_IN = re.compile(rf"(?<![а-я])(?:в|во|на|к|ко|за|от|около|примерно{S}в|ближе{S}к){S}$")
_MOST_CHARS = 20_000
_SIDES_AT_DAY = frozenset({"date", "month-of-year"})


def find(text: str) -> list[Expression]:
    """Expressions of a cleaned sentence, longest match first from the left, none overlapping."""
    folded = text[:_MOST_CHARS].lower().replace("ё", "е")
    if len(folded) != min(len(text), _MOST_CHARS):
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text[:_MOST_CHARS]).replace("ё", "е")
    found: list[tuple[int, int, Reading]] = []
    for regex, build in _PATTERNS:
        for match in regex.finditer(folded):
            reading = build(match)
            if reading is not None and match.end() > match.start() and text[match.start() : match.end()] not in _GIVEN_NAMES:
                found.append((match.start(), match.end(), reading))
    found.sort(key=lambda item: (item[0], -item[1]))
    chosen: list[Expression] = []
    reached = 0
    for start, end, reading in found:
        if start >= reached:
            chosen.append(_with_preposition(folded, start, end, reading))
            reached = end
    return chosen


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
    double = words if re.match(r"(?:начиная|вплоть|примерно|ближе)", words) else ""
    return double or (single.group() if single else "")


# ------------------------------------------------------------------ placing on the calendar


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
        return calendar.span(calendar.year(reading.year), calendar.year(reading.year + 9))
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
        return calendar.year(year) if year is not None else None
    if reading.day is not None:
        if year is None:
            date(2024, reading.month, reading.day)
            return calendar.partial(reading.month, reading.day)
        return calendar.day(date(year, reading.month, reading.day))
    if year is None:
        return calendar.partial(reading.month)
    return _month_part(year, reading.month, reading.part)


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
            return calendar.year(today.year + reading.shift)
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
