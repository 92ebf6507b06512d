"""Measure how far each way of finding can be trusted, on NEREL dev.

    python -m train.trust ../shared/data/nerel/dev kg/weights/trust.tsv

For every (way of finding, label) of the rules: `alone` is the precision of all its proposals,
`beside` that of the proposals that the trained extractor does not make itself. Both are smoothed
towards a half by one right and one wrong proposal. Relations are measured likewise, on mentions
as they are settled.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.evaluate.standoff import Gold, read_folder
from kg.extract import extract, rule_proposals
from kg.extract.neural import neural
from kg.read.article import from_text
from kg.records import Document
from kg.text.annotate import annotate

Counts = defaultdict[tuple[str, str], list[int]]


def measure(corpus: list[Gold]) -> Counts:
    """(found_by, label) → [proposals, right, proposals the model does not make, right among these]."""
    counts: Counts = defaultdict(lambda: [0, 0, 0, 0])
    for gold in corpus:
        document = annotate(from_text(gold.name, gold.text))
        proposals, _ = neural(document)
        known = {(p.start, p.end, p.label) for p in proposals}
        ways = {(p.found_by, (p.start, p.end, p.label)) for p in rule_proposals(document) if p.found_by != "nickname"}
        for found_by, span in ways:
            _count(counts[found_by, span[2]], span in gold.spans, span in known)
        for place, extractor in ((0, "rules"), (2, "both")):
            for found_by, label, right in _relations(document, gold, extractor):
                counts[found_by, label][place] += 1
                counts[found_by, label][place + 1] += right
    return counts


def _relations(document: Document, gold: Gold, extractor: str) -> Iterator[tuple[str, str, bool]]:
    """Rule relations of a run, with whether they are right; beside the model only those it does not make."""
    facts = extract(document, extractor)
    spans = {m.id: (m.start, m.end, m.label) for m in facts.mentions}
    for relation in facts.relations:
        if relation.found_by != "model":
            triple = (relation.label, spans[relation.head], spans[relation.tail])
            yield relation.found_by, relation.label, triple in gold.triples


def _count(row: list[int], right: bool, known: bool) -> None:
    row[0] += 1
    row[1] += right
    row[2] += not known
    row[3] += right and not known


HEADER = """\
# How far each way of finding is trusted: precision on NEREL v1.1 dev, smoothed by (right+1)/(all+2).
# alone: all proposals; beside: proposals that the trained extractor does not make. Made by train/trust.py.
found_by\tlabel\tcount\talone\tbeside
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="folder of NEREL's development texts")
    parser.add_argument("output", type=Path, help="the table to write")
    arguments = parser.parse_args()
    lines = []
    for (found_by, label), (total, right, alone, fresh) in sorted(measure(read_folder(arguments.corpus)).items()):
        lines.append(f"{found_by}\t{label}\t{total}\t{(right + 1) / (total + 2):.2f}\t{(fresh + 1) / (alone + 2):.2f}\n")
    arguments.output.write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{len(lines)} rows")


if __name__ == "__main__":
    main()
