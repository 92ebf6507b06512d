"""What the script of the page reads: the records of a page, cleaned and as plain dictionaries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kg.export.page_graph import style_of, vis_graph

if TYPE_CHECKING:
    from kg.export.page import Page, PageArticle, PageClaim, PageEdge, PageNode

_LINK: Final = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_CONTROLS = "\x00-\x1f\x7f-\x9f\ud800-\udfff"
_DIRECTIONS = "\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
_INVISIBLE: Final = re.compile(f"[{_CONTROLS}{_DIRECTIONS}]+")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_MARKS: Final = re.compile(f"({_MARK}{{3}}){_MARK}+")
NAMELESS: Final = "без имени"


def clean(text: str) -> str:
    r"""Drop characters that are not seen but turn, break or hide a line of text.

    >>> clean("Иван\u202e Петров\n")
    'Иван Петров'
    """
    return " ".join(_MARKS.sub(r"\1", _INVISIBLE.sub(" ", text)).split())


def clean_page(page: Page) -> Page:
    """Clean everything that is shown in one line; texts that offsets point into stay as they are."""
    return replace(
        page,
        title=clean(page.title),
        nodes=tuple(map(_clean_node, page.nodes)),
        edges=tuple(replace(edge, label=clean(edge.label)) for edge in page.edges),
        claims=tuple(map(_clean_claim, page.claims)),
        articles=tuple(
            replace(article, title=clean(article.title), file=clean(article.file)) for article in page.articles
        ),
    )


def payload(page: Page, spots: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """Return a cleaned page as the script reads it: lists in the order of the page."""
    nodes, edges = vis_graph(page, spots)
    return {
        "title": page.title,
        "types": _types(page.nodes),
        "nodes": nodes,
        "edges": edges,
        "nodeInfo": [_node(node) for node in page.nodes],
        "edgeInfo": [_edge(edge) for edge in page.edges],
        "claims": [_claim(claim) for claim in page.claims],
        "articles": [_article(article) for article in page.articles],
    }


def _clean_node(node: PageNode) -> PageNode:
    return replace(
        node,
        label=clean(node.label) or NAMELESS,
        type_label=clean(node.type_label),
        names=tuple(dict.fromkeys(filter(None, map(clean, node.names)))),
        note=clean(node.note),
        time=clean(node.time),
        links=tuple((clean(label), url) for label, url in node.links if _LINK.fullmatch(url)),
    )


def _clean_claim(claim: PageClaim) -> PageClaim:
    return replace(
        claim,
        text=clean(claim.text),
        speaker=clean(claim.speaker),
        via=clean(claim.via),
        modality_label=clean(claim.modality_label),
        time=clean(claim.time),
    )


def _types(nodes: Iterable[PageNode]) -> list[dict[str, Any]]:
    """Return the rows of the legend, entities before events, the most frequent first."""
    counts: Counter[str] = Counter()
    rows: dict[str, dict[str, Any]] = {}
    for node in nodes:
        counts[node.type] += 1
        shape, fill = style_of(node)
        row = {"type": node.type, "label": node.type_label, "shape": shape, "fill": fill}
        rows.setdefault(node.type, {**row, "event": node.kind != "entity"})
    return sorted(rows.values(), key=lambda row: (row["event"], -counts[row["type"]], row["type"]))


def _node(node: PageNode) -> dict[str, Any]:
    return {
        "name": node.label,
        "kind": node.kind,
        "names": node.names,
        "note": node.note,
        "links": node.links,
        "weight": node.weight,
        "claims": node.claims,
        "time": node.time,
    }


def _edge(edge: PageEdge) -> dict[str, Any]:
    return {"standing": edge.standing, "claims": edge.claims}


def _claim(claim: PageClaim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "quote": claim.quote,
        "speaker": claim.speaker,
        "speakerId": claim.speaker_id,
        "via": claim.via,
        "modality": claim.modality,
        "modalityLabel": claim.modality_label,
        "polarity": claim.polarity,
        "standing": claim.standing,
        "confidence": round(claim.confidence, 3),
        "article": claim.article,
        "begin": claim.begin,
        "end": claim.end,
        "cue": claim.cue,
        "contradicts": claim.contradicts,
        "time": claim.time,
    }


def _article(article: PageArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "file": article.file,
        "date": article.date,
        "text": article.text,
    }
