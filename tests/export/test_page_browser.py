"""What the page does in a real Chromium: evidence both ways, filters, time, map, paths, the address, saving."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from pages import EVIL, many, node, small

from kg.export.page import Page, PageArticle

pytestmark = pytest.mark.browser


def headings(tab: Any) -> list[str]:
    return [" ".join(text.split()) for text in tab.locator("#panel h3").all_inner_texts()]


def marked(tab: Any) -> str:
    return "".join(tab.locator("#reader mark").all_text_contents())


# --- opening, searching


def test_opens_with_lists_and_legend(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    assert headings(tab) == ["Самые связанные 5", "Чьи слова 1", "События по времени 3", "Статьи 3"]
    assert "14 октября 2025" in tab.locator("#panel").inner_text()
    assert tab.locator("#standings .row").count() == 4
    assert tab.locator("#types [data-type=Person]").is_checked()
    painted = tab.evaluate(
        """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
        const c = document.querySelector('#graph');
        done(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0)) })))"""
    )
    assert painted


@pytest.mark.parametrize(
    "asked", ["соловьев", "СОЛОВЬЁВ арт", "Артем", "Соловьёву", "артёмом соловьевым", "соловьёве"]
)
def test_search_by_keyboard(browser: Any, page: Page, asked: str) -> None:
    tab = browser.open(page)
    tab.keyboard.press("/")
    tab.keyboard.type(asked)
    assert tab.locator("#search-hints [role=option]").first.inner_text().startswith("Артём Соловьёв")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowUp")
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


def test_search_finds_other_names_and_only_what_is_there(browser: Any, page: Page) -> None:
    named = dataclasses.replace(page, nodes=(*page.nodes, node("sk", "Следственный комитет", names=("СК России",))))
    tab = browser.open(named)
    for asked in ("ск рос", "СК Россию", "следственного комитета"):
        tab.locator("#search").fill(asked)
        assert "Следственный комитет" in tab.locator("#search-hints [role=option]").first.inner_text(), asked
    tab.locator("#search").fill("ск рос")
    assert "«СК России»" in tab.locator("#search-hints [role=option]").first.inner_text()
    for asked in ("нет такого", "портовик", "лапшистый"):
        tab.locator("#search").fill(asked)
        assert tab.locator(".hints.none").inner_text() == "Ничего не нашлось", asked


# --- evidence both ways


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4])
def test_claim_opens_the_article_at_its_very_words(browser: Any, page: Page, number: int) -> None:
    tab = browser.open(page, f"#c=c{number}")
    claimed = page.claims[number]
    assert marked(tab) == claimed.quote
    assert tab.locator("#reader mark").first.is_visible()
    assert tab.locator(".bar").bounding_box()["y"] == 0  # the page itself stays where it is
    assert tab.locator(".reader-text").text_content() == page.articles[claimed.article].text


def test_claim_card_says_who_how_and_where(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#e=e0")
    card = tab.locator("#panel .claim.reported")
    said = card.inner_text()
    assert all(words in said for words in ("Игорь Лапшин", "сообщается", "разбор 90 %", "ноябрь 2025", "Порт закроют", "9 октября 2025"))
    card.locator(".quote").click()
    assert tab.url.endswith("#e=e0&c=c0")
    assert marked(tab) == "порт закроют в ноябре"
    assert "".join(tab.locator("#reader .sentence").all_text_contents()) == "Губернатор Лапшин заявил, что порт закроют в ноябре."
    assert tab.locator("#reader .cue").text_content() == "заявил"
    tab.keyboard.press("Escape")
    assert tab.locator("#reader").is_hidden() and tab.url.endswith("#e=e0")
    card.locator(".against button").click()
    assert marked(tab) == "Порт не закроют"
    tab.go_back()
    assert tab.url.endswith("#e=e0")
    assert tab.locator("#reader").is_hidden()


@pytest.mark.parametrize(("chance", "told"), [(0.43, "говорящий под вопросом: 43 %"), (0.9, ""), (None, "")])
def test_a_doubtful_speaker_is_marked(browser: Any, page: Page, chance: float | None, told: str) -> None:
    claims = tuple(dataclasses.replace(c, speaker_confidence=chance) for c in page.claims)
    tab = browser.open(dataclasses.replace(page, claims=claims), "#n=lapshin")
    who = tab.locator("#panel .claim .who").first
    assert who.locator(".doubt").all_inner_texts() == ([told] if told else [])
    assert who.locator("b").get_attribute("title") == (None if chance is None else f"Вероятность, что говорит именно он: {round(chance * 100)} %")


def test_sentence_shows_what_was_read_out_of_it(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#a=a1")
    sentence = tab.locator("#reader [data-sentence='1']")
    sentence.click()
    assert tab.url.endswith("#a=a1&s=1")
    assert sentence.get_attribute("aria-pressed") == "true"
    panel = tab.locator("#panel")
    assert panel.locator("h2").inner_text() == "Губернатор Лапшин заявил, что порт закроют в ноябре."
    assert headings(tab) == ["Факты 1", "Сказано, но не факт 1", "Утверждения предложения 1"]
    assert "закроет" in panel.inner_text() and "возраст: 58" in panel.inner_text()
    tab.locator("#reader [data-sentence='2']").focus()
    tab.keyboard.press("Enter")
    assert headings(tab) == ["События 1", "Утверждения предложения 1"]
    assert "Обыск" in panel.inner_text()
    panel.locator("[data-node]").first.click()
    assert panel.locator("h2").inner_text() == "Обыск" and tab.locator("#reader").is_visible()
    assert tab.locator("#reader [data-sentence='0']").count() == 0  # nothing is claimed in it


def test_selected_name_is_marked_in_the_text(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#n=lapshin&a=a1")
    assert tab.locator("#reader .name").all_text_contents() == ["Лапшин"]


def test_disagreements_stand_side_by_side(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    tab.locator("[data-view=disputes]").click()
    sides = tab.locator(".dispute .side")
    assert [sides.nth(at).locator(".quote").inner_text() for at in (0, 1)] == ["порт закроют в ноябре", "Порт не закроют"]
    one, other = (sides.nth(at).bounding_box() for at in (0, 1))
    assert one["y"] == other["y"] and one["x"] + one["width"] <= other["x"]
    assert "Порт" in tab.locator(".about-nodes").inner_text()
    # what is disputed without a second side is told apart
    assert "обыск" in tab.locator("#view-disputes > .claims").inner_text()
    sides.nth(1).locator(".quote").click()
    assert marked(tab) == "Порт не закроют"


def test_node_panel_tells_facts_events_values_and_who_says(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#n=lapshin")
    panel = tab.locator("#panel")
    assert "возраст" in panel.locator(".values").inner_text() and "58" in panel.locator(".values").inner_text()
    assert headings(tab) == ["Сказано, но не факт 1", "События 1", "О ком и о чём говорит 1", "Утверждения 2"]
    panel.locator(".chip").nth(2).click()
    assert panel.locator(".claim").count() == 1
    assert panel.locator(".chip[aria-pressed=true]").inner_text() == "говорят о нём 1"


# --- filters


def test_filters(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#n=lapshin")
    panel = tab.locator("#panel")
    assert panel.locator(".claim").count() == 2
    tab.locator("[data-standing=possible]").uncheck()
    assert panel.locator(".claim").count() == 1 and tab.url.endswith("#n=lapshin&k=possible")
    assert "Фильтром скрыто: 1" in panel.inner_text()
    tab.go_back()
    assert panel.locator(".claim").count() == 2 and tab.locator("[data-standing=possible]").is_checked()
    tab.go_forward()
    tab.locator("#reset").click()
    assert panel.locator(".claim").count() == 2
    tab.locator("#article-filter").select_option(label="Другая статья")
    assert panel.locator(".claim").count() == 0
    tab.keyboard.press("Escape")
    assert "Игорь Лапшин" not in panel.inner_text() and "Банк" in panel.inner_text()
    tab.locator("[data-type=Organization]").uncheck()
    assert "Банк" not in panel.inner_text()


def test_only_one_standing(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    row = tab.locator("#standings .row").nth(2)
    row.hover()
    row.locator(".only").click()
    assert [box.is_checked() for box in tab.locator("[data-standing]").all()] == [False, False, True, False]
    assert "Банк" not in tab.locator("#panel").inner_text() and "Лапшин" in tab.locator("#panel").inner_text()


# --- time


def day_x(tab: Any, iso: str) -> float:
    """Where a day stands on the strip, from the accessible values of its handles."""
    box = tab.locator("#strip-chart").bounding_box()
    handle = tab.locator("[data-handle=from]")
    low, high = (int(handle.get_attribute(name)) for name in ("aria-valuemin", "aria-valuemax"))
    day = tab.evaluate("iso => Date.parse(iso) / 864e5", iso)
    return box["x"] + 10 + (day - low) / (high + 1 - low) * (box["width"] - 20)


def test_brush_filters_graph_lists_and_address(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    box = tab.locator("#strip-chart").bounding_box()
    tab.mouse.move(day_x(tab, "2024-11-28"), box["y"] + 20)
    tab.mouse.down()
    tab.mouse.move(day_x(tab, "2025-01-20"), box["y"] + 20, steps=5)
    tab.mouse.up()
    panel = tab.locator("#panel")
    assert "r=2024-11-" in tab.url and "..2025-01-" in tab.url
    assert "Кредит" in panel.inner_text() and "Обыск" not in panel.inner_text()
    assert "Банк" in panel.inner_text() and "Лапшин" not in panel.inner_text()
    assert "2024" in tab.locator(".dates").inner_text()
    tab.locator("[data-view=time]").click()
    assert "входит" in tab.locator("#undated").inner_text()  # and says what is left out for want of a date
    tab.locator("#strip-clear").click()
    assert "r=" not in tab.url and "Обыск" in panel.inner_text()
    tab.go_back()
    assert "r=" in tab.url and "Обыск" not in panel.inner_text()


def test_time_by_keyboard(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    handle = tab.locator("[data-handle=from]")
    handle.focus()
    for _ in range(30):
        tab.keyboard.press("PageUp")
        if "r=" in tab.url and tab.url.split("r=")[1] > "2025-02":
            break
    assert tab.locator("[data-handle=from]").evaluate("node => node === document.activeElement")
    assert "2025" in tab.locator("[data-handle=from]").get_attribute("aria-valuetext")
    assert "Кредит" not in tab.locator("#panel").inner_text() and "Обыск" in tab.locator("#panel").inner_text()
    was = tab.url
    tab.keyboard.press("ArrowRight")
    assert tab.url > was
    tab.keyboard.press("Escape")
    assert "r=" not in tab.url


def test_chronicle_is_in_order_and_undated_things_are_said_to_be_so(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#v=time")
    when = tab.locator("#view-time > .chronicle .when").all_inner_texts()
    assert when == ["декабрь 2024", "14 октября 2025", "9 октября 2025", "10 октября 2025"]
    undated = tab.locator("#undated")
    assert "Отставка" in undated.inner_text() and "3.txt" in undated.inner_text() and "Кредит" not in undated.inner_text()
    assert tab.locator("#lane-chart .lane").count() == 2
    assert "Без даты: 1 событие, 1 статья" in tab.locator("#strip").inner_text()
    tab.locator("#view-time [data-node]").first.click()
    assert tab.locator("#panel h2").inner_text() == "Кредит"


def test_no_dates_no_strip_and_it_is_said(browser: Any) -> None:
    tab = browser.open(many(12))
    assert "Дат нет" in tab.locator("#strip").inner_text()
    assert tab.locator("#strip-chart").count() == 0


# --- map


def test_map_shows_places_with_their_events(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    tab.locator("[data-view=map]").click()
    place = tab.locator("[data-place]")
    assert place.get_attribute("aria-label") == "Мурманск, City, 2 события"
    assert tab.locator("#map-chart path").first.get_attribute("d").count("Z") > 200
    assert "Нет на карте: 1 событие" in tab.locator("#view-map .notice").inner_text()
    place.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h2").inner_text() == "Мурманск"
    assert headings(tab)[0] == "События 2"
    tab.evaluate("location.hash = 'v=map&r=2025-10-01..2025-10-31'")
    tab.wait_for_selector("[data-place][aria-label$='1 событие']")


def test_no_map_without_places(browser: Any) -> None:
    tab = browser.open(many(5), "#v=map")
    assert tab.locator("[data-view=map]").count() == 0
    assert tab.locator("#view-graph").is_visible()


# --- paths and neighbourhoods


def test_path_between_two_nodes(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#n=solov")
    tab.get_by_role("button", name="Путь до…").click()
    tab.keyboard.type("банку")
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#n=solov&p=bank")
    steps = [" ".join(text.split()) for text in tab.locator("#panel .route > li .text").all_inner_texts()]
    assert [text.split(" ")[0] for text in steps[::2]] == ["Артём", "Обыск", "Мурманск", "Кредит", "Банк"]
    assert "4 шага" in tab.locator("#panel").inner_text()
    assert tab.locator("#panel .claim").count() == 2
    tab.locator("[data-standing=disputed]").uncheck()
    assert "Пути нет" in tab.locator("#panel").inner_text()
    tab.go_back()
    tab.go_back()
    assert tab.locator("#panel h2").inner_text() == "Артём Соловьёв"


def test_neighbourhood_expands_and_collapses(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#n=solov")
    tab.get_by_role("button", name="Только окружение").click()
    assert tab.url.endswith("#n=solov&w=near")
    tab.locator("#panel [data-node]").first.click()
    assert tab.locator("#panel h2").inner_text() == "Обыск"
    tab.get_by_role("button", name="Развернуть соседей").click()
    assert tab.url.count("o=") == 2
    tab.get_by_role("button", name="Свернуть соседей").click()
    assert tab.url.count("o=") <= 1
    tab.get_by_role("button", name="Весь граф").click()
    assert "w=" not in tab.url


def test_expanding_adds_neighbours_to_the_picture(browser: Any, page: Page, tmp_path: Path) -> None:
    """Counted in the saved picture: what is drawn is what is written."""
    tab = browser.open(page, "#n=raid&o=solov&w=near")
    before = names_in(saved(tab, "save_svg", tmp_path))
    assert {"Артём Соловьёв", "Обыск"} <= before and "Мурманск" not in before
    tab.get_by_role("button", name="Развернуть соседей").click()
    assert {"Артём Соловьёв", "Обыск", "Мурманск"} <= names_in(saved(tab, "save_svg", tmp_path))


# --- the address


def test_address_holds_everything_and_comes_back(browser: Any, page: Page) -> None:
    at = "#n=lapshin&c=c0&v=time&k=reported&k=possible&r=2025-10-01..2025-10-31&l=en"
    tab = browser.open(page, at)
    assert tab.locator("#panel h2").inner_text() == "Игорь Лапшин"
    assert marked(tab) == "порт закроют в ноябре"
    assert tab.locator("#view-time h2").inner_text() == "Timeline"
    assert not tab.locator("[data-standing=reported]").is_checked()
    assert "1–31 October 2025" in tab.locator(".dates").inner_text()
    tab.locator("[data-view=graph]").click()
    assert tab.url.endswith(at.replace("&v=time", ""))
    tab.go_back()
    assert tab.url.endswith(at) and tab.locator("#view-time").is_visible()


@pytest.mark.parametrize("at", ["#n=nobody&e=none&c=%00&a=..&s=99&v=nothing&r=x..y&o=q&p=z&k=z&t=z&f=z", "#s=5", "#p=lapshin", "#%E0%A4%A", "#a=a1&s=99"])
def test_a_broken_address_is_no_harm(browser: Any, page: Page, at: str) -> None:
    tab = browser.open(page, at)
    assert tab.locator("#panel h2").inner_text() == "Кто, с кем и с чьих слов"


# --- saving


def saved(tab: Any, how: str, folder: Path) -> bytes:
    tab.locator("#save > summary").click()
    with tab.expect_download() as waiting:
        tab.locator(f"[data-save={how}]").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path.read_bytes()


def names_in(picture: bytes) -> set[str]:
    return {text.text or "" for text in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")}


@pytest.mark.parametrize("view", ["graph", "map", "time"])
def test_pictures_are_saved(browser: Any, page: Page, view: str, tmp_path: Path) -> None:
    tab = browser.open(page, "" if view == "graph" else f"#v={view}")
    if view == "map":
        tab.wait_for_selector("#map-chart")
    drawn = saved(tab, "save_svg", tmp_path)
    names = names_in(drawn)
    assert any({"graph": "Игорь Лапшин", "map": "Мурманск", "time": "Кредит"}[view] in name for name in names), names
    assert "Новости" in names
    assert not any("href" in key for item in ET.fromstring(drawn).iter() for key in item.attrib)
    picture = saved(tab, "save_png", tmp_path)
    assert picture.startswith(b"\x89PNG") and len(picture) > 4_000
    width = int.from_bytes(picture[16:20], "big")
    assert width > tab.locator(".stage").bounding_box()["width"]  # finer than the screen


def test_a_list_is_printed_rather_than_pictured(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#v=disputes")
    tab.locator("#save > summary").click()
    assert tab.locator("[data-save=save_png]").is_disabled() and tab.locator("[data-save=save_print]").is_enabled()


def test_print_leaves_the_evidence(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#n=lapshin&c=c0")
    tab.emulate_media(media="print")
    shown = {name: tab.locator(name).is_visible() for name in (".bar", ".legend", ".strip", "#panel", "#reader")}
    assert shown == {".bar": False, ".legend": False, ".strip": False, "#panel": True, "#reader": True}


# --- strangers' texts


def test_hostile_page_is_inert(browser: Any, hostile: Page, tmp_path: Path) -> None:
    tab = browser.open(hostile)
    for item in hostile.nodes:
        tab.evaluate("id => { location.hash = 'n=' + encodeURIComponent(id) }", item.id)
        tab.wait_for_timeout(20)
        assert tab.locator("#panel .claim").count() > 0
        assert tab.locator("#panel a").count() == 1
    for at in range(len(EVIL)):
        tab.evaluate("id => { location.hash = 'c=' + encodeURIComponent(id) }", hostile.claims[at].id)
        tab.wait_for_timeout(20)
        assert marked(tab) == "alert(2)"
    tab.locator("#search").fill("alert")
    assert tab.locator("#search-hints [role=option]").count() > 0
    for view in ("time", "map", "disputes"):
        tab.evaluate("view => { location.hash = 'v=' + view }", view)
        tab.wait_for_timeout(150)
        assert tab.locator(f"#view-{view}").is_visible()
    for view in ("graph", "map", "time"):
        tab.evaluate("view => { location.hash = 'v=' + view }", view)
        tab.wait_for_timeout(100)
        ET.fromstring(saved(tab, "save_svg", tmp_path))  # well formed, whatever the names
    tab.evaluate("location.hash = 'a=a&s=0'")
    tab.wait_for_timeout(50)
    assert tab.locator("#panel .claim").count() == len(EVIL)
    assert tab.locator("script, img, iframe, object, embed").count() == 1  # ours; those of the data removed themselves


def test_policy_stops_what_would_get_in(browser: Any, page: Page) -> None:
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


def test_nothing_leaks_into_the_window(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    assert tab.evaluate("['model', 'state', 'go', 'WORDS'].filter((name) => name in window)") == []


def test_texts_with_wide_letters_keep_their_places(browser: Any) -> None:
    text = "🚢🚢 Порт закроют. 🚢 Порт не закроют."
    given = small()
    claims = (dataclasses.replace(given.claims[0], quote="Порт не закроют", begin=19, end=34, cue="", contradicts=()),)
    assert text[19:34] == "Порт не закроют"
    nodes = tuple(dataclasses.replace(item, claims=(0,) if item.claims else (), values=()) for item in given.nodes)
    edges = tuple(dataclasses.replace(edge, claims=(0,)) for edge in given.edges)
    tab = browser.open(Page("т", nodes, edges, claims, (PageArticle("a", "т", "т", "", text, ((0, 16), (17, 35))),)), "#c=c0")
    assert marked(tab) == "Порт не закроют"
    assert tab.locator("#reader .s").inner_text() == "🚢 Порт не закроют."


# --- big graphs


def test_big_graph_opens_on_a_part_of_it(browser: Any) -> None:
    tab = browser.open(many(1_600))
    assert "Показано самых связанных узлов: 40 из 1" in tab.locator("#notice").inner_text()
    tab.evaluate("location.hash = 'n=n9'")
    tab.wait_for_selector("#panel h2:text-is('Узел 9')")
    tab.locator("#near").uncheck()
    assert "w=all" in tab.url and tab.locator("#notice").is_hidden()


def test_ten_thousand_nodes_open_at_once(browser: Any) -> None:
    tab = browser.open(many(10_000))
    shown = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert shown < 3_000
    tab.locator("#search").fill("узлом 777")
    assert tab.locator("#search-hints [role=option]").first.inner_text().startswith("Узел 777")
    tab.locator("#near").uncheck()  # the whole of it, for those who ask
    busy = tab.evaluate(
        """() => new Promise((done) => { const begin = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begin))) })"""
    )
    assert busy < 3_000
