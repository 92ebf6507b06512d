"""Persons of one full name in many articles: one person, or namesakes.

The company that a name is met in decides. Articles that give it the same post or body, or name the
same other people and bodies, speak of one person. Two groups of articles with nothing in common stay
apart when what they say of him cannot be one man's life («хоккеист», «министр»); then people are asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.records import Reason
from kg.resolve.groups import Groups
from kg.resolve.local import PLACES, Local
from kg.resolve.person import PersonName, compatible, parse_person
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.normal import lemma
from kg.text.words import table

_COMPANIONS = frozenset({"Person", "Organization"})
_LEAST_PLACES = 2
_COMMON_ARTICLES, _COMMON_SHARE = 20, 0.2


@dataclass(frozen=True, slots=True)
class Company:
    """Who and what an article names: persons (by surname) and organisations; places.

    `telling` are the names without those that a fifth of a large corpus knows.
    """

    names: frozenset[str]
    telling: frozenset[str]
    places: frozenset[str]


def company_of(ordered: Sequence[Local]) -> Mapping[str, Company]:
    """The company of each article, by its sha256."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    places: defaultdict[str, set[str]] = defaultdict(set)
    for local in ordered:
        if local.kind == "Person":
            names[local.sha256].add(f"person:{parse_person(local.name).surname}")
        elif local.kind in _COMPANIONS:
            names[local.sha256].add(f"{local.kind}:{fold(local.name)}")
        elif local.kind in PLACES:
            places[local.sha256].add(f"place:{fold(local.name)}")
    met = Counter(name for around in names.values() for name in around)
    most = max(_COMMON_ARTICLES, int(len(names) * _COMMON_SHARE))
    common = {name for name, count in met.items() if count > most}
    return {sha: Company(frozenset(names[sha]), frozenset(names[sha] - common), frozenset(places[sha])) for sha in {*names, *places}}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities (by a member of each) that may be one thing: for people to decide."""

    one: int
    other: int
    reason: Reason


def join_namesakes(ordered: Sequence[Local], groups: Groups[int], company: Mapping[str, Company]) -> list[Doubt]:
    """Join persons whose full names agree; return the pairs that were left apart for what is said of them."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    parsed: dict[int, PersonName] = {}
    for i, local in enumerate(ordered):
        if local.kind == "Person":
            name = parse_person(local.name)
            if name.is_full and len(name.given) > 1:
                blocks[name.surname].append(i)
                parsed[i] = name
    doubts = []
    for _, members in sorted(blocks.items()):
        by_name: defaultdict[PersonName, list[int]] = defaultdict(list)
        for i in members:
            by_name[parsed[i]].append(i)
        found = [part for _, same in sorted(by_name.items(), key=lambda item: item[1][0]) for part in _by_company(same, ordered, groups, company)]
        doubts += _settle(found, parsed, ordered, groups)
    return doubts


@dataclass(frozen=True, slots=True)
class _Part:
    """Articles that certainly speak of one bearer of a name."""

    members: tuple[int, ...]
    ties: frozenset[str]
    fields: frozenset[str]
    places: frozenset[str]


def _by_company(same: Sequence[int], ordered: Sequence[Local], groups: Groups[int], company: Mapping[str, Company]) -> list[_Part]:
    """Bearers of one written name, joined where two articles share a tie or a companion."""
    first: dict[str, int] = {}
    for i in same:
        own = f"person:{parse_person(ordered[i].name).surname}"
        around = company.get(ordered[i].sha256)
        for trait in sorted((*ordered[i].ties, *((around.telling if around else frozenset()) - {own}))):
            if trait in first:
                groups.join(first[trait], i, Reason("имя и фамилия совпадают", f"{ordered[i].name}; общее: {trait.split(':', 1)[1]}"))
            first.setdefault(trait, i)
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for i in same:
        parts[groups.find(i)].append(i)
    return [_part(members, ordered, company) for members in parts.values()]


def _part(members: Sequence[int], ordered: Sequence[Local], company: Mapping[str, Company]) -> _Part:
    around = [c for i in members if (c := company.get(ordered[i].sha256))]
    ties = _union(ordered[i].ties for i in members)
    return _Part(tuple(members), ties, fields_of(ties), _union(c.places for c in around))


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def fields_of(ties: Iterable[str]) -> frozenset[str]:
    """Fields of life that the posts among the ties belong to: «post:хоккеист» → sport."""
    fields = table("fields.tsv", "lemma", "field")
    words = (word for tie in ties if tie.startswith("post:") for word in tie[5:].split())
    return frozenset(field for word in words if (field := fields.get(word) or fields.get(fold(lemma(word)))))


def _settle(parts: Sequence[_Part], parsed: Mapping[int, PersonName], ordered: Sequence[Local], groups: Groups[int]) -> list[Doubt]:
    """Join what is left where nothing speaks against it; the greatest part is looked at first."""
    doubts: list[Doubt] = []
    seen: list[_Part] = []
    for part in sorted(parts, key=lambda p: (-len(p.members), p.members[0])):
        name = parsed[part.members[0]]
        alike = [p for p in seen if compatible(parsed[p.members[0]], name)]
        against = [p for p in alike if _apart(p, part) and not _famous(ordered[part.members[0]].name)]
        for other in alike:
            one, two = other.members[0], part.members[0]
            if not against:
                groups.join(one, two, Reason("имя и фамилия совпадают", f"{ordered[one].name} = {ordered[two].name}"))
            elif groups.find(one) != groups.find(two):
                doubts.append(Doubt(one, two, Reason("однофамильцы или один человек", _told(other, part))))
        seen.append(part)
    return doubts


def _apart(one: _Part, other: _Part) -> bool:
    """Different fields of life, no common tie, companion or pair of places."""
    return bool(
        one.fields
        and other.fields
        and not one.fields & other.fields
        and not one.ties & other.ties
        and len(one.places & other.places) < _LEAST_PLACES
    )


def _famous(name: str) -> bool:
    """The gazetteer knows exactly one bearer of the full name."""
    return len({e.qid for e in gazetteer.lookup(name, "PERSON") if e.qid}) == 1


def _told(one: _Part, other: _Part) -> str:
    return " / ".join(", ".join(sorted(t[5:] for t in part.ties)[:3]) for part in (one, other))
