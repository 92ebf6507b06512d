"""Temporal expressions against `cases/dates.txt`, and against hostile text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.times import find_times
from kg.records import Article, Document, Span
from kg.text import dates
from kg.text.annotate import annotate

CASES = Path(__file__).resolve().parent.parent / "cases" / "dates.txt"


def cases() -> list[object]:
    """The lines of the case file: text, anchor, expression, edtf."""
    found: list[object] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            text, anchor, expression, edtf = (cell.strip() for cell in line.split(" | "))
            found.append(pytest.param(text, anchor, expression, edtf, id=f"{text} [{anchor}] {expression}"))
    return found


def document(text: str, anchor: str) -> Document:
    """A document of these sentences, each a line of its own."""
    lines, at = [], 0
    parts = text.split(" // ")
    for part in parts:
        lines.append(Span(at, at + len(part)))
        at += len(part) + 1
    day = None if anchor == "-" else anchor.lstrip("~")
    source = None if day is None else "newest headline below" if anchor.startswith("~") else "dateline"
    return annotate(Article("a.txt", "\n".join(parts), "0" * 64, "utf-8", parts[0], tuple(lines), day, source))


@pytest.mark.parametrize(("text", "anchor", "expression", "edtf"), cases())
def test_case(text: str, anchor: str, expression: str, edtf: str) -> None:
    read = document(text, anchor)
    found = {read.quote(f.span): f.value.edtf if f.value else "-" for f in find_times(read)}
    if expression == "-":
        assert found == {}
    else:
        assert found.get(expression, "no such expression") == edtf, found


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 120


def test_values_lie_on_the_calendar_in_order() -> None:
    for param in cases():
        text, anchor, *_ = param.values  # type: ignore[attr-defined]
        for found in find_times(document(text, anchor)):
            if found.value and found.value.earliest and found.value.latest:
                assert found.value.earliest <= found.value.latest


@pytest.mark.parametrize(
    ("anchor", "source"), [("2024-05-15", "dateline"), ("~2024-05-15", "newest headline below"), ("-", None)]
)
def test_the_source_of_the_anchor_is_told(anchor: str, source: str | None) -> None:
    (found,) = find_times(document("Вчера мост открыли.", anchor))
    assert found.source == source
    (stated,) = find_times(document("Мост открыли 12 марта 2021 года.", anchor))
    assert stated.source == "stated"


HOSTILE = ["1 января ", "с 1 по ", "2014, ", "в конце ", "прошлого года ", "12.12.", "1-", "iii ", "до ", "год назад ", "9 мая - ", "через ", "xvi", "\u00a0",
           "январьянварь", "2014-2014-"]  # fmt: skip


def cost(text: str) -> float:
    """Best processor time of three runs."""
    best = 9.0
    for _ in range(3):
        began = time.process_time()
        dates.find(text)
        best = min(best, time.process_time() - began)
    return best


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_repeats_cost_in_proportion_to_their_length(piece: str) -> None:
    size = 4_000
    once, four_times = cost((piece * size)[:size]), cost((piece * size)[: 4 * size])
    assert four_times <= 9 * once + 0.05  # quadratic work would cost sixteen times as much


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["31", "февраля", "2021", "года", "с", "по", "до", "99", "мая", "-", ".", "9999", "1000", "конце", "в", "XX", "века", "90-х", "назад",
                         "через", "лет", "0", "İ", "ё", "\ud800", "прошлого", "5" * 50]),
        max_size=12,
    ),
    st.sampled_from(["-", "0001-01-01", "9999-12-31", "2024-02-29", "~1970-01-01"]),
)  # fmt: skip
def test_any_mix_is_read_without_error(words: list[str], anchor: str) -> None:
    read = document(" ".join(words) or ".", anchor)
    reached = 0
    for found in find_times(read):
        assert reached <= found.span.start < found.span.end <= len(read.article.text)
        reached = found.span.end
