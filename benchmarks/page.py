"""How fast pages open: the explorer, `--viewer pyvis`, and what pyvis writes when it is left to itself.

    python benchmarks/page.py                         500, 2,000, 10,000 and 50,000 nodes, all three; some minutes
    python benchmarks/page.py 500 2000 --without plain

The graph is made up: hubs, two links a node, every tenth node an event with a date, a claim with its sentence for
every node. All pages of one run show the same graph in the same Chromium, without a network and without a GPU.
Prints a table in Markdown:

* `written`: seconds of Python for layout and file;
* `painted`: seconds from the opening of the file to the first thing drawn on a canvas (`> N`: not within N seconds);
* `ready`: seconds until the page answers to its user (the explorer says so itself; pyvis: as painted);
* `frame`: milliseconds a frame while the wheel turns over the opening view; `whole`: the same with all nodes shown;
* `heap`: megabytes of JavaScript objects.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.export.page import Page, PageArticle, PageClaim, PageEdge, PageNode, render
from kg.export.pyvis_page import render_pyvis

SIZES = (500, 2_000, 10_000, 50_000)
CHROMIUM = "/usr/bin/chromium"
LIMIT = 60
PER_ARTICLE = 20
TYPES = (("Person", "человек"), ("Organization", "организация"), ("City", "населённый пункт"), ("Position", "должность"))
WATCH = """for (const name of ['fill', 'stroke', 'fillRect']) {
  const real = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...given) { window.painted ??= performance.now(); return real.apply(this, given); };
}"""
TURN = """() => new Promise((done) => { const canvas = document.querySelector('canvas'); let count = 0; const begin = performance.now();
  const box = canvas.getBoundingClientRect();
  const step = () => { canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: count % 2 ? 40 : -40, clientX: box.left + 300, clientY: box.top + 300,
    cancelable: true, bubbles: true })); count += 1;
    if (count < 20) requestAnimationFrame(step); else requestAnimationFrame(() => done((performance.now() - begin) / 20)) };
  requestAnimationFrame(step) })"""
HEAP = "() => performance.memory.usedJSHeapSize / 1e6"


def graph(count: int) -> Page:
    """A made-up graph of so many nodes."""
    nodes, claims, articles, edges = [], [], [], []
    lines: list[str] = []
    for at in range(count):
        event = at % 10 == 9
        kind, label = ("Meeting", "встреча") if event else TYPES[at % 4]
        day = f"20{10 + at % 15}-{1 + at % 12:02}-{1 + at % 28:02}" if event else ""
        nodes.append(
            PageNode(
                f"https://example.org/id/{kind}/{at}", f"{label} номер {at}", kind, label, "event" if event else "entity", (f"№ {at}",),
                "", (), 1 + at % 9, (at,), time=day, earliest=day, latest=day, type_en=kind,
            )
        )  # fmt: skip
        quote = f"Источник {at % 97} сообщил, что {label} номер {at} связан с номером {at // 2}."
        begin = sum(len(line) + 1 for line in lines)
        lines.append(quote)
        claims.append(
            PageClaim(
                f"c{at}", f"номер {at} — связан с — номер {at // 2}", quote, f"источник {at % 97}", None, "", "reported", "передано",
                "affirmed", "reported" if at % 3 else "asserted", 0.8, at // PER_ARTICLE, begin, begin + len(quote), "сообщил", (), "",
            )
        )  # fmt: skip
        if len(lines) == PER_ARTICLE or at == count - 1:
            ends = [sum(len(line) + 1 for line in lines[: k + 1]) - 1 for k in range(len(lines))]
            spans = tuple((end - len(line), end) for end, line in zip(ends, lines, strict=True))
            number = len(articles)
            articles.append(
                PageArticle(f"a{number}", f"Статья {number}", f"{number}.txt", f"2025-{1 + number % 12:02}-01", "\n".join(lines), spans)
            )
            lines = []
    for at in range(1, count):
        for part in (2, 7):
            standing = "reported" if at % 3 else "asserted"
            edges.append(PageEdge(f"e{at}-{part}", nodes[at].id, nodes[at // part].id, "связан с", standing, (at,), "is linked with"))  # type: ignore[arg-type]
    return Page("Проба", tuple(nodes), tuple(edges), tuple(claims), tuple(articles))


def plain(page: Page) -> str:
    """What pyvis makes of it when nothing is prepared for it."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    for node in page.nodes:
        net.add_node(node.id, label=node.label)
    for edge in page.edges:
        net.add_edge(edge.source, edge.target, label=edge.label)
    return str(net.generate_html())


WRITERS: dict[str, Callable[[Page], str]] = {"explorer": render, "viewer pyvis": render_pyvis, "plain": plain}


def measured(chromium: Any, file: Path, name: str) -> list[str]:
    """Open a page in a context of its own and look at the clock."""
    context = chromium.new_context(offline=True, viewport={"width": 1400, "height": 900})
    context.add_init_script(WATCH)
    tab = context.new_page()
    tab.set_default_timeout(LIMIT * 1000)
    wanted = "document.documentElement.dataset.ready === '1'" if name == "explorer" else "window.painted !== undefined"
    try:
        tab.goto(file.as_uri(), wait_until="commit")
        tab.wait_for_function(f"() => window.painted !== undefined && {wanted}", polling=20)
        painted, ready = tab.evaluate("() => [window.painted / 1000, performance.now() / 1000]")
        frame = tab.evaluate(TURN)
        heap = tab.evaluate(HEAP)
        whole = ""
        if name == "explorer":
            if tab.locator("#near").is_checked():
                tab.locator("#near").uncheck()
            tab.wait_for_timeout(500)
            whole = f"{tab.evaluate(TURN):.0f}"
        return [f"{painted:.2f}", f"{ready:.2f}", f"{frame:.0f}", whole or f"{frame:.0f}", f"{heap:.0f}"]
    except Exception as error:
        if "Timeout" not in type(error).__name__ and "Target" not in str(error):
            raise
        return [f"> {LIMIT}", f"> {LIMIT}", "", "", ""]
    finally:
        context.close()


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES)
    asked.add_argument("--without", action="append", default=[], choices=list(WRITERS))
    given = asked.parse_args()
    from playwright.sync_api import sync_playwright

    print("| nodes | page | written, s | MB | painted, s | ready, s | frame, ms | whole, ms | heap, MB |\n|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            page = graph(size)
            for name, write in WRITERS.items():
                if name in given.without:
                    continue
                begin = time.perf_counter()
                text = write(page)
                written = time.perf_counter() - begin
                file = Path(folder) / "page.html"
                file.write_text(text, encoding="utf-8")
                with sync_playwright() as playwright:
                    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
                    cells = measured(chromium, file, name)
                    chromium.close()
                row = [f"{size:,}", name, f"{written:.1f}", f"{file.stat().st_size / 1e6:.2f}", *cells]
                print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
