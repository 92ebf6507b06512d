"""What is counted from another day: «вчера», «в прошлом году», «три дня назад»; each pattern under what it matches."""

from __future__ import annotations

import re

from kg.text.dates.pieces import LAST, NEXT, THIS, M, Patterns, S, into, month_number, part_of, relative_year
from kg.text.dates.reading import Reading

PATTERNS: Patterns = []
_pattern = into(PATTERNS)

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


# «прошлогодний забег»
@_pattern(r"(?P<w>поза)?прошлогодн[а-я]{2,3}")
def _last_year(m: re.Match[str]) -> Reading | None:
    return Reading("this-year", shift=-2 if m["w"] else -1)


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
    shift = -1 if told in ("прошлой", "минувшей", "прошедшей", "предыдущей") else 1 if told in ("следующей", "будущей") else relative_year(told)
    return Reading(f"this-{unit}", shift=shift or 0, part=part_of(m["part"]))


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
    number = month_number(m["m"])
    return Reading("month-of-year", month=number, shift=1 if m["rel"] in ("следующ", "будущ") else -1) if number else None


# «в том же году», «на следующий день», «через год»: counted from the date before
@_pattern(rf"(?P<w>(?:том|тот|этом){S}же{S}(?:году|год)|следующий{S}(?:же{S})?день)")
def _after_that(m: re.Match[str]) -> Reading | None:
    return Reading("same-year") if m["w"].startswith(("том", "тот", "этом")) else Reading("next-day")


# «в тот же день», «в этот день», «в тот день»
@_pattern(rf"(?:тот|этот){S}(?:же{S})?день")
def _same_day(m: re.Match[str]) -> Reading | None:
    return Reading("same-day")
