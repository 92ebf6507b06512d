"""A real Chromium for the tests of the page, and a list of everything that should not happen in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import hostile_page, small

from kg.export.page import Page, render
from kg.export.view import view
from kg.pipeline import Built

CHROMIUM = Path("/usr/bin/chromium")


class Browser:
    """Opens pages in Chromium and keeps a list of everything that should not happen."""

    def __init__(self, chromium: Any, folder: Path) -> None:
        self.chromium, self.folder, self.wrong = chromium, folder, list[str]()

    def open(self, page: Page | str, at: str = "", **context: Any) -> Any:
        file = self.folder / "graph.html"
        file.write_text(page if isinstance(page, str) else render(page), encoding="utf-8")
        given = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce", **context}
        tab = self.chromium.new_context(offline=True, accept_downloads=True, **given).new_page()
        tab.set_default_timeout(10_000)
        tab.on("console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: self.wrong.append(str(error)))
        tab.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda asked: self.wrong.append(asked.url) if self._outside(asked.url) else None)
        tab.goto(file.as_uri() + at)
        if not isinstance(page, str):
            tab.wait_for_selector("html[data-ready]")
        return tab

    def _outside(self, url: str) -> bool:
        return not url.startswith((self.folder.as_uri(), "data:", "blob:"))  # the page itself, and what is in it


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install '.[dev]')")
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM} (apt install chromium)")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browser(chromium: Any, tmp_path: Path) -> Iterator[Browser]:
    opened = Browser(chromium, tmp_path)
    yield opened
    for context in chromium.contexts:
        context.close()
    assert opened.wrong == []


@pytest.fixture
def page() -> Page:
    return small()


@pytest.fixture
def hostile() -> Page:
    return hostile_page()


@pytest.fixture(scope="session")
def seeds_page(seeds_build: Built) -> Page:
    """The page of the two seed articles."""
    return view(seeds_build.graph, "Кто что сказал")
