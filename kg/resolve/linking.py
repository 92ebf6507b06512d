"""Links to Wikidata from the shipped gazetteer. No safe choice, no link: never a guess."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ontology import terms
from kg.records import ExternalLink
from kg.resolve.person import parse_person
from kg.text import gazetteer
from kg.text.gazetteer import Entry

_WIKIDATA = "http://www.wikidata.org/entity/"
_LINKED = frozenset(
    ["Person", "Organization", "Country", "City", "Region", "District", "Location", "Facility", "Product", "WorkOfArt", "Award", "Law", "Position", "Nationality", "Religion", "Ideology", "Language", "Disease"]
)


def link(kind: str, names: Sequence[str]) -> tuple[ExternalLink, ...]:
    """The one gazetteer entry of the kind's type that carries one of the names."""
    if kind not in _LINKED:
        return ()
    types = terms()[kind].nerel
    for position, name in enumerate(names):
        if kind == "Person" and not parse_person(name).is_full:
            continue
        entry = _unique([e for e in gazetteer.lookup(name, *types) if e.qid])
        if entry is not None:
            score = 0.95 if position == 0 else 0.85
            return (ExternalLink(_WIKIDATA + entry.qid, f"gazetteer name, source {entry.source}", score),)
    return ()


def _unique(found: Sequence[Entry]) -> Entry | None:
    """The only entry, or one that the counts put far ahead of its namesakes."""
    ids = list(dict.fromkeys(e.qid for e in found))
    if len(ids) == 1:
        return found[0]
    if found and found[0].weight >= 3 and found[0].weight > 3 * sum(e.weight for e in found if e.qid != found[0].qid):
        return found[0]
    return None
