"""Counts, F1 and intervals."""

from __future__ import annotations

import pytest

from kg.evaluate.scores import Row, f1, row, rows_by

DOCUMENTS = [({("a", 1), ("b", 2)}, {("a", 1)}), ({("a", 3)}, {("a", 3), ("a", 4)})]


def test_a_row_counts_over_all_documents() -> None:
    counted = row("all", DOCUMENTS)
    assert (counted.gold, counted.found, counted.right) == (3, 3, 2)
    assert counted.precision == counted.recall == counted.f1 == pytest.approx(2 / 3)


def test_rows_by_name_split_the_counts() -> None:
    a, b = rows_by(("a", "b"), DOCUMENTS, at=0)
    assert (a.gold, a.found, a.right) == (2, 3, 2)
    assert (b.gold, b.found, b.right) == (1, 0, 0)


def test_nothing_to_find_is_no_error() -> None:
    assert f1(0, 0, 0) == 0.0
    assert Row("none", 0, 0, 0).f1 == 0.0


def test_the_interval_holds_the_value_and_never_changes() -> None:
    documents = [({1, 2, 3}, {1, 2}), ({4}, {4, 5}), ({6}, set()), ({7, 8}, {7, 8})]
    first, second = row("all", documents, interval=True), row("all", documents, interval=True)
    assert first.interval == second.interval
    assert first.interval[0] <= first.f1 <= first.interval[1]
