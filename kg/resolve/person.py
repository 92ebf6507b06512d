"""Personal names taken apart, and compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
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


def parse_person(normal: str) -> PersonName:
    """«Владимир Владимирович Путин», «Путин В. В.», «Путин» → parts.

    A lone word is a surname unless the dictionary knows it only as a given name.
    """
    nickname = _NICKNAME.search(normal)
    if nickname:
        whole = parse_person(f"{normal[: nickname.start()]} {normal[nickname.end() :]}")
        return replace(whole, nickname=fold(nickname[1]))
    words = [fold(w).strip(".,") for w in normal.replace(".", ". ").split()]
    words = [w for w in words if w]
    patronymics = [w for w in words[1:] if _PATRONYMIC.search(w) and len(words) > 1 and len(w) > 4 and "Surn" not in _marks(w)]
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


def has_initials(normal: str) -> bool:
    """«Б. Обама», «Б.Обама»: a name that gives letters for words."""
    return any(_INITIAL.fullmatch(fold(w)) for w in normal.replace(".", ". ").split())


def same_part(one: str, other: str) -> bool:
    """Equal, or one is the initial of the other, or a form of it that could not be put in the nominative."""
    if one == other or _is_form_of(one, other) or _is_form_of(other, one):
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
    surname = one.surname == other.surname or _is_form_of(one.surname, other.surname) or _is_form_of(other.surname, one.surname)
    if one.surname and other.surname and not surname:
        return False
    if one.given and other.given and not any(same_part(a, b) for a in _givens(one) for b in _givens(other)):
        return False
    if one.patronymic and other.patronymic and not same_part(one.patronymic, other.patronymic):
        return False
    return bool((one.surname and other.surname and surname) or (one.given and one.given == other.given))
