"""Where sentences end, and what brackets have to do with it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.sentences import sentences


@pytest.mark.parametrize(("text", "parts"), [
    ("Мост открыт. Мэр рад.", ["Мост открыт.", "Мэр рад."]),
    ("Мост стоит у Линца (Тироль; Австрия) на холме. Она рада.", ["Мост стоит у Линца (Тироль; Австрия) на холме.", "Она рада."]),
    ("Мост (открыт. Мэр рад.", ["Мост (открыт.", "Мэр рад."]),  # a bracket that nobody closes
    (f"Мост (открыт. {'Мэр рад. ' * 30}Всё) закрыто.", ["Мост (открыт.", *["Мэр рад."] * 30, "Всё) закрыто."]),  # one that was forgotten
    ("", []),
])  # fmt: skip
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:stop] for start, stop in sentences(text)] == parts


@given(st.text(alphabet="аБ.;!?() «»", max_size=80))
def test_sentences_lie_in_order_and_lose_nothing(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans) and all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert kept.replace(" ", "") == text.replace(" ", "")
