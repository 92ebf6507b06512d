"""Organisations named by a common noun and what follows it.

«министерства национальной безопасности Азербайджана», «администрацию президента», «ЦК
Компартии», «компания «Ромашка»»: natasha's tagger finds only the country, or the first word.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.phrase import left_edge, right_edge, words_span
from kg.extract.proposal import Proposal
from kg.records import Document, Sentence
from kg.text import gazetteer
from kg.text.words import column

FOUND_BY = "organisation noun"


def organizations(document: Document) -> Iterator[Proposal]:
    """A noun from `organizations.tsv` with a genitive, a quoted name or a place adjective."""
    heads = column("organizations.tsv", "lemma")
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.is_noun and token.lemma in heads and token.number != "Plur":
                yield from _named(sentence, token.index)


def _named(sentence: Sentence, head: int) -> Iterator[Proposal]:
    tokens = sentence.tokens
    last = right_edge(sentence, head, around=True)
    first = left_edge(sentence, head)
    adjectives = [t for t in tokens[first:head] if _is_naming(t.lemma, t.text)]
    titled = tokens[head].is_title and head > 0
    if last == head and not adjectives and not (titled and first < head):
        return
    if last > head and tokens[last].is_noun and tokens[head + 1].is_title and not tokens[head].is_title:
        pass
    start = adjectives[0].index if adjectives else head
    span = words_span(sentence, start, last)
    yield Proposal(span.start, span.end, "ORGANIZATION", 0.7, FOUND_BY)
    if last > head and gazetteer.lookup(tokens[last].lemma, "COUNTRY") and last - 1 > head:
        inner = words_span(sentence, start, last - 1)
        yield Proposal(inner.start, inner.end, "ORGANIZATION", 0.5, FOUND_BY)


def _is_naming(lemma: str, text: str) -> bool:
    """An adjective that is part of a name: of a place, or written with a capital."""
    return text[:1].isupper() or gazetteer.place_of_adjective(lemma) is not None or lemma in _KINDS


_KINDS = frozenset(
    ["верховный", "конституционный", "областной", "районный", "городской", "арбитражный", "военный", "следственный", "государственный", "федеральный", "окружной", "национальный", "избирательный", "центральный", "генеральный", "мировой", "народный"]
)
