"""The same graph through networkx and pyvis: a plain picture for those who want vis-network and nothing else.

pyvis is held to what the explorer promises. Its template links Bootstrap from a CDN even when told to write
everything in line: those tags are taken out, and a policy by script hashes stops whatever else would be asked for.
It shows a tooltip as HTML when any title holds “href”: such titles are left out. Undirected graphs lose all but the
first edge between two nodes: the graph is directed. Positions come from `layout`, and physics is off.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, Final

from kg.export.page import Page, PageClaim, PageNode, layout
from kg.export.page_check import check
from kg.export.page_clean import clean_page
from kg.export.page_file import policy
from kg.export.page_looks import bends_of, short_label, size_of, style_of

COLOURS: Final = {"asserted": "#3c434b", "reported": "#2f628c", "possible": "#656b73", "disputed": "#b92018"}
DASHES: Final[dict[str, Any]] = {"asserted": False, "reported": [8, 5], "possible": [2, 5], "disputed": [10, 3, 2, 3]}
CLAIMS_SHOWN, CLAIM_LENGTH = 3, 160
_OUTSIDE: Final = re.compile(r"<link\b[^>]*\bhref=[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>")
_HEADING: Final = re.compile(r"<center>\s*<h1></h1>\s*</center>")
_SCRIPT: Final = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
_HEAD: Final = "<head>"


def render_pyvis(page: Page) -> str:
    """Return the text of the page. Raises ValueError when the page refers to what it does not hold."""
    check(page)
    shown = clean_page(page)
    text = _HEADING.sub("", _OUTSIDE.sub("", _network(shown).generate_html()))
    scripts = _SCRIPT.findall(text)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(*scripts)}">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{html.escape(shown.title)}</title>\n'
        '<link rel="icon" href="data:,">\n'
    )
    return text.replace(_HEAD, f"{_HEAD}\n{head}", 1).encode("utf-8", "replace").decode("utf-8")


def _network(page: Page) -> Any:
    """Fill pyvis' own lists: its `add_node` and `add_edge` search them for every call, which is slow at thousands."""
    import networkx as nx  # type: ignore[import-untyped,unused-ignore]
    from pyvis.edge import Edge  # type: ignore[import-untyped,unused-ignore]
    from pyvis.network import Network  # type: ignore[import-untyped,unused-ignore]
    from pyvis.node import Node  # type: ignore[import-untyped,unused-ignore]

    spots, bends = layout(page), bends_of(page.edges)
    graph = nx.MultiDiGraph()
    for node in page.nodes:
        graph.add_node(node.id, **_looks(node, page.claims), x=int(spots[node.id][0]), y=int(spots[node.id][1]))
    for edge in page.edges:
        bend = bends[edge.id]
        smooth: Any = {"enabled": True, "type": "curvedCW", "roundness": bend} if bend else False
        graph.add_edge(
            edge.source, edge.target, key=edge.id, label=edge.label, color=COLOURS[edge.standing],
            dashes=DASHES[edge.standing], smooth=smooth,
        )  # fmt: skip
    net = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    net.nodes = [
        Node(name, known.pop("shape"), known.pop("label"), **known).options
        for name, known in ((name, dict(known)) for name, known in graph.nodes(data=True))
    ]
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = dict(zip(net.node_ids, net.nodes, strict=True))
    net.edges = [
        Edge(source, target, True, id=key, **known).options for source, target, key, known in graph.edges(keys=True, data=True)
    ]
    net.toggle_physics(False)
    return net


def _looks(node: PageNode, claims: Sequence[PageClaim]) -> dict[str, Any]:
    shape, fill = style_of(node)
    hollow = node.kind == "claimed"
    looks: dict[str, Any] = {
        "label": short_label(node.label),
        "shape": shape,
        "size": size_of(node),
        "color": {"background": "#ffffff" if hollow else fill, "border": fill if hollow else "#555555"},
        "shapeProperties": {"borderDashes": [4, 3] if hollow else False},
    }
    title = _title(node, claims)
    return looks if "href" in title else {**looks, "title": title}


def _title(node: PageNode, claims: Sequence[PageClaim]) -> str:
    """What stands in the tooltip: plain lines."""
    told = [claims[at] for at in node.claims[:CLAIMS_SHOWN]]
    lines = [node.label, " · ".join(filter(None, (node.type_label, node.time, node.note)))]
    lines += [f"{claim.speaker or 'автор статьи'}: «{_cut(claim.quote)}»" for claim in told]
    return "\n".join(line[: 2 * CLAIM_LENGTH] for line in lines)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CLAIM_LENGTH else line[: CLAIM_LENGTH - 1] + "…"
