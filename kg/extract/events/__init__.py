"""Events: triggers, roles, place, time, realis and figures, put together.

`triggers` finds the words, `roles` who took part, `circumstances` where and when, `figures` how
many, `compound` what one event lends to another.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.anaphora import Referents
from kg.extract.events.circumstances import place_of, time_of
from kg.extract.events.compound import complete
from kg.extract.events.figures import figures_of, share_figures
from kg.extract.events.roles import LEARNED_ROLES, roles_of, with_learned
from kg.extract.events.triggers import Trigger, light_verb, trigger_row, triggers
from kg.extract.realis import realis_of
from kg.extract.times import Found
from kg.records import Document, Event, Mention, Relation
from kg.text.words import Row

__all__ = ["happenings", "role_relations", "triggers"]

ROLE_FOUND_BY = "event role"
_SURE = 0.5
_ROLE_LABELS = {"agent": "AGENT", "patient": "PARTICIPANT_IN", "participant": "PARTICIPANT_IN", "involves": "INANIMATE_INVOLVED",
                "organizer": "ORGANIZES"}  # fmt: skip
_OTHER: Row = dict.fromkeys(("lemma", "pos", "subj", "obj", "gen", "instr", "with", "in", "needs", "example"), "") | {"class": "Other"}


def happenings(
    document: Document, mentions: Sequence[Mention], referents: Referents, times: Sequence[Found], learned: Sequence[Relation]
) -> list[Event]:
    """Events of the article, in text order; roles by syntax, completed by learned relations.

    A mention that only the model takes for an event becomes one of class Other, when the model
    also knows who or what took part.
    """
    found = []
    sure = [r for r in learned if r.confidence >= _SURE]
    taking_part = {r.tail for r in sure if r.label in LEARNED_ROLES}
    for mention in mentions:
        if mention.label != "EVENT":
            continue
        sentence = document.sentences[mention.sentence]
        token = sentence.tokens[mention.head]
        row = trigger_row(sentence, token) or (_OTHER if mention.id in taking_part and mention.confidence >= _SURE else None)
        if row is not None:
            found.append(Trigger(sentence, token, row, mention, light_verb(sentence, token)))
    events = [with_learned(_event(document, one, referents, times), sure, mentions) for one in found]
    return share_figures(document, complete(events, found, document, referents))


def _event(document: Document, one: Trigger, referents: Referents, times: Sequence[Found]) -> Event:
    roles = roles_of(one, referents)
    place, value, source = place_of(one, referents), None, None
    time = time_of(one, times)
    if time is not None:
        value, source = time.value, time.source
    span = one.mention.span
    for role in roles:
        other = next(m for m in referents.mentions_in(one.sentence) if m.id == role.mention) if role.mention in {
            m.id for m in referents.mentions_in(one.sentence)} else None  # fmt: skip
        span = span.cover(other.span) if other else span
    figures = figures_of(one)
    return Event(
        mention=one.mention.id,
        kind=one.row["class"],
        realis=realis_of(one.sentence, one.token, one.light),
        start=span.start,
        end=span.end,
        time=value,
        anchor_source=source,
        place=place.id if place else None,
        roles=tuple(sorted(set(roles))),
        figures=figures,
        confidence=0.75 if roles else 0.55,
    )


def role_relations(
    document: Document, events: Sequence[Event], mentions: Sequence[Mention], times: Sequence[Found]
) -> list[Relation]:
    """Roles, places and times of events as NEREL relations."""
    index = {m.id: m for m in mentions}
    dates = {m.end: m for m in mentions if m.label == "DATE"}
    found = []
    for event in events:
        pairs = [(_ROLE_LABELS[r.role], r.mention, event.mention) for r in event.roles if r.role in _ROLE_LABELS]
        pairs += [("TAKES_PLACE_IN", event.mention, event.place)] if event.place else []
        sentence = document.sentence_at(event.start)
        when = next((t for t in times if sentence and sentence.span.holds(t.span) and t.value == event.time and t.span.end in dates), None)
        pairs += [("POINT_IN_TIME", event.mention, dates[when.span.end].id)] if when and event.time else []
        for label, head, tail in pairs:
            if index[head].label in ("EVENT", "CRIME") and label not in ("TAKES_PLACE_IN", "POINT_IN_TIME"):
                continue
            span = index[head].span.cover(index[tail].span)
            found.append(Relation(label, head, tail, span.start, span.end, index[event.mention].start, 0.5, ROLE_FOUND_BY))
    return found
