"""Relatives named by a noun, by the order of words and by lists. The sentences are made up."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.read.article import from_text
from kg.text.annotate import annotate

CASES = {
    "Внучка Ивана Петрова Анна Смирнова живёт в Туле.": {("RELATIVE", "Ивана Петрова", "Анна Смирнова")},
    "Сестра Ивана Петрова, Анна Смирнова, живёт в Туле.": {("SIBLING", "Ивана Петрова", "Анна Смирнова")},
    "Анна Смирнова — внучка бывшего президента Украины Леонида Кравчука.": {("RELATIVE", "Анна Смирнова", "Леонида Кравчука")},
    "Олег Петров, младший брат Ивана Петрова, уехал в Тулу.": {("SIBLING", "Олег Петров", "Ивана Петрова")},
    "Олег Петров, сын Ивана Петрова, уехал в Тулу.": {("PARENT_OF", "Ивана Петрова", "Олег Петров")},
    "Иван Петров и его брат Олег Петров живут в Туле.": {("SIBLING", "Иван Петров", "Олег Петров")},
    "У него двое сыновей — Иван Петров и Олег Петров.": {("SIBLING", "Иван Петров", "Олег Петров")},
    "У них три дочери: Анна Петрова (1996 г. р.), Мария Петрова (1998 г. р.) и Вера Петрова.": {
        ("SIBLING", "Анна Петрова", "Мария Петрова"),
        ("SIBLING", "Анна Петрова", "Вера Петрова"),
        ("SIBLING", "Мария Петрова", "Вера Петрова"),
    },
    "Трое сыновей Ивана Петрова и Олег Смирнов приехали в Тулу.": set(),
    "Олег Смирнов — сын соратника Ивана Петрова.": set(),
    "Брат приехал, и Ивана Петрова встретил Олег Смирнов.": set(),
}
KIN = {"SIBLING", "RELATIVE", "PARENT_OF", "SPOUSE", "KNOWS"}


@pytest.mark.parametrize("text", CASES)
def test_relatives(text: str) -> None:
    facts = extract(annotate(from_text("a.txt", text)), "rules")
    index = facts.index
    found = {(r.label, text[index[r.head].start : index[r.head].end], text[index[r.tail].start : index[r.tail].end]) for r in facts.relations}
    assert {f for f in found if f[0] in KIN} == CASES[text]
