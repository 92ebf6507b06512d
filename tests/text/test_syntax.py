"""Whatever the scores are, the heads make one tree."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.syntax import heads, is_tree


def reaches_root(found: list[int]) -> bool:
    """One root, and every word comes to it in at most as many steps as there are words."""
    if sum(head < 0 for head in found) != 1:
        return False
    for word in range(len(found)):
        node, steps = word, 0
        while found[node] >= 0:
            node, steps = found[node], steps + 1
            if steps > len(found):
                return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 25), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1.0, 40.0]))
def test_random_scores_give_one_tree(size: int, seed: int, scale: float) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)) * scale
    found = heads(scores)
    assert len(found) == size
    assert all(-1 <= head < size for head in found)
    assert reaches_root(found)


@pytest.mark.parametrize("size", [90, 121, 250])
def test_long_sentences_too(size: int) -> None:
    scores = np.random.default_rng(7).normal(size=(size, size + 1))
    assert reaches_root(heads(scores))


def test_everything_on_one_cycle() -> None:
    for size in (2, 30, 200):
        scores = np.zeros((size, size + 1))
        for word in range(size):
            scores[word, (word + 1) % size + 1] = 5.0
        assert reaches_root(heads(scores))


def test_a_tree_is_left_as_it_is() -> None:
    wanted = [1, -1, 1, 4, 2]
    scores = np.zeros((5, 6))
    for word, head in enumerate(wanted):
        scores[word, head + 1] = 1.0
    assert heads(scores) == wanted


def test_the_cheapest_repair_is_taken() -> None:
    scores = np.full((3, 4), -10.0)
    scores[0, 0], scores[1, 0], scores[2, 2] = 3.0, 2.0, 3.0
    scores[1, 1] = 1.5
    assert heads(scores) == [-1, 0, 1]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8))
def test_is_tree_agrees_with_walking(found: list[int]) -> None:
    found = [min(head, len(found) - 1) for head in found]
    assert is_tree(found) == reaches_root(found)
