"""Crimes, penalties, diseases, religions, ideologies, languages: concepts known from word lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.phrase import words_span
from kg.extract.proposal import Proposal
from kg.records import Document
from kg.text.matching import match_sequence
from kg.text.words import rows

FOUND_BY = "word list"
_LISTS = {
    "crimes.tsv": ("CRIME", 0.55),
    "penalties.tsv": ("PENALTY", 0.6),
    "diseases.tsv": ("DISEASE", 0.7),
    "religions.tsv": ("RELIGION", 0.6),
    "ideologies.tsv": ("IDEOLOGY", 0.6),
    "languages.tsv": ("LANGUAGE", 0.6),
}


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str, float], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    for name, (label, confidence) in _LISTS.items():
        for row in rows(name):
            parts = tuple(row["lemma"].split())
            found.setdefault(parts[0], []).append((parts, label, confidence))
    return {first: tuple(sorted(group, key=lambda g: -len(g[0]))) for first, group in found.items()}


def listed(document: Document) -> Iterator[Proposal]:
    """The longest listed phrase at each place; adjectives alone do not name a concept."""
    for sentence in document.sentences:
        for token in sentence.tokens:
            for parts, label, confidence in _phrases().get(token.lemma, ()):
                words = match_sequence(sentence, token.index, parts, contiguous=True)
                if words is None or (len(words) == 1 and not token.is_noun):
                    continue
                span = words_span(sentence, words[0], words[-1])
                yield Proposal(span.start, span.end, label, confidence + 0.02 * len(parts), FOUND_BY)
                break
