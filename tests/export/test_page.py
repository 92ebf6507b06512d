"""The page's file: the same bytes for the same page, nothing from outside, nothing hostile in its markup."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from pages import EVIL, claim, many, node

from kg.export.page import Page, PageArticle, PageEdge, layout, render
from kg.export.page_clean import clean_page
from kg.export.page_file import SCRIPTS, STYLES, unpack
from kg.export.page_read import page_of

ASSETS = Path(__file__).parents[2] / "kg" / "export" / "page_assets"


def test_same_page_same_bytes(page: Page) -> None:
    assert render(page) == render(page)


def test_every_script_that_may_run_is_named_by_its_hash(page: Page) -> None:
    text = render(page)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(hashes) == 1
    assert re.findall(r"sha256-([^']+)'", policy[1]) == hashes
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe-eval" not in policy[1]


def test_nothing_points_outside(page: Page) -> None:
    text = render(page)
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//""", text)
    assert not re.findall(r"""@import|url\(\s*["']?(?!["']?data:)""", text)
    assert "sourceMappingURL" not in text
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts)\b", text)


def test_no_script_makes_markup_out_of_text() -> None:
    for name in SCRIPTS:
        text = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), name


def test_every_file_is_used_and_small() -> None:
    used = {f"{name}.js" for name in SCRIPTS} | set(STYLES)
    used |= {"page.html", "words.json", "outline.txt", "SOURCES.md", "world-atlas.LICENSE"}
    assert {file.name for file in ASSETS.iterdir()} == used
    for file in ASSETS.glob("*.js"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 300, file.name


def test_interface_has_the_same_words_in_both_languages() -> None:
    words = json.loads((ASSETS / "words.json").read_text(encoding="utf-8"))
    assert words["ru"].keys() == words["en"].keys()
    assert words["ru"]["counts"].keys() == words["en"]["counts"].keys()
    for key, text in words["ru"].items():
        if isinstance(text, str):
            assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", words["en"][key])), key
    for key, forms in words["ru"]["counts"].items():
        assert set(forms) == {"one", "few", "many", "other"} and set(words["en"]["counts"][key]) == {"one", "other"}


def test_interface_words_stand_in_one_table() -> None:
    """No Russian in the scripts but in comments and in the letters of rules."""
    for name in SCRIPTS:
        text = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        code = re.sub(r"/\*.*?\*/|//[^\n]*|\[[^\]]*\]", "", text, flags=re.DOTALL)
        assert not re.findall(r"[А-Яа-яЁё]{3,}", code), name


def test_hostile_text_stays_out_of_the_markup(hostile: Page) -> None:
    text = render(hostile)
    ours = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    title = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    assert ours.count(title) == 2 and "alert(" not in ours.replace(title, "")
    assert text.count("<script") == text.count("</script>") == 3
    data = unpack(text)
    assert {url for links in data["nodes"]["links"] for _, url in links} == {"https://example.org/?a=1&b=2"}
    assert not re.search("[\u202a-\u202e\x00-\x1f]", "".join(data["nodes"]["name"]))


def test_the_page_can_be_read_back(page: Page) -> None:
    assert page_of(render(page)) == clean_page(page)
    assert page_of("<html>something else</html>") is None


def test_a_page_of_before_speakers_had_a_chance_can_be_read_back(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    text = render(page)
    data = unpack(text)
    del data["claims"]["speakerConfidence"]
    monkeypatch.setattr("kg.export.page_read.unpack", lambda _: data)
    back = page_of(text)
    assert back is not None and {c.speaker_confidence for c in back.claims} == {None}


def test_an_empty_page_can_be_read_back() -> None:
    nothing = Page("Пусто", (), (), (), ())
    assert page_of(render(nothing)) == nothing


def test_nodes_stand_where_the_layout_puts_them(page: Page) -> None:
    nodes = unpack(render(page))["nodes"]
    spots = layout(page)
    assert list(zip(nodes["id"], nodes["x"], nodes["y"], strict=True)) == [(item.id, *spots[item.id]) for item in page.nodes]


def test_outlines_of_land_come_only_with_places(page: Page) -> None:
    without = dataclasses.replace(page, nodes=tuple(dataclasses.replace(item, spot=None) for item in page.nodes))
    assert len(render(page)) - len(render(without)) > 40_000
    assert '<script id="outline" type="text/plain"></script>' in render(without)


def test_parallel_edges_do_not_lie_on_each_other(page: Page) -> None:
    edges = unpack(render(page))["edges"]
    bends = dict(zip(edges["id"], edges["bend"], strict=True))
    assert bends["e1"] == 0
    # opposite directions bend the same way round, which is to different sides
    assert bends["e2"] == bends["e3"] != 0


def test_no_two_types_look_alike() -> None:
    from kg.export.page_looks import EVENT_STYLE, OTHER_STYLE
    from kg.export.page_looks import STYLES as LOOKS

    looks = [*LOOKS.values(), EVENT_STYLE, OTHER_STYLE]
    assert len(set(looks)) == len(looks)


def test_outline_is_the_one_that_is_documented() -> None:
    digest = hashlib.sha256((ASSETS / "outline.txt").read_bytes()).hexdigest()
    assert digest in (ASSETS / "SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"edges": (PageEdge("e", "lapshin", "nobody", "", "asserted", ()),)}, "nobody"),
        ({"nodes": (node("a", "А"), node("a", "Б")), "edges": ()}, "'a' occurs 2 times"),
        ({"nodes": (node("a", "А", at="b"),), "edges": ()}, "is at 'b'"),
        ({"nodes": (node("a", "А", spot=(91.0, 0.0)),), "edges": ()}, "no place on Earth"),
        ({"edges": (PageEdge("e", "lapshin", "port", "", "asserted", (9,)),)}, "claim number 9"),
        ({"claims": (claim(0, "обыск", inner=(7,)),), "nodes": (), "edges": ()}, "claim number 7"),
        ({"claims": (claim(0, "обыск", end=10_000),) * 1, "nodes": (), "edges": ()}, "outside its article"),
        ({"articles": ()}, "article number 0"),
    ],
)
def test_a_page_that_does_not_hold_together_is_refused(page: Page, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        render(dataclasses.replace(page, **change))


def test_a_lone_surrogate_does_not_stop_the_writing() -> None:
    render(Page("т", (), (), (), (PageArticle("a", EVIL[-1], EVIL[-1], "", EVIL[-1]),))).encode("utf-8")


# --- where things stand


def test_layout_does_not_depend_on_order(page: Page) -> None:
    turned = dataclasses.replace(page, nodes=page.nodes[::-1], edges=page.edges[::-1])
    assert layout(turned) == layout(page)


def test_layout_of_nothing() -> None:
    assert layout(Page("", (), (), (), ())) == {}
    assert "Новости" in render(Page("Новости", (), (), (), ()))


def test_labels_of_a_small_graph_have_room() -> None:
    from kg.export.page_looks import box_of

    graph = many(40)
    spots = layout(graph)
    boxes = {item.id: box_of(item) for item in graph.nodes}
    for a in graph.nodes:
        for b in graph.nodes:
            if a.id < b.id:
                apart_x = abs(spots[a.id][0] - spots[b.id][0]) - (boxes[a.id][0] + boxes[b.id][0]) / 2
                apart_y = abs(spots[a.id][1] - spots[b.id][1]) - (boxes[a.id][1] + boxes[b.id][1]) / 2
                assert max(apart_x, apart_y) > -8, (a.label, b.label)


def test_a_chain_is_drawn_straight() -> None:
    chain = tuple(node(f"n{at}", "Н") for at in range(12))
    edges = tuple(PageEdge(f"e{at}", f"n{at}", f"n{at + 1}", "", "asserted", ()) for at in range(11))
    spots = layout(Page("", chain, edges, (), ()))
    steps = [((spots[f"n{at}"][0] - spots[f"n{at + 1}"][0]) ** 2 + (spots[f"n{at}"][1] - spots[f"n{at + 1}"][1]) ** 2) ** 0.5 for at in range(11)]
    whole = ((spots["n0"][0] - spots["n11"][0]) ** 2 + (spots["n0"][1] - spots["n11"][1]) ** 2) ** 0.5
    assert whole > 0.8 * sum(steps)


def test_lonely_parts_stay_near() -> None:
    alone = tuple(node(f"x{at}", f"Один {at}") for at in range(30))
    big = many(60)
    spots = layout(dataclasses.replace(big, nodes=(*big.nodes, *alone)))
    reach = max(max(abs(x), abs(y)) for x, y in spots.values())
    assert reach < 4 * max(max(abs(x), abs(y)) for x, y in layout(big).values())


def test_two_thousand_nodes_in_time() -> None:
    big = many(2_000)
    start = time.process_time()
    spots = layout(big)
    assert len(set(spots.values())) == 2_000
    assert time.process_time() - start < 6  # 1 s on a quiet machine
