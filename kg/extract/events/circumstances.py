"""Where and when an event happened: what hangs on its trigger in the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.events.triggers import Trigger
from kg.extract.times import Found
from kg.records import Mention, TimeValue, Token
from kg.text import calendar

PLACES = frozenset({"CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY"})


def obliques(one: Trigger) -> list[clause.Oblique]:
    found = list(clause.obliques(one.sentence, one.token))
    if one.light is not None:
        found += [o for o in clause.obliques(one.sentence, one.light) if o.token.index != one.token.index]
    return found


def place_of(one: Trigger, referents: Referents) -> Mention | None:
    """A place with «в», «на» (or the target of a journey): the nearest in the tree."""
    for oblique in obliques(one):
        if oblique.preposition not in ("в", "во", "на", "у", "под", "около"):
            continue
        if oblique.case == "Acc" and one.row["class"] not in ("Visit", "Cancellation", "Attack", "MilitaryOperation"):
            continue
        place = referents.direct(one.sentence, oblique.token)
        if place is not None and place.label in PLACES:
            return place
    for other in _doer_places(one, referents):
        return other
    return None


def _doer_places(one: Trigger, referents: Referents) -> Iterator[Mention]:
    """«Суд в Баку арестовал»: the seat of the doer is where it was done."""
    if not one.token.is_verb:
        return
    doer = clause.subject(one.sentence, one.token)
    if doer is None:
        return
    for oblique in clause.obliques(one.sentence, doer):
        if oblique.preposition in ("в", "во") and oblique.case in ("Loc", ""):
            place = referents.direct(one.sentence, oblique.token)
            if place is not None and place.label in PLACES:
                yield place


def time_of(one: Trigger, times: Sequence[Found]) -> Found | None:
    """The time expression that hangs nearest to the trigger, or the one that «когда» explains."""
    here = [t for t in times if one.sentence.span.holds(t.span)]
    hung = [(distance, t.span.start, t) for t in here if (distance := _distance(one, t)) is not None]
    if hung:
        return min(hung, key=lambda item: item[:2])[2]
    explained = _explained_by_when(one, here)
    if explained is not None:
        return explained
    return None


def _distance(one: Trigger, time: Found) -> int | None:
    """Steps up the tree from a time expression to the trigger or its light verb; None if elsewhere."""
    head = one.sentence.head_of(time.span)
    if head is None:
        return None
    goals = {one.token.index} | ({one.light.index} if one.light else set())
    steps = 0
    for above in one.sentence.ancestors(head.index):
        steps += 1
        if above.index in goals:
            return steps
        if above.pos == "NOUN" and above.lemma not in _CARRIERS:
            return None
        if above.is_verb and not (above.rel == "xcomp" or above.lemma in ("быть", "мочь")):
            below = one.token
            governed = below.head == above.index and below.is_noun
            return steps + 3 if governed else None
    return None


_CARRIERS = frozenset({"ход", "результат", "время", "начало", "конец", "год", "месяц", "день", "число", "лицо", "итог"})


def _explained_by_when(one: Trigger, times: Sequence[Found]) -> Found | None:
    """«… с декабря 2024 года, когда …»: the clause tells what happened at that time."""
    for token in one.sentence.tokens:
        if token.lemma != "когда" or token.index > one.token.index:
            continue
        for time in times:
            gap = token.start - time.span.end
            if 0 < gap < 4 and _is_in_clause(one, token):
                return Found(time.span, time.expression, _closed(time.value), time.source)
    return None


def _is_in_clause(one: Trigger, mark: Token) -> bool:
    if mark.head == one.token.index:
        return True
    return any(above.index == mark.head for above in one.sentence.ancestors(one.token.index))


def _closed(value: TimeValue | None) -> TimeValue | None:
    """The point that an open interval starts at."""
    if value is None or not value.edtf.endswith("/.."):
        return value
    parts = value.edtf.removesuffix("/..").split("-")
    numbers = [int(p) for p in parts]
    if len(numbers) == 1:
        return calendar.year(numbers[0])
    if len(numbers) == 2:
        return calendar.month(numbers[0], numbers[1])
    return TimeValue("-".join(parts), value.earliest, value.earliest)
