"""Where on Earth an entity is, when the gazetteer knows it and there is no doubt which place is meant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from kg.records import Entity
from kg.text import gazetteer

Spot = tuple[float, float]
"""Latitude and longitude in degrees."""

_LABELS: Final[Mapping[str, str]] = {"City": "CITY", "Country": "COUNTRY"}


def spot_of(entity: Entity) -> Spot | None:
    """The place with the entity's Wikidata id, or the only thing of all that carries its name."""
    wanted = _LABELS.get(entity.kind)
    if wanted is None:
        return None
    ids = {link.iri.rsplit("/", 1)[-1] for link in entity.links}
    spots = {_by_id().get((qid, wanted)) for qid in ids} - {None}
    if ids:
        return spots.pop() if len(spots) == 1 else None
    known = gazetteer.lookup(entity.label)
    return _spot(known[0]) if len(known) == 1 and known[0].type == wanted else None


@cache
def _by_id() -> Mapping[tuple[str, str], Spot]:
    found: dict[tuple[str, str], Spot] = {}
    for entry in gazetteer.entries():
        spot = _spot(entry)
        if entry.qid and spot:
            found.setdefault((entry.qid, entry.type), spot)
    return found


def _spot(entry: gazetteer.Entry) -> Spot | None:
    lat, lon = entry.get("lat"), entry.get("lon")
    return (round(float(lat), 3), round(float(lon), 3)) if lat and lon else None
