"""Strayed subjects are put back, and a tree stays a tree."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from kg.records import Token
from kg.text.subjects import mended
from kg.text.syntax import is_tree


def words(*rows: tuple[str, str, int, str, str]) -> list[Token]:
    """Tokens from (text, part of speech, head, relation, case)."""
    found = []
    for i, (text, pos, head, rel, case) in enumerate(rows):
        feats = {"Case": case} if case else {}
        if pos == "VERB":
            feats = {"VerbForm": "Fin", "Number": "Plur"}
        found.append(Token(i, text, i * 10, i * 10 + 5, text.lower(), pos, MappingProxyType(feats), head, rel))
    return found


def test_the_second_subject_goes_to_the_verb_behind_it() -> None:
    tokens = words(
        ("Толедо", "PROPN", 1, "nsubj", "Nom"), ("бежали", "VERB", -1, "root", ""), (",", "PUNCT", 4, "punct", ""),
        ("власти", "NOUN", 1, "nsubj", "Nom"), ("добиваются", "VERB", 1, "conj", ""),
    )  # fmt: skip
    assert [t.head for t in mended(tokens)] == [1, -1, 4, 4, 1]


def test_a_verb_below_the_noun_is_left_alone() -> None:
    tokens = words(
        ("Гости", "NOUN", 1, "nsubj", "Nom"), ("спят", "VERB", -1, "root", ""),
        ("хозяева", "NOUN", 1, "nsubj", "Nom"), ("шумят", "VERB", 2, "acl", ""),
    )  # fmt: skip
    assert [t.head for t in mended(tokens)] == [1, -1, 1, 2]


@given(st.lists(st.tuples(st.sampled_from(["NOUN", "VERB"]), st.integers(0, 30), st.sampled_from(["nsubj", "obj", "conj"])), min_size=2, max_size=12))
def test_a_tree_stays_a_tree(shape: list[tuple[str, int, str]]) -> None:
    rows = [("слово", pos, head % i if i else -1, rel if i else "root", "Nom") for i, (pos, head, rel) in enumerate(shape)]
    tokens = words(*rows)
    assert is_tree([t.head for t in mended(tokens)])
