"""The page: one file, asks for nothing, lets nothing in run, shows who said what and where."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import hashlib
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.export.page import Page, PageArticle, PageClaim, PageEdge, PageNode, layout, render

ASSETS = Path(__file__).parents[2] / "kg" / "export" / "page_assets"
CHROMIUM = Path("/usr/bin/chromium")
TEXT = (
    "Порт 🚢 закроют 👨‍👩‍👧 на ремонт\n\n"
    "Губернатор Лапшин заявил, что порт закроют в ноябре. Адвокат Соловьёва отрицает обыск.\n"
    "Источник не исключает отставку министра."
)
EVIL = (
    "</script><script>alert(1)</script>",
    '" onload="alert(2)',
    "javascript:alert(3)",
    "<img src=x onerror=alert(4)>",
    "@@DATA@@ ${x} {{7*7}} <!-- ]]>",
    "\u202eИван\u202c \x00" + "\u0308" * 300,
    "Я" * 10_000,
    "\ud800",
)


def claim(number: int, quote: str, standing: Any = "reported", source: str = TEXT, **changes: Any) -> PageClaim:
    begin = source.index(quote)
    made = PageClaim(
        id=f"c{number}",
        text="что сказано",
        quote=quote,
        speaker="Игорь Лапшин",
        speaker_id="lapshin",
        via="",
        modality=standing,
        modality_label="сообщается",
        polarity="affirmed",
        standing=standing,
        confidence=0.9,
        article=0,
        begin=begin,
        end=begin + len(quote),
        cue="заявил",
        contradicts=(),
        time="2025-11",
    )
    return dataclasses.replace(made, **changes)


def node(name: str, label: str, type_: str = "Person", kind: Any = "entity", **changes: Any) -> PageNode:
    made = PageNode(name, label, type_, {"Person": "Человек"}.get(type_, type_), kind, (), "", (), 1, ())
    return dataclasses.replace(made, **changes)


@pytest.fixture
def page() -> Page:
    other = PageArticle("a2", "Другая статья", "2.txt", "2025-10-10", "Банк дал кредит порту.")
    return Page(
        "Новости",
        (
            node("lapshin", "Игорь Лапшин", names=("Лапшин",), note="губернатор", weight=5, claims=(0,)),
            node("solov", "Артём Соловьёв", claims=(1,), links=(("Викиданные", "https://www.wikidata.org/wiki/Q1"),)),
            node("port", "Порт", "Facility", claims=(0, 3)),
            node("raid", "Обыск", "Raid", "claimed", claims=(1,), time="2025-10-14"),
            node("bank", "Банк", "Organization", claims=(3,)),
        ),
        (
            PageEdge("e0", "lapshin", "port", "закроет", "reported", (0,)),
            PageEdge("e1", "solov", "raid", "у кого", "disputed", (1,)),
            PageEdge("e2", "bank", "port", "кредитор", "asserted", (3,)),
            PageEdge("e3", "port", "bank", "должник", "asserted", (3,)),
            PageEdge("e4", "lapshin", "raid", "знал", "possible", (2,)),
        ),
        (
            claim(0, "порт закроют в ноябре"),
            claim(1, "обыск", "disputed", contradicts=(0,)),
            claim(2, "отставку министра", "possible", speaker="источник", speaker_id=None),
            claim(3, "Банк дал кредит", "asserted", other.text, article=1, speaker=""),
        ),
        (PageArticle("a1", "Порт закроют", "1.txt", "2025-10-09", TEXT), other),
    )


@pytest.fixture
def hostile() -> Page:
    text = "😀 " + " ".join(EVIL)
    claims = tuple(
        claim(
            at, "alert(2)", "reported", text, id=f"c<{at}>\"'", text=evil, speaker=evil, via=evil, cue=evil, time=evil
        )
        for at, evil in enumerate(EVIL)
    )
    links = (("bad", "javascript:alert(1)"), ("worse", "data:text/html,<script>alert(1)</script>"), EVIL[:2])
    types = ("__proto__", "constructor", "Person", EVIL[0])
    nodes = tuple(
        node(
            f"n<{at}>&\"'",
            evil,
            types[at % 4],
            type_label=evil,
            names=(evil, evil + "2"),
            note=evil,
            claims=(at,),
            links=(*links, (evil, "https://example.org/?a=1&b=2")),
        )
        for at, evil in enumerate(EVIL)
    )
    edges = tuple(
        PageEdge(f'e<{at}>"', nodes[at].id, nodes[at - 1].id, evil, "reported", (at,)) for at, evil in enumerate(EVIL)
    )
    return Page(EVIL[0], nodes, edges, claims, (PageArticle("a", EVIL[0], EVIL[1], EVIL[3], text),))


def many(count: int) -> Page:
    """A graph with hubs: node n points at n // 2 and n // 7."""
    nodes = tuple(node(f"n{at}", f"Узел {at}", weight=at % 9) for at in range(count))
    pairs = [(at, at // part) for at in range(1, count) for part in (2, 7)]
    edges = tuple(PageEdge(f"e{k}", f"n{a}", f"n{b}", "связан с", "asserted", ()) for k, (a, b) in enumerate(pairs))
    return Page("Много", nodes, edges, (), ())


def data_of(text: str) -> Any:
    packed = re.search(r'<script id="data" type="text/plain">([^<]*)</script>', text)
    assert packed
    return json.loads(gzip.decompress(base64.b64decode(packed[1])))


# --- what is in the file


def test_same_page_same_bytes(page: Page) -> None:
    assert render(page) == render(page)


def test_every_script_that_may_run_is_named_by_its_hash(page: Page) -> None:
    text = render(page)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(hashes) == 2
    assert re.findall(r"sha256-([^']+)'", policy[1]) == hashes
    assert policy[1].startswith("default-src 'none';")
    assert "unsafe-eval" not in policy[1]


def test_nothing_points_outside(page: Page) -> None:
    text = render(page)
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//""", text)
    assert not re.findall(r"""@import|url\(\s*["']?(?!["']?data:)""", text)
    assert "sourceMappingURL" not in text


def test_hostile_text_stays_out_of_the_markup(hostile: Page) -> None:
    text = render(hostile)
    ours = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    title = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    assert ours.count(title) == 2 and "alert(" not in ours.replace(title, "")
    assert text.count("<script") == text.count("</script>") == 3
    data = data_of(text)
    assert {url for info in data["nodeInfo"] for _, url in info["links"]} == {"https://example.org/?a=1&b=2"}
    assert not re.search("[\u202a-\u202e\x00-\x1f]", "".join(info["name"] for info in data["nodeInfo"]))
    assert all(len(given["label"]) < 60 for given in data["nodes"])


def test_data_comes_through_pyvis(page: Page) -> None:
    data = data_of(render(page))
    spots = layout(page)
    assert [(given["id"], given["x"], given["y"]) for given in data["nodes"]] == [
        (item.id, *spots[item.id]) for item in page.nodes
    ]
    shapes = {given["id"]: given["shape"] for given in data["nodes"]}
    assert shapes["raid"] == "diamond" and shapes["lapshin"] == "dot"
    assert [(given["from"], given["to"], given["arrows"]) for given in data["edges"]] == [
        (edge.source, edge.target, "to") for edge in page.edges
    ]


def test_parallel_edges_do_not_lie_on_each_other(page: Page) -> None:
    bends = {given["id"]: given["smooth"] for given in data_of(render(page))["edges"]}
    assert bends["e0"] is False
    # opposite directions bend the same way round, which is to different sides
    assert bends["e2"]["roundness"] == bends["e3"]["roundness"] != 0


def test_no_two_types_look_alike() -> None:
    from kg.export.page_graph import EVENT_STYLE, OTHER_STYLE, STYLES

    looks = [*STYLES.values(), EVENT_STYLE, OTHER_STYLE]
    assert len(set(looks)) == len(looks)


def test_library_is_the_one_that_is_documented() -> None:
    digest = hashlib.sha256((ASSETS / "vis-network.min.js").read_bytes()).hexdigest()
    assert digest in (ASSETS / "SOURCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"edges": (PageEdge("e", "lapshin", "nobody", "", "asserted", ()),)}, "nobody"),
        ({"nodes": (node("a", "А"), node("a", "Б")), "edges": ()}, "'a' occurs 2 times"),
        ({"edges": (PageEdge("e", "lapshin", "port", "", "asserted", (9,)),)}, "claim number 9"),
        ({"claims": (claim(0, "обыск", end=10_000),) * 1, "nodes": (), "edges": ()}, "outside its article"),
        ({"articles": ()}, "article number 0"),
    ],
)
def test_a_page_that_does_not_hold_together_is_refused(page: Page, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        render(dataclasses.replace(page, **change))


# --- where things stand


def test_layout_does_not_depend_on_order(page: Page) -> None:
    turned = dataclasses.replace(page, nodes=page.nodes[::-1], edges=page.edges[::-1])
    assert layout(turned) == layout(page)


def test_layout_of_nothing() -> None:
    assert layout(Page("", (), (), (), ())) == {}
    assert "Новости" in render(Page("Новости", (), (), (), ()))


def test_labels_of_a_small_graph_have_room() -> None:
    from kg.export.page_graph import box_of

    small = many(40)
    spots = layout(small)
    boxes = {item.id: box_of(item) for item in small.nodes}
    for a in small.nodes:
        for b in small.nodes:
            if a.id < b.id:
                apart_x = abs(spots[a.id][0] - spots[b.id][0]) - (boxes[a.id][0] + boxes[b.id][0]) / 2
                apart_y = abs(spots[a.id][1] - spots[b.id][1]) - (boxes[a.id][1] + boxes[b.id][1]) / 2
                assert max(apart_x, apart_y) > -8, (a.label, b.label)


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


# --- in a browser


class Browser:
    """Opens pages in Chromium and keeps a list of everything that should not happen."""

    def __init__(self, chromium: Any, folder: Path) -> None:
        self.chromium, self.folder, self.wrong = chromium, folder, list[str]()

    def open(self, page: Page, at: str = "", **context: Any) -> Any:
        file = self.folder / "graph.html"
        file.write_text(render(page), encoding="utf-8")
        given = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce", **context}
        tab = self.chromium.new_context(offline=True, **given).new_page()
        tab.on("console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: self.wrong.append(str(error)))
        tab.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda asked: self.wrong.append(asked.url) if self._outside(asked.url) else None)
        tab.goto(file.as_uri() + at)
        tab.wait_for_selector("html[data-ready]")
        return tab

    def _outside(self, url: str) -> bool:
        return not url.startswith((self.folder.as_uri(), "data:,"))


@pytest.fixture(scope="module")
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


@pytest.mark.browser
def test_opens_with_lists_and_legend(browser: Browser, page: Page) -> None:
    tab = browser.open(page)
    panel = tab.locator("#panel")
    assert panel.locator("h3").all_text_contents() == ["Самые связанные4", "События по времени1", "Статьи2"]
    assert "14 октября 2025" in panel.inner_text()
    assert tab.locator("#standings .row").count() == 4
    assert tab.locator("#types [data-type=Person]").is_checked()
    painted = tab.evaluate(
        """() => { const c = document.querySelector('#graph canvas');
        return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0) }"""
    )
    assert painted


@pytest.mark.browser
@pytest.mark.parametrize("asked", ["соловьев", "СОЛОВЬЁВ арт", "Артем"])
def test_search_by_keyboard(browser: Browser, page: Page, asked: str) -> None:
    tab = browser.open(page)
    tab.keyboard.press("/")
    tab.keyboard.type(asked)
    assert tab.locator("#hints [role=option]").first.inner_text().startswith("Артём Соловьёв")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#n=solov")
    assert tab.locator("#panel h2").inner_text() == "Артём Соловьёв"
    link = tab.locator("#panel .links a")
    assert (link.get_attribute("href"), link.get_attribute("rel")) == (
        "https://www.wikidata.org/wiki/Q1",
        "noopener noreferrer",
    )
    tab.keyboard.press("Escape")
    assert "#" not in tab.url and "Самые связанные" in tab.locator("#panel").inner_text()


@pytest.mark.browser
def test_search_finds_other_names(browser: Browser, page: Page) -> None:
    named = dataclasses.replace(page, nodes=(*page.nodes, node("sk", "Следственный комитет", names=("СК России",))))
    tab = browser.open(named)
    tab.locator("#search").fill("ск рос")
    assert "«СК России»" in tab.locator("#hints [role=option]").first.inner_text()
    tab.locator("#search").fill("нет такого")
    assert tab.locator("#hints").inner_text() == "Ничего не нашлось"


@pytest.mark.browser
@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_claim_opens_the_article_at_its_very_words(browser: Browser, page: Page, number: int) -> None:
    tab = browser.open(page, f"#c=c{number}")
    claimed = page.claims[number]
    assert "".join(tab.locator("#reader mark").all_text_contents()) == claimed.quote
    assert tab.locator("#reader mark").first.is_visible()
    assert tab.locator(".reader-text").text_content() == page.articles[claimed.article].text


@pytest.mark.browser
def test_claim_card_says_who_how_and_where(browser: Browser, page: Page) -> None:
    tab = browser.open(page, "#e=e1")
    card = tab.locator("#panel .claim.disputed")
    said = card.inner_text()
    assert all(words in said for words in ("Игорь Лапшин", "сообщается", "разбор 90 %", "ноябрь 2025", "Порт закроют"))
    card.locator(".quote").click()
    assert tab.url.endswith("#e=e1&c=c1")
    assert tab.locator("#reader mark").inner_text() == "обыск"
    assert tab.locator("#reader .sentence").first.text_content() == "Адвокат Соловьёва отрицает "
    tab.keyboard.press("Escape")
    assert tab.locator("#reader").is_hidden() and tab.url.endswith("#e=e1")
    card.locator(".against button").click()
    assert tab.locator("#reader mark").inner_text() == "порт закроют в ноябре"
    tab.go_back()
    assert tab.url.endswith("#e=e1")


@pytest.mark.browser
def test_click_on_the_map(browser: Browser, page: Page) -> None:
    tab = browser.open(dataclasses.replace(page, nodes=page.nodes[:1], edges=()))
    box = tab.locator("#graph").bounding_box()
    legend = tab.locator("#legend").bounding_box()
    # the only node stands in the middle of what the legend leaves free
    tab.mouse.click((legend["width"] + 24 + box["width"] - 24) / 2, box["y"] + box["height"] / 2 - 10)
    assert tab.url.endswith("#n=lapshin")


@pytest.mark.browser
def test_filters(browser: Browser, page: Page) -> None:
    tab = browser.open(page, "#n=lapshin")
    panel = tab.locator("#panel")
    assert panel.locator(".claim").count() == 2
    tab.locator("[data-standing=possible]").uncheck()
    assert panel.locator(".claim").count() == 1
    assert "Фильтром скрыто: 1" in panel.inner_text()
    tab.locator("#reset").click()
    assert panel.locator(".claim").count() == 2
    tab.locator("#article-filter").select_option(label="Другая статья")
    assert panel.locator(".claim").count() == 0
    tab.keyboard.press("Escape")
    assert "Игорь Лапшин" not in panel.inner_text() and "Банк" in panel.inner_text()
    tab.locator("[data-type=Organization]").uncheck()
    assert "Банк" not in panel.inner_text()


@pytest.mark.browser
def test_hostile_page_is_inert(browser: Browser, hostile: Page) -> None:
    tab = browser.open(hostile)
    for item in hostile.nodes:
        tab.evaluate("id => { location.hash = 'n=' + encodeURIComponent(id) }", item.id)
        tab.wait_for_timeout(30)
        assert tab.locator("#panel .claim").count() > 0
        assert tab.locator("#panel a").count() == 1
    for at in range(len(EVIL)):
        tab.evaluate("id => { location.hash = 'c=' + encodeURIComponent(id) }", hostile.claims[at].id)
        tab.wait_for_timeout(30)
        assert "".join(tab.locator("#reader mark").all_text_contents()) == "alert(2)"
    tab.locator("#search").fill("alert")
    assert tab.locator("#hints [role=option]").count() > 0
    assert tab.locator("script, img, iframe").count() == 2  # ours; the data's element removes itself


@pytest.mark.browser
def test_policy_stops_what_would_get_in(browser: Browser, page: Page) -> None:
    tab = browser.open(page)
    tab.evaluate(
        """() => { const s = document.createElement('script'); s.textContent = 'window.got = 1'; document.body.append(s);
        const i = new Image(); i.setAttribute('onerror', 'window.got = 1'); i.src = 'https://example.org/x.png'; }"""
    )
    tab.wait_for_timeout(100)
    assert tab.evaluate("window.got") is None
    told = [said for said in browser.wrong if said != "https://example.org/x.png"]  # asked for, not sent
    browser.wrong.clear()
    assert len(told) >= 2 and all("Content Security Policy" in said for said in told)


@pytest.mark.browser
def test_big_graph_opens_on_a_part_of_it(browser: Browser) -> None:
    tab = browser.open(many(1_600))
    assert "Показаны 40 самых связанных узлов из 1" in tab.locator("#notice").inner_text()
    tab.evaluate("location.hash = 'n=n9'")
    tab.wait_for_selector("#panel h2:text-is('Узел 9')")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(browser: Browser, page: Page, scheme: str) -> None:
    tab = browser.open(page, "#n=lapshin", viewport={"width": 360, "height": 740}, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert tab.locator("#panel h2").is_visible() and tab.locator("#graph canvas").is_visible()
    tab.locator("#panel .quote").first.click()
    assert tab.locator("#reader mark").first.is_visible()
