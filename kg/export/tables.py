"""CSV (RFC 4180): nodes.csv and edges.csv, with the column names that Gephi looks for.

UTF-8 with a byte order mark, without which Excel reads Cyrillic as something else; pandas and Gephi skip it.
A cell that a spreadsheet would take for a formula gets an apostrophe in front, and so does a cell that
begins with one: taking one leading apostrophe away gives the text back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.export.characters import legal, plain
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Cell, kind_of
from kg.export.network import Network

MARK: Final = "\ufeff"
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""First characters that OWASP names for CSV injection, and our own mark."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What parts cells, and what parts a number's whole from its fraction."""

    delimiter: str
    point: str


COMMA = Dialect(",", ".")
EXCEL = Dialect(";", ",")
"""What Excel takes apart on a double click where the locale is Russian."""


def tables(network: Network, dialect: Dialect = COMMA) -> dict[str, bytes]:
    """Both files by name."""
    nodes_head = ("Id", "Label", *(c.name for c in NODE_COLUMNS))
    edges_head = ("Id", "Source", "Target", "Type", "Kind", "Label", *(c.name for c in EDGE_COLUMNS))
    return {
        "nodes.csv": _written(nodes_head, _node_rows(network), dialect),
        "edges.csv": _written(edges_head, _edge_rows(network), dialect),
    }


def guarded(text: str) -> str:
    """The text as a spreadsheet can be trusted with it; `text[1:]` of what begins with an apostrophe is the way back."""
    return "'" + text if text.startswith(_RISKY) else text


def _node_rows(network: Network) -> Iterator[list[Cell]]:
    for node in network.nodes:
        yield [node.iri, node.label, *(c.of(node) for c in NODE_COLUMNS)]


def _edge_rows(network: Network) -> Iterator[list[Cell]]:
    for edge in network.edges:
        yield [edge.id, edge.source, edge.target, "Directed", kind_of(edge), edge.label, *(c.of(edge) for c in EDGE_COLUMNS)]


def _written(head: Iterable[str], rows: Iterable[list[Cell]], dialect: Dialect) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value, dialect) for value in row])
    return (MARK + out.getvalue()).encode("utf-8")


def _cell(value: Cell, dialect: Dialect) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return plain(value).replace(".", dialect.point)
    return guarded(legal(value)) if isinstance(value, str) else plain(value)
