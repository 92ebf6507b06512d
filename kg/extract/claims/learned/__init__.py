"""The trained reader of claims beside the rules: `Sight` reads an article, `weigh` puts the two together, `choose` says who speaks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.extract.claims.learned.choose import choose
from kg.extract.claims.learned.head import Reader
from kg.extract.claims.learned.sight import Sight
from kg.extract.claims.learned.weigh import weigh

__all__ = ["Sight", "available", "choose", "reader", "weigh"]

FOLDER = Path(__file__).resolve().parents[3] / "weights" / "claims"


def available() -> bool:
    """Whether the weights are installed."""
    return (FOLDER / "meta.json").is_file()


@cache
def reader() -> Reader:
    """The reader, loaded once. Raises PackError for damaged weights."""
    return Reader(FOLDER)
