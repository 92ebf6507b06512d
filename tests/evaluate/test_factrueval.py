"""FactRuEval's definitions, on a small corpus written for this test."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluate.factrueval import entities, facts, mentions
from kg.evaluate.factrueval.corpus import Argument, GoldFact, GoldText, read_corpus

TEXT = "Глава МИД России Иван Лосев молчит"
FILES = {
    "txt": TEXT,
    "tokens": "1 0 5 Глава\n2 6 3 МИД\n3 10 6 России\n4 17 4 Иван\n5 22 5 Лосев\n6 28 6 молчит\n",
    "spans": "11 job 0 5 1 1  # 1 Глава\n12 org_name 6 3 2 1  # 2 МИД\n13 loc_name 10 6 3 1  # 3 России\n14 name 17 4 4 1  # 4 Иван\n15 surname 22 5 5 1  # 5 Лосев\n",
    "objects": "21 Org 12 13 # МИД России\n22 LocOrg 13 # России\n23 Person 14 15 # Иван Лосев\n",
    "coref": "31 21\nname МИД\n\n32 22\nname Россия\n\n33 23\nfirstname Иван\nlastname Лосев\n",
    "facts": "1-0 Occupation\nWho obj33 Лосев Иван\nPosition span11 Глава\nWhere obj31 МИД\n\n1-1 Meeting\nParticipant obj33 Лосев Иван\nСложность повышенная\n",
}


@pytest.fixture
def text(tmp_path: Path) -> GoldText:
    for ending, content in FILES.items():
        (tmp_path / f"book_1.{ending}").write_text(content, encoding="utf-8")
    (only,) = read_corpus(tmp_path)
    return only


def test_mentions_are_scored_by_their_names_and_nested_ones_need_not_be_found(text: GoldText) -> None:
    found = [mentions.Answer("org", 6, 16), mentions.Answer("per", 17, 27)]
    total = mentions.table([(text, found)]).rows[0]
    assert (total.gold, total.found, total.right) == (2, 2, 2)


def test_a_wrong_word_costs_its_share(text: GoldText) -> None:
    people = {r.name: r for r in mentions.table([(text, [mentions.Answer("per", 17, 34)])]).rows}["per"]
    assert people.right == pytest.approx(2 / 3)


def test_entities_are_compared_by_attributes_and_what_stands_inside_a_name_is_excused(text: GoldText) -> None:
    right = [entities.Answer("org", (("name", "МИД"),)), entities.Answer("per", (("firstname", "Иван"), ("lastname", "Лосев")))]
    total = entities.table([(text, right)]).rows[0]
    assert (total.gold, total.found, total.right) == (2, 2, 2), "Россия stands inside МИД России"
    half = entities.Answer("per", (("lastname", "Лосевв"), ("patronymic", "Ильич")))
    people = {r.name: r for r in entities.table([(text, [half, right[0]])]).rows}["per"]
    assert people.right == pytest.approx(1 / 3), "one right of two, and one besides"
    twice = entities.table([(text, [*right, entities.Answer("loc", (("name", "Россия"),)), entities.Answer("loc", (("name", "Тула"),))])]).rows[0]
    assert (twice.gold, twice.found, twice.right) == (2, 3, 2)


@pytest.mark.parametrize(("one", "other", "same"), [("я", "ю", False), ("лосев", "лосеву", True), ("лосев", "лосевым", False), ("мосгордума", "мосгордумами", True)])
def test_names_agree_by_their_length(one: str, other: str, same: bool) -> None:
    assert entities.agree(one, other) == entities.agree(other, one) == same


def test_a_fact_with_all_arguments_is_right_and_difficult_ones_are_excused(text: GoldText) -> None:
    answer = facts.Answer("occupation", (("who", "Лосев Иван"), ("position", "глава"), ("where", "МИДа")))
    easy = facts.table([(text, [answer])], hard=False).rows[0]
    assert (easy.gold, easy.found, easy.right) == (1, 1, 1)
    hard = facts.table([(text, [answer])], hard=True).rows[0]
    assert (hard.gold, hard.found, hard.right) == (2, 1, 1)


def test_a_missing_position_costs_half_an_argument() -> None:
    gold = GoldFact("occupation", (Argument("who", frozenset({"иван"})), Argument("position", frozenset({"глава"})), Argument("where", frozenset({"мид"}))))
    assert facts.quality(gold, facts.Answer("occupation", (("who", "Иван"), ("where", "МИД"))), hard=False) == pytest.approx(2 / 2.5)
    assert facts.quality(gold, facts.Answer("occupation", (("who", "Мария"),)), hard=False) == 0.0


def test_the_phase_counts_in_the_hard_mode_only() -> None:
    gold = GoldFact("ownership", (Argument("owner", frozenset({"иван"})),), phase="конец")
    answer = facts.Answer("ownership", (("owner", "Иван"),))
    assert facts.quality(gold, answer, hard=False) == 1.0
    assert facts.quality(gold, answer, hard=True) == pytest.approx(1 / 1.5)


def test_a_folder_without_the_corpus_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="objects"):
        read_corpus(tmp_path)
