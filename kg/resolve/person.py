"""Personal names taken apart, and compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg.text.clean import fold
from kg.text.models import vocabulary

_INITIAL = re.compile(r"[а-яa-z]\.?")
_NICKNAME = re.compile(r"[«\"“]([^«»\"”]+)[»\"”]")
_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|ична|инична|оглы|кызы)$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """Folded parts of a name; empty where the text gives none. `given` may be an initial; `nickname` stands in quotes."""

    given: str
    patronymic: str
    surname: str
    nickname: str = ""

    @property
    def is_full(self) -> bool:
        return bool(self.given and self.surname)


@cache
def _marks(word: str) -> frozenset[str]:
    """Name grammemes of a word's parses as a nominative singular: Name, Patr, Surn."""
    found: set[str] = set()
    for form in vocabulary().parse(word):
        if {"nomn", "sing"} <= form.tag.grammemes or "Fixd" in form.tag.grammemes:
            found |= {"Name", "Patr", "Surn"} & set(form.tag.grammemes)
    return frozenset(found)


_LEADING = frozenset(["де", "ди", "да", "дель", "дю", "ла", "ле", "фон", "аль", "эль"])
_PARTICLES = _LEADING | {"дос", "ван", "вон", "дер", "ден", "тер", "ибн", "бен", "бин", "бинт", "ас", "аш", "ад", "ар", "ат"}
"""Words of a surname that do not tell it apart; a name may begin with the first ones: «Де Ниро», and not «Ван И»."""
_ARTICLE = re.compile(r"^(?:аль|эль|ас|аш|ад|ар|ат)-(?=.)")


def _bare(word: str) -> str:
    """A folded word without its article: «аль-Хамди» → «хамди»."""
    return _ARTICLE.sub("", fold(word).strip(".,"))


@cache
def sound(word: str) -> str:
    """A key that the spellings of one foreign name share: «Чэдвик», «Чедвик»; «Джульетт», «Жульетт»; «Элла», «Эла»."""
    return re.sub(r"(.)\1+", r"\1", word.translate(_ALIKE).replace("дж", "ж"))


_ALIKE = str.maketrans({"э": "е", "ё": "е", "й": "и", "ь": None, "ъ": None})
_SOUNDING = 4
"""Letters of a name from which sound is enough."""


def _sounds_like(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SOUNDING and sound(one) == sound(other)


def _is_patronymic(word: str, words: int) -> bool:
    """By its ending; behind a given name alone only one that the dictionary knows: «Яцек Чапутович» has a surname."""
    if not _PATRONYMIC.search(word) or len(word) <= _SHORT_PATRONYMIC or "Surn" in _marks(word):
        return False
    return words > 2 or word in ("оглы", "кызы") or any("Patr" in form.tag.grammemes and form.is_known for form in vocabulary().parse(word))


_SHORT_PATRONYMIC = 4


@cache
def parse_person(normal: str) -> PersonName:
    """«Владимир Владимирович Путин», «Путин В. В.», «Путин» → parts.

    A lone word is a surname unless the dictionary knows it only as a given name.
    """
    nickname = _NICKNAME.search(normal)
    if nickname:
        whole = parse_person(f"{normal[: nickname.start()]} {normal[nickname.end() :]}")
        return replace(whole, nickname=fold(nickname[1]))
    words = [_bare(w) for w in normal.replace(".", ". ").split()]
    words = [w for i, w in enumerate(words) if w and not (len(words) > i + 1 and w in (_PARTICLES if i else _LEADING))]
    patronymics = [w for w in words[1:] if _is_patronymic(w, len(words))]
    patronymic = patronymics[0] if patronymics else ""
    rest = [w for w in words if w != patronymic]
    if not rest:
        return PersonName("", patronymic, "")
    if len(rest) == 1:
        marks = _marks(rest[0])
        if patronymic or ("Name" in marks and "Surn" not in marks):
            return PersonName(rest[0], patronymic, "")
        return PersonName("", patronymic, rest[0])
    if _INITIAL.fullmatch(rest[-1]) and not _INITIAL.fullmatch(rest[0]):
        return PersonName(rest[1], patronymic, rest[0])
    first, last = _marks(rest[0]), _marks(rest[-1])
    if "Name" in last and "Surn" not in last and "Surn" in first and "Name" not in first and len(rest) == 2:
        return PersonName(rest[1], patronymic, rest[0])
    return PersonName(rest[0], patronymic, " ".join(rest[1:]) if len(rest) == 2 else rest[-1])


def is_given_first(normal: str) -> bool:
    """«Пётр Лямин», not «Лямин Пётр»."""
    name = parse_person(normal)
    return not name.is_full or _bare(normal.replace(".", ". ").split()[0]) != name.surname


def nominatives(counts: Mapping[str, int]) -> list[str]:
    """Names without those that are only a form of another, at least as frequent one: «Андреа Падована»
    beside «Андреа Падован»."""
    kept = list(counts)
    parts = {name: parse_person(name) for name in kept}
    def is_form(one: PersonName, other: PersonName) -> bool:
        return _is_form_of(one.surname, other.surname) or (one.surname == other.surname and _is_form_of(one.given, other.given))

    def is_only_form(n: str, m: str) -> bool:
        return m != n and counts[m] >= counts[n] and is_form(parts[n], parts[m]) and not is_form(parts[m], parts[n])

    return [n for n in kept if not any(is_only_form(n, m) for m in kept)] or kept


def best_of_person(counts: Mapping[str, int], further: Callable[[str], tuple[int, int]]) -> str:
    """The fullest name, the given name first, in its most frequent spelling; of like ones the one that `further` ranks highest."""
    best = max(nominatives(counts), key=lambda n: (parse_person(n).is_full, not has_initials(n), is_given_first(n), len(n.split()) <= 3, *further(n), n))
    alike = [n for n in counts if sound(fold(n)) == sound(fold(best))]
    return max(alike, key=lambda n: (counts[n], n == best, n))


def has_initials(normal: str) -> bool:
    """«Б. Обама», «Б.Обама»: a name that gives letters for words."""
    return any(_INITIAL.fullmatch(fold(w)) for w in normal.replace(".", ". ").split())


def same_part(one: str, other: str) -> bool:
    """Equal, or one is the initial of the other, or a form of it that could not be put in the nominative."""
    if one == other or _is_form_of(one, other) or _is_form_of(other, one) or _sounds_like(one, other):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


@cache
def _is_form_of(word: str, name: str) -> bool:
    """«асию» of «асия»: a word that is no nominative, and differs from a name in its ending alone."""
    stem = word.rstrip("аеёиоуыэюяйьм")
    if len(stem) < 2 or len(word) < 4 or name.rstrip("аеёиоуыэюяйьм") != stem or abs(len(word) - len(name)) > 2:
        return False
    forms = vocabulary().parse(word)
    if not any(form.is_known for form in forms):
        return word == f"{name}а" or word == f"{name}у"
    return not any("nomn" in form.tag.grammemes and "sing" in form.tag.grammemes for form in forms)


def relatives(one: PersonName, other: PersonName) -> bool:
    """One surname, but two given names that the dictionary knows: «Владислав Лемех», «Владимир Лемех»."""
    return one.surname == other.surname and not same_part(one.given, other.given) and all("Name" in _marks(n.given) for n in (one, other))


def _givens(name: PersonName) -> tuple[str, ...]:
    return (name.given, name.nickname) if name.nickname else (name.given,)


def compatible(one: PersonName, other: PersonName) -> bool:
    """No part contradicts: the same surname, and given names that may be the same.

    A lone word that the dictionary knows as a given name may be a surname all the same: «Биби».
    """
    for lone, full in ((one, other), (other, one)):
        if lone.given and not lone.surname and not lone.patronymic and full.is_full and lone.given == full.surname:
            return True
    surname = _same_surname(one, other)
    if one.surname and other.surname and not surname:
        return False
    if one.given and other.given and not any(same_part(a, b) for a in _givens(one) for b in _givens(other)):
        return False
    if one.patronymic and other.patronymic and not same_part(one.patronymic, other.patronymic):
        return False
    return bool((one.surname and other.surname and surname) or (one.given and one.given == other.given))


def _same_surname(one: PersonName, other: PersonName) -> bool:
    """Equal, but for its case or spelling; or a half of a double one, when it stands alone: «Райс» for «Мюллер-Райс», «Райс-младший»."""
    a, b = one.surname, other.surname
    if a == b or _is_form_of(a, b) or _is_form_of(b, a) or _sounds_like(a, b):
        return True
    return bool(a and b) and ((not one.is_full and _is_half(a, b)) or (not other.is_full and _is_half(b, a)))


def _is_half(short: str, long: str) -> bool:
    return long.endswith(f"-{short}") or long in (f"{short}-младший", f"{short}-младшая", f"{short}-старший", f"{short}-старшая")
