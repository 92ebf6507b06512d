"""The plain picture by pyvis: offline, safe, drawn at once, the same bytes each time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pages import EVIL, many

from kg.errors import UsageError
from kg.export.page import Page, layout, render
from kg.export.pyvis_page import render_pyvis
from kg.export.viewers import draw, drawn_again


def drawn(text: str, what: str) -> Any:
    found = re.search(rf"{what} = new vis\.DataSet\((\[.*?\])\);", text)
    assert found
    return json.loads(found[1])


def test_same_page_same_bytes(page: Page) -> None:
    assert render_pyvis(page) == render_pyvis(page)


def test_nothing_points_outside(page: Page) -> None:
    text = render_pyvis(page)
    assert not re.findall(r"<(?:script|link)\b[^>]*\b(?:src|href)=[\"']?https?:", text)
    assert "default-src 'none'; script-src 'sha256-" in text


def test_every_edge_and_every_place_is_kept(page: Page) -> None:
    text = render_pyvis(page)
    assert sorted(edge["id"] for edge in drawn(text, "edges")) == sorted(edge.id for edge in page.edges)
    spots = layout(page)
    assert {node["id"]: (node["x"], node["y"]) for node in drawn(text, "nodes")} == {key: spots[key] for key in spots}
    assert re.search(r'"physics": \{\s*"enabled": false', text)


def test_titles_that_would_turn_markup_on_are_left_out(hostile: Page) -> None:
    import dataclasses

    nodes = (dataclasses.replace(hostile.nodes[0], label='<a href="javascript:alert(1)">x</a>'), *hostile.nodes[1:])
    text = render_pyvis(dataclasses.replace(hostile, nodes=nodes))
    assert "popup.innerHTML" not in text
    assert "title" not in drawn(text, "nodes")[0] and "title" in drawn(text, "nodes")[1]


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["small", "hostile", "large"])
def test_opens_without_a_request_or_an_error(browser: Any, page: Page, hostile: Page, kind: str) -> None:
    given = {"small": page, "hostile": hostile, "large": many(400)}[kind]
    tab = browser.open(render_pyvis(given))
    tab.wait_for_selector("#mynetwork canvas")
    assert tab.evaluate("Object.keys(network.body.nodes).length") == len(given.nodes)
    assert tab.evaluate("network.physics.physicsEnabled") is False
    box = tab.locator("#mynetwork canvas").bounding_box()
    for x in range(100, int(box["width"]), 160):
        tab.mouse.move(x, 300)
    tab.wait_for_timeout(400)
    assert tab.locator("img, iframe, a").count() == 0
    assert tab.title() == (given.title if kind != "hostile" else EVIL[0])


def test_a_page_of_the_explorer_is_drawn_again(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    file.write_text(render(page), encoding="utf-8")
    again = drawn_again(file, "pyvis")
    assert again == tmp_path / "graph-pyvis.html" and again.read_bytes() == draw(page, "pyvis")
    assert file.read_text(encoding="utf-8") == render(page)
    with pytest.raises(UsageError, match="holds no data"):
        drawn_again(again, "pyvis")
