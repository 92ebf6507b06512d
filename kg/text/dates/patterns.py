"""Patterns of temporal expressions, each under the examples that it matches.

Every repetition is bounded, so that hostile text cannot make matching slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kg.text.dates.reading import Reading

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
_TEENS = ("одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат")
_NUMBERS |= {f"{stem}{ending}": number for number, stem in enumerate(_TEENS, 11) for ending in ("ь", "и")}
_NUMBERS |= {"тридцать": 30, "тридцати": 30, "сорок": 40, "сорока": 40, "пятьдесят": 50, "пятидесяти": 50, "сто": 100, "ста": 100}
_NUMBERS_BY = {"двумя": 2, "тремя": 3, "четырьмя": 4, "пятью": 5, "шестью": 6, "семью": 7, "восемью": 8, "девятью": 9, "десятью": 10, "несколькими": 0}
_COUNTS = "|".join(word for word in _NUMBERS if word)
_COUNTS_BY = "|".join(_NUMBERS_BY)
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMAN = {"x": 10, "v": 5, "i": 1}

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

_TENS = {"двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50, "шестидесят": 60, "семидесят": 70, "восьмидесят": 80,
         "девяност": 90}  # fmt: skip
_OF_CENTURY = rf"{S}(?P<c>прошлого|xx|xix|xxi|20-го|19-го|двадцатого|девятнадцатого){S}(?:века|столетия)"


def _century_of(word: str | None) -> int:
    """First year of the century that a decade is counted in; the twentieth when nothing is said."""
    return {"xix": 1800, "19-го": 1800, "девятнадцатого": 1800, "xxi": 2000}.get(word or "", 1900)


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

PATTERNS: list[tuple[re.Pattern[str], Build]] = []


def _pattern(regex: str) -> Callable[[Build], Build]:
    def add(build: Build) -> Build:
        PATTERNS.append((re.compile(rf"(?<![\w.,/-]){regex}(?![\w])"), build))
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


# «в ночь с 18 на 19 апреля 2020 года»
@_pattern(rf"(?:в{S}ночь{S})?с{S}(?P<d1>{D}){S}на{S}(?P<d2>{D}){S}(?P<m>{M})(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _night(m: re.Match[str]) -> Reading | None:
    return _days(m)


# «с 30 апреля по 5 мая 2020 года», «30 апреля – 5 мая»
@_pattern(rf"(?:с{S})?(?P<d1>{D}){S}(?P<m1>{M})(?:{S}(?P<y1>{Y}))?(?:{DASH}|{S}по{S}|{S}до{S})(?P<d2>{D}){S}(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _long_range(m: re.Match[str]) -> Reading | None:
    first = _day_month(m["d1"], m["m1"], m["y1"] or m["y2"], None)
    last = _day_month(m["d2"], m["m2"], m["y2"], None)
    return replace(first, kind="range", word="date", last=last) if first and last else None


# «с 9 марта 2010 по декабрь 2012 года», «с мая по 3 июля 2020 года»
@_pattern(rf"с{S}(?:(?P<d1>{D}){S})?(?P<m1>{M})(?:{S}(?P<y1>{Y}))?{S}(?:по|до){S}(?:(?P<d2>{D}){S})?(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _mixed_range(m: re.Match[str]) -> Reading | None:
    first = _day_month(m["d1"], m["m1"], m["y1"] or m["y2"], None)
    last = _day_month(m["d2"], m["m2"], m["y2"] or m["y1"], None)
    return replace(first, kind="range", word="date", last=last) if first and last and bool(m["d1"]) != bool(m["d2"]) else None


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
GIVEN_NAMES = frozenset({"Марта", "Марту", "Августа", "Мая"})


def _part(word: str | None) -> str:
    return {"на": "start", "се": "middle", "ко": "end"}.get((word or "")[:2], "")



# «2025-10-09»
@_pattern(r"(?P<y>(?:19|20)\d{2})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])")
def _iso(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]), month=int(m["m"]), day=int(m["d"]))


# «2-5-1967»
@_pattern(r"(?P<d>0?[1-9]|[12]\d|3[01])-(?P<m>0?[1-9]|1[0-2])-(?P<y>(?:19|20)\d{2})(?!-)")
def _hyphened(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]), month=int(m["m"]), day=int(m["d"]))


# «09.10.2025», «9.10.25», «9/10/2025»
@_pattern(rf"(?P<d>0?[1-9]|[12]\d|3[01])(?P<sep>[./])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>(?:19|20)\d{{2}}|\d{{2}})(?:{S}(?:года|г\.|г))?")
def _dotted(m: re.Match[str]) -> Reading | None:
    year = int(m["y"])
    return Reading("date", year=year if year > 99 else 2000 + year if year < 70 else 1900 + year, month=int(m["m"]), day=int(m["d"]))


# «в 2014 году», «2014 год», «в 2014-м», «в начале 2017 года», «к концу 2030 года»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<y>{Y4})(?:-(?:й|го|м|му|ый|ого|ом)(?:{S}{YW})?|[ \u00a0]{{0,3}}{YW})")
def _year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]), part=_part(m["part"]))


_VERB = r"[а-я]{2,20}(?:л|ла|ли|лось|лся|лась|лись|ит|ет|ят|ют|ут|ен|ена|ены|ено|нят|нята|няты)"


# «В 1976 — поступил», «чемпионат в 2014.»: a bare number after a preposition of time, with nothing to count behind
@_pattern(rf"(?<=[вс] )(?P<y>(?:1[5-9]|20)\d{{2}})(?=[ \u00a0]?(?:[.,;)—–]|$)(?!\d)|{S}(?:и|а|но|он|она|они|его|ее|это|после|когда|вместе|{_VERB})(?![а-я]))")
def _bare_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]))


# «в 410 году», «в 988 г.»
@_pattern(rf"(?<=[вс] )(?P<y>[1-9]\d{{2}}){S}(?:году|года|г\.)(?![ \u00a0]до[ \u00a0]н)")
def _early_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]))


# «прошлогодний драфт»
@_pattern(r"(?P<w>поза)?прошлогодн[а-я]{2,3}")
def _last_year(m: re.Match[str]) -> Reading | None:
    return Reading("this-year", shift=-2 if m["w"] else -1)


# «1959 — окончил институт» at the start of a line of a chronicle
@_pattern(r"(?<![^\n])(?P<y>(?:1[5-9]|20)\d{2})(?=[ \u00a0]?[—–:])")
def _chronicle_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"])) if m.start() == 0 else None


# «в сезоне 2012/13», «2012/2013»
@_pattern(r"(?P<y>(?:19|20)\d{2})/(?P<z>(?:19|20)?\d{2})")
def _season_years(m: re.Match[str]) -> Reading | None:
    first = int(m["y"])
    if int(m["z"]) % 100 != (first + 1) % 100:
        return None
    return Reading("range", word="date", year=first, last=Reading("date", year=first + 1))


# «лауреат премии (1984)», «(2002, 2004)», «Чудеса», 2006)»
@_pattern(r"(?:(?<=\()(?P<y>(?:1[5-9]|20)\d{2})(?=[),])|(?<=, )(?P<z>(?:1[5-9]|20)\d{2})(?=\)))")
def _bracketed_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"] or m["z"]))


# «в 2014, 2015 и 2016 годах»: each number by itself; «в 2014 и 2018 годах»
@_pattern(rf"(?P<y>{Y4})(?=(?:,{S}{Y4}){{0,5}}{S}и{S}{Y4}{S}год)")
def _listed_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]))


# «1941–1945 гг.», «в 1941-1945 годах», «с 1999 по 2004 год», «(1954—2010)»
@_pattern(rf"(?:с{S})?(?P<y1>{Y4})(?:-го)?(?:{S}(?:года|г\.))?(?:{DASH}|{S}по{S}|{S}до{S})(?P<y2>{Y4})(?:-[йм])?(?:[ \u00a0]{{0,3}}(?:годами|годах|годов|годы|года|году|год|гг\.?|г\.))?")
def _years(m: re.Match[str]) -> Reading | None:
    if int(m["y1"]) > int(m["y2"]):
        return None
    return Reading("range", word="date", year=int(m["y1"]), last=Reading("date", year=int(m["y2"])))


# «(1996—98)»
@_pattern(rf"(?P<y>{Y4})[-–—](?P<z>\d{{2}})(?![-–—.]\d)")
def _short_years(m: re.Match[str]) -> Reading | None:
    first, last = int(m["y"]), int(m["y"]) // 100 * 100 + int(m["z"])
    return Reading("range", word="date", year=first, last=Reading("date", year=last)) if last > first else None


# «в 2009 и 2010 годах»: two years, one after the other
@_pattern(rf"(?P<y1>{Y4}){S}и{S}(?P<y2>{Y4}){S}(?:годами|годам|годах|годов|годы)")
def _two_years(m: re.Match[str]) -> Reading | None:
    listed = re.search(r"\d,[ \u00a0]$", m.string[max(0, m.start() - 3) : m.start()])
    if listed or int(m["y2"]) != int(m["y1"]) + 1:
        return None
    return Reading("range", word="date", year=int(m["y1"]), last=Reading("date", year=int(m["y2"])))


# «между октябрём 2012 и мартом 2013 года»
@_pattern(rf"между{S}(?:(?P<d1>{D}){S})?(?P<m1>{M})(?:{S}(?P<y1>{Y}))?{S}и{S}(?:(?P<d2>{D}){S})?(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _between(m: re.Match[str]) -> Reading | None:
    first = _day_month(m["d1"], m["m1"], m["y1"] or m["y2"], None)
    last = _day_month(m["d2"], m["m2"], m["y2"] or m["y1"], None)
    return replace(first, kind="range", word="date", last=last) if first and last else None


# «С 2013 года по январь 2015 года»
@_pattern(rf"с{S}(?P<y1>{Y4}){S}(?:года{S})?(?:по|до){S}(?:(?P<d2>{D}){S})?(?P<m2>{M}){S}(?P<y2>{Y})")
def _year_to_month(m: re.Match[str]) -> Reading | None:
    last = _day_month(m["d2"], m["m2"], m["y2"], None)
    return Reading("range", word="date", year=int(m["y1"]), last=last) if last else None


# «(р. 1993)», «род. 1993»
@_pattern(r"(?<=р\. |д\. )(?P<y>19\d\d|20\d\d)(?=[),;])")
def _born(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]))


# «в 1990-х годах», «в 90-е», «80-х годов XX века»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<y>(?:1\d|20)\d0|\d0)-(?:х|е|ых|ые|м)(?:{S}год(?:ах|ов|ы|ам))?(?:{_OF_CENTURY})?")
def _decade(m: re.Match[str]) -> Reading | None:
    year = int(m["y"])
    if year % 10:
        return None
    return Reading("decade", year=year if year > 99 else _century_of(m["c"]) + year, part=_part(m["part"]))


# «во второй половине 1950-х»
@_pattern(rf"(?P<n>перв|втор)(?:ой|ую|ая){S}половин[аыуе]{S}(?P<y>(?:1\d|20)\d0|\d0)-(?:х|е|ых|ые)(?:{S}год(?:ах|ов|ы|ам))?(?:{_OF_CENTURY})?")
def _half_decade(m: re.Match[str]) -> Reading | None:
    year = int(m["y"])
    first = (year if year > 99 else _century_of(m["c"]) + year) + (5 if m["n"] == "втор" else 0)
    return None if year % 10 else Reading("range", word="date", year=first, last=Reading("date", year=first + 4))


# «в девяностые годы», «в девяностых годах двадцатого века»
@_pattern(rf"(?P<w>{'|'.join(_TENS)})(?:ые|ых|ыми){S}год(?:ах|ов|ы|ам|ами)(?:{_OF_CENTURY})?")
def _worded_decade(m: re.Match[str]) -> Reading | None:
    return Reading("decade", year=_century_of(m["c"]) + _TENS[m["w"]])


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
@_pattern(rf"(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S}(?:(?:{THIS}|{LAST}|{NEXT}|этой|нынешней|текущей|прошлой|минувшей|прошедшей|предыдущей|следующей|будущей){S})?(?P<u>года|месяца|недели)")
def _part_of_unit(m: re.Match[str]) -> Reading | None:
    unit = {"года": "year", "месяца": "month", "недели": "week"}[m["u"]]
    words = m.group().split()
    told = words[1] if len(words) > 2 else ""
    shift = -1 if told in ("прошлой", "минувшей", "прошедшей", "предыдущей") else 1 if told in ("следующей", "будущей") else _relative_year(told)
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
    if m["w"] in ("среды", "среде") and not m["rel"] and not re.search(r"(?:^|\s)(?:с|до|к|от)\s$", m.string[max(0, m.start() - 4) : m.start()]):
        return None  # «окружающей среды»
    return Reading("weekday", day=number, word=m["rel"] or "")


# «три дня назад», «две недели тому назад», «год назад», «через два месяца», «спустя неделю»
@_pattern(rf"(?:(?P<ahead>через|спустя){S})?(?:(?P<n>\d{{1,3}}|{_COUNTS}){S})?(?P<u>дней|дня|день|сутки|суток|недел[июья]?|месяц(?:а|ев)?|лет|года?)(?:{S}(?P<ago>(?:тому{S})?назад))?")
def _ago(m: re.Match[str]) -> Reading | None:
    if (not m["ago"] and not m["ahead"]) or (not m["n"] and m["u"] in ("лет", "дней", "недель", "месяцев", "суток")):
        return None
    if m["ahead"] == "спустя" and not m["ago"]:
        return None  # counted from what the text tells of: _after_last
    if m["ahead"] and not m["ago"] and (re.match(r"[ \u00a0]{1,3}после", m.string[m.end() : m.end() + 8])):
        return None
    count = int(m["n"]) if (m["n"] or "").isdigit() else _NUMBERS[m["n"] or ""]
    unit = {"д": "days", "с": "days", "н": "weeks", "м": "months", "л": "years", "г": "years"}[m["u"][0]]
    if count == 0:
        return None  # «несколько лет назад»: no point on the calendar
    return Reading(unit, shift=-count if m["ago"] else count)


# «двумя неделями ранее», «годом позже», «спустя три дня»: counted from the last date that the text names
@_pattern(rf"(?:спустя{S}(?:(?P<n>\d{{1,3}}|{_COUNTS}){S})?(?P<u>день|дня|дней|неделю|недели|недель|месяц|месяца|месяцев|год|года|лет)(?!{S}после)|(?:(?P<i>\d{{1,3}}|{_COUNTS_BY}){S})?(?P<v>днем|днями|неделей|неделями|месяцем|месяцами|годом|годами){S}(?P<w>ранее|раньше|позже|спустя))")
def _after_last(m: re.Match[str]) -> Reading | None:
    number = m["n"] or m["i"] or ""
    count = int(number) if number.isdigit() else (_NUMBERS | _NUMBERS_BY)[number]
    unit = {"д": "days", "н": "weeks", "м": "months", "г": "years", "л": "years"}[(m["u"] or m["v"])[0]]
    if count == 0:
        return None
    return Reading("from-last", shift=-count if m["w"] in ("ранее", "раньше") else count, word=unit)


# «в прошлом мае», «в следующем октябре»
@_pattern(rf"(?P<rel>прошл|минувш|следующ|будущ)(?:ем|ом){S}(?P<m>{M})")
def _relative_month(m: re.Match[str]) -> Reading | None:
    number = _month_number(m["m"])
    return Reading("month-of-year", month=number, shift=1 if m["rel"] in ("следующ", "будущ") else -1) if number else None


# «в том же году», «на следующий день», «через год»: counted from the date before
@_pattern(rf"(?P<w>(?:том|тот|этом){S}же{S}(?:году|год)|следующий{S}(?:же{S})?день)")
def _after_that(m: re.Match[str]) -> Reading | None:
    return Reading("same-year") if m["w"].startswith(("том", "тот", "этом")) else Reading("next-day")


# «в тот же день», «в этот день», «в тот день»
@_pattern(rf"(?:тот|этот){S}(?:же{S})?день")
def _same_day(m: re.Match[str]) -> Reading | None:
    return Reading("same-day")


# «с советских времён», «в советское время», «в годы войны»
@_pattern(rf"советск(?:их|ие|ое|ого){S}(?:времен[аи]?|время|лет|годы|эпохи)")
def _soviet(m: re.Match[str]) -> Reading | None:
    return Reading("era", word="1922-12-30/1991-12-26")
