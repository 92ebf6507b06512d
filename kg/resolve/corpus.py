"""Local entities of many articles that are one thing in the world: block, compare, cluster.

Blocking keeps the cost per article flat: only entities that share a key (a surname, a folded
name, a gazetteer id) are ever compared. Comparisons are named functions; each gives a reason, or
None. Nothing depends on the order of articles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.records import Reason
from kg.resolve.local import Local, is_common
from kg.resolve.organization import abbreviates, known_id
from kg.resolve.person import compatible, parse_person
from kg.resolve.seats import place_id, seated
from kg.text import gazetteer
from kg.text.clean import fold

Comparison = Callable[[Local, Local], Reason | None]
_LARGEST_BLOCK = 400
_PLACES = frozenset({"Country", "City", "Region", "District", "Location"})


def blocks(local: Local) -> Iterator[str]:
    """Keys under which an entity is looked for; «полиция» of one article is not that of another."""
    if local.kind == "Person":
        person = parse_person(local.name)
        yield f"person:{person.surname or person.given}"
        return
    if local.kind == "Organization":
        for name in (local.name, *local.names):
            seat = seated(name)
            if seat is not None:
                yield f"organization-seat:{seat.head}:{seat.place}"
    if local.kind in ("Organization", "Facility") and is_common(local.name):
        return
    group = "place" if local.kind in _PLACES else local.kind.lower()
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


# ------------------------------------------------------------------ comparisons


def same_full_name(one: Local, other: Local) -> Reason | None:
    """Two persons with the same given name and surname, and no patronymic that differs."""
    if one.kind == other.kind == "Person":
        a, b = parse_person(one.name), parse_person(other.name)
        if a.is_full and b.is_full and len(a.given) > 1 and len(b.given) > 1 and compatible(a, b):
            return Reason("имя и фамилия совпадают", f"{one.name} = {other.name}")
    return None


def same_name(one: Local, other: Local) -> Reason | None:
    """Anything but a person, with the same folded name and kind."""
    if one.kind == other.kind and one.kind != "Person":
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
    if one.kind in _PLACES and other.kind in _PLACES:
        ids = {place_id(n) for n in (one.name, *one.names)} & {place_id(n) for n in (other.name, *other.names)}
        ids.discard(None)
        if ids:
            return Reason("названия одного места в справочнике", f"{one.name} = {other.name}")
    return None


def same_place(one: Local, other: Local) -> Reason | None:
    """Places of different kinds with one name that the gazetteer knows as one thing."""
    if one.kind in _PLACES and other.kind in _PLACES and one.kind != other.kind and fold(one.name) == fold(other.name):
        ids = {e.qid for e in gazetteer.lookup(one.name) if e.type != "PERSON"}
        if len(ids) <= 1:
            return Reason("одно название места", one.name)
    return None


COMPARISONS: tuple[Comparison, ...] = (same_full_name, same_name, same_known_organization, same_seat, abbreviation, same_known_place, same_place)


def compare(one: Local, other: Local) -> Reason | None:
    """The first comparison that says «same»."""
    for comparison in COMPARISONS:
        reason = comparison(one, other)
        if reason is not None:
            return reason
    return None


# ------------------------------------------------------------------ clustering


def cluster(locals_: Sequence[Local]) -> list[tuple[list[Local], list[Reason]]]:
    """Groups of local entities, each with the reasons that hold it together."""
    ordered = sorted(locals_, key=lambda e: (*e.key, e.kind))
    parent = list(range(len(ordered)))
    reasons: dict[int, list[Reason]] = defaultdict(list)

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def join(i: int, j: int, reason: Reason) -> None:
        a, b = sorted((find(i), find(j)))
        if a != b:
            parent[b] = a
            reasons[a].extend([*reasons.pop(b, []), reason])

    for members in _blocked(ordered):
        for position, i in enumerate(members):
            for j in members[:position]:
                if find(i) != find(j) and ordered[i].sha256 != ordered[j].sha256:
                    reason = compare(ordered[j], ordered[i])
                    if reason is not None:
                        join(i, j, reason)
                        break
    for i, j, reason in _bare_surnames(ordered, find):
        join(i, j, reason)
    for i, j, reason in _bare_bodies(ordered):
        join(i, j, reason)
    groups: dict[int, list[Local]] = defaultdict(list)
    for i, local in enumerate(ordered):
        groups[find(i)].append(local)
    return [(members, list(dict.fromkeys(reasons.get(root, [])))) for root, members in sorted(groups.items())]


def _blocked(ordered: Sequence[Local]) -> Iterable[list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for i, local in enumerate(ordered):
        for key in dict.fromkeys(blocks(local)):
            index[key].append(i)
    for key in sorted(index):
        if len(index[key]) > 1:
            yield index[key][:_LARGEST_BLOCK] if "initial" in key else index[key]


def _bare_surnames(ordered: Sequence[Local], find: Callable[[int], int]) -> Iterator[tuple[int, int, Reason]]:
    """A person known to an article by surname only.

    It joins the one bearer whom other articles also call by surname only; else the one bearer in
    the whole corpus, when his articles and this one speak of the same company. Else it stays alone.
    """
    bearers: dict[str, Counter[int]] = defaultdict(Counter)
    full: dict[str, dict[int, set[str]]] = defaultdict(dict)
    bare: list[tuple[int, str]] = []
    company = _company(ordered)
    for i, local in enumerate(ordered):
        if local.kind != "Person":
            continue
        name = parse_person(local.name)
        if name.is_full:
            full[name.surname].setdefault(find(i), set()).update(company[local.sha256])
            if local.bare:
                bearers[name.surname][find(i)] += 1
        elif bool(name.surname) != bool(name.given):
            bare.append((i, name.surname or name.given))
    first_bare: dict[str, int] = {}
    for i, surname in bare:
        choices = bearers.get(surname)
        target = _foremost(choices) if choices else None
        if target is not None:
            yield i, target, Reason("фамилия единственного, кого статьи так называют", ordered[target].name)
        elif not choices and len(full[surname]) == 1:
            target, around = next(iter(full[surname].items()))
            shared = sorted((around & company[ordered[i].sha256]) - {f"person:{surname}"})
            if len(shared) >= _LEAST_COMPANY:
                names = ", ".join(name.split(":", 1)[1] for name in shared[:3])
                yield i, target, Reason("фамилия единственного носителя, в том же окружении", f"{ordered[target].name}; {names}")
        elif not choices and not full[surname] and parse_person(ordered[i].name).surname:
            if surname in first_bare:
                yield i, first_bare[surname], Reason("одна фамилия без имени", surname)
            first_bare.setdefault(surname, i)


def _foremost(choices: Counter[int]) -> int | None:
    """The only bearer, or the one that articles call so far more often than all others together."""
    (best, count), *rest = choices.most_common()
    return best if not rest or count > _FAR_AHEAD * sum(n for _, n in rest) else None


def _bare_bodies(ordered: Sequence[Local]) -> Iterator[tuple[int, int, Reason]]:
    """«Верховный суд» of an article that speaks of Pakistan, when the corpus knows the Supreme Court of
    Pakistan and of no other country that this article names."""
    seats: dict[str, dict[str, int]] = defaultdict(dict)
    places: dict[str, set[str]] = defaultdict(set)
    for i, local in enumerate(ordered):
        if local.kind in _PLACES and (place := place_id(local.name)):
            places[local.sha256].add(place)
        elif local.kind == "Organization" and (seat := seated(local.name)) is not None:
            seats[seat.head].setdefault(seat.place, i)
    for i, local in enumerate(ordered):
        if local.kind != "Organization" or is_common(local.name) or " " not in local.name or seated(local.name) is not None:
            continue
        here = {place: j for place, j in seats.get(fold(local.name), {}).items() if place in places[local.sha256]}
        if len(here) == 1:
            target = next(iter(here.values()))
            yield i, target, Reason("ведомство единственной страны, о которой статья", ordered[target].name)


_FAR_AHEAD = 4
_LEAST_COMPANY = 2
_COMPANIONS = frozenset({"Person", "Organization", "Country", "City", "Region"})


def _company(ordered: Sequence[Local]) -> dict[str, set[str]]:
    """For each article the names that it mentions: persons by surname, others in full."""
    found: dict[str, set[str]] = defaultdict(set)
    for local in ordered:
        if local.kind == "Person":
            found[local.sha256].add(f"person:{parse_person(local.name).surname}")
        elif local.kind in _COMPANIONS:
            found[local.sha256].add(f"{local.kind}:{fold(local.name)}")
    return found
