"""Organisations named by a head and a place: «МИД Великобритании», «британский МИД», «МИД Британии».

`seated` takes such a name apart, so that its ways of being written can be compared: what it is, and
the gazetteer's id of the place it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.normal import lemma

_PLACES = ("COUNTRY", "CITY", "STATE_OR_PROVINCE")
_LONGEST_PLACE = 3


@dataclass(frozen=True, slots=True)
class Seated:
    """The name without its place, folded, and the place's id."""

    head: str
    place: str


@gazetteer.remembered
def seated(name: str) -> Seated | None:
    """None for a name that has no known place, or that is nothing but a place."""
    words = name.split()
    if len(words) < 2:
        return None
    opening = gazetteer.place_of_adjective(lemma(words[0]))
    if opening is not None and (place := place_id(opening[0])):
        return Seated(fold(" ".join(words[1:])), place)
    for length in range(min(_LONGEST_PLACE, len(words) - 1), 0, -1):
        found = place_id(" ".join(words[-length:])) or (place_id(_nominative(words[-length:])))
        if found:
            return Seated(fold(" ".join(words[:-length])), found)
    return None


@gazetteer.remembered
def place_id(name: str) -> str | None:
    """The one place that the gazetteer knows by this name, or the one most often meant by far."""
    found = [e for e in gazetteer.lookup(name, *_PLACES) if e.qid]
    ids = list(dict.fromkeys(e.qid for e in found))
    if len(ids) == 1 or (found and found[0].weight >= 3 and found[0].weight > 3 * sum(e.weight for e in found if e.qid != ids[0])):
        return ids[0]
    return None


def _nominative(words: list[str]) -> str:
    """A place's words in their dictionary forms; good for one word, a guess for more."""
    return " ".join(w if w.isupper() else lemma(w).capitalize() for w in words)
