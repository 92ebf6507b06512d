"""Links asked of live services, never without leave: entities that the gazetteer does not know.

A service answers once; its answers are kept in a cache, so that a rebuild asks nothing and gives the
same bytes. What is not surely one thing gets no link.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import KgError
from kg.reconcile.cache import Cache
from kg.reconcile.service import Asked, Service, ServiceError
from kg.reconcile.w3c import Reconciliation
from kg.reconcile.wikidata import WikidataSearch
from kg.records import Entity, ExternalLink, Resolution
from kg.resolve.organization import is_common
from kg.resolve.person import parse_person

_BATCH = 10
_KINDS = frozenset({"Person", "Organization", "Country", "City", "Region", "Location", "Facility", "Award", "WorkOfArt", "Product"})


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A resolution with more links, and what asking for them came to."""

    resolution: Resolution
    linked: int
    unanswered: int
    trouble: str = ""


def service_of(name: str) -> Service:
    """«wikidata» is Wikidata's own search; anything else is the address of a reconciliation service."""
    if name == "wikidata":
        return WikidataSearch()
    if not name.startswith(("http://", "https://")):
        raise KgError(f"--reconcile must be 'wikidata' or the http(s) address of a reconciliation service, not {name!r}")
    return Reconciliation(name)


def reconcile(
    resolution: Resolution, service: Service, cache: Path, allow_network: bool, tick: Callable[[str], None] = lambda _: None
) -> Reconciled:
    """Links for the named entities that have none. A service that fails costs the answers, not the build."""
    wanted = [e for e in resolution.entities if not e.links and _is_askable(e)]
    found: dict[str, ExternalLink] = {}
    trouble = ""
    unanswered = 0
    with Cache(cache, service.name) as known:
        for at in range(0, len(wanted), _BATCH):
            batch = wanted[at : at + _BATCH]
            questions = [Asked(e.label, e.kind) for e in batch]
            missing = list(dict.fromkeys(q for q in questions if known.get(q) is None))
            if missing and allow_network and not trouble:
                tick(missing[0].name)
                try:
                    known.keep(service.ask(missing))
                except ServiceError as error:
                    trouble = str(error)
            for entity, question in zip(batch, questions, strict=True):
                answer = known.get(question)
                if answer is None:
                    unanswered += 1
                elif answer.iri:
                    found[entity.key] = ExternalLink(answer.iri, f"service {service.name}", answer.score)
    return Reconciled(_with_links(resolution, found), len(found), unanswered, trouble)


def _is_askable(entity: Entity) -> bool:
    if entity.kind == "Person":
        name = parse_person(entity.label)
        return name.is_full and len(name.given) > 1
    return entity.kind in _KINDS and not is_common(entity.label)


def _with_links(resolution: Resolution, found: dict[str, ExternalLink]) -> Resolution:
    entities: Sequence[Entity] = [replace(e, links=(found[e.key],)) if e.key in found else e for e in resolution.entities]
    return replace(resolution, entities=tuple(entities))
