"""Ten questions an analyst would ask about the two seed articles, answered from the page alone.

Each answer takes at most three clicks; typing a name into a field and Enter count as one.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.export.page import Page

pytestmark = pytest.mark.browser
MOST_CLICKS = 3


class Analyst:
    """Looks at the page and counts the clicks that it takes."""

    def __init__(self, tab: Any) -> None:
        self.tab, self.clicks = tab, 0

    def click(self, place: Any) -> None:
        self.clicks += 1
        (self.tab.locator(place) if isinstance(place, str) else place).first.click()

    def search(self, name: str) -> None:
        self.clicks += 1
        self.tab.keyboard.press("/")
        self.tab.keyboard.type(name)
        self.tab.keyboard.press("Enter")

    def reads(self, place: str) -> str:
        assert self.clicks <= MOST_CLICKS
        return " ".join(self.tab.locator(place).first.inner_text().split())

    def section(self, heading: str) -> Any:
        """The list below a heading of the panel."""
        return self.tab.locator(f"#panel h3:has-text('{heading}') + ul")


@pytest.fixture
def analyst(browser: Any, seeds_page: Page) -> Analyst:
    return Analyst(browser.open(seeds_page))


def test_who_is_mekhtiev_and_what_posts_did_he_hold(analyst: Analyst) -> None:
    analyst.search("Мехтиеву")
    assert analyst.reads("#panel h2") == "Рамиз Мехтиев"
    facts = " ".join(analyst.section("Факты").first.inner_text().split())
    assert "работает в (в прошлом) → администрация президента Азербайджана" in facts and "работает в (в прошлом) → ЦК Компартии" in facts
    assert "осуждён" not in facts and "осуждён за → государственная измена" in analyst.section("Сказано, но не факт").inner_text()
    assert "87" in analyst.reads("#panel .values")


def test_who_says_that_he_prepared_a_coup_and_in_which_words(analyst: Analyst) -> None:
    analyst.search("переворот")
    claim = analyst.reads("#panel .claim")
    assert "APA" in claim and "передано" in claim
    analyst.click("#panel .claim .quote")
    lit = "".join(analyst.tab.locator("#reader .sentence, #reader mark").all_text_contents())
    assert "готовил его один из серых кардиналов республики" in lit
    assert analyst.tab.locator("#reader mark").first.is_visible() and analyst.clicks <= MOST_CLICKS


def test_who_disagrees_with_apa_about_mekhtiev(analyst: Analyst) -> None:
    analyst.click("[data-view=disputes]")
    assert "Мехтиев якобы десятилетиями продвигал" in analyst.reads(".dispute .side:nth-child(1)")
    other = analyst.reads(".dispute .side:nth-child(2)")
    assert "политологи" in other and "через: Коммерсантъ" in other and "крайне сложно" in other
    assert "Рамиз Мехтиев" in analyst.reads(".about-nodes")


def test_what_happened_at_the_end_of_june_2025(analyst: Analyst, seeds_page: Page) -> None:
    tab = analyst.tab
    box = tab.locator("#strip-chart").bounding_box()
    handle = tab.locator("[data-handle=from]")
    low, high = (int(handle.get_attribute(name)) for name in ("aria-valuemin", "aria-valuemax"))
    day = tab.evaluate("Date.parse('2025-06-25') / 864e5")
    tab.mouse.click(box["x"] + 10 + (day - low) / (high + 1 - low) * (box["width"] - 20), box["y"] + 20)
    analyst.clicks += 1
    events = analyst.section("События по времени").first.inner_text()
    assert "рейд: ФСБ, МВД" in events and "смерть: азербайджанцы" in events
    assert "авария" not in events and "переговоры" not in events
    undated = sum(node.kind != "entity" and not (node.earliest or node.latest) for node in seeds_page.nodes)
    assert re.search(rf"Без даты: {undated} событ\w+, 1 статья", analyst.reads("#strip"))


def test_what_is_only_planned_or_possible(analyst: Analyst) -> None:
    row = analyst.tab.locator("#standings .row").nth(2)
    row.hover()
    analyst.click(row.locator(".only"))
    panel = analyst.reads("#panel")
    assert "визит: Баку" in panel and "назначение: Александр Куренков" in panel
    assert "арест: Рамиз Мехтиев" not in panel


def test_what_does_the_unnamed_source_say(analyst: Analyst) -> None:
    analyst.click(analyst.section("Чьи слова").locator("button", has_text=re.compile(r"^\s*источник\s*анонимный")))
    assert analyst.reads("#panel .kicker").startswith("анонимный источник")
    said = analyst.tab.locator("#panel .claim").all_inner_texts()
    assert any("может возглавить бывший личный адъютант Путина" in text for text in said)
    assert any("никак не входит в планы Кремля" in text and "с отрицанием" in text for text in said)


def test_where_did_events_happen_and_what_in_yekaterinburg(analyst: Analyst) -> None:
    analyst.click("[data-view=map]")
    analyst.tab.wait_for_selector("[data-place]")
    places = {name.split(",")[0]: name for name in (place.get_attribute("aria-label") for place in analyst.tab.locator("[data-place]").all())}
    assert {"Баку", "Москва", "Екатеринбург", "Душанбе", "Россия", "Азербайджан"} <= set(places)
    analyst.click(f"[data-place][aria-label='{places['Екатеринбург']}']")
    assert "рейд: ФСБ, МВД" in analyst.section("События").first.inner_text()
    assert analyst.clicks <= MOST_CLICKS


def test_how_is_putin_connected_with_mekhtiev(analyst: Analyst) -> None:
    analyst.search("Путиным")
    assert analyst.reads("#panel h2") == "Владимир Путин"
    analyst.click(analyst.tab.get_by_role("button", name="Путь до…"))
    analyst.clicks += 1
    analyst.tab.keyboard.type("Мехтиева")
    analyst.tab.keyboard.press("Enter")
    route = analyst.reads("#panel .route")
    assert route.startswith("Владимир Путин") and "Рамиз Мехтиев" in route
    assert analyst.tab.locator("#panel .claim").count() > 0  # with the evidence of every step


def test_what_else_does_one_sentence_say(analyst: Analyst) -> None:
    analyst.click(analyst.section("Статьи").get_by_text("APA: Москва и Баку"))
    analyst.click(analyst.tab.locator("#reader .s", has_text="Суд в Баку 87-летнего"))
    assert analyst.reads("#panel h2") == "Суд в Баку 87-летнего Рамиза Мехтиева уже арестовал."
    panel = analyst.reads("#panel")
    assert "возраст: 87" in panel and "арест: Рамиз Мехтиев" in panel and "Суд в Баку" in panel


def test_when_was_the_crash_and_how_many_died_according_to_whom(analyst: Analyst) -> None:
    analyst.search("авария")
    assert analyst.reads("#panel .note") == "декабрь 2024 · погибшие: 38"
    claim = analyst.reads("#panel .claim")
    assert "автор статьи" in claim and "28 августа 2025" in claim and "погибло 38 пассажиров" in claim
    assert "Азербайджанские авиалинии" in analyst.section("Участники").first.inner_text()
