"""How long the exports take: python benchmarks/exports.py [NODES]

Makes a graph of that many entities (50,000 when none is given) with as many statements, a tenth as many
events and a claim for each, writes it as Turtle, and runs `kg export` once for each format.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kg.export.formats import FORMATS
from kg.export.turtle import turtle
from kg.graph.model import Graph, GraphClaim, GraphEvent, GraphStory, Statement
from kg.ids import Minter
from kg.records import Article, Entity, TimeValue

QUOTE = "По словам Ларина, завод «Заря» откроют в марте, а мост через Светлую закроют на ремонт до конца года."


def synthetic(size: int) -> Graph:
    """A graph in which every third statement is only reported; nothing in it is random."""
    minter = Minter()
    people = [minter.entity("Person", f"Пётр Ларин {i}") for i in range(size)]
    articles = {minter.article(sha): Article(f"{i}.txt", QUOTE, sha, "utf-8", QUOTE, (), "2021-03-12", "dateline")
                for i in range(max(1, size // 10)) for sha in [f"{i:064x}"]}  # fmt: skip
    homes = list(articles)
    statements = tuple(
        Statement(minter.statement(i), people[i], "knows", people[(i * 7 + 1) % size], i % 5 == 0, "accepted" if i % 3 else "unverified")
        for i in range(size)
    )
    events = tuple(
        GraphEvent(minter.event("Meeting", "a", i), "Meeting", f"встреча {i}", "happened", True,
                   (("agent", people[i]), ("participant", people[-i - 1])), None, TimeValue("2021-03", "2021-03-01", "2021-03-31"), "stated", (), "accepted")
        for i in range(size // 10)
    )  # fmt: skip
    entities = tuple(Entity(iri, "Person", f"Пётр Ларин {i}", (f"Ларин {i}",), (), ()) for i, iri in enumerate(people))
    claims = tuple(_claims(minter, homes, statements, events))
    stories = {iri: GraphStory(minter.story(article.sha256), QUOTE) for iri, article in articles.items()}
    return Graph(minter.base, articles, entities, (), statements, events, claims, {}, stories, (("kg", "0"),))


def _claims(minter: Minter, homes: list[str], statements: tuple[Statement, ...], events: tuple[GraphEvent, ...]) -> Iterator[GraphClaim]:
    for i, content in enumerate((*statements, *events)):
        home = homes[i % len(homes)]
        about = (content.subject, str(content.object)) if isinstance(content, Statement) else (content.roles[0][1],)
        fact = content.status == "accepted"
        yield GraphClaim(
            minter.claim(i), (content.iri,), home if fact else about[0], "author" if fact else "person", None,
            "asserted" if fact else "reported", "affirmed", 0.85, about, home, 0, len(QUOTE), QUOTE, "",
        )  # fmt: skip


def main() -> None:
    size = int(sys.argv[1]) if sys.argv[1:] else 50_000
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.ttl"
        graph.write_bytes(turtle(synthetic(size)))
        print(f"{size} entities, graph.ttl {graph.stat().st_size / 1e6:.0f} MB")
        for form in FORMATS:
            out = Path(folder) / form
            out.mkdir()
            begun = time.monotonic()
            run = subprocess.Popen([sys.executable, "-m", "kg", "export", str(graph), "--format", form, "-o", str(out), "--quiet"])
            _, status, used = os.wait4(run.pid, 0)
            run.returncode = os.waitstatus_to_exitcode(status)
            written = sum(path.stat().st_size for path in out.iterdir()) / 1e6
            cpu = used.ru_utime + used.ru_stime
            print(f"{form:10} {time.monotonic() - begun:5.1f} s {cpu:5.1f} s CPU {used.ru_maxrss / 1e3:6.0f} MB memory {written:6.0f} MB written", run.returncode or "")


if __name__ == "__main__":
    main()
