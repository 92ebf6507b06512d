"""Named comparisons of two articles' entities: each says why they are one thing, or nothing.

Persons are compared in `namesakes`, where the company they are met in counts as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.records import Reason
from kg.resolve.local import PLACES, Local
from kg.resolve.organization import abbreviates, is_common, known_id
from kg.resolve.seats import place_id, seated
from kg.text import gazetteer
from kg.text.clean import fold

Comparison = Callable[[Local, Local], Reason | None]


def blocks(local: Local) -> Iterator[str]:
    """Keys under which an entity is looked for; «полиция» of one article is not that of another."""
    if local.kind == "Organization":
        for name in (local.name, *local.names):
            seat = seated(name)
            if seat is not None:
                yield f"organization-seat:{seat.head}:{seat.place}"
    if local.kind in ("Organization", "Facility") and is_common(local.name):
        return
    group = "place" if local.kind in PLACES else local.kind.lower()
    for name in proper_names(local):
        yield f"{group}:{fold(name)}"
        if group == "place" and (place := place_id(name)):
            yield f"place-id:{place}"
        if local.kind == "Organization":
            identity = known_id(name)
            if identity is not None:
                yield f"organization-id:{identity}"
            yield f"organization-initial:{fold(name)[:1]}:{fold(name).split()[-1] if ' ' in name else ''}"


def proper_names(local: Local) -> list[str]:
    """Names to compare; a common noun or the bare «МИД» that only stood for it in its article is none."""
    names = [local.name, *local.names]
    if local.kind not in ("Organization", "Facility"):
        return names
    return [n for n in names if not is_common(n) and not (n.isupper() and local.name.startswith(f"{n} "))]


def same_name(one: Local, other: Local) -> Reason | None:
    """The same folded name and kind."""
    if one.kind == other.kind:
        shared = {fold(n) for n in proper_names(one)} & {fold(n) for n in proper_names(other)}
        if shared:
            return Reason("одно имя", min(shared))
    return None


def same_known_organization(one: Local, other: Local) -> Reason | None:
    """Names of one organisation that the gazetteer knows: «AZAL», «Азербайджанские авиалинии»."""
    if one.kind == other.kind == "Organization":
        ids = {known_id(n) for n in proper_names(one)} & {known_id(n) for n in proper_names(other)}
        ids.discard(None)
        if ids:
            return Reason("названия одной организации в справочнике", f"{one.name} = {other.name}")
    return None


def same_seat(one: Local, other: Local) -> Reason | None:
    """The same body of the same place, however the place is said: «МИД Великобритании», «британский МИД»."""
    if one.kind == other.kind == "Organization":
        shared = {seated(n) for n in (one.name, *one.names)} & {seated(n) for n in (other.name, *other.names)}
        shared.discard(None)
        if shared:
            return Reason("одно ведомство одного места", f"{one.name} = {other.name}")
    return None


def abbreviation(one: Local, other: Local) -> Reason | None:
    """One name spells the initials of the other, with the same complement."""
    if one.kind == other.kind == "Organization":
        for a in (one.name, *one.names):
            for b in (other.name, *other.names):
                short, long = sorted((a, b), key=len)
                if " " in short and abbreviates(short, long):
                    return Reason("сокращение по первым буквам", f"{short} = {long}")
    return None


def same_known_place(one: Local, other: Local) -> Reason | None:
    """Names of one place in the gazetteer: «США», «Соединённые Штаты»."""
    if one.kind in PLACES and other.kind in PLACES:
        ids = {place_id(n) for n in (one.name, *one.names)} & {place_id(n) for n in (other.name, *other.names)}
        ids.discard(None)
        if ids:
            return Reason("названия одного места в справочнике", f"{one.name} = {other.name}")
    return None


def same_place(one: Local, other: Local) -> Reason | None:
    """Places of different kinds with one name that the gazetteer knows as one thing."""
    if one.kind in PLACES and other.kind in PLACES and one.kind != other.kind and fold(one.name) == fold(other.name):
        ids = {e.qid for e in gazetteer.lookup(one.name) if e.type != "PERSON"}
        if len(ids) <= 1:
            return Reason("одно название места", one.name)
    return None


COMPARISONS: tuple[Comparison, ...] = (same_name, same_known_organization, same_seat, abbreviation, same_known_place, same_place)


def compare(one: Local, other: Local) -> Reason | None:
    """The first comparison that says «same»."""
    for comparison in COMPARISONS:
        reason = comparison(one, other)
        if reason is not None:
            return reason
    return None
