"""The page's nodes and edges as vis-network reads them, built by networkx and pyvis.

pyvis is only the builder of the dictionaries: its template, its CDN links and its physics are never used.
Its `add_node` and `add_edge` search lists for every call (4 s at 10,000 nodes), so the lists are filled here.
"""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.export.page import Page, PageEdge, PageNode

Style = tuple[str, str]
"""Shape (a vis-network name) and fill."""

# The colours of Okabe and Ito; vermilion is kept for disputed claims.
ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, PURPLE, GREY = "#0072B2", "#CC79A7", "#8C8C8C"

STYLES: Final[Mapping[str, Style]] = {
    "Person": ("dot", BLUE),
    "Family": ("dot", SKY),
    "Nationality": ("dot", YELLOW),
    "Position": ("dot", GREY),
    "Organization": ("square", ORANGE),
    "Facility": ("square", SKY),
    "Product": ("square", GREY),
    "WorkOfArt": ("square", YELLOW),
    "Country": ("hexagon", GREEN),
    "Region": ("hexagon", SKY),
    "District": ("hexagon", YELLOW),
    "City": ("triangle", GREEN),
    "Location": ("triangle", SKY),
    "Law": ("triangleDown", BLUE),
    "Crime": ("triangleDown", GREY),
    "Penalty": ("triangleDown", ORANGE),
    "Disease": ("triangleDown", YELLOW),
    "Award": ("star", ORANGE),
    "Ideology": ("star", SKY),
    "Religion": ("star", GREEN),
    "Language": ("star", BLUE),
}
EVENT_STYLE: Final[Style] = ("diamond", PURPLE)
OTHER_STYLE: Final[Style] = ("star", GREY)

LABEL_WIDTH, LABEL_LINES = 20, 2
LETTER, LINE = 7.4, 16.0


def style_of(node: PageNode) -> Style:
    """Shape and fill of a node; events are diamonds whatever their class."""
    if node.kind in ("event", "claimed"):
        return EVENT_STYLE
    return STYLES.get(node.type, OTHER_STYLE)


def short_label(label: str) -> str:
    r"""Fold a label into at most two lines.

    >>> short_label("Министерство национальной безопасности")
    'Министерство\nнациональной…'
    """
    lines = textwrap.wrap(label, LABEL_WIDTH, max_lines=LABEL_LINES, placeholder="…", break_on_hyphens=False)
    return "\n".join(lines)


def size_of(node: PageNode) -> int:
    """Radius of a node in pixels: grows with the logarithm of its weight, never covers the screen."""
    return min(26, 9 + round(3.0 * math.log2(1 + max(0, node.weight))))


def box_of(node: PageNode) -> tuple[float, float]:
    """Room that a node takes together with its label."""
    lines = short_label(node.label).split("\n")
    size = 2.0 * size_of(node)
    return max(size, LETTER * max(map(len, lines))) + 18.0, size + LINE * len(lines) + 20.0


def vis_graph(page: Page, spots: Mapping[str, tuple[float, float]]) -> tuple[list[Any], list[Any]]:
    """Return the vis-network dictionaries of nodes and edges, in the order of the page."""
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]
    from pyvis.network import Network  # type: ignore[import-untyped,unused-ignore]

    graph = nx.MultiDiGraph()
    for node in page.nodes:
        graph.add_node(node.id, **_node_options(node, spots[node.id]))
    bends = _bends(page.edges)
    for edge in page.edges:
        graph.add_edge(edge.source, edge.target, key=edge.id, **_edge_options(edge, bends[edge.id]))
    net = Network(directed=True, cdn_resources="in_line")
    _fill(net, graph, page)
    return list(net.nodes), list(net.edges)


def _node_options(node: PageNode, spot: tuple[float, float]) -> dict[str, Any]:
    shape, _ = style_of(node)
    return {
        "label": short_label(node.label),
        "shape": shape,
        "size": size_of(node),
        "group": node.type,
        "x": int(spot[0]),
        "y": int(spot[1]),
    }


def _edge_options(edge: PageEdge, bend: float) -> dict[str, Any]:
    smooth: Any = {"enabled": True, "type": "curvedCW", "roundness": bend} if bend else False
    return {"label": edge.label, "smooth": smooth}


def _bends(edges: tuple[PageEdge, ...]) -> dict[str, float]:
    """Bend parallel edges away from each other; a lone edge stays straight."""
    bundles: dict[frozenset[str], list[PageEdge]] = defaultdict(list)
    for edge in edges:
        bundles[frozenset((edge.source, edge.target))].append(edge)
    bends: dict[str, float] = {}
    for bundle in bundles.values():
        middle = (len(bundle) - 1) / 2.0
        step = min(0.22, 0.9 / len(bundle))
        for place, edge in enumerate(bundle):
            sign = 1.0 if edge.source <= edge.target else -1.0
            bends[edge.id] = round((place - middle) * step * sign, 3)
    return bends


def _fill(net: Any, graph: Any, page: Page) -> None:
    """Give pyvis its lists at once, made of its own Node and Edge."""
    from pyvis.edge import Edge  # type: ignore[import-untyped,unused-ignore]
    from pyvis.node import Node  # type: ignore[import-untyped,unused-ignore]

    options = {name: dict(known) for name, known in graph.nodes(data=True)}
    net.nodes = [Node(name, known.pop("shape"), known.pop("label"), **known).options for name, known in options.items()]
    net.node_ids = list(options)
    net.node_map = dict(zip(net.node_ids, net.nodes, strict=True))
    given = graph.edges
    net.edges = [
        Edge(edge.source, edge.target, True, id=edge.id, **given[edge.source, edge.target, edge.id]).options
        for edge in page.edges
    ]
    net.toggle_physics(False)
