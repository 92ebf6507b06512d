"""The trained reader of claims beside the rules: `weigh` puts the two together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.extract.claims.learned.head import Reader
from kg.extract.claims.learned.weigh import weigh

__all__ = ["available", "reader", "weigh"]

FOLDER = Path(__file__).resolve().parents[3] / "weights" / "claims"


def available() -> bool:
    """Whether the weights are installed."""
    return (FOLDER / "meta.json").is_file()


@cache
def reader() -> Reader:
    """The reader, loaded once. Raises PackError for damaged weights."""
    return Reader(FOLDER)
