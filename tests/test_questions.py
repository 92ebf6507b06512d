"""The named questions: the same answer in both engines, the expected one, quickly and in a fixed order."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import rdflib
from refresh_questions import EXPECTED, by_oxigraph, by_rdflib, expected, takes_entity

from kg.graph.store import questions

NAMES = sorted(questions())
SLOWEST = 5.0


def test_there_are_twelve_each_with_an_expected_answer() -> None:
    assert len(NAMES) == 12
    assert sorted(path.stem for path in EXPECTED.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_form(name: str) -> None:
    text = questions()[name].sparql
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert re.match(r"# ru: .+\?\n# en: .+\?\n(# about: \?entity\n)?PREFIX", text)
    assert text.rstrip().splitlines()[-1].startswith("ORDER BY ")
    assert "GROUP_CONCAT" not in text, "its order is not defined"
    assert ("?entity" in text) == takes_entity(name)


@pytest.mark.parametrize("name", NAMES)
def test_answer_on_the_seeds(seeds_folder: Path, seeds_graph: rdflib.Graph, name: str) -> None:
    graph = seeds_folder / "graph.ttl"
    start = time.perf_counter()
    fast = by_oxigraph(graph, name)
    slow = by_rdflib(graph, seeds_graph, name)
    assert time.perf_counter() - start < SLOWEST
    assert fast == slow, "Oxigraph and rdflib disagree"
    assert fast == expected(name), f"if this answer is better, run: python -m tests.refresh_questions {name}"
