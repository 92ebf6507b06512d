"""Text of strangers made fit to be shown in one line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.export.page import Page, PageClaim, PageNode

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


def _clean_node(node: PageNode) -> PageNode:
    return replace(
        node,
        label=clean(node.label) or NAMELESS,
        type_label=clean(node.type_label),
        names=tuple(dict.fromkeys(filter(None, map(clean, node.names)))),
        note=clean(node.note),
        time=clean(node.time),
        values=tuple(replace(value, label=clean(value.label), text=clean(value.text)) for value in node.values),
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
