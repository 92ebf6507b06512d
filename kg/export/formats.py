"""The formats of `kg export`: one table, each a function from what is read to files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.columns import unshown
from kg.export.files import prepare_folder, write_all
from kg.export.ftm import ftm
from kg.export.gexf import gexf
from kg.export.graphml import graphml
from kg.export.jsonld import jsonld
from kg.export.network import Network
from kg.export.quads import nquads, trig
from kg.export.tables import COMMA, EXCEL, Dialect, tables
from kg.export.weave import network
from kg.graph.store import triples_of

Triples = Sequence[ox.Triple]


@dataclass(frozen=True, slots=True)
class Exported:
    """Files by name, and lines that say what the format could not hold."""

    files: Mapping[str, bytes]
    left_out: tuple[str, ...] = ()


def _of_triples(name: str, write: Callable[[Triples], bytes]) -> Callable[[Triples], Exported]:
    return lambda triples: Exported({name: write(triples)})


def _of_network(name: str, write: Callable[[Network], bytes]) -> Callable[[Triples], Exported]:
    def run(triples: Triples) -> Exported:
        woven = network(triples)
        return Exported({name: write(woven)}, _told(woven))

    return run


def _csv(dialect: Dialect) -> Callable[[Triples], Exported]:
    def run(triples: Triples) -> Exported:
        woven = network(triples)
        return Exported(tables(woven, dialect), _told(woven))

    return run


def _ftm(triples: Triples) -> Exported:
    data, left_out = ftm(network(triples))
    return Exported({"graph.ftm.json": data}, left_out)


def _told(woven: Network) -> tuple[str, ...]:
    number = unshown(woven)
    return (f"left out: {number} claims of authors, about nothing that has a node",) if number else ()


FORMATS: Final[Mapping[str, Callable[[Triples], Exported]]] = MappingProxyType(
    {
        "trig": _of_triples("graph.trig", trig),
        "nquads": _of_triples("graph.nq", nquads),
        "jsonld": _of_triples("graph.jsonld", jsonld),
        "graphml": _of_network("graph.graphml", graphml),
        "gexf": _of_network("graph.gexf", gexf),
        "csv": _csv(COMMA),
        "csv-excel": _csv(EXCEL),
        "ftm": _ftm,
    }
)
FOLDERS: Final = frozenset({"csv", "csv-excel"})
"""Formats of more than one file."""


def exported(graph: Path, form: str) -> Exported:
    """A graph that kg built, in another format. Raises DataError when it is missing or no Turtle."""
    return FORMATS[form](triples_of(graph))


def target(output: Path, form: str) -> tuple[Path, str | None]:
    """Folder to write to and name of the one file there (None: the names that the format has).

    Sees first that the folder can be written to. Raises OutputError when it cannot, UsageError for a file's name
    where a folder is meant.
    """
    if form in FOLDERS and output.suffix == ".csv" and not output.is_dir():
        raise UsageError(f"{output}: --format {form} writes nodes.csv and edges.csv; name a folder with -o")
    whole = form in FOLDERS or output.is_dir()
    folder = output if whole else output.parent
    prepare_folder(folder)
    return folder, None if whole else output.name


def write(result: Exported, folder: Path, name: str | None) -> list[Path]:
    """Write what was exported, whole or not at all; the paths are returned."""
    files = {name or known: data for known, data in result.files.items()}
    write_all(folder, files)
    return [folder / known for known in files]
