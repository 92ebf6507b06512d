"""Entities that an article names only in part: by a surname, by initials, «Верховный суд» without its country.

Each joins the one full name that it can only mean; where the company does not vouch for it, people are
asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.records import Reason
from kg.resolve.groups import Groups
from kg.resolve.local import PLACES, Local
from kg.resolve.namesakes import Company, Doubt
from kg.resolve.organization import is_common
from kg.resolve.person import PersonName, compatible, parse_person
from kg.resolve.seats import place_id, seated
from kg.text.clean import fold

_FAR_AHEAD = 4
_LEAST_COMPANY = 2


def join_surnames(ordered: Sequence[Local], groups: Groups[int], company: Mapping[str, Company]) -> list[Doubt]:
    """A person known to an article by surname, given name or initials only.

    It joins the one bearer whom other articles also call by surname only; else the one bearer in
    the whole corpus, when his articles and this one speak of the same company. Else it stays alone.
    """
    bearers: defaultdict[str, Counter[int]] = defaultdict(Counter)
    full: defaultdict[str, dict[int, set[str]]] = defaultdict(dict)
    partial: list[tuple[int, PersonName]] = []
    for i, local in enumerate(ordered):
        if local.kind != "Person":
            continue
        name = parse_person(local.name)
        if name.is_full and len(name.given) > 1:
            full[name.surname].setdefault(groups.find(i), set()).update(_around(local, company))
            if local.bare:
                bearers[name.surname][groups.find(i)] += 1
        elif name.surname or name.given:
            partial.append((i, name))
    doubts = []
    alone: dict[PersonName, int] = {}
    for i, name in partial:
        key = name.surname or name.given
        fitting = {j: around for j, around in full[key].items() if compatible(parse_person(ordered[j].name), name)}
        choices = Counter({j: n for j, n in bearers[key].items() if j in fitting})
        target = _foremost(choices)
        if target is not None:
            groups.join(i, target, Reason("фамилия единственного, кого статьи так называют", f"{ordered[i].name} = {ordered[target].name}"))
        elif not choices and len(fitting) == 1:
            target, around = next(iter(fitting.items()))
            shared = sorted((around & _around(ordered[i], company)) - {f"person:{key}"})
            if len(shared) >= _LEAST_COMPANY:
                names = ", ".join(trait.split(":", 1)[1] for trait in shared[:3])
                groups.join(i, target, Reason("фамилия единственного носителя, в том же окружении", f"{ordered[target].name}; {names}"))
            else:
                doubts.append(Doubt(i, target, Reason("фамилия единственного носителя, но в другом окружении", f"{ordered[i].name} = {ordered[target].name}")))
        elif not fitting and name.surname:
            if name in alone:
                groups.join(i, alone[name], Reason("одна фамилия без имени", ordered[i].name))
            alone.setdefault(name, i)
    return doubts


def _around(local: Local, company: Mapping[str, Company]) -> frozenset[str]:
    around = company.get(local.sha256)
    return around.names | around.places if around else frozenset()


def _foremost(choices: Counter[int]) -> int | None:
    """The only bearer, or the one that articles call so far more often than all others together."""
    if not choices:
        return None
    (best, count), *rest = choices.most_common()
    return best if not rest or count > _FAR_AHEAD * sum(n for _, n in rest) else None


def bare_bodies(ordered: Sequence[Local]) -> Iterator[tuple[int, int, Reason]]:
    """«Верховный суд» of an article that speaks of Pakistan, when the corpus knows the Supreme Court of
    Pakistan and of no other country that this article names."""
    seats: defaultdict[str, dict[str, int]] = defaultdict(dict)
    places: defaultdict[str, set[str]] = defaultdict(set)
    for i, local in enumerate(ordered):
        if local.kind in PLACES and (place := place_id(local.name)):
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
