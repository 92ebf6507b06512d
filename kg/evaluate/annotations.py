"""Hand-made annotations of claims and dates: one JSON object a text, keyed by file name and offsets.

A line is `{"doc", "article_date", "claims": [...], "dates": [...]}`; the texts themselves are kept
elsewhere. Offsets are half-open, in code points of the text as it is. Fields and their meaning are
described in `docs/evaluation.md`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.records import Span

KINDS = frozenset({"person", "organization", "document", "group", "anonymous", "none"})
MODALITIES = frozenset({"reported", "alleged", "possible", "planned", "denied", "opinion", "promised", "demanded"})


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One attributed proposition; `source` is None where the author hedges without naming anybody."""

    cue: Span
    source: str | None
    kind: str
    via: str | None
    modality: str
    content: Span
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """One point or interval on the calendar; `value` is EDTF, None where the text leaves it open."""

    span: Span
    value: str | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """The annotations of one text."""

    doc: str
    article_date: str | None
    claims: tuple[GoldClaim, ...]
    dates: tuple[GoldDate, ...]


def read_annotations(path: Path) -> list[Annotated]:
    """All texts of a `.jsonl` file, in its order. Raises DataError with the line that is wrong."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            found.append(_annotated(record))
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(path, number, f"is no annotated text: {type(error).__name__} {error}") from error
    if not found:
        raise DataError(path, None, "holds no annotated text")
    return found


def _annotated(record: dict[str, Any]) -> Annotated:
    return Annotated(
        doc=record["doc"],
        article_date=record.get("article_date"),
        claims=tuple(_claim(c) for c in record["claims"]),
        dates=tuple(GoldDate(Span(*d["span"]), d["value"]) for d in record["dates"]),
    )


def _claim(record: dict[str, Any]) -> GoldClaim:
    claim = GoldClaim(
        cue=Span(*record["cue_span"]),
        source=record["source"],
        kind=record["source_kind"],
        via=record.get("via"),
        modality=record["modality"],
        content=Span(*record["content"]),
        about=tuple(record.get("about", ())),
    )
    if claim.kind not in KINDS or claim.modality not in MODALITIES:
        raise ValueError(f"unknown source_kind or modality: {claim.kind!r}, {claim.modality!r}")
    return claim
