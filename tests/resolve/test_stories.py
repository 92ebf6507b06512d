"""Reprints and rewrites are one story, and count once."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from kg.export.turtle import turtle
from kg.graph.explain import explain
from kg.graph.store import load
from kg.ids import DEFAULT_BASE
from kg.pipeline import build_graph, read_facts
from kg.records import Article, Span
from kg.resolve.stories import alike, shingles, stories

WORDS = [f"{a}{b}" for a in ("вода", "мост", "порт", "лес", "суд", "год", "дом", "план", "груз", "рейс") for b in ("", "ов", "ом", "ами", "ный", "ить")]


def article(text: str, date: str | None = None) -> Article:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Article(f"{sha[:4]}.txt", text, sha, "utf-8", text[:20], (Span(0, len(text)),), date, "given" if date else None)


def words(count: int, seed: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def test_a_rewrite_and_a_shortened_copy_are_one_story_and_another_text_is_not() -> None:
    original = words(300, 1)
    rewritten = [w if i % 29 else "иначе" for i, w in enumerate(original)]
    shortened = original[:90]
    corpus = [article(" ".join(w), date) for w, date in [(original, "2021-03-02"), (rewritten, "2021-03-01"), (shortened, None), (words(300, 2), None)]]
    found = stories(corpus)
    assert sorted(len(s.articles) for s in found) == [1, 3]
    whole = max(found, key=lambda s: len(s.articles))
    assert whole.lead == corpus[1].sha256, "the earliest leads"
    assert {s.lead: set(s.articles) for s in stories(corpus[::-1])} == {s.lead: set(s.articles) for s in found}


@pytest.mark.parametrize(("every", "same"), [(40, True), (12, True), (3, False)])
def test_how_much_may_be_rewritten(every: int, same: bool) -> None:
    original = words(400, 3)
    changed = [w if i % every else f"слово{i}" for i, w in enumerate(original)]
    assert alike(shingles(article(" ".join(original))), shingles(article(" ".join(changed)))) == same


def test_short_texts_are_one_story_only_when_equal() -> None:
    one, other = article("Мэр открыл мост в Заречном"), article("Мэр открыл мост в Заречном и уехал")
    assert len(stories([one, other])) == 2
    assert len(stories([one, article("Мэр открыл мост в Заречном\n")])) == 1
    assert len(stories([article("Мост"), article("Порт")])) == 2


def test_reprints_count_once_and_all_evidence_is_kept(tmp_path: Path) -> None:
    fact = "Министр обороны Италии Марио Лямин приехал в Тулу. "
    filler = "Погода в этот день была ясная, и на площади у вокзала собралось много жителей, которые ждали начала праздника до самого вечера. "
    filler += "Оркестр играл марши, дети запускали змеев, а торговцы раздавали бесплатный чай с пряниками всем, кто подходил к палаткам. "
    (tmp_path / "one.txt").write_text("Визит в Тулу\n\n" + fact + filler, encoding="utf-8")
    (tmp_path / "two.txt").write_text("Визит в Тулу начался\n\n" + fact + filler + "Подробности позже.", encoding="utf-8")
    (tmp_path / "three.txt").write_text("Гость\n\n" + fact + "Больше о поездке ничего не известно.", encoding="utf-8")
    graph = build_graph(read_facts([tmp_path]), DEFAULT_BASE).graph
    assert len({s.iri for s in graph.stories.values()}) == 2
    said = [s for s in graph.statements if s.predicate == "worksFor" or s.predicate == "position"]
    assert said
    for statement in said:
        telling = [c for c in graph.claims if statement.iri in c.claims]
        assert (len({c.article for c in telling}), statement.support) == (3, 2)
    (tmp_path / "graph.ttl").write_bytes(turtle(graph))
    notes = explain(load(tmp_path / "graph.ttl"), said[0].subject).facts
    assert {note.support for note in notes if "должность" in " ".join(note.said)} == {2}
