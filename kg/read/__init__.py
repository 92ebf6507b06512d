"""Bytes to articles: one format a module, all listed in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.errors import Refusal
from kg.read.article import from_decoded, from_text
from kg.read.decoded import Decoded
from kg.read.files import Source, gather, load
from kg.read.html import read_html
from kg.read.plain import read_plain
from kg.records import Article

Reader = Callable[[bytes], Decoded]
"""Raises `Refusal` with an empty path."""

FORMATS: dict[str, Reader] = {
    ".txt": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}

__all__ = ["FORMATS", "Decoded", "Reader", "Source", "from_text", "read"]


def read(paths: Sequence[str | Path]) -> Iterator[Article | Refusal]:
    """Read every article below the paths (`-` is standard input), in a stable order.

    A file that cannot be read comes out as a `Refusal`, so that it never costs the others.
    """
    for source in gather(paths, tuple(FORMATS)):
        if isinstance(source, Refusal):
            yield source
            continue
        try:
            yield from_decoded(source.name, FORMATS[source.format](load(source)))
        except Refusal as refusal:
            yield Refusal(source.name, refusal.code, refusal.reason)
