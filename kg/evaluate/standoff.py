"""brat standoff files read: NEREL's gold, or kg's own output."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError

_SPAN = re.compile(r"(\S+) (\d+) (\d+)(?:;.*)?")


@dataclass(frozen=True, slots=True)
class Gold:
    """Annotations of one text: mentions by id as (label, start, end), and relation triples of ids.

    `skipped` counts lines that are malformed or discontinuous; they are left out on purpose.
    """

    name: str
    text: str
    mentions: dict[str, tuple[str, int, int]]
    relations: tuple[tuple[str, str, str], ...]
    links: dict[str, str]
    skipped: int

    @property
    def spans(self) -> set[tuple[int, int, str]]:
        return {(start, end, label) for label, start, end in self.mentions.values()}

    @property
    def triples(self) -> set[tuple[str, tuple[int, int, str], tuple[int, int, str]]]:
        found = set()
        for label, head, tail in self.relations:
            if head in self.mentions and tail in self.mentions:
                a, b = self.mentions[head], self.mentions[tail]
                found.add((label, (a[1], a[2], a[0]), (b[1], b[2], b[0])))
        return found


def read_gold(annotation: Path) -> Gold:
    """Read `name.ann` and `name.txt` beside it. Raises DataError when the text is missing."""
    text_path = annotation.with_suffix(".txt")
    if not text_path.is_file():
        raise DataError(annotation, None, f"has no {text_path.name} beside it")
    with text_path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    mentions: dict[str, tuple[str, int, int]] = {}
    relations: list[tuple[str, str, str]] = []
    links: dict[str, str] = {}
    skipped = 0
    for line in annotation.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("T") and len(cells) >= 2:
            match = _SPAN.fullmatch(cells[1])
            if match is None or ";" in cells[1]:
                skipped += 1
                continue
            mentions[cells[0]] = (match[1], int(match[2]), int(match[3]))
        elif line.startswith("R") and len(cells) >= 2:
            parts = cells[1].split()
            if len(parts) != 3:
                skipped += 1
                continue
            relations.append((parts[0], parts[1].removeprefix("Arg1:"), parts[2].removeprefix("Arg2:")))
        elif line.startswith("N") and len(cells) >= 2:
            parts = cells[1].split()
            if len(parts) == 3:
                links.setdefault(parts[1], parts[2].removeprefix("Wikidata:"))
        elif line.strip():
            skipped += 1
    return Gold(annotation.stem, text, mentions, tuple(relations), links, skipped)


def read_folder(folder: Path) -> list[Gold]:
    """All annotated texts of a folder, by name. Raises DataError when there are none."""
    found = [read_gold(path) for path in sorted(folder.glob("*.ann"))]
    if not found:
        raise DataError(folder, None, "holds no .ann files; give the folder of a brat corpus")
    return found
