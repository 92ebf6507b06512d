"""Persons across articles: one person, namesakes, or a question for people."""

from __future__ import annotations

import itertools

import pytest
from made import made

from kg.ids import Minter
from kg.records import Facts, Resolution
from kg.resolve import resolve

PERSON, POST, BODY, PLACE = "PERSON", "PROFESSION", "ORGANIZATION", "CITY"


def resolved(*corpus: Facts) -> Resolution:
    """The resolution, which must be the same for every order of the articles."""
    found = resolve(corpus, Minter())
    for order in itertools.islice(itertools.permutations(corpus), 6):
        assert resolve(order, Minter()) == found
    return found


def one_node(found: Resolution, *places: tuple[Facts, str]) -> bool:
    return len({found.of[facts.article.sha256, mention] for facts, mention in places}) == 1


HOCKEY = made("Матч", [(PERSON, "Сергей Ковров"), (POST, "хоккеист"), (BODY, "Трактор"), (PLACE, "Челябинск")], [(0, "WORKS_AS", 1), (0, "WORKPLACE", 2)])
CABINET = made("Отчёт", [(PERSON, "Сергей Ковров"), (POST, "министр"), (BODY, "Госплан"), (PLACE, "Тула")], [(0, "WORKS_AS", 1), (0, "WORKPLACE", 2)])


def test_two_fields_of_life_and_nothing_in_common_stay_apart_and_people_are_asked() -> None:
    found = resolved(HOCKEY, CABINET)
    assert not one_node(found, (HOCKEY, "m0"), (CABINET, "m0"))
    assert [d.reason.rule for d in found.doubts] == ["однофамильцы или один человек"]
    assert "хоккеист" in found.doubts[0].reason.detail and "министр" in found.doubts[0].reason.detail


@pytest.mark.parametrize(
    "other",
    [
        pytest.param([(PERSON, "Сергей Ковров"), (POST, "нападающий"), (BODY, "Спартак")], id="another post of one field"),
        pytest.param([(PERSON, "Сергей Ковров"), (POST, "министр"), (BODY, "Трактор")], id="the same body"),
        pytest.param([(PERSON, "Сергей Ковров"), (POST, "глава"), (BODY, "Комитет")], id="a post of no one field"),
    ],
)
def test_what_does_not_contradict_is_one_person(other: list[tuple[str, str]]) -> None:
    second = made("Второе", other, [(0, "WORKS_AS", 1), (0, "WORKPLACE", 2)])
    assert one_node(resolved(HOCKEY, second), (HOCKEY, "m0"), (second, "m0"))


def test_shared_company_outweighs_the_posts() -> None:
    rival = (PERSON, "Пётр Лямин")
    one = made("Раз", [(PERSON, "Сергей Ковров"), (POST, "хоккеист"), rival], [(0, "WORKS_AS", 1)])
    two = made("Два", [(PERSON, "Сергей Ковров"), (POST, "министр"), rival], [(0, "WORKS_AS", 1)])
    assert one_node(resolved(one, two), (one, "m0"), (two, "m0"))


def test_a_third_article_without_a_hint_joins_nobody() -> None:
    bare = made("Заметка", [(PERSON, "Сергей Ковров")])
    found = resolved(HOCKEY, CABINET, bare)
    assert not one_node(found, (HOCKEY, "m0"), (CABINET, "m0"))


def test_patronymics_keep_namesakes_apart() -> None:
    one = made("Раз", [(PERSON, "Сергей Петрович Ковров")])
    two = made("Два", [(PERSON, "Сергей Ильич Ковров")])
    assert not one_node(resolved(one, two), (one, "m0"), (two, "m0"))


def test_initials_join_the_only_bearer_in_the_same_company() -> None:
    around = [(BODY, "Трактор"), (PLACE, "Челябинск")]
    full = made("Полно", [(PERSON, "Сергей Ковров"), *around])
    short = made("Кратко", [(PERSON, "С. Ковров"), *around])
    other = made("Иначе", [(PERSON, "В. Ковров"), *around])
    found = resolved(full, short, other)
    assert one_node(found, (full, "m0"), (short, "m0"))
    assert not one_node(found, (full, "m0"), (other, "m0"))


def test_a_lone_surname_elsewhere_is_a_question() -> None:
    bare = made("Заметка", [(PERSON, "Ковров"), (PLACE, "Омск")])
    found = resolved(HOCKEY, bare)
    assert not one_node(found, (HOCKEY, "m0"), (bare, "m0"))
    assert [d.reason.rule for d in found.doubts] == ["фамилия единственного носителя, но в другом окружении"]


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Салман Тасир", "Салман Тазир", True),
        ("Наталья Лямина", "Наталия Лямина", True),
        ("Иван Лямин", "Ивана Лямина", False),
        ("Олег Лямин", "Олег Ляхов", False),
        ("Пётр Ильич Тасиров", "Пётр Львович Тасиров", False),
    ],
)
def test_names_one_letter_apart_are_a_question(one: str, other: str, asked: bool) -> None:
    a, b = made("Раз", [(PERSON, one)]), made("Два", [(PERSON, other)])
    found = resolved(a, b)
    assert any(d.reason.rule == "имена различаются одной буквой" for d in found.doubts) == asked


def test_a_longer_name_of_a_body_is_a_question_unless_its_place_differs() -> None:
    def pair(one: str, other: str) -> Resolution:
        return resolved(made("Раз", [(BODY, one)]), made("Два", [(BODY, other)]))

    assert pair("Союз садоводов", "Союз садоводов Заречья").doubts
    assert not pair("Верховный суд Италии", "Верховный суд Польши").doubts
