"""Turtle, byte-identical for the same graph, grouped by subject so that people can read it."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.model import Graph
from kg.graph.triples import PREFIXES, triples


def turtle(graph: Graph) -> bytes:
    """The graph as Turtle: sorted triples through pyoxigraph's writer, with prefixes."""
    prefixes = {**PREFIXES, **{_short(kind): f"{graph.base}{kind}/" for kind in _KINDS}}
    text = ox.serialize(triples(graph), format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert text is not None
    return _laid_out(text)


def _laid_out(text: bytes) -> bytes:
    """Prefixes in name order (the writer's own order varies), a blank line between subjects."""
    lines = [line + "\n" for line in text.decode("utf-8").removesuffix("\n").split("\n")]
    prefixes = sorted(line for line in lines if line.startswith("@prefix "))
    body = lines[len(prefixes) :]
    spaced = ["\n" + line if line[:1] not in ("\t", "") and i else line for i, line in enumerate(body)]
    return ("".join(prefixes) + "\n" + "".join(spaced)).encode("utf-8")


_KINDS = ("article", "claim", "statement", "event", "person", "organization", "country", "city", "source", "run")


def _short(kind: str) -> str:
    return {"article": "article", "organization": "org", "statement": "st"}.get(kind, kind)
