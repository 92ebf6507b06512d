"""Who draws the page: the explorer, or pyvis."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from kg.errors import UsageError
from kg.export.files import write_all
from kg.export.page import Page, render
from kg.export.page_read import page_of
from kg.export.pyvis_page import render_pyvis

VIEWERS: Final[Mapping[str, Callable[[Page], str]]] = {"explorer": render, "pyvis": render_pyvis}


def draw(page: Page, viewer: str) -> bytes:
    """Return the file of a page as the viewer draws it."""
    return VIEWERS[viewer](page).encode("utf-8", "replace")


def drawn_again(file: Path, viewer: str) -> Path:
    """Draw a page of the explorer with another viewer, into a file beside it, and return that file.

    Raises UsageError when the data of a page are not in the file.
    """
    page = page_of(file.read_text(encoding="utf-8", errors="replace"))
    if page is None:
        raise UsageError(f"{file}: holds no data to draw again; make it with `kg build` (without --viewer pyvis)")
    name = f"{file.stem}-{viewer}.html"
    write_all(file.parent, {name: draw(page, viewer)})
    return file.parent / name
