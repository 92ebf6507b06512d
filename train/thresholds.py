"""Choose thresholds and calibration of a pack on dev, entities and relations together.

    python -m train.thresholds --pack PACK --data NEREL

For a row of entity offsets the pair head is run anew and relation thresholds are chosen for
end-to-end F1; the offset with the best NER F1 + end-to-end F1 wins. A label gets its own threshold
only if dev has enough of it; as shipped none has. Rewrites meta.json. `--folds 2` also reports scores with thresholds
chosen on one half of dev and measured on the other, which is the honest figure.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from train import runtime
from train.corpus import Example, read_corpus
from train.evaluate import Score, calibration_error
from train.export import write_meta

GRID = np.arange(0.1, 0.86, 0.025)
OFFSETS = (-0.1, -0.05, 0.0, 0.05)
# Gold examples a label needs for a threshold of its own. Cross-fitted on dev, own thresholds lose (LOG.md),
# so no label has one.
MANY_ENTITIES = MANY_RELATIONS = 1_000_000
FLOOR = 0.05


@dataclass
class Rows:
    """Scored candidates: probability, label number, right or wrong, article."""

    chance: np.ndarray
    label: np.ndarray
    right: np.ndarray
    article: np.ndarray
    near: np.ndarray  # relations only: both mentions in one sentence

    @classmethod
    def of(cls, rows: Sequence[tuple[float, int, bool, int, bool]]) -> Rows:
        """From one tuple a candidate, in the order of the fields."""
        kinds = (float, int, bool, int, bool)
        return cls(*(np.array([row[i] for row in rows], dtype=kind) for i, kind in enumerate(kinds)))

    def only(self, keep: np.ndarray) -> Rows:
        """The rows of a mask."""
        return Rows(self.chance[keep], self.label[keep], self.right[keep], self.article[keep], self.near[keep])

    def part(self, chosen: np.ndarray) -> Rows:
        """The rows of some articles."""
        return self.only(np.isin(self.article, chosen))


@dataclass
class Dev:
    """Dev articles with the network's encoder and span outputs."""

    examples: list[Example]
    states: list[np.ndarray]
    chances: list[np.ndarray]


def read_dev(extractor: runtime.Extractor, examples: list[Example]) -> Dev:
    """Run encoder and span head once."""
    states = [extractor.states(e.units) for e in examples]
    sentences = [np.array([u.sentence for u in e.units]) for e in examples]
    chances = [extractor.span_chances(s, n) for s, n in zip(states, sentences, strict=True)]
    return Dev(examples, states, chances)


def items(example: Example, spans: np.ndarray, labels: Sequence[str]) -> list[tuple]:
    """Spans in the form of gold entities."""
    return [(((example.units[a].start, example.units[b].end),), labels[k]) for a, b, k in spans.tolist()]


def entity_rows(dev: Dev, meta: runtime.Meta) -> Rows:
    """All spans above the floor."""
    rows: list[tuple[float, int, bool, int, bool]] = []
    for number, (example, chances) in enumerate(zip(dev.examples, dev.chances, strict=True)):
        first, width, label = np.nonzero(chances > FLOOR)
        spans = np.stack([first, first + width, label], axis=1)
        for item, kind, p in zip(
            items(example, spans, meta.entity_labels), label, chances[first, width, label], strict=True
        ):
            rows.append((float(p), int(kind), item in example.gold_entities, number, True))
    return Rows.of(rows)


def relation_rows(extractor: runtime.Extractor, dev: Dev, limits: np.ndarray, gold: bool = False) -> Rows:
    """All relations above the floor between entities above `limits` (or gold entities)."""
    meta = extractor.meta
    rows: list[tuple[float, int, bool, int, bool]] = []
    kinds = {name: i for i, name in enumerate(meta.entity_labels)}
    for number, (example, states, chances) in enumerate(zip(dev.examples, dev.states, dev.chances, strict=True)):
        if gold:
            known = [(a, b, kinds[t]) for a, b, t in example.spans if t in kinds]
            spans = np.array(known, dtype=np.int64).reshape(-1, 3)
        else:
            first, width, label = np.nonzero(chances > limits)
            spans = np.stack([first, first + width, label], axis=1)
        sentences = [u.sentence for u in example.units]
        named = items(example, spans, meta.entity_labels)
        for head, tail, scores in zip(*extractor.relations(states, spans, example.units), strict=True):
            for kind in np.nonzero(scores > FLOOR)[0]:
                item = (named[head], named[tail], meta.relation_labels[kind])
                near = sentences[spans[head, 0]] == sentences[spans[tail, 0]]
                rows.append((float(scores[kind]), int(kind), item in example.gold_relations, number, bool(near)))
    return Rows.of(rows)


def apply(rows: Rows, limits: np.ndarray, gold: int) -> Score:
    """Micro score at these thresholds."""
    said = rows.chance > limits[rows.label]
    return Score(int(rows.right[said].sum()), int(said.sum()), gold)


def choose(rows: Rows, gold: np.ndarray, many: int) -> np.ndarray:
    """The best common threshold, then label by label while micro F1 rises."""
    total = int(gold.sum())
    size = len(gold)
    limits = max((np.full(size, t) for t in GRID), key=lambda full: apply(rows, full, total).f1)
    tables = []
    for label in range(size):
        chance, right = rows.chance[rows.label == label], rows.right[rows.label == label]
        tables.append([((chance > t).sum(), right[chance > t].sum()) for t in GRID])
    said = np.array([(rows.chance[rows.label == k] > limits[k]).sum() for k in range(size)])
    hits = np.array([rows.right[(rows.label == k) & (rows.chance > limits[k])].sum() for k in range(size)])
    for _ in range(3):
        for label in np.nonzero(gold >= many)[0]:
            others_said, others_hits = said.sum() - said[label], hits.sum() - hits[label]
            values = [2 * (others_hits + h) / (others_said + s + total) for s, h in tables[label]]
            best = int(np.argmax(values))
            now = 2 * hits.sum() / (said.sum() + total)
            if values[best] > now + 1e-9:
                limits[label] = GRID[best]
                said[label], hits[label] = tables[label][best]
    return limits


def fit_line(rows: Rows) -> tuple[float, float]:
    """Platt scaling by Newton's method on log odds."""
    clipped = np.clip(rows.chance.astype(np.float64), 1e-6, 1 - 1e-6)
    odds = np.log(clipped / (1 - clipped))
    design = np.stack([odds, np.ones_like(odds)], axis=1)
    weights = np.array([1.0, 0.0])
    for _ in range(30):
        fitted = 1 / (1 + np.exp(-design @ weights))
        slope = design * (fitted * (1 - fitted))[:, None]
        weights -= np.linalg.solve(design.T @ slope + 1e-6 * np.eye(2), design.T @ (fitted - rows.right))
    return float(weights[0]), float(weights[1])


def kept(rows: Rows, limits: np.ndarray) -> Rows:
    """Rows above threshold."""
    return rows.only(rows.chance > limits[rows.label])


def error(rows: Rows, line: tuple[float, float]) -> float:
    """Expected calibration error after scaling."""
    return calibration_error(zip(runtime.calibrate(rows.chance, line).tolist(), rows.right.tolist(), strict=True))


def gold_counts(examples: Sequence[Example], meta: runtime.Meta) -> tuple[np.ndarray, np.ndarray]:
    """Gold entities and relations per label."""
    entities = [e[1] for x in examples for e in x.gold_entities]
    relations = [r[2] for x in examples for r in x.gold_relations]
    return (
        np.array([entities.count(name) for name in meta.entity_labels]),
        np.array([relations.count(name) for name in meta.relation_labels]),
    )


@dataclass
class Choice:
    """Thresholds with the scores that chose them."""

    entity: np.ndarray
    relation: np.ndarray
    ner: Score
    end_to_end: Score
    relation_rows: Rows


def tune(extractor: runtime.Extractor, dev: Dev, chosen: np.ndarray, cache: dict[float, Rows] | None = None) -> Choice:
    """Best thresholds on the chosen articles."""
    meta = extractor.meta
    examples = [dev.examples[i] for i in chosen]
    gold_entities, gold_relations = gold_counts(examples, meta)
    rows = entity_rows(dev, meta).part(chosen)
    base = choose(rows, gold_entities, MANY_ENTITIES)
    best: Choice | None = None
    for offset in OFFSETS:
        limits = np.clip(base + offset, 0.1, 0.9)
        links = relation_rows(extractor, dev, limits).part(chosen)
        thresholds = choose(links, gold_relations, MANY_RELATIONS)
        ner = apply(rows, limits, int(gold_entities.sum()))
        both = apply(links, thresholds, int(gold_relations.sum()))
        print(f"offset {offset:+.2f}: NER {100 * ner.f1:.2f}, end to end {100 * both.f1:.2f}")
        if best is None or ner.f1 + both.f1 > best.ner.f1 + best.end_to_end.f1:
            best = Choice(limits, thresholds, ner, both, links)
    assert best is not None
    return best


def cross_fit(extractor: runtime.Extractor, dev: Dev) -> dict[str, float]:
    """Thresholds and calibration from one half of dev, measured on the other, both ways."""
    everything = np.arange(len(dev.examples))
    rows = entity_rows(dev, extractor.meta)
    counts = np.zeros((2, 3), dtype=int)
    errors: dict[str, list[float]] = {"entity": [], "relation": []}
    for half in (0, 1):
        here, there = everything[everything % 2 == half], everything[everything % 2 != half]
        choice = tune(extractor, dev, here)
        links = relation_rows(extractor, dev, choice.entity).part(there)
        gold = gold_counts([dev.examples[i] for i in there], extractor.meta)
        spans = rows.part(there)
        for place, (kind, found, limits, fitted) in enumerate(
            (("entity", spans, choice.entity, rows.part(here)), ("relation", links, choice.relation, choice.relation_rows))
        ):
            score = apply(found, limits, int(gold[place].sum()))
            counts[place] += (score.right, score.predicted, score.gold)
            errors[kind].append(error(kept(found, limits), fit_line(fitted)))
    scores = [Score(*map(int, row)) for row in counts]
    return {
        "nested NER F1": 100 * scores[0].f1,
        "end to end F1": 100 * scores[1].f1,
        "entity ECE": float(np.mean(errors["entity"])),
        "relation ECE": float(np.mean(errors["relation"])),
    }


def main() -> None:
    """Command line: see the module text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0, choices=(0, 2))
    parser.add_argument("--tiny", action="store_true")
    options = parser.parse_args()
    extractor = runtime.Extractor(options.pack)
    dev = read_dev(extractor, read_corpus(options.data / "dev", 8 if options.tiny else None))
    choice = tune(extractor, dev, np.arange(len(dev.examples)))
    spans = entity_rows(dev, extractor.meta)
    lines = {"entity": fit_line(spans), "relation": fit_line(choice.relation_rows)}
    content = json.loads((options.pack / "meta.json").read_text("utf-8"))
    names = extractor.meta
    content["entity_thresholds"] = dict(zip(names.entity_labels, choice.entity.round(4).tolist(), strict=True))
    content["relation_thresholds"] = dict(zip(names.relation_labels, choice.relation.round(4).tolist(), strict=True))
    content["calibration"] = {kind: [round(x, 5) for x in line] for kind, line in lines.items()}
    content["dev"] = {
        "nested NER F1": round(100 * choice.ner.f1, 2),
        "end to end F1": round(100 * choice.end_to_end.f1, 2),
        "entity ECE": round(error(kept(spans, choice.entity), lines["entity"]), 4),
        "relation ECE": round(error(kept(choice.relation_rows, choice.relation), lines["relation"]), 4),
    }
    print(choice.ner, choice.end_to_end, content["dev"], sep="\n")
    if options.folds:
        content["dev"]["cross-fitted"] = {k: round(v, 4) for k, v in cross_fit(extractor, dev).items()}
        print(content["dev"]["cross-fitted"])
    write_meta(options.pack, content)


if __name__ == "__main__":
    main()
