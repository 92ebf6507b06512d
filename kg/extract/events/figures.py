"""The dead, the injured and other counts of an event."""

from __future__ import annotations

from dataclasses import replace

from kg.extract import clause
from kg.extract.events.triggers import Trigger
from kg.extract.values import as_integer
from kg.records import Document, Event, Sentence

_HARM = {"Death": "deaths", "Injury": "injured"}
_HARMFUL = frozenset({"Accident", "Attack", "Disaster", "Raid", "MilitaryOperation", "Protest", "Coup", "Competition"})


def figures_of(one: Trigger) -> tuple[tuple[str, int], ...]:
    """«погибло 38 пассажиров» → deaths 38; «задержаны два сотрудника» → count 2."""
    undergoers = [clause.subject(one.sentence, one.token), clause.direct_object(one.sentence, one.token)] if one.token.is_verb else []
    undergoers += clause.genitives(one.sentence, one.token)
    for noun in undergoers:
        if noun is None:
            continue
        for token in [noun, *one.sentence.below(noun.index, "nummod", "nummod:gov", "nummod:entity", "amod")]:
            number = as_integer(token.text) if token.pos in ("NUM", "ADJ") or token.text.isdigit() else None
            if number is not None and 0 < number < 10_000_000 and not 1900 < number < 2100:
                return ((_HARM.get(one.row["class"], "count"), number),)
    return ()


def share_figures(document: Document, events: list[Event]) -> list[Event]:
    """The dead and injured of a sentence belong to what caused it, too; where and when it was, is where and when they died."""
    out = list(events)
    for position, event in enumerate(events):
        harm = [f for f in event.figures if f[0] in ("deaths", "injured")]
        if not harm:
            continue
        sentence = document.sentence_at(event.start)
        causes = [
            i for i, other in enumerate(events)
            if other.kind in _HARMFUL and other is not event and sentence is not None
            and document.sentence_at(other.start) is sentence and other.realis == event.realis
        ]  # fmt: skip
        if causes and sentence is not None:
            best = min(causes, key=lambda i: (_depth(sentence, events[i].start), abs(events[i].start - event.start)))
            cause = out[best]
            out[position] = replace(
                event, place=event.place or cause.place, time=event.time or cause.time, anchor_source=event.anchor_source or cause.anchor_source
            )
            if not any(f[0] in ("deaths", "injured") for f in cause.figures):
                out[best] = replace(cause, figures=tuple(sorted({*cause.figures, *harm})))
    return out


def _depth(sentence: Sentence, offset: int) -> int:
    token = sentence.at(offset)
    return len(list(sentence.ancestors(token.index))) if token else 99
