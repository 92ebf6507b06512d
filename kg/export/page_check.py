"""A page that does not hold together is refused before it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.export.page import Page


def check(page: Page) -> None:
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
        for used in (node.claims, *(value.claims for value in node.values)):
            _within("claim", node.id, used, len(page.claims))
        if node.at and node.at not in nodes:
            raise ValueError(f"node {node.id!r} is at {node.at!r}, which is no node of the page")
        if node.spot and not (-90 <= node.spot[0] <= 90 and -180 <= node.spot[1] <= 180):
            raise ValueError(f"node {node.id!r}: {node.spot} is no place on Earth")
    for claim in page.claims:
        _within("claim", claim.id, (*claim.contradicts, *claim.inner), len(page.claims))
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
