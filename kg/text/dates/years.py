"""Years, decades, centuries, and parts of a year that have names; each pattern under what it matches."""

from __future__ import annotations

import re

from kg.text.dates.pieces import DASH, REL_YEAR, Y4, YW, Patterns, S, Y, into, number_of, part_of, relative_year
from kg.text.dates.reading import Reading

PATTERNS: Patterns = []
_pattern = into(PATTERNS)

_TENS = {"двадцат": 20, "тридцат": 30, "сороков": 40, "пятидесят": 50, "шестидесят": 60, "семидесят": 70, "восьмидесят": 80,
         "девяност": 90}  # fmt: skip
_OF_CENTURY = rf"{S}(?P<c>прошлого|xx|xix|xxi|20-го|19-го|двадцатого|девятнадцатого){S}(?:века|столетия)"
_ORDINALS = {"перв": 1, "втор": 2, "трет": 3, "четверт": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_ROMAN = {"x": 10, "х": 10, "v": 5, "i": 1}
"""Roman numerals in small letters; «ХХ» is often written with the Cyrillic letter."""


def _century_of(word: str | None) -> int:
    """First year of the century that a decade is counted in; the twentieth when nothing is said."""
    return {"xix": 1800, "19-го": 1800, "девятнадцатого": 1800, "xxi": 2000}.get(word or "", 1900)


# «в 2014 году», «2014 год», «в 2014-м», «в начале 2017 года», «к концу 2030 года»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<y>{Y4})(?:-(?:й|го|м|му|ый|ого|ом)(?:{S}{YW})?|[ \u00a0]{{0,3}}{YW})")
def _year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]), part=part_of(m["part"]))


_VERB = r"[а-я]{2,20}(?:л|ла|ли|лось|лся|лась|лись|ит|ет|ят|ют|ут|ен|ена|ены|ено|нят|нята|няты)"


# «В 1976 — поступил», «чемпионат в 2014.»: a bare number after a preposition of time, with nothing to count behind
@_pattern(rf"(?<=[вс] )(?P<y>(?:1[5-9]|20)\d{{2}})(?=[ \u00a0]?(?:[.,;)—–]|$)(?!\d)|{S}(?:и|а|но|он|она|они|его|ее|это|после|когда|вместе|{_VERB})(?![а-я]))")
def _bare_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]))


# «Встреча друзей, 2009» at the end of a line, «год рождения — 1962»
@_pattern(r"(?:(?<=, )(?P<y>(?:19|20)\d{2})(?=\s{0,3}$)|(?<=рождения — )(?P<z>(?:1[5-9]|20)\d{2}))")
def _loose_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"] or m["z"]))


# «в 988 году», «в 988 г.»
@_pattern(rf"(?<=[вс] )(?P<y>[1-9]\d{{2}}){S}(?:году|года|г\.)(?![ \u00a0]до[ \u00a0]н)")
def _early_year(m: re.Match[str]) -> Reading | None:
    return Reading("date", year=int(m["y"]))


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
    return Reading("decade", year=year if year > 99 else _century_of(m["c"]) + year, part=part_of(m["part"]))


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
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<c>[xхvi]{{1,5}}(?:-[а-я]{{1,2}})?|\d{{1,2}}(?:-[а-я]{{1,2}})?){S}(?:веке|веку|века|век|веков|столетии|столетию|столетия)")
def _century(m: re.Match[str]) -> Reading | None:
    number = number_of(m["c"]) or _roman(m["c"].split("-")[0])
    return Reading("century", year=(number - 1) * 100, part=part_of(m["part"])) if 0 < number < 22 else None


def _roman(text: str) -> int:
    values = [_ROMAN.get(char, 0) for char in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))


# «летом 2014 года», «зимой», «прошлой осенью», «весной этого года»
@_pattern(rf"(?:(?P<rel>прошл|минувш|нынешн|эт|следующ|будущ)[а-я]{{2,3}}{S})?(?P<s>весной|весны|весну|летом|лета|лето|осенью|осени|осень|зимой|зимы|зиму)(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _season(m: re.Match[str]) -> Reading | None:
    name = {"ве": "весна", "ле": "лето", "ос": "осень", "зи": "зима"}[m["s"][:2]]
    if m["s"] in ("лета", "лето", "осень", "весны", "зимы", "осени", "зиму", "весну") and not (m["y"] or m["ry"] or m["rel"]):
        return None
    shift = relative_year(m["ry"])
    if m["rel"] and not m["y"]:
        shift = -1 if m["rel"] in ("прошл", "минувш") else 1 if m["rel"] in ("следующ", "будущ") else 0
    if shift is not None:
        return Reading("season-of-year", shift=shift, word=name)
    return Reading("season", year=number_of(m["y"]), word=name)


# «в первом квартале 2025 года», «во втором полугодии», «в I квартале»
@_pattern(rf"(?P<n>перв|втор|трет|четверт|iv|iii|ii|i|[1-4])(?:[а-я]{{1,4}}|-[а-я]{{1,2}})?{S}(?P<u>квартал|полугоди|половин)[а-я]{{0,2}}(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _quarter(m: re.Match[str]) -> Reading | None:
    number = int(m["n"]) if m["n"].isdigit() else _ORDINALS[m["n"]]
    if m["u"] != "квартал" and (number > 2 or (m["u"] == "половин" and not (m["y"] or m["ry"]))):
        return None
    months = 3 if m["u"] == "квартал" else 6
    shift = relative_year(m["ry"])
    kind = "block" if shift is None else "block-of-year"
    return Reading(kind, year=number_of(m["y"]), month=(number - 1) * months + 1, day=months, shift=shift or 0)


# «с советских времён», «в советское время», «в годы войны»
@_pattern(rf"советск(?:их|ие|ое|ого){S}(?:времен[аи]?|время|лет|годы|эпохи)")
def _soviet(m: re.Match[str]) -> Reading | None:
    return Reading("era", word="1922-12-30/1991-12-26")
