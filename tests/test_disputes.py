"""Articles that do not agree: their claims contradict each other, whoever wrote them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.model import Graph
from kg.ids import DEFAULT_BASE
from kg.pipeline import build_graph, read_facts

PAIRS = {
    "figures": (
        "Взрыв в Туле\n\n5 марта 2020 года в Туле прогремел взрыв, погибли 38 человек, сообщило МЧС.",
        "Взрыв\n\nПо данным полиции, 5 марта 2020 года при взрыве в Туле погибли 67 человек.",
    ),
    "doers": (
        "Обстрел Алеппо\n\n5 марта 2020 года Россия обстреляла Алеппо, заявил Госдепартамент США.",
        "Обстрел\n\nМинобороны России утверждает, что 5 марта 2020 года Турция обстреляла Алеппо.",
    ),
}
AGREEING = {
    "the same figures": (PAIRS["figures"][0], "Взрыв\n\nПо данным полиции, 5 марта 2020 года при взрыве в Туле погибли 38 человек."),
    "another day": (PAIRS["figures"][0], "Взрыв\n\nПо данным полиции, 9 апреля 2021 года при взрыве в Туле погибли 67 человек."),
    "another town": (PAIRS["figures"][0], "Взрыв\n\nПо данным полиции, 5 марта 2020 года при взрыве в Омске погибли 67 человек."),
}


def graph_of(texts: tuple[str, str], folder: Path) -> Graph:
    for name, text in zip("ab", texts, strict=True):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return build_graph(read_facts([folder]), DEFAULT_BASE).graph


@pytest.mark.parametrize("texts", PAIRS.values(), ids=PAIRS)
def test_what_cannot_both_be_true_is_disputed(texts: tuple[str, str], tmp_path: Path) -> None:
    graph = graph_of(texts, tmp_path)
    against = {c.iri: c for c in graph.claims if c.contradicts}
    articles = {(c.article, against[other].article) for c in against.values() for other in c.contradicts}
    assert any(one != other for one, other in articles)
    assert sum(e.status == "disputed" for e in graph.events) >= 2


@pytest.mark.parametrize("texts", AGREEING.values(), ids=AGREEING)
def test_what_can_both_be_true_is_not(texts: tuple[str, str], tmp_path: Path) -> None:
    graph = graph_of(texts, tmp_path)
    assert not [c for c in graph.claims if c.contradicts]
