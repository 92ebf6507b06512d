"""What the script of the page reads: the records of a cleaned page, field by field.

A table is kept as one list for each field: ten thousand rows do not repeat ten thousand names of fields,
and a browser reads them in less time. `kg.export.page_read` is the way back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kg.export.page_looks import bends_of, size_of, style_of

if TYPE_CHECKING:
    from kg.export.page import Page, PageArticle, PageClaim, PageEdge, PageNode

KINDS: Final = ("entity", "event", "claimed")
STANDINGS: Final = ("asserted", "reported", "possible", "disputed")
Table = dict[str, list[Any]]


def payload(page: Page, spots: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """Return a cleaned page as the script reads it: rows in the order of the page."""
    types = _types(page.nodes)
    type_at = {row["type"]: at for at, row in enumerate(types)}
    number = {node.id: at for at, node in enumerate(page.nodes)}
    bends = bends_of(page.edges)
    edge_words = sorted({(edge.label, edge.label_en) for edge in page.edges})
    modes = sorted({(claim.modality, claim.modality_label, claim.modality_en) for claim in page.claims})
    word_at = {pair: at for at, pair in enumerate(edge_words)}
    mode_at = {mode: at for at, mode in enumerate(modes)}
    return {
        "title": page.title,
        "types": types,
        "words": edge_words,
        "modes": modes,
        "nodes": _table(_node(node, type_at[node.type], spots[node.id], number.get(node.at, -1)) for node in page.nodes),
        "edges": _table(_edge(edge, number, word_at[edge.label, edge.label_en], bends[edge.id]) for edge in page.edges),
        "claims": _table(
            _claim(claim, mode_at[claim.modality, claim.modality_label, claim.modality_en]) for claim in page.claims
        ),
        "articles": _table(map(_article, page.articles)),
    }


def _table(rows: Iterable[Mapping[str, Any]]) -> Table:
    table: Table = {}
    for row in rows:
        for field, value in row.items():
            table.setdefault(field, []).append(value)
    return table


def _types(nodes: Sequence[PageNode]) -> list[dict[str, Any]]:
    """Return the rows of the legend, entities before events, the most frequent first."""
    counts = Counter(node.type for node in nodes)
    rows: dict[str, dict[str, Any]] = {}
    for node in nodes:
        shape, fill = style_of(node)
        row = {"type": node.type, "label": node.type_label, "en": node.type_en, "shape": shape, "fill": fill}
        rows.setdefault(node.type, {**row, "event": node.kind != "entity"})
    return sorted(rows.values(), key=lambda row: (row["event"], -counts[row["type"]], row["type"]))


def _node(node: PageNode, type_at: int, spot: tuple[float, float], at: int) -> dict[str, Any]:
    return {
        "id": node.id,
        "name": node.label,
        "type": type_at,
        "kind": KINDS.index(node.kind),
        "names": node.names,
        "note": node.note,
        "links": node.links,
        "weight": node.weight,
        "claims": node.claims,
        "time": node.time,
        "earliest": node.earliest,
        "latest": node.latest,
        "spot": node.spot,
        "at": at,
        "support": node.support,
        "values": [(v.label, v.label_en, v.text, STANDINGS.index(v.standing), v.claims) for v in node.values],
        "size": size_of(node),
        "x": int(spot[0]),
        "y": int(spot[1]),
    }


def _edge(edge: PageEdge, number: Mapping[str, int], word: int, bend: float) -> dict[str, Any]:
    return {
        "id": edge.id,
        "from": number[edge.source],
        "to": number[edge.target],
        "word": word,
        "standing": STANDINGS.index(edge.standing),
        "claims": edge.claims,
        "speech": int(edge.speech),
        "support": edge.support,
        "bend": bend,
    }


def _claim(claim: PageClaim, mode: int) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "quote": claim.quote,
        "speaker": claim.speaker,
        "speakerId": claim.speaker_id,
        "via": claim.via,
        "mode": mode,
        "polarity": claim.polarity,
        "standing": STANDINGS.index(claim.standing),
        "confidence": round(claim.confidence, 3),
        "speakerConfidence": claim.speaker_confidence,
        "article": claim.article,
        "begin": claim.begin,
        "end": claim.end,
        "cue": claim.cue,
        "contradicts": claim.contradicts,
        "time": claim.time,
        "inner": claim.inner,
    }


def _article(article: PageArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "file": article.file,
        "date": article.date,
        "text": article.text,
        "sentences": article.sentences,
    }
