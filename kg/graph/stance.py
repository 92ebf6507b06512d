"""Who stands behind a fact. This is the one place that decides whether a plain triple may exist.

A fact is the article's own when no claim's content holds the word that states it. What stands
inside a noun phrase is presupposed: it survives reported speech and hedges around it («Источник
не исключает, что делегацию возглавит министр Иванов» still says that Иванов is a minister;
Karttunen 1973), but not quotation marks, nor a hedge within the phrase («предполагаемый убийца»).
A fact is accepted when the article itself asserts it, affirmed, as real.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.extract.claims.speech import quotations
from kg.records import Claim, Event, Facts, Relation, Span

_QUOTES = frozenset("«\"“„—–-")
_REALIS_MODALITY = {"happened": "asserted", "planned": "planned", "possible": "possible", "cancelled": "asserted", "denied": "asserted"}


@dataclass(frozen=True, slots=True)
class Stance:
    """How a fact is put: by which claim (None for the author), modality, polarity."""

    claim: Claim | None
    modality: str
    polarity: str

    @property
    def accepted(self) -> bool:
        """The article's own voice, unhedged and affirmed."""
        return self.claim is None and self.modality == "asserted" and self.polarity == "affirmed"


def stance_of_relation(facts: Facts, relation: Relation) -> Stance:
    holder = _holder(facts, Span(relation.anchor, relation.anchor + 1), relation.presupposed, relation.span)
    polarity = "negated" if relation.negated else "affirmed"
    if holder is not None:
        return Stance(holder, holder.modality, polarity)
    if not relation.presupposed and in_foreign_words(facts, relation.anchor):
        return Stance(None, "reported", polarity)
    return Stance(None, "possible" if relation.irrealis else "asserted", polarity)


def stance_of_event(facts: Facts, event: Event) -> Stance:
    """Cancelled and denied events are asserted not to have happened; a cancellation happened."""
    trigger = facts.mention(event.mention).span
    holder = _holder(facts, trigger, False, trigger)
    negated = event.realis in ("denied", "cancelled") and event.kind != "Cancellation"
    polarity = "negated" if negated else "affirmed"
    if holder is not None:
        return Stance(holder, holder.modality, polarity)
    if event.realis == "happened" and in_foreign_words(facts, trigger.start):
        return Stance(None, "reported", polarity)
    return Stance(None, _REALIS_MODALITY[event.realis], polarity)


def in_foreign_words(facts: Facts, offset: int) -> bool:
    """Inside a quotation of several words that no claim gives to anybody: a title, a slogan, somebody's words."""
    return any(q.inner.start <= offset < q.inner.end for q in _quotations(facts.article))


_quotations = lru_cache(maxsize=4)(quotations)


def _holder(facts: Facts, anchor: Span, presupposed: bool, phrase: Span) -> Claim | None:
    """The innermost claim whose content holds the anchor."""
    holders = [c for c in facts.claims if c.span.holds(anchor) and not (c.cue is not None and c.cue.holds(anchor))]
    if presupposed:
        holders = [c for c in holders if _is_quoted(facts, c) or (c.span.start >= phrase.start - 2 and len(c.span) <= len(phrase) + 2)]
    return min(holders, key=lambda c: (len(c.span), c.id), default=None)


def _is_quoted(facts: Facts, claim: Claim) -> bool:
    """The content is direct speech: a quotation mark or a dialogue dash stands before it."""
    before = facts.article.text[max(0, claim.start - 2) : claim.start].strip()
    return before[-1:] in _QUOTES and before != ""
