"""Adjectives of places and names of peoples: «российский» is a COUNTRY mention, «россияне» a NATIONALITY."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.proposal import Proposal
from kg.records import Document
from kg.text import gazetteer

FOUND_BY = "demonym"


def peoples(document: Document) -> Iterator[Proposal]:
    """The normal form of an adjective is the place's name, so that both meet in one entity."""
    for sentence in document.sentences:
        for token in sentence.tokens:
            lemma = token.lemma
            if token.pos == "ADJ" or lemma.endswith(("ский", "цкий")):
                place = gazetteer.place_of_adjective(lemma)
                if place:
                    yield Proposal(token.start, token.end, place[1], 0.8, FOUND_BY, place[0])
            elif token.is_noun and gazetteer.country_of_people(lemma):
                yield Proposal(token.start, token.end, "NATIONALITY", 0.8, FOUND_BY, lemma)
