"""Mentions to entities: within each article, then across articles; every merge keeps its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.ids import Minter, digest
from kg.records import Doubtful, Entity, ExternalLink, Facts, Reason, Resolution
from kg.resolve.corpus import cluster
from kg.resolve.curation import Curation, within
from kg.resolve.linking import DECIDED, iso_of, link, with_geonames
from kg.resolve.local import Local, gather
from kg.resolve.organization import known_id
from kg.resolve.person import best_of_person
from kg.text import gazetteer

_MOST_REASONS = 12


def resolve(corpus: Sequence[Facts], minter: Minter, curation: Curation | None = None) -> Resolution:
    """Entities of the corpus; the result does not depend on the order of articles."""
    curation = curation or Curation()
    curation.match(corpus)
    inside = within(curation.rulings)
    found = cluster((local for facts in corpus for local in gather(facts, inside.get(facts.article.sha256, ()))), curation.rulings)
    drafts = [_draft(members, reasons, curation) for members, reasons in found.groups]
    iris = _mint(drafts, minter)
    entities = [_entity(draft, iri) for draft, iri in zip(drafts, iris, strict=True)]
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.key)),
        of={mention: entity.key for entity in entities for mention in entity.mentions},
        doubts=tuple(sorted({_doubt(*doubt) for doubt in found.doubts})),
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before it has an IRI."""

    kind: str
    name: str
    members: tuple[Local, ...]
    reasons: tuple[Reason, ...]
    link: str | None


def _draft(members: tuple[Local, ...], reasons: tuple[Reason, ...], curation: Curation) -> _Draft:
    keys = [(local.sha256, mention) for local in members for mention in local.mentions]
    decided = [next((found[k] for k in keys if k in found), None) for found in (curation.kinds, curation.names, curation.links)]
    return _Draft(decided[0] or _kind(members), decided[1] or _name(members), members, reasons, decided[2])


def _entity(draft: _Draft, iri: str) -> Entity:
    members, name = draft.members, draft.name
    names = tuple(sorted({*_names(members, name), *([_name(members)] if _name(members) != name else [])}))
    if draft.link is None:
        links = link(draft.kind, (name, *names))
    else:
        links = (ExternalLink(draft.link, DECIDED, 1.0),) if draft.link else ()
    return Entity(
        key=iri,
        kind=draft.kind,
        label=name,
        names=names,
        surfaces=tuple(sorted({s for local in members for s in local.surfaces} - {name})),
        mentions=tuple(sorted((local.sha256, mention) for local in members for mention in local.mentions)),
        reasons=tuple(_reasons(members, draft.reasons)),
        links=with_geonames(draft.kind, links),
        iso=iso_of(draft.kind, links),
    )


def _doubt(one: Local, other: Local, reason: Reason) -> Doubtful:
    first, second = sorted(((one.sha256, one.mentions[0]), (other.sha256, other.mentions[0])))
    return Doubtful(first, second, reason)


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
        return best_of_person(counts, lambda n: (counts[n], len(n)))
    if kind == "Organization":
        best = max(counts, key=lambda n: (not n.isupper() and " " in n, counts[n], n))
        return best if any(best in local.surfaces for local in members) else _spelling(best)
    return max(counts, key=lambda n: (counts[n], n))


def _spelling(name: str) -> str:
    """The gazetteer's own spelling of a name that texts have in other cases only: «Коммерсантом» is of «Коммерсантъ»."""
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


def _mint(drafts: Sequence[_Draft], minter: Minter) -> list[str]:
    """A readable IRI each; namesakes are set apart by where they are first mentioned."""
    plain = [minter.entity(draft.kind, draft.name) for draft in drafts]
    counts = Counter(plain)
    return [
        iri if counts[iri] == 1 else minter.entity(draft.kind, draft.name, digest(*min(m.key for m in draft.members), length=6))
        for draft, iri in zip(drafts, plain, strict=True)
    ]
