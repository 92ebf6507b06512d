"""NEREL's strict scores from brat files alone: gold `.ann` against `.ann` files that kg wrote, without any of kg's code.

    kg extract DEV -o FOUND --format brat
    python tests/independent_scorer.py DEV FOUND [--discontinuous left-out|missed]

A mention is right when both offsets and its type are those of a gold mention; nested mentions count one by one. A
relation is right when its type, its direction and both its mentions are. Counts are summed over articles. «Within a
sentence» asks whether both mentions begin in one sentence; sentences are razdel's, and never run over a line break.

NEREL has a few mentions of several fragments («Верховный … суд»). `kg eval nerel` leaves them and their relations out of
the gold, as published span-based systems do, and so does this scorer unless told to count them as missed. A file that
is not among the found ones counts as found empty.
"""

from __future__ import annotations

import argparse
import bisect
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from razdel import sentenize

TYPES = (
    "AGE", "AWARD", "CITY", "COUNTRY", "CRIME", "DATE", "DISEASE", "DISTRICT", "EVENT", "FACILITY", "FAMILY", "IDEOLOGY",
    "LANGUAGE", "LAW", "LOCATION", "MONEY", "NATIONALITY", "NUMBER", "ORDINAL", "ORGANIZATION", "PENALTY", "PERCENT", "PERSON",
    "PRODUCT", "PROFESSION", "RELIGION", "STATE_OR_PROVINCE", "TIME", "WORK_OF_ART",
)  # fmt: skip

Fragments = tuple[tuple[int, int], ...]
Mention = tuple[str, Fragments]
Relation = tuple[str, Mention, Mention]


@dataclass(frozen=True)
class Counts:
    """True positives, false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def rates(self) -> tuple[float, float, float]:
        """Precision, recall and F1 in percent."""
        both = self.tp + self.fp, self.tp + self.fn, self.tp + (self.fp + self.fn) / 2
        precision, recall, f1 = (100 * self.tp / whole if whole else 0.0 for whole in both)
        return precision, recall, f1


@dataclass(frozen=True)
class Annotation:
    """What one `.ann` file says."""

    mentions: frozenset[Mention]
    relations: frozenset[Relation]

    def without(self, mentions: frozenset[Mention]) -> Annotation:
        relations = (r for r in self.relations if r[1] not in mentions and r[2] not in mentions)
        return Annotation(self.mentions - mentions, frozenset(relations))


def parse(content: str) -> Annotation:
    """T and R lines of a brat file; everything else is passed over."""
    mentions: dict[str, Mention] = {}
    arcs = []
    for line in content.split("\n"):
        number, _, rest = line.rstrip("\r").partition("\t")
        if number[:1] == "T" and number[1:].isdigit():
            kind, _, offsets = rest.partition("\t")[0].partition(" ")
            mentions[number] = (kind, tuple((int(a), int(b)) for a, b in (part.split() for part in offsets.split(";"))))
        elif number[:1] == "R" and number[1:].isdigit():
            kind, first, second = rest.split()
            ends = dict(end.split(":") for end in (first, second))
            arcs.append((kind, ends["Arg1"], ends["Arg2"]))
    relations = frozenset((kind, mentions[a], mentions[b]) for kind, a, b in arcs if a in mentions and b in mentions)
    return Annotation(frozenset(mentions.values()), relations)


def sentence_starts(text: str) -> list[int]:
    """Where razdel's sentences begin, line by line."""
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        starts += [at + sentence.start for sentence in sentenize(line)]
        at += len(line)
    return starts


def near(relations: frozenset[Relation], starts: list[int]) -> frozenset[Relation]:
    """Relations whose mentions begin in one sentence."""

    def place(mention: Mention) -> int:
        return bisect.bisect_right(starts, mention[1][0][0])

    return frozenset(r for r in relations if place(r[1]) == place(r[2]))


def count(gold: frozenset[Mention] | frozenset[Relation], found: frozenset[Mention] | frozenset[Relation]) -> dict[str, Counts]:
    """Counts of one article by type: a type is the first element of a mention and of a relation."""
    parts = (gold & found, found - gold, gold - found)
    right, wrong, missed = (Counter(item[0] for item in part) for part in parts)
    return {kind: Counts(right[kind], wrong[kind], missed[kind]) for kind in {*right, *wrong, *missed}}


Tables = dict[str, dict[str, Counts]]


def score(gold_folder: Path, found_folder: Path, discontinuous_missed: bool = False, names: frozenset[str] | None = None) -> Tables:
    """`mentions`, `relations` and `relations within a sentence`, each by type, over the articles of the gold folder."""
    totals: Tables = {"mentions": {}, "relations": {}, "relations within a sentence": {}}
    for path in sorted(gold_folder.glob("*.ann")):
        if names is not None and path.stem not in names:
            continue
        gold = parse(path.read_bytes().decode("utf-8"))
        if not discontinuous_missed:
            gold = gold.without(frozenset(m for m in gold.mentions if len(m[1]) > 1))
        theirs = found_folder / path.name
        found = parse(theirs.read_bytes().decode("utf-8")) if theirs.is_file() else Annotation(frozenset(), frozenset())
        unknown = {kind for kind, _ in gold.mentions | found.mentions} - set(TYPES)
        if unknown:
            raise ValueError(f"{path.name}: not among NEREL's 29 types: {', '.join(sorted(unknown))}")
        starts = sentence_starts(path.with_suffix(".txt").read_bytes().decode("utf-8"))
        parts = (
            count(gold.mentions, found.mentions),
            count(gold.relations, found.relations),
            count(near(gold.relations, starts), near(found.relations, starts)),
        )
        for total, part in zip(totals.values(), parts, strict=True):
            for kind, counts in part.items():
                total[kind] = total.get(kind, Counts()) + counts
    return totals


def micro(table: dict[str, Counts]) -> Counts:
    """All types together."""
    return sum(table.values(), Counts())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="folder with .txt and gold .ann")
    parser.add_argument("found", type=Path, help="folder with .ann of the same names")
    parser.add_argument("--discontinuous", choices=("left-out", "missed"), default="left-out")
    options = parser.parse_args()
    if not any(options.gold.glob("*.ann")):
        sys.exit(f"{options.gold} holds no .ann files")
    tables = score(options.gold, options.found, options.discontinuous == "missed")
    print(f"{'':32}{'tp':>6}{'fp':>6}{'fn':>6}{'P':>8}{'R':>8}{'F1':>8}")
    for title, table in tables.items():
        rows = [(title, micro(table)), *sorted(table.items(), key=lambda row: (-row[1].tp - row[1].fn, row[0]))]
        for number, (name, c) in enumerate(rows):
            rates = "".join(f"{rate:8.1f}" for rate in c.rates)
            print(f"{'  ' * bool(number) + name:32}{c.tp:6}{c.fp:6}{c.fn:6}{rates}")


if __name__ == "__main__":
    main()
