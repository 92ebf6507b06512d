"""Posts, professions and other nouns for persons: «бывший президент США», «министр по ЧС»."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.phrase import right_edge, words_span
from kg.extract.proposal import Proposal
from kg.records import Document, Sentence, Span
from kg.text.words import column, table

FOUND_BY = "post noun"
_NO_COMPLEMENT = frozenset({"person", "victim"})


def posts(document: Document, people: list[Span]) -> Iterator[Proposal]:
    """A noun from `posts.tsv`, with and without its complement; personal names stay outside."""
    nouns = column("posts.tsv", "lemma")
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.is_noun and token.lemma in nouns and not any(p.holds(token.span) for p in people):
                yield from _post(sentence, token.index, people)


def _post(sentence: Sentence, head: int, people: list[Span]) -> Iterator[Proposal]:
    tokens = sentence.tokens
    yield Proposal(tokens[head].start, tokens[head].end, "PROFESSION", 0.7, FOUND_BY)
    kind = table("posts.tsv", "lemma", "kind")[tokens[head].lemma]
    first = head
    while first > 0 and tokens[first - 1].lemma in _QUALIFIERS and tokens[first - 1].number == tokens[head].number:
        first -= 1
    if kind in _NO_COMPLEMENT:
        return
    last = right_edge(sentence, head, blocked=people, around=True)
    if last == head and head + 1 < len(tokens) and any(p.start == tokens[head + 1].start for p in people):
        last = _owner(sentence, head, people)
    if last > head:
        span = words_span(sentence, head, last)
        yield Proposal(span.start, span.end, "PROFESSION", 0.7, FOUND_BY)
    if first < head:
        span = words_span(sentence, first, last)
        yield Proposal(span.start, span.end, "PROFESSION", 0.65, FOUND_BY)


def _owner(sentence: Sentence, head: int, people: list[Span]) -> int:
    """«адъютант Путина»: a person in the genitive after a noun of another case is its complement."""
    tokens = sentence.tokens
    after = tokens[head + 1]
    if after.case != "Gen" or tokens[head].case in ("Gen", ""):
        return head
    person = next(p for p in people if p.start == after.start)
    return sentence.within(person)[-1].index


_QUALIFIERS = frozenset(
    ["личный", "генеральный", "главный", "старший", "младший", "первый", "исполнительный", "коммерческий", "финансовый", "технический", "чрезвычайный", "официальный", "полномочный", "специальный", "верховный", "заслуженный", "народный", "почетный", "художественный"]
)
