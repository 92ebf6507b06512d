"""Events that lean on others: called off, prepared by somebody, happening in the course of a larger one."""

from __future__ import annotations

from dataclasses import replace

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.events.roles import ACTORS
from kg.extract.events.triggers import Trigger
from kg.records import Document, Event, Role, Sentence, Token


def complete(events: list[Event], found: list[Trigger], document: Document, referents: Referents) -> list[Event]:
    """What is called off lends its place and time; «готовил его» tells who stood behind an event."""
    out = list(events)
    for position, (event, one) in enumerate(zip(events, found, strict=True)):
        if one.row["class"] == "Cancellation":
            out[position] = _called_off(event, one, events, found)
    for sentence in document.sentences:
        for verb in sentence.tokens:
            if verb.is_verb and verb.lemma in _BEHIND:
                _add_organizer(sentence, verb, out, found, referents)
    return [_within(event, one, out, found) for event, one in zip(out, found, strict=True)]


_INSIDE = frozenset({"ход", "результат", "время", "рамка", "итог"})


def _within(event: Event, one: Trigger, events: list[Event], found: list[Trigger]) -> Event:
    """«…, в ходе которых были задержаны двое»: time and place of the larger event, and its doer
    when both are of one class."""
    below = [one.sentence.tokens[i] for i in one.sentence.subtree(one.token.index)]
    relative = next((t for t in below if t.lemma == "который" and one.sentence.tokens[t.index - 1].lemma in _INSIDE), None)
    if relative is None:
        return event
    for whole, trigger in zip(events, found, strict=True):
        if trigger.sentence is one.sentence and trigger.token.index < one.token.index and trigger.token.is_noun and (
            trigger.token.number == relative.number or trigger.token.number == "Plur"):  # fmt: skip
            doers = [r for r in whole.roles if r.role == "agent"] if trigger.row["class"] == one.row["class"] else []
            return replace(
                event, place=event.place or whole.place, time=event.time or whole.time,
                anchor_source=event.anchor_source or whole.anchor_source, roles=tuple(sorted({*event.roles, *doers})),
            )  # fmt: skip
    return event


_BEHIND = frozenset(["готовить", "подготовить", "организовать", "организовывать", "планировать", "спланировать", "устроить", "совершить", "возглавить"])


def _called_off(event: Event, one: Trigger, events: list[Event], found: list[Trigger]) -> Event:
    thing = clause.direct_object(one.sentence, one.token) if one.token.is_verb else None
    genitives = clause.genitives(one.sentence, one.token) if not one.token.is_verb else []
    for token in [thing, *genitives]:
        for other, trigger in zip(events, found, strict=True):
            if token is not None and trigger.sentence is one.sentence and trigger.token.index == token.index:
                return replace(
                    event, realis="cancelled", place=event.place or other.place, time=event.time or other.time,
                    anchor_source=event.anchor_source or other.anchor_source,
                )  # fmt: skip
    return replace(event, realis="cancelled" if event.realis == "happened" else event.realis)


def _add_organizer(sentence: Sentence, verb: Token, out: list[Event], found: list[Trigger], referents: Referents) -> None:
    """The subject of «готовил переворот» or «готовил его» stands behind that event."""
    doer = clause.agent(sentence, verb) if clause.is_passive(verb) else clause.subject(sentence, verb)
    thing = clause.direct_object(sentence, verb)
    after = sentence.tokens[verb.index + 1] if verb.index + 1 < len(sentence.tokens) else None
    pronoun = after is not None and after.pos == "PRON" and after.case == "Acc"
    if doer is None or not (thing is not None or pronoun):
        return
    who = referents.of(sentence, doer, *ACTORS)
    if who is None:
        return
    for position, one in enumerate(found):
        direct = thing is not None and one.sentence is sentence and one.token.index == thing.index
        meant = pronoun and one.sentence is sentence and one.token.is_noun and one.token.index < verb.index and (
            after is not None and (after.gender or one.token.gender) == one.token.gender)  # fmt: skip
        if direct or meant:
            role = Role("organizer", who.id)
            if all(r.mention != who.id for r in out[position].roles):
                out[position] = replace(out[position], roles=tuple(sorted({*out[position].roles, role})))
            return
