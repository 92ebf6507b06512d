"""Nominative forms against `cases/nominative.txt`; all sentences are annotated in one go."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.read import from_text
from kg.records import Document, Span
from kg.text.annotate import annotate
from kg.text.normal import nominative, reshape

CASES = Path(__file__).resolve().parent.parent / "cases" / "nominative.txt"


@cache
def rows() -> tuple[tuple[str, str, str], ...]:
    """Marked sentence, kind, nominative."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    split = [[cell.strip() for cell in line.split(" | ")] for line in lines if line.strip() and not line.startswith("#")]
    return tuple((marked, kind, wanted) for marked, kind, wanted in split)


@cache
def document() -> Document:
    """All sentences of the file, one a line."""
    return annotate(from_text("cases.txt", "\n".join(marked.replace("[", "").replace("]", "") for marked, _, _ in rows())))


def params() -> list[object]:
    """A parameter set for each row."""
    return [
        pytest.param(i, id=row[0])
        for i, row in enumerate(rows())
    ]


@pytest.mark.parametrize("index", params())
def test_case(index: int) -> None:
    marked, kind, wanted = rows()[index]
    line = document().article.lines[index]
    begin, end = marked.index("["), marked.index("]") - 1
    span = Span(line.start + begin, line.start + end)
    sentence = document().sentence_at(span.start)
    assert sentence is not None and document().quote(span) == marked[begin + 1 : end + 1]
    assert nominative(sentence, span, person=kind == "person") == wanted


def test_there_are_enough_cases() -> None:
    assert len(rows()) >= 50


def test_every_token_and_sentence_is_where_it_says() -> None:
    text = document().article.text
    for sentence in document().sentences:
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("word", "like", "wanted"),
    [("луговой", "Лугового", "Луговой"), ("оон", "ООН", "ООН"), ("санкт-петербург", "Санкт-Петербурге", "Санкт-Петербург"), ("мост", "моста", "мост")],
)
def test_capitals_are_carried_over(word: str, like: str, wanted: str) -> None:
    assert reshape(word, like) == wanted
