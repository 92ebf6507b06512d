"""Score a pack on dev through the run-time code alone, measure its speed, write a report.

    python -m train.judge --pack PACK --data NEREL -o REPORT.md

Predictions come from `Extractor.predict`, exactly as the product makes them.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from train import runtime
from train.corpus import Example, read_corpus
from train.evaluate import Prediction, Score, by_label, calibration_error, entity_items, relation_items, report
from train.thresholds import Dev, apply, gold_counts, read_dev, relation_rows

ARTICLE = 400  # words


def to_prediction(extraction: runtime.Extraction) -> Prediction:
    """Run-time result in the form of the scorer."""
    entities = [(e.start, e.end, e.label, e.probability) for e in extraction.entities]
    relations = [(r.head, r.tail, r.label, r.probability) for r in extraction.relations]
    return Prediction(entities, relations)


def timed(extractor: runtime.Extractor, examples: Sequence[Example]) -> tuple[list[Prediction], float, float]:
    """Predictions, articles of 400 razdel words per CPU-second, the same without punctuation."""
    extractor.predict([examples[0].sentences])
    begun = time.process_time()
    found = extractor.predict([e.sentences for e in examples])
    seconds = time.process_time() - begun
    tokens = [word for e in examples for sentence in e.sentences for word, _, _ in sentence]
    words = sum(any(c.isalnum() for c in word) for word in tokens)
    return [to_prediction(x) for x in found], len(tokens) / ARTICLE / seconds, words / ARTICLE / seconds


def with_gold(extractor: runtime.Extractor, dev: Dev) -> dict[str, Score]:
    """Relations between gold mentions, with the no-relation decision."""
    rows = relation_rows(extractor, dev, extractor.meta.entity_thresholds, gold=True)
    near = sum(
        1 for e in dev.examples for h, t, _ in e.links
        if e.units[e.spans[h][0]].sentence == e.units[e.spans[t][0]].sentence
    )
    total = int(gold_counts(dev.examples, extractor.meta)[1].sum())
    scores = {"relations, gold mentions": apply(rows, extractor.meta.relation_thresholds, total)}
    close = rows.only(rows.near)
    scores["relations, gold mentions, in sentence"] = apply(close, extractor.meta.relation_thresholds, near)
    return scores


def errors(examples: Sequence[Example], found: Sequence[Prediction]) -> dict[str, float]:
    """Calibration errors of what is kept, as shipped."""
    entities = [
        (p, (((a, b),), label) in e.gold_entities)
        for e, x in zip(examples, found, strict=True) for a, b, label, p in x.entities
    ]
    relations = []
    for example, prediction in zip(examples, found, strict=True):
        names = [(((a, b),), label) for a, b, label, _ in prediction.entities]
        for head, tail, label, p in prediction.relations:
            relations.append((p, (names[head], names[tail], label) in example.gold_relations))
    return {"ECE entities": calibration_error(entities), "ECE relations": calibration_error(relations)}


def table(scores: dict[str, Score], head: str) -> list[str]:
    """A markdown table."""
    lines = [f"| {head} | P | R | F1 | gold | predicted |", "|---|---|---|---|---|---|"]
    for name, s in scores.items():
        numbers = " | ".join(f"{100 * x:.1f}" for x in (s.precision, s.recall, s.f1))
        lines.append(f"| {name} | {numbers} | {s.gold} | {s.predicted} |")
    return [*lines, ""]


def bootstrap(examples: Sequence[Example], found: Sequence[Prediction], rounds: int = 300) -> dict[str, str]:
    """95 % intervals of the headline F1 scores over articles."""
    chance = np.random.default_rng(0)
    single = [report([e], [p]) for e, p in zip(examples, found, strict=True)]
    result = {}
    for name in single[0]:
        counts = np.array([(s[name].right, s[name].predicted, s[name].gold) for s in single])
        values = []
        for _ in range(rounds):
            right, said, gold = counts[chance.integers(0, len(counts), len(counts))].sum(0)
            values.append(200 * right / max(said + gold, 1))
        low, high = np.percentile(values, [2.5, 97.5])
        result[name] = f"{low:.1f}–{high:.1f}"
    return result


def main() -> None:
    """Command line: see the module text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    examples = read_corpus(options.data / "dev", 8 if options.tiny else None)
    begun = time.process_time()
    extractor = runtime.Extractor(options.pack)
    load = time.process_time() - begun
    found, speed, dense_speed = timed(extractor, examples)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    dev = read_dev(extractor, examples)
    headline = report(examples, found) | with_gold(extractor, dev)
    intervals = bootstrap(examples, found)
    size = sum(p.stat().st_size for p in options.pack.iterdir()) / 1e6
    facts = {
        "pack, MB": round(size, 1), "load, CPU-seconds": round(load, 2),
        "articles of 400 razdel words per CPU-second": round(speed, 2),
        "articles of 400 words without punctuation per CPU-second": round(dense_speed, 2),
        "peak memory, MB": round(memory), **{k: round(v, 4) for k, v in errors(examples, found).items()},
    }
    lines = ["## Headline", "", *table(headline, "score")]
    lines += ["95 % bootstrap intervals of F1 over articles: " + "; ".join(f"{k} {v}" for k, v in intervals.items()), ""]
    lines += [f"* {k}: {v}" for k, v in facts.items()]
    entities = by_label([e.gold_entities for e in examples], [entity_items(p) for p in found])
    relations = by_label([e.gold_relations for e in examples], [relation_items(p) for p in found])
    lines += ["", "## Nested NER by label", "", *table(entities, "label")]
    lines += ["## End-to-end relations by label", "", *table(relations, "label")]
    options.output.write_text("\n".join(lines), "utf-8")
    print("\n".join(lines[:30]))
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
