"""Mentions to entities: within each article, then across articles; every merge keeps its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kg.ids import Minter, digest
from kg.records import Entity, Facts, Reason, Resolution
from kg.resolve.corpus import cluster
from kg.resolve.linking import link
from kg.resolve.local import Local, gather
from kg.resolve.organization import known_id
from kg.resolve.person import has_initials, nominatives, parse_person
from kg.text import gazetteer

_MOST_REASONS = 12


def resolve(corpus: Sequence[Facts], minter: Minter) -> Resolution:
    """Entities of the corpus; the result does not depend on the order of articles."""
    groups = cluster([local for facts in corpus for local in gather(facts)])
    drafts = [(_kind(members), _name(members), members, reasons) for members, reasons in groups]
    iris = _mint(drafts, minter)
    entities, of = [], {}
    for (kind, name, members, reasons), iri in zip(drafts, iris, strict=True):
        mentions = sorted((local.sha256, mention) for local in members for mention in local.mentions)
        names = _names(members, name)
        entities.append(
            Entity(
                key=iri,
                kind=kind,
                label=name,
                names=names,
                surfaces=tuple(sorted({s for local in members for s in local.surfaces} - {name})),
                mentions=tuple(mentions),
                reasons=tuple(_reasons(members, reasons)),
                links=link(kind, (name, *names)),
            )
        )
        of.update(dict.fromkeys(mentions, iri))
    return Resolution(tuple(sorted(entities, key=lambda e: e.key)), of)


def _kind(members: Sequence[Local]) -> str:
    counts: Counter[str] = Counter()
    for local in members:
        counts[local.kind] += len(local.mentions)
    return max(counts, key=lambda kind: (counts[kind], kind))


def _name(members: Sequence[Local]) -> str:
    """The name that people see: fullest for persons, the gazetteer's for known organisations."""
    counts: Counter[str] = Counter()
    for local in members:
        counts[local.name] += len(local.mentions)
    kind = _kind(members)
    if kind == "Person":
        return max(nominatives(counts), key=lambda n: (parse_person(n).is_full, not has_initials(n), len(n.split()) <= 3, counts[n], len(n), n))
    if kind == "Organization":
        best = max(counts, key=lambda n: (not n.isupper() and " " in n, counts[n], n))
        return _spelling(best)
    return max(counts, key=lambda n: (counts[n], n))


def _spelling(name: str) -> str:
    """The gazetteer's own spelling of a name that only a last letter sets apart: «Коммерсантъ»."""
    for entry in gazetteer.lookup(name, "ORGANIZATION"):
        if entry.label != name and entry.label.startswith(name) and len(entry.label) == len(name) + 1:
            return entry.label
    return name


def _names(members: Sequence[Local], name: str) -> tuple[str, ...]:
    found = {n for local in members for n in (local.name, *local.names)}
    if _kind(members) == "Organization":
        identity = known_id(name)
        for entry in gazetteer.lookup(name, "ORGANIZATION") if identity else ():
            if (entry.qid or "") == identity or not entry.qid:
                found.add(entry.label)
    return tuple(sorted(found - {name}))


def _reasons(members: Sequence[Local], across: Sequence[Reason]) -> Iterable[Reason]:
    found = dict.fromkeys([*(r for local in members for r in local.reasons), *across])
    return list(found)[:_MOST_REASONS]


def _mint(drafts: Sequence[tuple[str, str, Sequence[Local], Sequence[Reason]]], minter: Minter) -> list[str]:
    """A readable IRI each; namesakes are set apart by where they are first mentioned."""
    plain = [minter.entity(kind, name) for kind, name, _, _ in drafts]
    counts = Counter(plain)
    iris = []
    for (kind, name, members, _), iri in zip(drafts, plain, strict=True):
        first = min(local.key for local in members)
        iris.append(iri if counts[iri] == 1 else minter.entity(kind, name, digest(*first, length=6)))
    return iris
