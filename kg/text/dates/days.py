"""Days and months, with their years or without, and ranges of them; each pattern under what it matches."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.text.dates.pieces import DASH, REL_YEAR, Y4, D, M, Patterns, S, Y, day_month, into, part_of
from kg.text.dates.reading import Reading

PATTERNS: Patterns = []
_pattern = into(PATTERNS)


# «9 октября», «9 октября 2025 года», «9-го мая», «3 марта прошлого года»
@_pattern(rf"(?P<d>{D}){S}(?P<m>{M})(?:,?{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _date(m: re.Match[str]) -> Reading | None:
    return day_month(m["d"], m["m"], m["y"], m["ry"])


# «1–5 мая», «с 1 по 5 мая 2020 года», «12 и 13 июня»
@_pattern(rf"(?:с{S})?(?P<d1>{D})(?:{DASH}|{S}по{S}|{S}и{S})(?P<d2>{D}){S}(?P<m>{M})(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _days(m: re.Match[str]) -> Reading | None:
    first = day_month(m["d1"], m["m"], m["y"], m["ry"])
    last = day_month(m["d2"], m["m"], m["y"], m["ry"])
    return replace(first, kind="range", word=first.kind, last=last) if first and last else None


# «в ночь с 18 на 19 апреля 2020 года»
@_pattern(rf"(?:в{S}ночь{S})?с{S}(?P<d1>{D}){S}на{S}(?P<d2>{D}){S}(?P<m>{M})(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _night(m: re.Match[str]) -> Reading | None:
    return _days(m)


# «с 30 апреля по 5 мая 2020 года», «30 апреля – 5 мая»
@_pattern(rf"(?:с{S})?(?P<d1>{D}){S}(?P<m1>{M})(?:{S}(?P<y1>{Y}))?(?:{DASH}|{S}по{S}|{S}до{S})(?P<d2>{D}){S}(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _long_range(m: re.Match[str]) -> Reading | None:
    first = day_month(m["d1"], m["m1"], m["y1"] or m["y2"], None)
    last = day_month(m["d2"], m["m2"], m["y2"], None)
    return replace(first, kind="range", word="date", last=last) if first and last else None


# «с 9 марта 2010 по декабрь 2012 года», «с мая по 3 июля 2020 года»
@_pattern(rf"с{S}(?:(?P<d1>{D}){S})?(?P<m1>{M})(?:{S}(?P<y1>{Y}))?{S}(?:по|до){S}(?:(?P<d2>{D}){S})?(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _mixed_range(m: re.Match[str]) -> Reading | None:
    first = day_month(m["d1"], m["m1"], m["y1"] or m["y2"], None)
    last = day_month(m["d2"], m["m2"], m["y2"] or m["y1"], None)
    return replace(first, kind="range", word="date", last=last) if first and last and bool(m["d1"]) != bool(m["d2"]) else None


# «в июле–августе 2019 года», «с мая по июль», «с декабря 2010 по март 2012 года»
@_pattern(rf"(?:с{S})?(?P<m1>{M})(?:{S}(?P<y1>{Y}))?(?:{DASH}|{S}по{S}|{S}до{S})(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _months(m: re.Match[str]) -> Reading | None:
    first = day_month(None, m["m1"], m["y1"] or m["y2"], None)
    last = day_month(None, m["m2"], m["y2"], None)
    return replace(first, kind="range", word="date", last=last) if first and last else None


# «октябрь 2025 года», «в октябре», «в мае прошлого года», «в конце июня 2025 года»
@_pattern(rf"(?:(?P<part>начал[еоау]|середин[еуыа]|кон(?:ц[еау]|ец)){S})?(?P<m>{M})(?:{S}(?:(?P<y>{Y})|{REL_YEAR}))?")
def _month(m: re.Match[str]) -> Reading | None:
    reading = day_month(None, m["m"], m["y"], m["ry"])
    if reading is None or (len(m["m"].rstrip(".")) == 3 and m["m"][:2] != "ма" and not m["y"]):
        return None
    if not m["part"] and _NUMBER_BEFORE.search(m.string, max(0, m.start() - 4), m.start()):
        return None  # «99 мая»: no such day
    return replace(reading, part=part_of(m["part"]))


_NUMBER_BEFORE = re.compile(r"\d[ \u00a0]{1,3}\Z")
GIVEN_NAMES = frozenset({"Марта", "Марту", "Августа", "Мая"})


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


# «между октябрём 2012 и мартом 2013 года»
@_pattern(rf"между{S}(?:(?P<d1>{D}){S})?(?P<m1>{M})(?:{S}(?P<y1>{Y}))?{S}и{S}(?:(?P<d2>{D}){S})?(?P<m2>{M})(?:{S}(?P<y2>{Y}))?")
def _between(m: re.Match[str]) -> Reading | None:
    first = day_month(m["d1"], m["m1"], m["y1"] or m["y2"], None)
    last = day_month(m["d2"], m["m2"], m["y2"] or m["y1"], None)
    return replace(first, kind="range", word="date", last=last) if first and last else None


# «С 2013 года по январь 2015 года»
@_pattern(rf"с{S}(?P<y1>{Y4}){S}(?:года{S})?(?:по|до){S}(?:(?P<d2>{D}){S})?(?P<m2>{M}){S}(?P<y2>{Y})")
def _year_to_month(m: re.Match[str]) -> Reading | None:
    last = day_month(m["d2"], m["m2"], m["y2"], None)
    return Reading("range", word="date", year=int(m["y1"]), last=last) if last else None
