"""Strict scores: exact character spans and labels; relations with both spans, labels, direction."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from train.corpus import Entity, Example, Relation

NAMES = ("PERSON", "LOC", "ORGANIZATION")
FLAT = {
    "PERSON": "PERSON",
    "ORGANIZATION": "ORGANIZATION",
    **dict.fromkeys(("CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"), "LOC"),
}


@dataclass
class Prediction:
    """What a model says of one article: entities with probabilities, relations between them."""

    entities: list[tuple[int, int, str, float]] = field(default_factory=list)
    relations: list[tuple[int, int, str, float]] = field(default_factory=list)  # head, tail, label, p


@dataclass
class Score:
    """Precision, recall, F1 from counts."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.predicted + self.gold) if self.right else 0.0

    def __str__(self) -> str:
        numbers = f"P {100 * self.precision:.1f} R {100 * self.recall:.1f} F1 {100 * self.f1:.1f}"
        return f"{numbers} ({self.gold} gold, {self.predicted} predicted)"


def score(gold: Sequence[set], predicted: Sequence[set]) -> Score:
    """Micro counts over articles."""
    right = sum(len(g & p) for g, p in zip(gold, predicted, strict=True))
    return Score(right, sum(map(len, predicted)), sum(map(len, gold)))


def by_label(gold: Sequence[set], predicted: Sequence[set]) -> dict[str, Score]:
    """Scores per label; the label is the last field of every item."""
    right, said, true = Counter[str](), Counter[str](), Counter[str]()
    for g, p in zip(gold, predicted, strict=True):
        right.update(item[-1] for item in g & p)
        said.update(item[-1] for item in p)
        true.update(item[-1] for item in g)
    return {name: Score(right[name], said[name], true[name]) for name in sorted(true | said)}


def entity_items(prediction: Prediction) -> set[Entity]:
    """Predicted entities in the form of the gold ones."""
    return {(((start, end),), label) for start, end, label, _ in prediction.entities}


def relation_items(prediction: Prediction) -> set[Relation]:
    """Predicted relations in the form of the gold ones."""
    items = [(((a, b),), label) for a, b, label, _ in prediction.entities]
    return {(items[h], items[t], label) for h, t, label, _ in prediction.relations}


def in_sentence(example: Example, relations: Iterable[Relation]) -> set[Relation]:
    """Relations whose two mentions begin in the same sentence."""
    borders = np.array([sentence[0][1] for sentence in example.sentences])

    def place(entity: Entity) -> int:
        return int(np.searchsorted(borders, entity[0][0][0], side="right"))

    return {r for r in relations if place(r[0]) == place(r[1])}


def flat_items(entities: Iterable[Entity]) -> set[Entity]:
    """Outermost person, place and organisation names: what a flat tagger such as natasha marks."""
    mapped = [((e[0][0][0], e[0][-1][1]), FLAT[e[1]]) for e in entities if e[1] in FLAT and len(e[0]) == 1]
    outer = [
        (span, label)
        for span, label in mapped
        if not any(o[0] <= span[0] and span[1] <= o[1] and o != span for o, _ in mapped)
    ]
    return {((span,), label) for span, label in outer}


def report(examples: Sequence[Example], predictions: Sequence[Prediction]) -> dict[str, Score]:
    """The headline scores."""
    gold = [e.gold_entities for e in examples]
    said = [entity_items(p) for p in predictions]
    links = [relation_items(p) for p in predictions]
    near = [in_sentence(e, e.gold_relations) for e in examples]
    near_said = [in_sentence(e, r) for e, r in zip(examples, links, strict=True)]
    mapped = [{(f, FLAT[t]) for f, t in g if t in FLAT} for g in gold]
    mapped_said = [{(f, FLAT[t]) for f, t in s if t in FLAT} for s in said]
    return {
        "nested NER": score(gold, said),
        "PER/LOC/ORG all": score(mapped, mapped_said),
        "PER/LOC/ORG outermost": score([flat_items(g) for g in gold], [flat_items(s) for s in said]),
        "end to end": score([e.gold_relations for e in examples], links),
        "end to end in sentence": score(near, near_said),
    }


def calibration_error(pairs: Iterable[tuple[float, bool]], bins: int = 15) -> float:
    """Expected calibration error with equal-width bins."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, right in pairs:
        groups[min(int(probability * bins), bins - 1)].append((probability, right))
    total = sum(map(len, groups.values()))
    gaps = (abs(sum(p for p, _ in g) - sum(r for _, r in g)) for g in groups.values())
    return sum(gaps) / total if total else 0.0
