"""How nodes and edges of the page look: shapes, fills, sizes, and the room that a label takes.

Colours are those of Okabe and Ito, which colour-blind readers tell apart; shapes repeat what colours say.
"""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.export.page import PageEdge, PageNode

Style = tuple[str, str]
"""Shape and fill."""

# Vermilion, the eighth colour, is kept for what is disputed.
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


def bends_of(edges: tuple[PageEdge, ...]) -> dict[str, float]:
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
