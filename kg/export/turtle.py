"""Turtle, byte-identical for the same graph, grouped by subject so that people can read it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.model import Graph
from kg.graph.triples import PREFIXES, triples


def turtle(graph: Graph) -> bytes:
    """The graph as Turtle: sorted triples through pyoxigraph's writer, with prefixes."""
    text = ox.serialize(triples(graph), format=ox.RdfFormat.TURTLE, prefixes=prefixes(graph.base))
    assert text is not None
    return laid_out(text)


def prefixes(base: str) -> dict[str, str]:
    """Prefix → namespace, of the vocabularies and of the graph's own resources."""
    return {**PREFIXES, **{_short(kind): f"{base}{kind}/" for kind in _KINDS}}


def laid_out(text: bytes, depth: int = 0) -> bytes:
    """Prefixes in name order (the writer's own order varies), a blank line between subjects, which stand `depth` tabs in."""
    lines = [line + "\n" for line in text.decode("utf-8").removesuffix("\n").split("\n")]
    heads = sorted(line for line in lines if line.startswith("@prefix "))
    body = lines[len(heads) :]
    spaced = ["\n" + line if i and _opens(line, depth) else line for i, line in enumerate(body)]
    return ("".join(heads) + "\n" + "".join(spaced)).encode("utf-8")


def _opens(line: str, depth: int) -> bool:
    """Whether a line begins a subject (or, above the subjects, a graph)."""
    return line[:1] not in ("", "}") and line[: depth + 1].count("\t") <= depth and line != "\n"


_KINDS = ("article", "claim", "statement", "event", "person", "organization", "country", "city", "source", "run")


def _short(kind: str) -> str:
    return {"article": "article", "organization": "org", "statement": "st"}.get(kind, kind)
