"""The shipped natasha models, loaded once a process and run over one document at a time.

Sentences of a document are batched by length. Batches never mix documents: then what is read
out of an article cannot depend on which other articles lie beside it.

slovnet's morphology, syntax and names taggers share one 250,000-word vocabulary; here they hold
one copy of it. `MorphVocab` is built with an explicit dictionary path, because pymorphy2 0.9.1
looks it up through pkg_resources, which Python 3.12 and newer do not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import pymorphy2_dicts_ru
from natasha import NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser
from natasha.morph.vocab import MorphForm, MorphVocab, PymorphyAnalyzer

Words = list[str]
_BUDGET = 1024


class Vocabulary(MorphVocab):  # type: ignore[misc]
    """pymorphy2's dictionary of word forms in Universal Dependencies terms."""

    def __init__(self) -> None:
        PymorphyAnalyzer.__init__(self, path=pymorphy2_dicts_ru.get_path(), lang="ru", result_type=MorphForm)

    @lru_cache(maxsize=200_000)  # noqa: B019 - one instance lives as long as the process
    def parse(self, word: str) -> list[Any]:
        return PymorphyAnalyzer.parse(self, word)  # type: ignore[no-any-return]


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary()


@cache
def _taggers() -> tuple[Any, Any, Any]:
    embedding = NewsEmbedding()
    morph, syntax, names = NewsMorphTagger(embedding), NewsSyntaxParser(embedding), NewsNERTagger(embedding)
    for tagger in (syntax, names):
        tagger.infer.encoder.words_vocab = morph.infer.encoder.words_vocab
    return morph, syntax, names


def tag_morphology(items: Sequence[Words]) -> list[list[tuple[str, dict[str, str]]]]:
    """Part of speech and features of every word of every sentence."""
    infer = _taggers()[0].infer

    def run(chunk: list[Words]) -> Iterable[list[tuple[str, dict[str, str]]]]:
        for markup in infer(chunk):
            yield [(token.pos, dict(token.feats)) for token in markup.tokens]

    return _batched(items, run, infer)


def score_heads(items: Sequence[Words]) -> list[tuple[Any, list[str]]]:
    """For every sentence the matrix of head scores (words x words+1, column 0 is the root) and
    the relation that each word would have."""
    import numpy as np

    infer = _taggers()[1].infer

    def run(chunk: list[Words]) -> Iterable[tuple[Any, list[str]]]:
        for batch in infer.encoder(chunk):
            pred = infer.model(batch.word_id, batch.shape_id, batch.pad_mask)
            mask = ~batch.pad_mask
            rels = infer.model.rel.decode(pred.rel_id, mask)
            for row in range(len(mask)):
                size = int(mask[row].sum())
                yield (
                    np.asarray(pred.head_id[row][:size, : size + 1], dtype=np.float64),
                    [infer.decoder.rels_vocab.decode(r) for r in rels[row][:size]],
                )

    return _batched(items, run, infer)


def tag_names(items: Sequence[Words]) -> list[list[str]]:
    """BIO tags (PER, LOC, ORG) of every word; one item is a whole document's words."""
    infer = _taggers()[2].infer

    def run(chunk: list[Words]) -> Iterable[list[str]]:
        yield from infer.decoder(infer.process(infer.encoder(chunk)))

    return _batched(items, run, infer, budget=8192)


def _batched(items: Sequence[Words], run: Callable[[list[Words]], Iterable[Any]], infer: Any, budget: int = _BUDGET) -> list[Any]:
    """Run a model over items sorted by length, `budget` padded words at a time; order is kept."""
    results: list[Any] = [[] for _ in items]
    order = sorted((i for i in range(len(items)) if items[i]), key=lambda i: (len(items[i]), i))
    while order:
        chunk = [order.pop(0)]
        while order and len(items[order[0]]) * (len(chunk) + 1) <= budget:
            chunk.append(order.pop(0))
        infer.encoder.batch_size = len(chunk)
        for i, result in zip(chunk, run([items[i] for i in chunk]), strict=True):
            results[i] = result
    return results
