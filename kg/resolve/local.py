"""Mentions of one article that are one thing, gathered into `Local` entities, with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.ontology import class_of_label
from kg.records import Facts, Mention, Reason
from kg.resolve.bodies import SEATS, join_bare_nouns, join_bodies, join_nested
from kg.resolve.curation import Ruling
from kg.resolve.joined import Joined
from kg.resolve.organization import is_common, known_id
from kg.resolve.people import join_people
from kg.resolve.person import best_of_person, compatible, parse_person
from kg.resolve.seats import place_id
from kg.text import gazetteer
from kg.text.clean import fold

_NOT_ENTITIES = frozenset({"EVENT"})
PLACES = frozenset({"Country", "City", "Region", "District", "Location"})


@dataclass(frozen=True, slots=True)
class Local:
    """One article's entity: class, best name, other names, mentions, and why they are one.

    `ties` are the posts and bodies that the article gives its holder; `bare` tells that the article also
    calls a person by surname alone.
    """

    sha256: str
    kind: str
    name: str
    names: tuple[str, ...]
    surfaces: tuple[str, ...]
    mentions: tuple[str, ...]
    first: int
    reasons: tuple[Reason, ...]
    bare: bool = False
    ties: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, int]:
        return (self.sha256, self.first)


_LINK_REASONS = {"ALTERNATIVE_NAME": "другое имя в тексте", "ABBREVIATION": "сокращение в тексте"}


def gather(facts: Facts, rulings: Sequence[Ruling] = ()) -> list[Local]:
    """Local entities of an article, in text order; `rulings` are about pairs of its mentions."""
    mentions = [m for m in facts.mentions if m.label in class_of_label() and m.label not in _NOT_ENTITIES and m.is_sure]
    places: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.label in SEATS:
            places.setdefault(mention.end, []).append(mention)
    mentions = [replace(m, normal=_position_name(m, places.get(m.end, ()))) if m.label == "PROFESSION" else m for m in mentions]
    mentions = [replace(m, label=_known_type(m)) for m in mentions]
    groups = Joined(mentions)
    groups.decide(rulings)
    heads = join_nested(mentions, groups)
    free = [m for m in mentions if m.id not in heads]
    _same_name(free, groups)
    join_bare_nouns(free, groups)
    join_people([m for m in mentions if m.label == "PERSON"], groups, facts.article.text)
    join_bodies([m for m in free if m.label == "ORGANIZATION"], groups)
    index = facts.index
    for link in facts.links:
        if link.first in groups.index and link.second in groups.index and not _known_apart(index[link.first], index[link.second]):
            groups.join(index[link.first], index[link.second], _LINK_REASONS[link.reason])
    inner = {i for i in heads if len(index[i].normal.split()) == 1 and (is_common(index[i].normal) or index[i].normal.isupper())}
    aliases = {link.second for link in facts.links if link.reason == "ALTERNATIVE_NAME"}
    ties = _ties(facts, groups.index)
    clusters = [[groups.index[i] for i in members] for members in groups.of.groups().values()]
    return [_local(facts, members, groups, aliases, inner, ties) for members in clusters]


def _ties(facts: Facts, index: Mapping[str, Mention]) -> dict[str, set[str]]:
    """What the article says of each mention's holder: «post:министр», «body:мид россии», by mention id."""
    found: dict[str, set[str]] = {}
    for relation in facts.relations:
        kind = _TIES.get(relation.label)
        if kind and relation.tail in index:
            found.setdefault(relation.head, set()).add(f"{kind}:{fold(index[relation.tail].normal)}")
    return found


_TIES = {"WORKS_AS": "post", "WORKPLACE": "body", "MEMBER_OF": "body"}


def _known_apart(one: Mention, other: Mention) -> bool:
    """Two names that the gazetteer gives to two different things are no two names of one."""
    if one.label in SEATS and other.label in SEATS:
        ids = (place_id(one.normal), place_id(other.normal))
    elif one.label == other.label == "ORGANIZATION":
        ids = (known_id(one.normal), known_id(other.normal))
    else:
        return False
    return ids[0] is not None and ids[1] is not None and ids[0] != ids[1]


def _position_name(mention: Mention, ending_there: Sequence[Mention]) -> str:
    """«президент России» → «президент»: the place is told by where the holder works."""
    inner = [m for m in ending_there if mention.start < m.start]
    if not inner:
        return mention.normal
    words = mention.normal.split()[: -max(len(m.normal.split()) for m in inner)]
    return " ".join(words) or mention.normal


_CONFUSED = frozenset({"PRODUCT", "ORGANIZATION", "FACILITY", "WORK_OF_ART"})


def _known_type(mention: Mention) -> str:
    """The type that the gazetteer gives a name, where it knows one only: «самолёт AZAL» names a company."""
    if mention.label not in _CONFUSED or is_common(mention.normal):
        return mention.label
    types = {e.type for e in gazetteer.lookup(mention.normal)}
    return "ORGANIZATION" if types == {"ORGANIZATION"} else mention.label




def _same_name(mentions: Sequence[Mention], groups: Joined) -> None:
    seen: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        key = (mention.label, fold(mention.normal))
        if (key in seen and mention.label != "PERSON") or (key in seen and parse_person(mention.normal).is_full):
            groups.join(seen[key], mention, "одно имя")
        else:
            seen.setdefault(key, mention)


def _local(facts: Facts, members: Sequence[Mention], groups: Joined, aliases: set[str], inner: set[str], ties: Mapping[str, set[str]]) -> Local:
    members = [m for m in members if m.id not in inner] or members
    first = [parse_person(m.normal) for m in members if m.id not in aliases and m.label == "PERSON"]
    fuller = {m.id for m in members if m.label == "PERSON" and any(compatible(parse_person(m.normal), name) for name in first)}
    named = [m for m in members if m.id not in aliases or m.id in fuller] or list(members)
    counts = Counter(m.normal for m in named)
    label = Counter(m.label for m in named).most_common(1)[0][0]
    kind = class_of_label()[label]
    name = _best_name(counts, kind)
    return Local(
        sha256=facts.article.sha256,
        kind=kind,
        name=name,
        names=tuple(sorted({m.normal for m in members} - {name})),
        surfaces=tuple(sorted({facts.article.text[m.start : m.end] for m in members})),
        mentions=tuple(m.id for m in members),
        first=min(m.start for m in members),
        reasons=tuple(groups.of.reasons(members[0].id)),
        bare=kind == "Person" and any(not parse_person(m.normal).is_full for m in members) and parse_person(name).is_full,
        ties=frozenset().union(*(ties.get(m.id, ()) for m in members)),
    )


def _best_name(counts: Counter[str], kind: str) -> str:
    """Persons and organisations by their fullest name, the rest by the most frequent one."""
    if kind == "Person":
        return best_of_person(counts, lambda n: (len(n), counts[n]))
    if kind == "Organization":
        best = max(counts, key=lambda n: (not n.isupper() and " " in n, counts[n], len(n), n))
        return max((n for n in counts if fold(n).startswith(fold(best) + " ")), key=lambda n: (counts[n], len(n), n), default=best)
    return max(counts, key=lambda n: (counts[n], "ё" in n, n))
