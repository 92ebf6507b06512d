"""The page: one HTML file with the map, the claims and the articles, which asks for nothing from outside.

`Page` holds what is to be shown, `layout` says where the nodes stand, `render` writes the file's text.
The files it is made of are in `page_assets/`; the same page gives the same bytes.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final, Literal

from kg.export.layout import place
from kg.export.page_data import clean_page, payload
from kg.export.page_graph import box_of

NodeKind = Literal["entity", "event", "claimed"]
Standing = Literal["asserted", "reported", "possible", "disputed"]

ASSETS: Final = "page_assets"
_SLOT: Final = re.compile(r"@@([A-Z_]+)@@")


@dataclass(frozen=True, slots=True)
class PageNode:
    """An entity or an event; `time` (EDTF, optional) puts events in order."""

    id: str
    label: str
    type: str
    type_label: str
    kind: NodeKind
    names: tuple[str, ...]
    note: str
    links: tuple[tuple[str, str], ...]
    weight: int
    claims: tuple[int, ...]
    time: str = ""


@dataclass(frozen=True, slots=True)
class PageEdge:
    """A relation between two nodes, with the claims it rests on."""

    id: str
    source: str
    target: str
    label: str
    standing: Standing
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageClaim:
    """Who says what, where in which article; `begin` and `end` count code points of the article's text."""

    id: str
    text: str
    quote: str
    speaker: str
    speaker_id: str | None
    via: str
    modality: str
    modality_label: str
    polarity: str
    standing: Standing
    confidence: float
    article: int
    begin: int
    end: int
    cue: str
    contradicts: tuple[int, ...]
    time: str


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article with its full text."""

    id: str
    title: str
    file: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page shows; claims and articles are referred to by their place in the tuple."""

    title: str
    nodes: tuple[PageNode, ...]
    edges: tuple[PageEdge, ...]
    claims: tuple[PageClaim, ...]
    articles: tuple[PageArticle, ...]


def layout(page: Page) -> dict[str, tuple[float, float]]:
    """Return x and y of every node: the same for the same page, whatever the order of its nodes."""
    return place(
        (node.id for node in page.nodes),
        ((edge.source, edge.target) for edge in page.edges),
        {node.id: box_of(node) for node in page.nodes},
    )


def render(page: Page) -> str:
    """Return the text of the page. Raises ValueError when the page refers to what it does not hold."""
    _check(page)
    shown = clean_page(page)
    library, script = _asset("vis-network.min.js"), _asset("page.js")
    slots = {
        "TITLE": html.escape(shown.title),
        "POLICY": _policy(library, script),
        "STYLE": _asset("page.css"),
        "LIBRARY": library,
        "SCRIPT": script,
        "DATA": _pack(payload(shown, layout(shown))),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html"))


def _asset(name: str) -> str:
    text = resources.files("kg.export").joinpath(ASSETS, name).read_text(encoding="utf-8").strip()
    if name.endswith(".js") and re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError(f"{ASSETS}/{name} cannot stand inside a page: escape its “</script” or “<!--”")
    return text


def _policy(*scripts: str) -> str:
    """Write the content security policy: our own scripts by hash, images inside the file, nothing else."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _pack(content: Mapping[str, Any]) -> str:
    """Write as JSON, gzip (no clock and no platform in its header) and base64; lone surrogates become “?”."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as packed:
        packed.write(text.encode("utf-8", "replace"))
    return base64.b64encode(buffer.getvalue()).decode()


def _check(page: Page) -> None:
    """Refuse a page that the script could not show."""
    nodes = _unique("node", (node.id for node in page.nodes))
    _unique("edge", (edge.id for edge in page.edges))
    _unique("claim", (claim.id for claim in page.claims))
    for edge in page.edges:
        _within("claim", edge.id, edge.claims, len(page.claims))
        for end in (edge.source, edge.target):
            if end not in nodes:
                raise ValueError(f"edge {edge.id!r} ends at {end!r}, which is no node of the page")
    for node in page.nodes:
        _within("claim", node.id, node.claims, len(page.claims))
    for claim in page.claims:
        _within("claim", claim.id, claim.contradicts, len(page.claims))
        _within("article", claim.id, (claim.article,), len(page.articles))
        if not 0 <= claim.begin <= claim.end <= len(page.articles[claim.article].text):
            raise ValueError(f"claim {claim.id!r}: offsets {claim.begin}–{claim.end} lie outside its article")


def _unique(what: str, ids: Iterable[str]) -> set[str]:
    counts = Counter(ids)
    for name, count in counts.items():
        if count > 1:
            raise ValueError(f"{what} id {name!r} occurs {count} times; ids must differ")
    return set(counts)


def _within(what: str, owner: str, used: Iterable[int], count: int) -> None:
    for index in used:
        if not 0 <= index < count:
            raise ValueError(f"{owner!r} refers to {what} number {index}, but the page has {count}")
