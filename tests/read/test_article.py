"""Title and date of an article, and where the date was found."""

from __future__ import annotations

import pytest

from kg.read import Decoded, from_text
from kg.read.article import from_decoded

TITLE = "В Заозёрске открыли новый мост"
BODY = "Мэр Пётр Луговой открыл мост через реку Чайка. По его словам, стройка заняла три года."
LIST = ["10.03.2021 Театр показал премьеру", "12.03.2021 Хоккеисты проиграли финал", "11.03.2021 В школе прошёл бал"]


@pytest.mark.parametrize(
    ("name", "lines", "day", "source"),
    [
        ("a.txt", [TITLE, "12 марта 2021 года", BODY], "2021-03-12", "dateline"),
        ("a.txt", ["12.03.2021, 14:05", TITLE, BODY], "2021-03-12", "dateline"),
        ("a.txt", [TITLE, "14:05, 12 марта 2021", BODY], "2021-03-12", "dateline"),
        ("a.txt", ["12 марта 2021 года. Заозёрск", TITLE, BODY], "2021-03-12", "dateline"),
        ("a.txt", [TITLE, BODY, "Опубликовано 2021-03-12"], "2021-03-12", "dateline"),
        ("news-2021-03-12.txt", [TITLE, BODY], "2021-03-12", "file name"),
        ("20210312_bridge.txt", [TITLE, BODY], "2021-03-12", "file name"),
        ("a.txt", [TITLE, BODY, *LIST], "2021-03-12", "newest headline below"),
        ("2020-01-01.txt", [TITLE, "12 марта 2021 года", BODY], "2021-03-12", "dateline"),
        ("2021-03-15.txt", [TITLE, BODY, *LIST], "2021-03-15", "file name"),
    ],
)
def test_date_and_its_source(name: str, lines: list[str], day: str, source: str) -> None:
    article = from_text(name, "\n".join(lines))
    assert (article.date, article.date_source) == (day, source)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("a.txt", [TITLE, BODY]),
        ("a.txt", [TITLE, "31 февраля 2021 года", BODY]),
        ("2021-02-31.txt", [TITLE, BODY]),
        ("1202103129.txt", [TITLE, BODY]),
        ("a.txt", [TITLE, "12 марта", BODY]),
        ("a.txt", [TITLE, "Прежний мост построили 12 марта 1961 года, и с тех пор его не чинили ни разу.", BODY]),
    ],
)
def test_no_date_is_made_up(name: str, lines: list[str]) -> None:
    article = from_text(name, "\n".join(lines))
    assert article.date is None and article.date_source is None


def test_long_first_line_is_shortened_at_a_word() -> None:
    title = from_text("a.txt", "Слово за словом идёт " * 40 + "\n" + BODY).title
    assert len(title) <= 250 and title.endswith("…") and not title[:-1].endswith(" ")


def test_title_is_cleaned_but_the_text_is_not() -> None:
    article = from_text("a.txt", "В Зао\u00adзёрске  от\u200bкрыли\u00a0мост\n" + BODY)
    assert article.title == "В Заозёрске открыли мост"
    assert article.text.startswith("В Зао\u00adзёрске  от\u200bкрыли\u00a0мост\n")


def test_hash_is_of_the_text_alone() -> None:
    text = f"{TITLE}\n{BODY}"
    assert from_text("a.txt", text).sha256 == from_decoded("2021-03-12.txt", Decoded(text, "cp1251")).sha256
    assert from_text("a.txt", text).sha256 != from_text("a.txt", text + " ").sha256
