"""Names of countries, places, organisations and people, with their ids: the shipped ones, and the user's own.

Look-ups are by folded nominative name. One name may stand for several things; all are returned,
most often mentioned first, and it is for the caller to decide whether the choice is safe. What the user
added stands before everything shipped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from kg.text.clean import fold
from kg.text.normal import lemma
from kg.text.words import rows

_PACKAGE = "kg.gazetteer"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the gazetteer knows: display name, NEREL type, all names, Wikidata id."""

    qid: str
    label: str
    type: str
    aliases: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]
    weight: int
    source: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)

    def get(self, key: str) -> str | None:
        """A value of the `extra` column: iso, geonames, lat, lon."""
        return dict(self.extra).get(key)


class _Own:
    """Entries that the user added, for the whole process."""

    def __init__(self) -> None:
        self.entries: tuple[Entry, ...] = ()
        self.by_name: Mapping[str, tuple[Entry, ...]] = {}
        self.dependent: list[Callable[[], None]] = []


_own = _Own()


def use(entries_: Iterable[Entry]) -> None:
    """Put the user's own entries before the shipped ones, in place of those used before."""
    _own.entries = tuple(entries_)
    _own.by_name = _indexed(_own.entries)
    for forget in _own.dependent:
        forget()


def added() -> tuple[Entry, ...]:
    """The user's own entries."""
    return _own.entries


_Result = TypeVar("_Result")


def remembered(function: Callable[[str], _Result]) -> Callable[[str], _Result]:
    """`functools.cache` for what is looked up here: forgotten when other entries are used."""
    kept = cache(function)
    _own.dependent.append(kept.cache_clear)
    return kept


@cache
def entries() -> tuple[Entry, ...]:
    """The shipped entries."""
    found = []
    for row in rows("names.tsv", _PACKAGE):
        extra = tuple(
            (k, v) for part in row["extra"].split(";") if "=" in part for k, v in (part.split("=", 1),)
        )
        aliases = tuple(a for a in row["aliases"].split("|") if a)
        found.append(
            Entry(row["id"], row["label"], row["type"], aliases, extra, int(row["weight"] or 0), row["source"])
        )
    return tuple(found)


@cache
def _by_name() -> Mapping[str, tuple[Entry, ...]]:
    return _indexed(entries())


def _indexed(found: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    index: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        for name in dict.fromkeys(fold(n) for n in entry.names):
            index[name].append(entry)
    return {name: tuple(sorted(group, key=lambda e: (-e.weight, e.qid, e.label))) for name, group in index.items()}


def lookup(name: str, *types: str) -> tuple[Entry, ...]:
    """Entries that carry a name, of the given NEREL types (of any type when none is given)."""
    own = tuple(e for e in _own.by_name.get(fold(name), ()) if not types or e.type in types)
    return own or shipped(name, *types)


def shipped(name: str, *types: str) -> tuple[Entry, ...]:
    """Shipped entries that carry a name."""
    found = _by_name().get(fold(name), ())
    return tuple(e for e in found if e.type in types) if types else found


@cache
def _places_by_adjective() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for row in rows("demonyms.tsv", _PACKAGE):
        for adjective in filter(None, row["adjective"].split("|")):
            found.setdefault(fold(adjective), (row["country"], "COUNTRY"))
    for row in rows("adjectives.tsv", _PACKAGE):
        found.setdefault(fold(row["adjective"]), (row["place"], row["type"]))
    return MappingProxyType(found)


def place_of_adjective(adjective: str) -> tuple[str, str] | None:
    """«азербайджанский», a lemma → («Азербайджан», «COUNTRY»)."""
    return _places_by_adjective().get(fold(adjective))


@cache
def _people() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in rows("demonyms.tsv", _PACKAGE):
        for column in ("people_m", "people_f", "people_pl", "ethnic"):
            for name in filter(None, row[column].split("|")):
                found.setdefault(fold(name), row["country"])
    return MappingProxyType(found)


def country_of_people(inhabitant: str) -> str | None:
    """«азербайджанец», a lemma → «Азербайджан»."""
    return _people().get(fold(inhabitant))


@cache
def outlets() -> frozenset[str]:
    """Folded names of news agencies and media."""
    return frozenset(
        fold(name)
        for row in rows("organizations.tsv", _PACKAGE)
        if row["kind"] in ("agency", "media")
        for name in (row["label"], *row["aliases"].split("|"))
        if name
    )


def lemmas_of(name: str) -> str:
    """The words of a name in their dictionary forms, folded: «Президенту России» → «президент россия»."""
    return " ".join(fold(lemma(word)) for word in _WORD.findall(name))


@cache
def _forms() -> Mapping[tuple[str, str], str]:
    return MappingProxyType({(row["type"], row["lemmas"]): row["id"] for row in rows("forms.tsv", _PACKAGE)})


def meaning(name: str, *types: str) -> str | None:
    """The Wikidata id that names of these lemmas and types most often have, where that is safe to say."""
    if any(e.type in types for e in _own.by_name.get(fold(name), ())):
        return None
    lemmas = lemmas_of(name)
    return next((found for type_ in types if (found := _forms().get((type_, lemmas)))), None)
