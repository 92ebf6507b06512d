"""The stages together: one bad text costs itself alone, order does not matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.errors import Refusal, UsageError
from kg.ids import DEFAULT_BASE
from kg.records import Article, Facts, Span

TEXT = "Мост открыт. Об этом сообщил мэр."


def facts(name: str, sha: str) -> Facts:
    """An article of which nothing was read out."""
    return Facts(Article(name, TEXT, sha * 32, "utf-8", TEXT, (Span(0, len(TEXT)),)), (Span(0, len(TEXT)),))


def stub(article: Article, extractor: str | None = None) -> Facts | Refusal:
    """Reading without the models; a text about a fire fails."""
    if "пожар" in article.text:
        return Refusal(article.name, "failed", "ValueError: invented; please report this text")
    return Facts(article, (Span(0, len(article.text)),))


def write(folder: Path, **texts: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_a_failure_costs_one_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "facts_of", stub)
    write(tmp_path, a=TEXT, b="Был пожар. Об этом сообщил мэр.", c=TEXT + " Он рад.")
    read = pipeline.read_facts([tmp_path])
    assert [f.article.name for f in read.facts] == ["a.txt", "c.txt"]
    assert [(r.path, r.code) for r in read.refusals] == [("b.txt", "failed")]


def test_an_error_while_extracting_becomes_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise IndexError("invented")

    monkeypatch.setattr(pipeline, "annotate", broken)
    refusal = pipeline.facts_of(facts("a.txt", "ab").article)
    assert isinstance(refusal, Refusal)
    assert (refusal.path, refusal.code) == ("a.txt", "failed") and "IndexError: invented" in refusal.reason


def test_the_same_text_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "facts_of", stub)
    write(tmp_path, a=TEXT, b=TEXT)
    read = pipeline.read_facts([tmp_path])
    assert [f.article.name for f in read.facts] == ["a.txt"]
    assert [(r.path, r.code) for r in read.refusals] == [("b.txt", "duplicate")]


def test_which_of_equal_texts_is_kept_does_not_depend_on_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "facts_of", stub)
    write(tmp_path, a=TEXT, b=TEXT)
    one, other = tmp_path / "a.txt", tmp_path / "b.txt"
    kept = [[f.article.name for f in pipeline.read_facts(paths).facts] for paths in ([one, other], [other, one])]
    assert kept[0] == kept[1]


def test_nothing_to_read_says_what_was_refused(tmp_path: Path) -> None:
    write(tmp_path, a="")
    with pytest.raises(UsageError, match=r"(?s)no article to read.*a\.txt.*\[empty\]"):
        pipeline.read_facts([tmp_path])


def test_brat_files_of_namesakes_in_two_folders_are_both_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    both = pipeline.Read((facts("a/x.txt", "ab"), facts("b/x.txt", "cd")), ())
    monkeypatch.setattr(pipeline, "read_facts", lambda *_, **__: both)
    files, _ = pipeline.extracted([], "brat", DEFAULT_BASE)
    assert len(files) == 2


def test_jsonl_lines_come_in_name_order(monkeypatch: pytest.MonkeyPatch) -> None:
    both = pipeline.Read((facts("b.txt", "ab"), facts("a.txt", "cd")), ())
    monkeypatch.setattr(pipeline, "read_facts", lambda *_, **__: both)
    files, _ = pipeline.extracted([], "jsonl", DEFAULT_BASE)
    lines = files["articles.jsonl"].decode().splitlines()
    assert [line[:20] for line in lines] == ['{"article": "a.txt",', '{"article": "b.txt",']
