"""Links to Wikidata from the shipped gazetteer. No safe choice, no link: never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from kg.ontology import terms
from kg.records import Entity, ExternalLink, Mention
from kg.resolve.local import PLACES
from kg.resolve.person import parse_person
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.gazetteer import Entry
from kg.text.normal import lemma

_WIKIDATA = "http://www.wikidata.org/entity/"
_GEONAMES = "https://sws.geonames.org/"
_ISO = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_MEANING = "most frequent meaning, source nerel"
DECIDED = "decided by a person"
_LINKED = frozenset(
    ["Person", "Organization", "Country", "City", "Region", "District", "Location", "Facility", "Product", "WorkOfArt", "Award", "Law", "Position", "Nationality", "Religion", "Ideology", "Language", "Disease"]
)


def link(kind: str, names: Sequence[str]) -> tuple[ExternalLink, ...]:
    """What one of the names is known to mean, the first name first."""
    if kind not in _LINKED:
        return ()
    if kind in _COUNTED:
        names = list(dict.fromkeys([*names, *(singular(n) for n in names)]))
    for position, name in enumerate(names):
        score = 0.95 if position == 0 else 0.85
        meant = gazetteer.meaning(name, *terms()[kind].nerel)
        if meant is not None:
            return (ExternalLink(_WIKIDATA + meant, _MEANING, score),)
        entry = known_entry(kind, name)
        if entry is not None:
            return (ExternalLink(_iri(entry.qid), f"gazetteer name, source {entry.source}", score),)
    return ()


def with_geonames(kind: str, links: tuple[ExternalLink, ...]) -> tuple[ExternalLink, ...]:
    """The links of a place, with that to GeoNames where the gazetteer ties it to the Wikidata item."""
    place = _place(kind, links)
    number = place.get("geonames") if place is not None else None
    if not number:
        return links
    return (*links, ExternalLink(f"{_GEONAMES}{number}/", "gazetteer id, source geonames", links[0].score))


def iso_of(kind: str, links: tuple[ExternalLink, ...]) -> str:
    """The ISO 3166 code of a country or region that is linked; else empty."""
    place = _place(kind, links) if kind in ("Country", "Region") else None
    code = place.get("iso") if place is not None else None
    return code if code and _ISO.fullmatch(code) else ""


def _place(kind: str, links: tuple[ExternalLink, ...]) -> Entry | None:
    if not links or kind not in PLACES or not links[0].iri.startswith(_WIKIDATA):
        return None
    return _places().get(links[0].iri.removeprefix(_WIKIDATA))


@cache
def _places() -> Mapping[str, Entry]:
    """Wikidata id → the gazetteer's entry of a place that has codes."""
    found: dict[str, Entry] = {}
    for entry in gazetteer.entries():
        if entry.qid and (entry.get("geonames") or entry.get("iso")):
            found.setdefault(entry.qid, entry)
    return found


def _iri(identity: str) -> str:
    return identity if ":" in identity else _WIKIDATA + identity


def known_entry(kind: str, name: str) -> Entry | None:
    """The one gazetteer entry of the kind's types that carries a name."""
    found = [e for e in gazetteer.lookup(name, *terms()[kind].nerel) if e.qid]
    if kind == "Person" and not parse_person(name).is_full:
        found = [e for e in found if fold(e.label) == fold(name)]  # «Мадонна» is a whole name, «Путин» is not
    return _unique(found)


def links_of(mention: Mention, entity: Entity) -> tuple[ExternalLink, ...]:
    """Links of one mention: what its own words most often mean, else the links of its entity.

    «президент США» is another item than «президент», although the graph holds one post for both; where
    only the general one is known, the special one has no link.
    """
    if any(found.method == DECIDED for found in entity.links):
        return entity.links
    meant = gazetteer.meaning(mention.normal, mention.label)
    if meant is not None:
        return (ExternalLink(_WIKIDATA + meant, _MEANING, 0.95),)
    if mention.label != "PROFESSION":
        return entity.links
    own = link("Position", (mention.normal,))
    if own or " " not in mention.normal or mention.normal in (entity.label, *entity.names):
        return own or entity.links
    return ()


_COUNTED = frozenset({"Position", "Nationality", "Religion"})


def singular(name: str) -> str:
    """«врачи» → «врач», «министры кабинета» → «министр кабинета»: the first word in its dictionary form."""
    first, *rest = name.split()
    return " ".join([lemma(first), *rest])


def _unique(found: Sequence[Entry]) -> Entry | None:
    """The only entry, or one that the counts put far ahead of its namesakes."""
    ids = list(dict.fromkeys(e.qid for e in found))
    if len(ids) == 1:
        return found[0]
    if found and found[0].weight >= 3 and found[0].weight > 3 * sum(e.weight for e in found if e.qid != found[0].qid):
        return found[0]
    return None
