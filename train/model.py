"""Encoder and heads as one module, and the tensors a document needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from train import runtime
from train.corpus import Example
from train.encoder import HEADS, INNER, Batch, Encoded, Encoder, Prepared, encode_units, make_batch
from train.heads import PairHead, SpanHead, span_grid


@dataclass
class Labels:
    """Label lists and how many sentences apart a relation may join each pair of labels (see `candidate_pairs`)."""

    entities: list[str]
    relations: list[str]
    reach: np.ndarray


@dataclass
class Article:
    """A training or dev document in tensors."""

    example: Example
    encoded: Encoded
    sentences: np.ndarray
    lowered: list[str]
    grid: tuple[Tensor, Tensor, Tensor]
    spans: np.ndarray  # [entities, 3]: first, last, label
    links: dict[tuple[int, int], list[int]]


class Joint(nn.Module):
    """The whole network."""

    def __init__(
        self, labels: int, relations: int, depth: int, pool_at: int, heads: int = HEADS, inner: int = INNER
    ) -> None:
        super().__init__()
        self.encoder = Encoder(depth, pool_at, heads, inner)
        self.spans = SpanHead(labels)
        self.pairs = PairHead(labels, relations)

    def pair_logits(self, states: Tensor, spans: np.ndarray, pairs: runtime.Pairs) -> Tensor:
        """Relation scores of candidate pairs."""
        first, last, label = torch.from_numpy(spans.astype(np.int64)).unbind(1)
        head, tail = torch.from_numpy(pairs.head), torch.from_numpy(pairs.tail)
        buckets, overlaps = torch.from_numpy(pairs.buckets), torch.from_numpy(pairs.overlaps)
        return self.pairs(states, first, last, label, head, tail, buckets, overlaps)


def make_article(example: Example, prepared: Prepared, labels: Labels) -> Article:
    """Everything about a document that does not change while training."""
    sentences = np.array([u.sentence for u in example.units])
    kind = {name: i for i, name in enumerate(labels.entities)}
    relation = {name: i for i, name in enumerate(labels.relations)}
    spans = np.array([(a, b, kind[t]) for a, b, t in example.spans], dtype=np.int64).reshape(-1, 3)
    links: dict[tuple[int, int], list[int]] = {}
    for head, tail, name in example.links:
        links.setdefault((head, tail), []).append(relation[name])
    return Article(
        example,
        encode_units(example.units, prepared),
        sentences,
        [u.text.lower() for u in example.units],
        span_grid(torch.from_numpy(sentences)),
        spans,
        links,
    )


def pairs_of(article: Article, spans: np.ndarray, reach: np.ndarray) -> runtime.Pairs:
    """Candidate pairs of these spans in this article."""
    return runtime.candidate_pairs(
        spans[:, 0], spans[:, 1], spans[:, 2], article.sentences, article.lowered, reach
    )


def encode(model: Joint, prepared: Prepared, articles: list[Article], masked: list[np.ndarray]) -> list[Tensor]:
    """Unit states of each article."""
    batch: Batch = make_batch([a.encoded for a in articles], prepared.tokenizer, masked)
    states = model.encoder(prepared.pieces[batch.pieces], batch)
    return list(states.split([len(a.lowered) for a in articles]))


def learn_labels(examples: list[Example]) -> Labels:
    """Label lists from the training articles; label pairs that no relation joins there are out of reach."""
    entities = sorted({t for e in examples for _, _, t in e.spans})
    relations = sorted({t for e in examples for _, _, t in e.links})
    kind = {name: i for i, name in enumerate(entities)}
    reach = np.full((len(entities), len(entities)), -1, dtype=np.int8)
    for example in examples:
        for head, tail, _ in example.links:
            reach[kind[example.spans[head][2]], kind[example.spans[tail][2]]] = runtime.FAR
    return Labels(entities, relations, reach)


RARE = 0.001


def measure_reach(examples: list[Example], labels: Labels) -> np.ndarray:
    """For each label pair the most sentences apart at which more than RARE of its pairs have a relation."""
    size = len(labels.entities)
    kind = {name: i for i, name in enumerate(labels.entities)}
    seen, linked = np.zeros((2, size, size, runtime.FAR + 1))
    for example in examples:
        spans = np.array([(a, b, kind[t]) for a, b, t in example.spans], dtype=np.int64).reshape(-1, 3)
        sentences = np.array([u.sentence for u in example.units])
        words = [u.text.lower() for u in example.units]
        pairs = runtime.candidate_pairs(spans[:, 0], spans[:, 1], spans[:, 2], sentences, words, labels.reach)
        apart = pairs.buckets[:, 1]
        np.add.at(seen, (spans[pairs.head, 2], spans[pairs.tail, 2], apart), 1)
        joined = {(head, tail) for head, tail, _ in example.links}
        hit = np.array([pair in joined for pair in zip(pairs.head.tolist(), pairs.tail.tolist(), strict=True)], dtype=bool)
        np.add.at(linked, (spans[pairs.head[hit], 2], spans[pairs.tail[hit], 2], apart[hit]), 1)
    often = linked > RARE * seen
    return np.where(often.any(2), runtime.FAR - often[:, :, ::-1].argmax(2), -1).astype(np.int8)


def relation_priors(articles: list[Article], labels: Labels) -> Tensor:
    """Log odds of each relation for each label pair, smoothed: the start of the pair head's prior."""
    size = len(labels.entities)
    seen = np.zeros(size * size)
    counts = np.zeros((size * size, len(labels.relations)))
    for article in articles:
        if not len(article.spans):
            continue
        pairs = pairs_of(article, article.spans, labels.reach)
        kinds = article.spans[pairs.head, 2] * size + article.spans[pairs.tail, 2]
        np.add.at(seen, kinds, 1)
        for (head, tail), relations in article.links.items():
            counts[article.spans[head, 2] * size + article.spans[tail, 2], relations] += 1
    rate = (counts + 0.02) / (seen[:, None] + 20.0)
    rate = np.clip(rate, 1e-4, 0.5)
    return torch.from_numpy(np.log(rate / (1 - rate))).float()
