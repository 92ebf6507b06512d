"""One article that takes too long is refused; the others are read."""

from __future__ import annotations

import signal
import time

import pytest

from kg import pipeline
from kg.deadline import DeadlineError, limited, seconds_for
from kg.errors import Refusal
from kg.records import Article, Document, Facts, Span

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no interval timer")


def test_the_alarm_rings_in_an_endless_loop() -> None:
    with pytest.raises(DeadlineError, match="longer than"), limited(0.05):
        while True:
            time.sleep(0.001)


def test_it_does_not_ring_afterwards() -> None:
    with limited(0.05):
        pass
    time.sleep(0.1)


def test_longer_texts_get_longer() -> None:
    assert seconds_for(100_000) > seconds_for(1_000) >= 60


def test_a_slow_article_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(document: Document, extractor: str | None) -> Facts:
        time.sleep(5)
        raise AssertionError("not reached")

    monkeypatch.setattr(pipeline, "extract", slow)
    monkeypatch.setattr(pipeline, "seconds_for", lambda _: 0.2)
    text = "Иван спит."
    refused = pipeline.facts_of(Article("a.txt", text, "0" * 64, "utf-8", text, (Span(0, len(text)),)))
    assert isinstance(refused, Refusal) and refused.code == "too slow"
