"""Whatever the text, an article is read or refused; it never costs the build."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import Refusal
from kg.pipeline import facts_of
from kg.records import Article, Span

PIECES = [
    "Иван Петров", "заявил", ", что", "«", "»", "—", ":", ".", "!", "\n", "в 2019 году", "МИД России", "сообщает ТАСС", "по словам", "его",
    "якобы", "может", "быть", "они", "который", "обвинили в", "краже", "12", "мая", "(", ")", "погибли", "двое", "и", "не", "встретился с", "президент",
    "в фильме", "глава государства", "согласно информации", "с просьбой", "о намерении", "двое", "имам,", "один из", "через год", "должен был", "в среду", ";",
]  # fmt: skip


def article(text: str) -> Article:
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    return Article("a.txt", text, "0" * 64, "utf-8", "", tuple(lines))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30))
def test_any_order_of_words(pieces: list[str]) -> None:
    facts = facts_of(article(" ".join(pieces)), "rules")
    assert not isinstance(facts, Refusal), facts


@pytest.mark.parametrize("text", [".", "—", ": «", "Об этом:", "— сказал он.", "«»", "…", "он", "по его словам", "12 мая", "Иван: .", "« — сказал Иван. »", "сообщает ТАСС — его заявил « якобы"])
def test_scraps(text: str) -> None:
    facts = facts_of(article(text), "rules")
    assert not isinstance(facts, Refusal), facts
