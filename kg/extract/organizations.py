"""Organisations named by a common noun and what follows it.

«министерства национальной безопасности Азербайджана», «администрацию президента», «ЦК
Компартии», «компания «Ромашка»»: natasha's tagger finds only the country, or the first word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.phrase import OPENING, left_edge, right_edge, words_span
from kg.extract.proposal import Proposal
from kg.records import Document, Sentence, Token
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.words import column, table

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


def bare(document: Document, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals, those of organisations without the agency of a dateline and without what kind of company a name in Latin letters is:
    «REGNUM Власти Канады», «INTERFAX.RU - Лоукостер Ryanair», «испанский SITCPLA»."""
    for proposal in proposals:
        first = _name_begins(document, proposal) if proposal.label == "ORGANIZATION" else proposal.start
        yield proposal if first == proposal.start else replace(proposal, start=first, normal="")


def _name_begins(document: Document, proposal: Proposal) -> int:
    sentence = document.sentence_at(proposal.start)
    words = sentence.within(proposal.span) if sentence is not None else []
    dash = next((i for i, word in enumerate(words) if word.text in _DASHES and words[i - 1].end < word.start), None)
    if dash is not None and dash + 1 < len(words):
        words = words[dash + 1 :]
    elif len(words) > 1 and fold(words[0].text) in gazetteer.outlets() and words[0].text.isascii() and _is_capital_of_sentence(words[1]):
        words = words[1:]
    if words and words[0].start and document.article.text[words[0].start - 1] in OPENING:
        return words[0].start  # «Газета Daily»: what stands in quotation marks is the name
    latin = next((i for i, word in enumerate(words) if word.text[:1].isascii() and word.text[:1].isalpha()), 0)
    if latin and all(_says_what_kind(word) for word in words[:latin]):
        words = words[latin:]
    return words[0].start if words else proposal.start


def _is_capital_of_sentence(word: Token) -> bool:
    """A common noun with a capital letter, as after the name of an agency."""
    return word.is_title and word.pos in ("NOUN", "ADJ")


def _says_what_kind(word: Token) -> bool:
    """«ирландский», «лоукостер», «корпорация»."""
    return word.pos == "ADJ" or (word.pos in ("NOUN", "PROPN") and not word.text.isupper() and table("organizations.tsv", "lemma", "kind").get(word.lemma) in _SPEAKING_OF)


_DASHES = frozenset("-–—")
_SPEAKING_OF = frozenset({"company", "media", "union", "party"})
