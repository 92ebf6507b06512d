"""A written page read back: for those who want to show the same data in another way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.export.page import Page, PageArticle, PageClaim, PageEdge, PageNode, PageValue
from kg.export.page_data import KINDS, STANDINGS
from kg.export.page_file import unpack


def page_of(text: str) -> Page | None:
    """Return the page that `kg.export.page.render` wrote as `text`, None for any other text."""
    data = unpack(text)
    if data is None:
        return None
    ids = data["nodes"].get("id", [])
    return Page(
        data["title"],
        tuple(_node(row, data["types"][row["type"]], ids) for row in _rows(data["nodes"])),
        tuple(_edge(row, data["words"][row["word"]], ids) for row in _rows(data["edges"])),
        tuple(_claim(row, data["modes"][row["mode"]]) for row in _rows(data["claims"])),
        tuple(
            PageArticle(row["id"], row["title"], row["file"], row["date"], row["text"], _pairs(row["sentences"]))
            for row in _rows(data["articles"])
        ),
    )


def _rows(table: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    for values in zip(*table.values(), strict=True):
        yield dict(zip(table, values, strict=True))


def _pairs(pairs: list[list[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((a, b) for a, b in pairs)


def _node(row: dict[str, Any], kind: dict[str, Any], ids: list[str]) -> PageNode:
    return PageNode(
        id=row["id"], label=row["name"], type=kind["type"], type_label=kind["label"], kind=KINDS[row["kind"]], type_en=kind["en"],
        names=tuple(row["names"]), note=row["note"], links=_pairs(row["links"]), weight=row["weight"], claims=tuple(row["claims"]),
        time=row["time"], earliest=row["earliest"], latest=row["latest"], spot=tuple(row["spot"]) if row["spot"] else None,
        at=ids[row["at"]] if row["at"] >= 0 else "", support=row["support"],
        values=tuple(PageValue(ru, en, text, STANDINGS[at], tuple(claims)) for ru, en, text, at, claims in row["values"]),
    )  # fmt: skip


def _edge(row: dict[str, Any], words: list[str], ids: list[str]) -> PageEdge:
    return PageEdge(
        row["id"], ids[row["from"]], ids[row["to"]], words[0], STANDINGS[row["standing"]], tuple(row["claims"]),
        label_en=words[1], speech=bool(row["speech"]), support=row["support"],
    )  # fmt: skip


def _claim(row: dict[str, Any], mode: list[str]) -> PageClaim:
    return PageClaim(
        id=row["id"], text=row["text"], quote=row["quote"], speaker=row["speaker"], speaker_id=row["speakerId"], via=row["via"],
        modality=mode[0], modality_label=mode[1], modality_en=mode[2], polarity=row["polarity"],
        standing=STANDINGS[row["standing"]], confidence=row["confidence"], article=row["article"], begin=row["begin"], end=row["end"],
        cue=row["cue"], contradicts=tuple(row["contradicts"]), time=row["time"], inner=tuple(row["inner"]), speaker_confidence=row.get("speakerConfidence"),
    )  # fmt: skip
