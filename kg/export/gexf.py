"""GEXF 1.3 (https://gexf.net/schema.html) with time: what has a day or two has `start` and `end`, for Gephi's timeline.

An open side is left out; what has neither is there always. An edge's `kind` keeps facts apart from
the rest where Gephi merges parallel edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.export.characters import plain, xml_attribute
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, filled, kind_of
from kg.export.network import Edge, Network, Node

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta>
<creator>kg</creator>
<description>Who said what about whom. Only what has the status accepted is a fact.</description>
</meta>
<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">
"""


def gexf(network: Network) -> bytes:
    """The network as one GEXF document."""
    return "".join(_lines(network)).encode("utf-8")


def _lines(network: Network) -> Iterator[str]:
    yield _HEAD
    for side, columns in (("node", NODE_COLUMNS), ("edge", EDGE_COLUMNS)):
        yield f'<attributes class="{side}" mode="static">\n'
        for column in columns:
            yield f'<attribute id="{column.name}" title="{column.name}" type="{column.type}"/>\n'
        yield "</attributes>\n"
    yield f'<nodes count="{len(network.nodes)}">\n'
    for node in network.nodes:
        what = node.happening
        days = _days(what.earliest, what.latest) if what else ""
        yield f"<node id={xml_attribute(node.iri)} label={xml_attribute(node.label)}{days}>\n{_values(NODE_COLUMNS, node)}</node>\n"
    yield f'</nodes>\n<edges count="{len(network.edges)}">\n'
    for edge in network.edges:
        yield f"<edge {_ends(edge)}>\n{_values(EDGE_COLUMNS, edge)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _ends(edge: Edge) -> str:
    named = (("id", edge.id), ("source", edge.source), ("target", edge.target), ("label", edge.label), ("kind", kind_of(edge)))
    return " ".join(f"{name}={xml_attribute(value)}" for name, value in named) + _days(edge.since, edge.until)


def _days(first: str, last: str) -> str:
    """` start="…" end="…"`, each where it is known; nothing for days in the wrong order."""
    if first and last and first > last:
        return ""
    return (f' start="{first}"' if first else "") + (f' end="{last}"' if last else "")


def _values(columns: Sequence[Column[Any]], record: Node | Edge) -> str:
    cells = "".join(f'<attvalue for="{c.name}" value={xml_attribute(plain(v))}/>\n' for c, v in filled(columns, record))
    return f"<attvalues>\n{cells}</attvalues>\n"
