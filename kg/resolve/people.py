"""People of one article: a bare name goes to whoever bears it in full."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import Mention
from kg.resolve.joined import Joined
from kg.resolve.person import compatible, parse_person, relatives
from kg.text.clean import fold
from kg.text.normal import is_given_name


def join_people(people: Sequence[Mention], groups: Joined, text: str) -> None:
    """A bare surname or given name goes to the first person introduced with it in full."""
    parsed = {m.id: parse_person(m.normal) for m in people}
    full = [m for m in people if parsed[m.id].is_full]
    for i, one in enumerate(full):
        for other in full[:i]:
            if compatible(parsed[one.id], parsed[other.id]):
                groups.join(other, one, "имя и фамилия совпадают")
                break
            if _is_tail(one.normal, other.normal) or _is_tail(other.normal, one.normal):
                groups.join(other, one, "конец более полного имени")
                break
    for i, one in enumerate(full):
        for other in full[:i]:
            if relatives(parsed[one.id], parsed[other.id]):
                groups.of.forbid(one.id, other.id)
    for bare in people:
        if parsed[bare.id].is_full:
            continue
        bearers = [m for m in full if compatible(parsed[m.id], parsed[bare.id]) and _number_fits(bare, m)]
        bearers = [m for m in bearers if parsed[m.id].surname == parsed[bare.id].surname] or bearers
        bearers = bearers or _called_so([m for m in full if parsed[m.id].given == fold(bare.normal)], groups)
        before = [m for m in bearers if m.start < bare.start]
        chosen = _meant(before, bare, groups, text) if before else (bearers[0] if bearers else None)
        if chosen is not None:
            rule = "фамилия названного полностью" if parsed[bare.id].surname else "имя названного полностью"
            groups.join(chosen, bare, rule)
    bare_seen: dict[str, Mention] = {}
    for bare in people:
        name = parsed[bare.id]
        key = name.surname or name.given
        if not name.is_full and key:
            if key in bare_seen:
                groups.join(bare_seen[key], bare, "одна фамилия в одной статье")
            bare_seen.setdefault(key, bare)


def _is_tail(short: str, long: str) -> bool:
    """«Рамос Верде» of «Клара Рамос Верде»; not «Анна Лямина» of «Бегунья Анна Лямина»."""
    return " " in short and fold(long).endswith(f" {fold(short)}") and not is_given_name(short.split()[0])


def _called_so(bearers: list[Mention], groups: Joined) -> list[Mention]:
    """Who has a lone word for a given name, when it is one person: «Лукеш» for «Лукеш Мартинеш»."""
    return bearers if len({groups.of.find(m.id) for m in bearers}) == 1 else []


def _meant(before: Sequence[Mention], bare: Mention, groups: Joined, text: str) -> Mention:
    """The bearer who was introduced first, who is whom the article is about; of several, the one who has just acted: who
    was named in the nominative."""
    several = len({groups.of.find(m.id) for m in before}) > 1
    near = [m for m in before if bare.sentence - m.sentence <= _JUST_NOW and text[m.start : m.end] == m.normal]
    return near[-1] if several and near else before[0]


_JUST_NOW = 4


def _number_fits(bare: Mention, full: Mention) -> bool:
    """«Алиевы» are not Ильхам Алиев."""
    return not (fold(bare.normal).endswith(("овы", "евы", "ины", "ские")) and not fold(full.normal).endswith(("овы", "евы", "ины", "ские")))
