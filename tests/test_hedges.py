"""Nothing hedged ever becomes a fact: plain sentences yield a triple or an event, hedged twins do not."""

from __future__ import annotations

from functools import cache

import pytest

from kg.extract import extract
from kg.graph.assemble import assemble
from kg.graph.model import Graph
from kg.ids import Minter
from kg.read import from_text
from kg.resolve import resolve
from kg.text.annotate import annotate

# A clause that states something, and what it must yield when the article says it itself.
PLAIN = {
    "Пётр Ларин возглавил компанию «Заря»": "worksFor",
    "Анна Белова родилась в Твери": "birthPlace",
    "Пётр Ларин умер в Москве": "deathPlace",
    "Анна Белова окончила МГУ": "educatedAt",
    "компания «Заря» купила завод «Луч»": "owns",
    "Пётр Ларин стал министром транспорта": "position",
    "полиция задержала Петра Ларина в Самаре": "Detention",
    "суд арестовал Петра Ларина": "Arrest",
    "Пётр Ларин встретился с Анной Беловой в Минске": "Meeting",
    "президент уволил Петра Ларина": "Dismissal",
    "Пётр Ларин приехал в Баку": "Visit",
    "Анна Белова погибла в Омске": "Death",
}

HEDGES = (
    "По словам источника, {}.",
    "По данным газеты «Восток», {}.",
    "По сведениям прессы, {}.",
    "Как сообщает агентство «Волна», {}.",
    "Агентство «Волна» утверждает, что {}.",
    "Источник заявил, что {}.",
    "Эксперты полагают, что {}.",
    "Возможно, {}.",
    "Вероятно, {}.",
    "Предположительно, {}.",
    "Якобы {}.",
    "Не исключено, что {}.",
    "Сообщается, что {}.",
    "Утверждается, что {}.",
    "Источник не исключает, что {}.",
    "Адвокат опроверг, что {}.",
    "Мэр надеется, что {}.",
    "Если {}, акции вырастут.",
    "Неправда, что {}.",
    "{}, считает источник.",
    "{}, сообщила газета «Восток».",
)


@cache
def graph_of(text: str) -> Graph:
    facts = extract(annotate(from_text("case.txt", f"Новости дня\n\n{text}\n")))
    return assemble([facts], resolve([facts], Minter()), Minter(), {})


def accepted(text: str) -> set[str]:
    """Properties of plain triples and classes of accepted events."""
    graph = graph_of(text)
    found = {s.predicate for s in graph.statements if s.status == "accepted"}
    return found | {event.kind for event in graph.events if event.accepted}


def sentence(template: str, clause: str) -> str:
    text = template.format(clause)
    return text[0].upper() + text[1:]


@pytest.mark.parametrize(("clause", "fact"), PLAIN.items())
def test_said_plainly_it_is_a_fact(clause: str, fact: str) -> None:
    assert fact in accepted(sentence("{}.", clause))


@pytest.mark.parametrize("template", HEDGES)
def test_hedged_it_is_none(template: str) -> None:
    leaks = [clause for clause, fact in PLAIN.items() if fact in accepted(sentence(template, clause))]
    assert not leaks
