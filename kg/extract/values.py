"""Ages, money, percentages, numbers and ordinals: values that the text writes in figures or words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.proposal import Proposal
from kg.records import Document

FOUND_BY = "pattern"

_N = r"\d{1,3}(?:[ \u00a0]\d{3}){1,4}(?:[.,]\d{1,3})?|\d{1,12}(?:[.,]\d{1,3})?"
_MULTI = r"(?:[ \u00a0](?:тысяч[аи]?|тыс\.?|миллион(?:а|ов)?|млн\.?|миллиард(?:а|ов)?|млрд\.?|триллион(?:а|ов)?|трлн\.?))"
_MONEY_WORD = (
    r"(?:рубл(?:ей|я|ь|ям|ями|ях)|руб\.?|доллар(?:ов|а|ы|ам|ами)?|евро|гривен|гривны?|тенге|юан(?:ей|я|ь)|"
    r"фунт(?:ов|а)(?:[ \u00a0]стерлингов)?|иен|йен|крон|манатов?|франк(?:ов|а)|злотых|лир|долл\.|песо|рупий)(?:[ \u00a0]США)?"
)
_SMALL = (
    "один|одна|одного|одной|одному|одним|две|два|двое|двух|двоих|двум|двумя|три|трое|трех|троих|тремя|четыре|четверо|"
    "четырех|четверых|пять|пяти|пятеро|пятерых|шесть|шести|шестеро|шестерых|семь|семи|семеро|восемь|восьми|восемью|девять|"
    "девяти|десять|десяти|одиннадцать|двенадцать|двенадцати|пятнадцать|двадцать|двадцати|тридцать|сорок|пятьдесят|сто|двести|триста|тысяча"
)
_NOUNS_OF_TIME = r"(?:год|лет|месяц|недел|дн|день|час|минут|секунд|сут|век)"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # «87-летнего», «45 лет» after a comma or a name, «в возрасте 87 лет»
    ("AGE", re.compile(r"(?<!\w)\d{1,3}-летн[а-я]{2,3}(?!\w)")),
    ("AGE", re.compile(r"(?:на|в возрасте|возраст)[ \u00a0](?:\d{1,3}(?:[-–]?(?:м|ом|й|ти|и))?)[ \u00a0](?:году жизни|лет|года?)(?!\w)")),
    ("AGE", re.compile(r"(?<=, )\d{1,3}[ \u00a0](?:лет|года?)(?=[,.)])")),
    ("AGE", re.compile(r"(?<=исполнилось )\d{1,3}[ \u00a0](?:лет|года?)")),
    ("AGE", re.compile(r"(?<=исполнился )\d{1,3}[ \u00a0](?:лет|года?)")),
    # «8,1 млн долларов», «$3 млн», «52 миллионов рублей»
    ("MONEY", re.compile(rf"(?<![\w.,])(?:{_N}){_MULTI}?[ \u00a0]{_MONEY_WORD}(?!\w)", re.IGNORECASE)),
    ("MONEY", re.compile(rf"[$€£₽](?:{_N}){_MULTI}?")),
    # «15 %», «2,5 процента»
    ("PERCENT", re.compile(rf"(?<![\w.,])(?:{_N})(?:[ \u00a0]?%|[ \u00a0]процент(?:а|ов|ами|ам)?)")),
    # «12:30», «около 18 часов», «в 9 часов 15 минут»
    ("TIME", re.compile(r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:[ \u00a0]по[ \u00a0](?:московскому|местному|киевскому)[ \u00a0]времени)?")),
    # «первый», «третьем», «14-й»
    ("ORDINAL", re.compile(
        r"(?<!\w)(?:\d{1,3}-(?:й|го|му|м|я|ю|е|ый|ой|ая|ое|ом|ую)|(?:перв|втор|четверт|пят|шест|седьм|восьм|девят|десят)"
        r"(?:ый|ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми)|трет(?:ий|ьего|ьему|ьим|ьем|ья|ью|ье|ьей|ьи|ьих))(?!\w)", re.IGNORECASE)),
    ("NUMBER", re.compile(rf"(?<![\w.,:/№-])(?:{_N}){_MULTI}?(?![\w%:-])(?![.,]\d)(?![ \u00a0]{_NOUNS_OF_TIME})")),
    ("NUMBER", re.compile(rf"(?<!\w)(?:{_SMALL})(?!\w)(?![ \u00a0]{_NOUNS_OF_TIME})", re.IGNORECASE)),
)  # fmt: skip


def values(document: Document) -> Iterator[Proposal]:
    """Proposals in the order of the patterns; a later pattern never overlaps an earlier match."""
    for sentence in document.sentences:
        text = sentence.text.replace("ё", "е").replace("Ё", "Е")
        taken: list[tuple[int, int]] = []
        for label, regex in _PATTERNS:
            for match in regex.finditer(text):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                taken.append(match.span())
                span = sentence.locate(*match.span())
                yield Proposal(span.start, span.end, label, 0.75, FOUND_BY, match.group().strip())


_WORDS = {
    "один": 1, "одна": 1, "два": 2, "две": 2, "двое": 2, "двух": 2, "двоих": 2, "три": 3, "трое": 3, "трех": 3, "троих": 3,
    "четыре": 4, "четверо": 4, "четырех": 4, "четверых": 4, "пять": 5, "пяти": 5, "пятеро": 5, "пятерых": 5, "шесть": 6,
    "шести": 6, "шестеро": 6, "семь": 7, "семи": 7, "семеро": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9,
    "десять": 10, "десяти": 10, "одиннадцать": 11, "двенадцать": 12, "двенадцати": 12, "пятнадцать": 15, "двадцать": 20,
    "тридцать": 30, "сорок": 40, "пятьдесят": 50, "сто": 100, "двести": 200, "триста": 300,
}  # fmt: skip


def as_integer(text: str) -> int | None:
    """«38» → 38, «двое» → 2, «1 200» → 1200; None for what is no plain whole number."""
    word = text.lower().replace("ё", "е")
    if word in _WORDS:
        return _WORDS[word]
    digits = re.sub(r"[ \u00a0]", "", word)
    return int(digits) if digits.isdigit() and len(digits) < 10 else None
