"""Predictions of the PyTorch model on articles, for the scores while training."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from train.encoder import Prepared
from train.evaluate import Prediction
from train.model import Article, Joint, Labels, encode, pairs_of


@torch.no_grad()
def article_states(model: Joint, prepared: Prepared, article: Article) -> Tensor:
    """Unit states without masking."""
    return encode(model, prepared, [article], [np.zeros(len(article.lowered), dtype=bool)])[0]


@torch.no_grad()
def span_scores(model: Joint, article: Article, states: Tensor) -> np.ndarray:
    """Probabilities [units, width, label]; zero outside sentences."""
    logits = model.spans(states, *article.grid)
    return (torch.sigmoid(logits) * article.grid[2].unsqueeze(2)).numpy()


@torch.no_grad()
def predict(
    model: Joint, prepared: Prepared, labels: Labels, article: Article, floor: float, gold: bool = False
) -> Prediction:
    """All entities above `floor` (or the gold ones) and all relations above 0.05 between them."""
    states = article_states(model, prepared, article)
    if gold:
        spans, chances = article.spans, np.ones(len(article.spans))
    else:
        scores = span_scores(model, article, states)
        first, width, kind = np.nonzero(scores > floor)
        spans, chances = np.stack([first, first + width, kind], axis=1), scores[first, width, kind]
    units = article.example.units
    names = labels.entities
    entities = [
        (units[a].start, units[b].end, names[k], float(p)) for (a, b, k), p in zip(spans, chances, strict=True)
    ]
    result = Prediction(entities)
    if len(spans) > 1:
        pairs = pairs_of(article, spans, labels.reach)
        if len(pairs.head):
            chance = torch.sigmoid(model.pair_logits(states, spans, pairs)).numpy()
            for pair, kind in zip(*np.nonzero(chance > 0.05), strict=True):
                result.relations.append(
                    (int(pairs.head[pair]), int(pairs.tail[pair]), labels.relations[kind], float(chance[pair, kind]))
                )
    return result


def keep(prediction: Prediction, entity: float, relation: float) -> Prediction:
    """Apply one threshold for entities and one for relations."""
    kept = [i for i, e in enumerate(prediction.entities) if e[3] > entity]
    place = {old: new for new, old in enumerate(kept)}
    relations = [
        (place[h], place[t], label, p)
        for h, t, label, p in prediction.relations
        if p > relation and h in place and t in place
    ]
    return Prediction([prediction.entities[i] for i in kept], relations)
