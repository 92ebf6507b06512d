"""GraphML (http://graphml.graphdrawing.org/specification.html): directed, with typed attributes, for networkx, Gephi, yEd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kg.export.characters import plain, xml_attribute, xml_text
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, filled
from kg.export.network import Edge, Network, Node

_TYPES = {"string": "string", "integer": "int", "double": "double", "boolean": "boolean"}
_LABEL: Column[Any] = Column("label", "string", lambda record: record.label, "name of a node; words of an edge")
NODE_KEYS: Sequence[Column[Node]] = (_LABEL, *NODE_COLUMNS)
EDGE_KEYS: Sequence[Column[Edge]] = (_LABEL, *EDGE_COLUMNS)


def graphml(network: Network) -> bytes:
    """The network as one GraphML document."""
    return "".join(_lines(network)).encode("utf-8")


def _lines(network: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for side, columns in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for column in columns:
            yield f'<key id="{side}_{column.name}" for="{side}" attr.name="{column.name}" attr.type="{_TYPES[column.type]}"/>\n'
    yield '<graph id="kg" edgedefault="directed">\n'
    for node in network.nodes:
        yield f"<node id={xml_attribute(node.iri)}>\n{''.join(_data('node', NODE_KEYS, node))}</node>\n"
    for edge in network.edges:
        ends = f"source={xml_attribute(edge.source)} target={xml_attribute(edge.target)}"
        yield f"<edge id={xml_attribute(edge.id)} {ends}>\n{''.join(_data('edge', EDGE_KEYS, edge))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(side: str, columns: Sequence[Column[Any]], record: Node | Edge) -> Iterator[str]:
    for column, value in filled(columns, record):
        yield f'<data key="{side}_{column.name}">{xml_text(plain(value))}</data>\n'
