"""Saved web pages: what is the article's own, its headline, its date, and offsets into the text that is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import Refusal
from kg.ids import DEFAULT_BASE
from kg.pipeline import build, extracted
from kg.read import read
from kg.read.html import read_html
from kg.records import Article

BODY = (
    "<p>Мэр Заречного Пётр Ларин открыл мост через реку в центре города. Строительство шло три года.</p>"
    "<p>По словам Ларина, проезд будет бесплатным. Губернатор Виктор Сомов заявил, что <b>второй мост</b> начнут строить&nbsp;в мае.</p>"
)
TEXT = (
    "Мэр открыл мост\n\nМэр Заречного Пётр Ларин открыл мост через реку в центре города. Строительство шло три года.\n\n"
    "По словам Ларина, проезд будет бесплатным. Губернатор Виктор Сомов заявил, что второй мост начнут строить в мае.\n"
)


def page(body: str = BODY, head: str = "", charset: str = "utf-8") -> str:
    return (
        f'<!doctype html><html lang="ru"><head><meta charset="{charset}"><title>Мэр открыл мост — Новости Заречного</title>{head}</head><body>'
        '<header><nav><a href="/">Главная</a> <a href="/sport">Спорт</a> <a href="/world">В мире</a></nav></header>'
        f"<main><article><h1>Мэр открыл мост</h1>{body}<aside>Читайте также: <a href='/x'>Погода на выходные</a></aside></article></main>"
        '<section class="comments"><h2>Комментарии</h2><p>Вася: давно пора!</p></section>'
        "<script>var menu = 'Ещё новости';</script><footer>© 2021 Новости Заречного. Все права защищены.</footer></body></html>"
    )


def test_the_article_without_what_stands_around_it() -> None:
    decoded = read_html(page().encode())
    assert (decoded.text, decoded.encoding, decoded.date, decoded.is_taken_out) == (TEXT, "utf-8", None, True)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8"])
def test_the_charset_that_the_page_names(encoding: str) -> None:
    assert read_html(page(charset=encoding).replace("©", "(c)").replace("—", "-").encode(encoding)).text == TEXT


def test_a_wrong_or_missing_charset_is_guessed_and_told() -> None:
    markup = page(charset="utf-8").encode("cp1251")
    decoded = read_html(markup)
    assert decoded.text == TEXT and decoded.warnings == ("encoding guessed: cp1251",)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-03-12T21:30:00+03:00"}]}</script>', "2021-03-12"),
        ('<meta property="article:published_time" content="2021-03-12">', "2021-03-12"),
        ('<meta itemprop="datePublished" content="2021-03-12 10:00">', "2021-03-12"),
        ('<script type="application/ld+json">{broken</script><meta property="article:published_time" content="2021-03-12">', "2021-03-12"),
        ('<meta property="article:published_time" content="2021-13-45">', None),
        ('<meta property="article:modified_time" content="2021-03-12">', None),
    ],
)
def test_the_day_that_the_page_states(head: str, day: str | None) -> None:
    assert read_html(page(head=head).encode()).date == day


def test_the_date_of_the_page_goes_before_one_in_the_text(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2021-03-12">'
    (tmp_path / "2020-01-01.html").write_text(page(head=head), encoding="utf-8")
    (article,) = read([tmp_path])
    assert isinstance(article, Article) and (article.date, article.date_source, article.title) == ("2021-03-12", "page", "Мэр открыл мост")


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("", "no_article"),
        ("<html><body><div id=root></div><script src=app.js></script></body></html>", "no_article"),
        ("<html><body><ul>" + "<li><a href=/a>Новость</a></li>" * 40 + "</ul></body></html>", "no_article"),
        ("\x00\x01\x02\x03" * 50, "no_article"),
    ],
)
def test_pages_without_an_article_are_refused(markup: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_html(markup.encode())
    assert refused.value.code == code


def test_a_build_keeps_the_text_that_offsets_count_in(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    (tmp_path / "one" / "most.html").write_text(page(), encoding="utf-8")
    (tmp_path / "two" / "most.html").write_text(page(BODY.replace("Ларин", "Лямин")), encoding="utf-8")
    (tmp_path / "two" / "plain.txt").write_text("Мэр закрыл мост\n\nПо словам Лямина, мост закрыт на год.\n", encoding="utf-8")
    built = build([tmp_path / "one", tmp_path / "two"], tmp_path / "out", DEFAULT_BASE)
    kept = {path.read_text("utf-8") for path in (tmp_path / "out" / "texts").iterdir()}
    assert kept == {f.article.text for f in built.read.facts if f.article.is_taken_out} and len(kept) == 2
    assert {name for name in json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["files"] if name.startswith("texts/")}
    claim = next(c for c in built.graph.claims if c.quote == "проезд будет бесплатным")
    assert any(text[claim.begin : claim.end] == claim.quote for text in kept)
    build([tmp_path / "two" / "plain.txt"], tmp_path / "out", DEFAULT_BASE)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["graph.html", "graph.ttl", "manifest.json"]


@pytest.mark.parametrize("form", ["brat", "jsonl"])
def test_extract_writes_the_text_beside(tmp_path: Path, form: str) -> None:
    (tmp_path / "most.html").write_text(page(), encoding="utf-8")
    files, refusals = extracted([tmp_path], form, DEFAULT_BASE)
    assert not refusals and TEXT.encode() in files.values()
    assert set(files) == ({"most.ann", "most.txt"} if form == "brat" else {"articles.jsonl", "texts/most.html.txt"})
