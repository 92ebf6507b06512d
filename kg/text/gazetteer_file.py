"""Gazetteers of the user's own: CSV or TSV files with names that stand before the shipped ones.

Columns, by header: `label` (nominative), `type` (a NEREL label or a class of the ontology), and where
wanted `id` (a Wikidata id or any IRI) and `aliases` (separated by `|`). Other columns are left alone.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.ontology import class_of_label, terms
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.gazetteer import Entry

_SEPARATORS = {".csv": ",", ".tsv": "\t", ".txt": "\t"}
_ID = re.compile(r"Q[1-9]\d*|https?://[^\s<>\"{}|\\^`]+")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Additions:
    """Entries of a file, what is odd about them in words, and the sha256 of the file."""

    name: str
    sha256: str
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...]


def read_additions(path: Path) -> Additions:
    """Read one file. Raises DataError, with the line, for what cannot be a name of something."""
    separator = _SEPARATORS.get(path.suffix.lower())
    if separator is None:
        raise DataError(path, None, "is no gazetteer: name it .csv (commas) or .tsv (tabs)")
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(path, None, f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    if separator == "," and text.partition("\n")[0].count(";") > text.partition("\n")[0].count(","):
        separator = ";"
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey="")
    missing = {"label", "type"} - set(reader.fieldnames or ())
    if missing:
        raise DataError(path, 1, f"the header has no {' and no '.join(sorted(missing))}; it must name label and type, and may name id and aliases")
    found: list[Entry] = []
    warnings: list[str] = []
    try:
        for row in reader:
            if "" in row:
                raise DataError(path, reader.line_num, f"has more columns than the header ({len(reader.fieldnames or ())})")
            entry = _entry(path, reader.line_num, {k: (v or "").strip() for k, v in row.items()})
            warnings += _warnings(entry, reader.line_num)
            found.append(entry)
    except csv.Error as error:
        raise DataError(path, reader.line_num, f"is no CSV: {error}") from None
    _check_ids(path, found)
    return Additions(path.name, hashlib.sha256(data).hexdigest(), tuple(found), tuple(warnings))


def _entry(path: Path, line: int, row: Mapping[str, str]) -> Entry:
    label, kind, identity = " ".join(row["label"].split()), row["type"], row.get("id", "")
    if not label:
        raise DataError(path, line, "has no label")
    if kind in terms() and len(terms()[kind].nerel) >= 1 and kind[:1].isupper():
        kind = terms()[kind].nerel[0]
    if kind not in class_of_label():
        raise DataError(path, line, f"{kind!r} is no type; there are: {', '.join(sorted(class_of_label()))}, or the classes that they stand for")
    if identity and not _ID.fullmatch(identity):
        raise DataError(path, line, f"{identity!r} is neither a Wikidata id (Q42) nor an IRI")
    aliases = [" ".join(a.split()) for a in row.get("aliases", "").split("|")]
    return Entry(identity, label, kind, tuple(a for a in aliases if a), (), 1, f"file {path.name}")


def _warnings(entry: Entry, line: int) -> Iterator[str]:
    for name in entry.names:
        if sum(c.isalnum() for c in name) < _SHORTEST:
            yield f"line {line}: «{name}» has fewer than {_SHORTEST} letters: it is linked, but not looked for in texts"
        shadowed = [e for e in gazetteer.shipped(name, entry.type) if e.qid != entry.qid]
        if shadowed:
            yield f"line {line}: «{name}» stands before {', '.join(f'{e.label} ({e.qid})' if e.qid else e.label for e in shadowed[:3])}"


def _check_ids(path: Path, found: Sequence[Entry]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for entry in found:
        key = (entry.qid, entry.type)
        if entry.qid and seen.setdefault(key, entry.label) != entry.label:
            raise DataError(path, None, f"{entry.qid} is given to «{seen[key]}» and to «{entry.label}»; put the second name among the aliases of the first")
    names: dict[tuple[str, str], str] = {}
    for entry in found:
        for name in map(fold, entry.names):
            if names.setdefault((name, entry.type), entry.label) != entry.label:
                raise DataError(path, None, f"«{name}» is a name of «{names[name, entry.type]}» and of «{entry.label}», both {entry.type}; kg cannot choose")
