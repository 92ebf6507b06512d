"""NEREL brat files → documents of units with gold entities and relations."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from razdel import sentenize, tokenize

from train import runtime

Fragments = tuple[tuple[int, int], ...]
Entity = tuple[Fragments, str]  # character fragments, label
Relation = tuple[Entity, Entity, str]


@dataclass
class Example:
    """One article. Spans are (first unit, last unit, label number); relations point into them."""

    name: str
    text: str
    sentences: list[list[runtime.Word]]
    units: list[runtime.Unit]
    gold_entities: set[Entity]
    gold_relations: set[Relation]
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)


def split_text(text: str) -> list[list[runtime.Word]]:
    """Lines → razdel sentences → razdel words with offsets into the text."""
    sentences = []
    position = 0
    for line in text.splitlines(keepends=True):
        for sentence in sentenize(line.rstrip("\r\n")):
            base = position + sentence.start
            words = [(w.text, base + w.start, base + w.stop) for w in tokenize(sentence.text)]
            if words:
                sentences.append(words)
        position += len(line)
    return sentences


def read_brat(path: Path) -> tuple[set[Entity], set[Relation]]:
    """Entities and relations of an .ann file; malformed lines are named on stderr and skipped."""
    entities: dict[str, Entity] = {}
    rows: list[tuple[str, str, str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        fields = line.split("\t")
        try:
            if line.startswith("T"):
                label, offsets = fields[1].split(" ", 1)
                pairs = [tuple(map(int, part.split())) for part in offsets.split(";")]
                entities[fields[0]] = (tuple((a, b) for a, b in pairs), label)
            elif line.startswith("R"):
                label, head, tail = fields[1].split()
                rows.append((label, head.removeprefix("Arg1:"), tail.removeprefix("Arg2:")))
        except (ValueError, IndexError):
            print(f"{path.name}: malformed line skipped: {line!r}", file=sys.stderr)
    relations = {(entities[h], entities[t], r) for r, h, t in rows if h in entities and t in entities}
    return set(entities.values()), relations


def read_example(path: Path) -> Example:
    """One .ann file and the .txt beside it."""
    with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    sentences = split_text(text)
    entities, relations = read_brat(path)
    example = Example(path.stem, text, sentences, runtime.split_units(sentences), entities, relations)
    _align(example)
    return example


def _align(example: Example) -> None:
    """Find the units of every gold span; what does not fit stays in the gold sets only."""
    starts = {unit.start: i for i, unit in enumerate(example.units)}
    ends = {unit.end: i for i, unit in enumerate(example.units)}
    numbers: dict[Entity, int] = {}
    for entity in sorted(example.gold_entities):
        fragments, label = entity
        first, last = starts.get(fragments[0][0]), ends.get(fragments[-1][1])
        if len(fragments) > 1 or first is None or last is None or last < first:
            continue
        if example.units[first].sentence != example.units[last].sentence:
            continue
        numbers[entity] = len(example.spans)
        example.spans.append((first, last, label))
    for head, tail, label in sorted(example.gold_relations):
        if head in numbers and tail in numbers:
            example.links.append((numbers[head], numbers[tail], label))


def read_corpus(folder: Path, limit: int | None = None) -> list[Example]:
    """All articles of a folder in name order."""
    paths = sorted(folder.glob("*.ann"))[:limit]
    if not paths:
        raise FileNotFoundError(f"no .ann files in {folder}")
    return [read_example(path) for path in paths]
