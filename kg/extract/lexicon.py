"""Words and phrases that news texts use as names of one kind: counts learnt from NEREL train.

`words/lexicon.tsv` lists lemma sequences with their NEREL label, how often they were annotated so
and with what precision; `train/lexicon.py` makes it. Precision becomes confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.proposal import Proposal
from kg.records import Document, Sentence
from kg.text.words import rows

FOUND_BY = "lexicon"


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str, float], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    for row in rows("lexicon.tsv"):
        parts = tuple(row["lemmas"].split())
        found.setdefault(parts[0], []).append((parts, row["label"], float(row["precision"])))
    return {first: tuple(sorted(group, key=lambda g: -len(g[0]))) for first, group in found.items()}


def lexicon(document: Document) -> Iterator[Proposal]:
    for sentence in document.sentences:
        lemmas = [token.lemma for token in sentence.tokens]
        for start in range(len(lemmas)):
            yield from _at(sentence, lemmas, start)


def _at(sentence: Sentence, lemmas: list[str], start: int) -> Iterator[Proposal]:
    for parts, label, precision in _phrases().get(lemmas[start], ()):
        end = start + len(parts)
        if tuple(lemmas[start:end]) == parts:
            yield Proposal(sentence.tokens[start].start, sentence.tokens[end - 1].end, label, precision, FOUND_BY)
