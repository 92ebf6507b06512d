"""Names so near that they may be one thing, though no comparison says so: for people to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.records import Reason
from kg.resolve.groups import Groups
from kg.resolve.local import Local
from kg.resolve.namesakes import Doubt
from kg.resolve.organization import is_common
from kg.resolve.person import PersonName, parse_person
from kg.resolve.seats import seated
from kg.text.clean import fold

_SHORTEST = 5
_MOST_WORDS_MORE = 2


def near_names(ordered: Sequence[Local], groups: Groups[int]) -> list[Doubt]:
    """Pairs of persons one letter apart, and of organisations of which one name continues the other."""
    return [*_misspelled(ordered, groups), *_continued(ordered, groups)]


def _misspelled(ordered: Sequence[Local], groups: Groups[int]) -> Iterator[Doubt]:
    """Names with one letter more, fewer or other share a spelling with one letter deleted (Garbe, SymSpell)."""
    index: defaultdict[tuple[str, str], dict[PersonName, int]] = defaultdict(dict)
    for i, local in enumerate(ordered):
        if local.kind == "Person" and (name := parse_person(local.name)).is_full and len(name.given) > 1:
            for key in {*((name.given, cut) for cut in _cuts(name.surname)), *((cut, name.surname) for cut in _cuts(name.given))}:
                index[key].setdefault(name, i)
    seen: set[tuple[int, int]] = set()
    for _, found in sorted(index.items()):
        names = list(found.items())
        for position, (name, i) in enumerate(names):
            for other, j in names[:position]:
                if (j, i) not in seen and groups.find(i) != groups.find(j) and _may_be_one(name, other):
                    seen.add((j, i))
                    yield Doubt(j, i, Reason("имена различаются одной буквой", f"{ordered[j].name} / {ordered[i].name}"))


def _cuts(word: str) -> set[str]:
    if len(word) < _SHORTEST:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _may_be_one(one: PersonName, other: PersonName) -> bool:
    """Not husband and wife, nor two patronymics."""
    if one.patronymic and other.patronymic and one.patronymic != other.patronymic:
        return False
    return not any({a, b} in ({a, f"{a}а"}, {b, f"{b}а"}) for a, b in ((one.surname, other.surname), (one.given, other.given)) if a != b)


def _continued(ordered: Sequence[Local], groups: Groups[int]) -> Iterator[Doubt]:
    """«Следственный комитет» and «Следственный комитет России»."""
    index: dict[tuple[str, ...], int] = {}
    for i, local in enumerate(ordered):
        if local.kind == "Organization" and not is_common(local.name):
            index.setdefault(tuple(fold(local.name).split()), i)
    seats: defaultdict[int, set[str]] = defaultdict(set)
    for i, local in enumerate(ordered):
        if local.kind == "Organization" and (seat := seated(local.name)):
            seats[groups.find(i)].add(seat.place)
    seen: set[tuple[int, int]] = set()
    for words, i in index.items():
        for cut in range(1, min(_MOST_WORDS_MORE, len(words) - 2) + 1):
            for part in (words[:-cut], words[cut:]):
                j = index.get(part)
                if j is None or groups.find(i) == groups.find(j):
                    continue
                pair = (min(groups.find(i), groups.find(j)), max(groups.find(i), groups.find(j)))
                if pair not in seen and not (seats[pair[0]] and seats[pair[1]] and not seats[pair[0]] & seats[pair[1]]):
                    seen.add(pair)
                    yield Doubt(j, i, Reason("одно название продолжает другое", f"{ordered[j].name} / {ordered[i].name}"))
