"""SHACL validation of a finished graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.graph.store import load
from kg.ontology import folder


@dataclass(frozen=True, slots=True)
class Report:
    """Whether a graph conforms; one line for each result that is not a mere hint."""

    conforms: bool
    triples: int
    results: tuple[str, ...]


def validate(path: Path) -> Report:
    """Check a Turtle file against `ontology/shapes.ttl` with pyshacl.

    Raises DataError for a file that is missing or no Turtle.
    """
    store = load(path)
    import pyshacl
    import rdflib

    data, shapes = rdflib.Graph(), rdflib.Graph()
    data.parse(path, format="turtle")
    shapes.parse(folder() / "shapes.ttl", format="turtle")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    return Report(bool(conforms), len(store), tuple(sorted(_results(report))))


def _results(report: object) -> list[str]:
    import rdflib
    from rdflib.namespace import SH

    if not isinstance(report, rdflib.Graph):
        return [str(report)]
    lines = []
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        messages = {getattr(m, "language", None): str(m) for m in report.objects(result, SH.resultMessage)}
        message = messages.get("en") or messages.get(None) or next(iter(messages.values()), "")
        severity = str(report.value(result, SH.resultSeverity)).rsplit("#", 1)[-1].lower()
        lines.append(f"{severity}: {report.value(result, SH.focusNode)}: {message}")
    return lines
