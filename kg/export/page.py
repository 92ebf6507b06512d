"""The page: one HTML file with the map, the claims and the articles, which asks for nothing from outside.

`Page` holds what is to be shown, `layout` says where the nodes stand, `render` writes the file's text
(checked, cleaned and packed by the modules whose names begin with `page_`). The same page gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.export.layout import place
from kg.export.page_check import check
from kg.export.page_clean import clean_page
from kg.export.page_data import payload
from kg.export.page_file import write
from kg.export.page_looks import box_of

NodeKind = Literal["entity", "event", "claimed"]
Standing = Literal["asserted", "reported", "possible", "disputed"]


@dataclass(frozen=True, slots=True)
class PageValue:
    """What is said of a node that is no other node: “age: 87”."""

    label: str
    label_en: str
    text: str
    standing: Standing
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PageNode:
    """An entity or an event.

    `time` is EDTF, `earliest` and `latest` are the ISO dates that it means (empty where it means none);
    `spot` is latitude and longitude, `at` the node of the place where an event happens, `support` counts the
    independent sources that affirm an event.
    """

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
    earliest: str = ""
    latest: str = ""
    spot: tuple[float, float] | None = None
    at: str = ""
    type_en: str = ""
    support: int = 0
    values: tuple[PageValue, ...] = ()


@dataclass(frozen=True, slots=True)
class PageEdge:
    """A relation between two nodes, with the claims it rests on; `support` counts the independent sources that affirm it."""

    id: str
    source: str
    target: str
    label: str
    standing: Standing
    claims: tuple[int, ...]
    label_en: str = ""
    speech: bool = False
    support: int = 0


@dataclass(frozen=True, slots=True)
class PageClaim:
    """Who says what, where in which article; `begin` and `end` count code points of the article's text.

    `inner` are claims that this one reports.
    """

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
    modality_en: str = ""
    inner: tuple[int, ...] = ()
    speaker_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article with its full text and where its sentences begin and end."""

    id: str
    title: str
    file: str
    date: str
    text: str
    sentences: tuple[tuple[int, int], ...] = ()


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
    check(page)
    shown = clean_page(page)
    return write(shown.title, payload(shown, layout(shown)), outline=any(node.spot for node in shown.nodes))
