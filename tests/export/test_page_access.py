"""The page for everybody: keyboard, screen readers, phones, two languages, light and dark."""

from __future__ import annotations

import re
from importlib import resources
from importlib.util import find_spec
from typing import Any

import pytest

from kg.export.page import Page

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
VIEWS = {
    "start": "",
    "node": "#n=lapshin",
    "article and sentence": "#n=lapshin&a=a1&s=1",
    "claim": "#e=e0&c=c0",
    "path": "#n=solov&p=bank",
    "time": "#v=time&r=2025-10-01..2025-10-31",
    "map": "#v=map&n=city",
    "disputes in English": "#v=disputes&l=en",
}


@pytest.fixture(scope="module")
def axe() -> str:
    if find_spec("axe_playwright_python") is None:
        pytest.skip("axe-core is not installed (pip install '.[dev]' brings it with axe-playwright-python)")
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_no_serious_fault(browser: Any, page: Page, axe: str, scheme: str, width: int) -> None:
    tab = browser.open(page, color_scheme=scheme, viewport={"width": width, "height": 900})
    tab.evaluate(axe + "\n;0")
    for name, address in VIEWS.items():
        tab.evaluate("at => { location.hash = at }", address.lstrip("#"))
        tab.wait_for_timeout(120 if "map" not in name else 300)
        if name == "start":
            tab.locator("#search").fill("о")
        found = tab.evaluate(
            "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", RULES
        )["violations"]
        bad = [
            (fault["id"], [" ".join(node["target"]) for node in fault["nodes"]][:5])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        assert bad == [], (name, bad)


def test_axe_would_find_a_fault(browser: Any, page: Page, axe: str) -> None:
    tab = browser.open(page)
    tab.evaluate(axe + "\n;0")
    tab.evaluate("document.querySelector('#theme').removeAttribute('aria-label'); document.querySelector('#theme').textContent = ''; document.querySelector('#theme').title = ''")
    found = tab.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)["violations"]
    assert "button-name" in [fault["id"] for fault in found]


def test_everything_by_keyboard(browser: Any, page: Page) -> None:
    """From the skip link to the evidence in the text without a mouse."""
    tab = browser.open(page)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "skip"
    assert tab.locator("#skip").bounding_box()["y"] >= 0  # seen once it has the focus
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "panel" and "#" not in tab.url
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # the first of the best connected
    assert tab.locator("#panel h2").inner_text() == "Порт"
    for _ in range(40):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.className") == "quote":
            break
    tab.keyboard.press("Enter")
    assert tab.locator("#reader mark").first.is_visible()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    assert "#" not in tab.url


def test_arrows_walk_through_the_graph(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    tab.locator("#graph").focus()
    tab.keyboard.press("ArrowRight")
    first = tab.locator("#said").inner_text()
    assert "связ" in first
    names = {first}
    for key in ("ArrowLeft", "ArrowUp", "ArrowDown", "ArrowLeft"):
        tab.keyboard.press(key)
        names.add(told := tab.locator("#said").inner_text())
    assert len(names) > 2
    tab.keyboard.press("Enter")
    assert tab.locator("#panel h2").inner_text() == told.split(", ")[0]
    tab.keyboard.press("+")
    tab.keyboard.press("0")


def test_focus_is_seen(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    for _ in range(12):
        tab.keyboard.press("Tab")
        seen = tab.evaluate(
            """() => { const s = getComputedStyle(document.activeElement);
            return parseFloat(s.outlineWidth) >= 2 || s.boxShadow !== 'none' || document.activeElement.id === 'skip' }"""
        )
        assert seen, tab.evaluate("document.activeElement.outerHTML.slice(0, 120)")


def test_both_languages(browser: Any, page: Page) -> None:
    tab = browser.open(page, "#n=lapshin&c=c0")
    assert tab.locator("html").get_attribute("lang") == "ru"
    tab.locator("#language").click()
    assert tab.locator("html").get_attribute("lang") == "en" and tab.url.endswith("&l=en")
    panel = tab.locator("#panel").inner_text()
    assert "Said, but no fact" in panel and "will close" in panel and "age" in panel and "October 2025" in panel
    assert "порт закроют в ноябре" in panel  # what the articles say stays as it is
    assert tab.locator("#panel .quote").first.get_attribute("lang") == "ru"
    interface = "header, #legend, .tools, #strip, #panel h3, #panel .actions, #panel .tags"
    for text in tab.locator(interface).all_inner_texts():
        for title in ("Новости", "Порт закроют", "Другая статья", "Человек"):
            text = text.replace(title, "")
        assert not re.findall("[А-Яа-яё]+", text), text
    tab.go_back()
    assert "Сказано, но не факт" in tab.locator("#panel").inner_text()


def test_dark_and_light(browser: Any, page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    tab = browser.open(page, color_scheme="dark")
    dark = tab.evaluate(ground)
    tab.locator("#theme").click()
    light = tab.evaluate(ground)
    assert (dark, light) == ("rgb(20, 23, 26)", "rgb(247, 246, 242)")
    tab.reload()
    tab.wait_for_selector("html[data-ready]")
    assert tab.evaluate(ground) == light  # the choice is kept


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(browser: Any, page: Page, scheme: str) -> None:
    tab = browser.open(page, "#n=lapshin", viewport={"width": 390, "height": 800}, color_scheme=scheme)
    for address in ["n=lapshin", *(at.lstrip("#") for at in VIEWS.values())]:
        tab.evaluate("at => { location.hash = at }", address)
        tab.wait_for_timeout(60)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 390, address
    tab.evaluate("location.hash = 'n=lapshin'")
    assert tab.locator("#panel h2").is_visible() and tab.locator("#graph").is_visible() and tab.locator("#legend").is_hidden()
    tab.locator("#panel .quote").first.click()
    assert tab.locator("#reader mark").first.is_visible()
    tab.locator("#reader .s").first.click()
    assert tab.locator("#panel h2.as-quote").is_visible() and tab.locator("#reader").is_hidden()
    tab.locator("#panel .close").click()
    assert tab.locator("#reader").is_visible()
    tab.locator("#reader .close").click()
    tab.locator("#filters-toggle").click()
    assert tab.locator("[data-standing=possible]").is_visible()


def test_nothing_moves_for_those_who_asked_for_it(browser: Any, page: Page) -> None:
    tab = browser.open(page)
    assert tab.evaluate("getComputedStyle(document.querySelector('.plain')).transitionDuration") in ("0s", "")


def test_old_browsers_are_told(browser: Any, page: Page) -> None:
    text = browser.chromium.new_context(offline=True)
    text.add_init_script("delete window.DecompressionStream")
    tab = text.new_page()
    file = browser.folder / "old.html"
    from kg.export.page import render

    file.write_text(render(page), encoding="utf-8")
    tab.goto(file.as_uri())
    tab.wait_for_selector("#fatal:not([hidden])")
    assert "DecompressionStream" in tab.locator("#fatal").inner_text()
