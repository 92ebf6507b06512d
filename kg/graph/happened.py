"""Mentions of one event brought together, within an article and across articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.graph.stance import Stance, stance_of_event
from kg.ids import Minter
from kg.ontology import ancestors, event_classes
from kg.records import Event, Facts, Resolution, TimeValue


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One mention of an event with its entities resolved."""

    facts: Facts
    event: Event
    kind: str
    stance: Stance
    roles: frozenset[tuple[str, str]]
    place: str | None

    @property
    def key(self) -> tuple[str, int]:
        return (self.facts.article.sha256, self.facts.mention(self.event.mention).start)

    @property
    def participants(self) -> frozenset[str]:
        return frozenset(iri for _, iri in self.roles)

    @property
    def traits(self) -> tuple[object, ...]:
        """All that comparisons look at."""
        event = self.event
        word = self.facts.mention(event.mention).normal
        return (self.key[0], self.kind, self.roles, self.place, event.time, event.figures, event.realis == "cancelled", word)

    @property
    def sentence(self) -> tuple[str, int]:
        return (self.facts.article.sha256, self.facts.sentence_of(self.event.span).start)


def occurrences(corpus: Sequence[Facts], resolution: Resolution) -> list[Occurrence]:
    found = []
    for facts in corpus:
        sha = facts.article.sha256
        for event in facts.events:
            roles = frozenset((r.role, iri) for r in event.roles if (iri := resolution.of.get((sha, r.mention))))
            place = resolution.of.get((sha, event.place)) if event.place else None
            if not (roles or place or event.time or event.figures):
                continue
            found.append(Occurrence(facts, event, event_classes()[event.kind], stance_of_event(facts, event), roles, place))
    return sorted(found, key=lambda o: o.key)


def same_event(one: Occurrence, other: Occurrence) -> bool:
    """One class (or a class and its super-class), nothing that contradicts, and enough in common."""
    if not (one.kind == other.kind or one.kind in ancestors(other.kind) or other.kind in ancestors(one.kind)):
        return False
    if (one.event.realis == "cancelled") != (other.event.realis == "cancelled") or _clash(one, other):
        return False
    shared = len(one.participants & other.participants)
    here = one.key[0] == other.key[0]
    same_place = one.place is not None and one.place == other.place
    same_time = one.event.time is not None and one.event.time == other.event.time and one.event.time.resolved
    if here:
        bare = not one.participants or not other.participants
        return shared >= 2 or (shared == 1 and (same_place or same_time or one.event.mention == other.event.mention)) or (
            bare and one.kind == other.kind and one.kind in _SINGULAR and _same_word(one, other))
    return shared >= 1 and same_time and (same_place or shared >= 2)


_SINGULAR = frozenset({"Coup", "Election", "Disaster"})
"""Classes of which an article rarely speaks of two: a bare mention joins the one that it has."""


def _same_word(one: Occurrence, other: Occurrence) -> bool:
    a, b = one.facts.mention(one.event.mention).normal, other.facts.mention(other.event.mention).normal
    return a == b


def _clash(one: Occurrence, other: Occurrence) -> bool:
    if one.place and other.place and one.place != other.place:
        return True
    a, b = one.event.time, other.event.time
    if a is not None and b is not None and a.resolved and b.resolved and not _overlap(a, b):
        return True
    figures = dict(one.event.figures)
    return any(figures.get(name, number) != number for name, number in other.event.figures)


def _overlap(a: TimeValue, b: TimeValue) -> bool:
    return (a.earliest or "0000") <= (b.latest or "9999") and (b.earliest or "0000") <= (a.latest or "9999")


def group(found: Sequence[Occurrence]) -> list[list[Occurrence]]:
    """Occurrences of one event together; blocked by class family, so that it stays quick."""
    clusters = _Clusters(found)
    blocks: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        family = _family(one.kind)
        blocks[family, one.key[0]].append(i)
        for participant in one.participants:
            blocks[family, participant].append(i)
    for _, members in sorted(blocks.items()):
        compared: list[int] = []
        seen: set[tuple[object, ...]] = set()
        for i in members:
            for j in compared:
                if clusters.root(i) != clusters.root(j) and same_event(found[j], found[i]) and clusters.agree(i, j):
                    clusters.join(i, j)
            alike = found[i].traits
            if alike not in seen or not same_event(found[i], found[i]):
                compared.append(i)
            seen.add(alike)
    groups: defaultdict[int, list[Occurrence]] = defaultdict(list)
    for i, one in enumerate(found):
        groups[clusters.root(i)].append(one)
    return [groups[root] for root in sorted(groups)]


class _Clusters:
    """Union-find over occurrences; a cluster knows each kind of occurrence that it holds once."""

    def __init__(self, found: Sequence[Occurrence]) -> None:
        self._found = found
        self._parent = list(range(len(found)))
        self._held: dict[int, dict[tuple[object, ...], int]] = {i: {one.traits: i} for i, one in enumerate(found)}

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def agree(self, i: int, j: int) -> bool:
        """No occurrence of the one cluster contradicts one of the other."""
        here, there = self._held[self.root(i)], self._held[self.root(j)]
        return not any(_clash(self._found[a], self._found[b]) for a in here.values() for b in there.values())

    def join(self, i: int, j: int) -> None:
        kept, gone = sorted((self.root(i), self.root(j)))
        self._parent[gone] = kept
        self._held[kept] = {**self._held.pop(gone), **self._held[kept]}


def _family(kind: str) -> str:
    """The topmost class below Event."""
    above = [name for name in ancestors(kind) if name != "Event"]
    return above[-1] if above else kind


def event_iri(group_: Sequence[Occurrence], minter: Minter) -> str:
    first = min(group_, key=lambda o: o.key)
    return minter.event(first.kind, *first.key)
