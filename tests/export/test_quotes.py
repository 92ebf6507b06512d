"""Whatever an article is made of, every quote and span is the text at its offsets."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.brat import standoff
from kg.export.jsonl import line
from kg.ids import DEFAULT_BASE
from kg.pipeline import Read, build_graph, facts_of
from kg.read import from_text
from kg.records import Facts

SENTENCES = [
    "Мэр Заозёрска Пётр Луговой 12 марта 2021 года подал в отставку.",
    "Об этом сообщил губернатор Виктор Сомов.",
    "По словам Сомова, Луговой якобы получил взятку от компании «Мостстрой».",
    "«Мы ждём решения суда», — заявила Анна Рябова.",
    "Эксперты считают, что обвинения ложны; Мостстрой их отрицает.",
    "Вчера Сомов встретился с Рябовой в Зао\u00adзёрске 😀.",
    "Источник в администрации не исключает, что Луговои\u0306 уедет.",
    "«Я не зна\u0301ю», — сказал\u200b Лугoвoй\u00a0журналистам.",
]
ENDS = [" ", "\n", "\r\n\r\n", "\u2028", " 😀 ", "\t", "\ufeff"]

articles = st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from(ENDS)), min_size=1, max_size=6).map(
    lambda parts: "".join(sentence + end for sentence, end in parts)
)


@settings(max_examples=25, deadline=None)
@given(articles)
def test_every_span_is_the_text_at_its_offsets(text: str) -> None:
    facts = facts_of(from_text("a.txt", text))
    assert isinstance(facts, Facts), facts
    built = build_graph(Read((facts,), ()), DEFAULT_BASE)
    for claim in built.graph.claims:
        assert claim.quote and text[claim.begin : claim.end] == claim.quote
    for row in standoff(facts, built.resolution).splitlines():
        if row.startswith("T"):
            _, where, surface = row.split("\t", 2)
            _, start, end = where.split(" ")
            assert text[int(start) : int(end)].replace("\n", " ") == surface
    record = json.loads(line(facts, built.resolution))
    entities = set(built.resolution.by_key)
    for kind in ("mentions", "claims", "dates"):
        for each in record[kind]:
            assert 0 <= each["start"] < each["end"] <= len(text)
    assert {m["entity"] for m in record["mentions"]} - {None} <= entities
    assert {iri for claim in record["claims"] for iri in claim["about"]} <= entities


def test_the_sentences_yield_quotes_at_all() -> None:
    facts = facts_of(from_text("a.txt", " ".join(SENTENCES)))
    assert isinstance(facts, Facts)
    claims = build_graph(Read((facts,), ()), DEFAULT_BASE).graph.claims
    assert len(claims) >= 5 and any("\u00ad" in claim.quote or "\u0301" in claim.quote for claim in claims)
