"""Furniture of page dumps goes, the article stays, offsets hold."""

from __future__ import annotations

import time

import pytest

from kg.read import from_text
from kg.read.boilerplate import content_lines, split_lines

TITLE = "В Заозёрске открыли новый мост"
BODY = [
    "Мэр Заозёрска Пётр Луговой открыл мост через реку Чайка.",
    "По словам подрядчика, стройка заняла три года.",
    "Движение по старому мосту закрыто, его разберут к осени.",
]
LISTS = {
    "day and month": ["14:05, 12 марта 2021 Хоккеисты проиграли финал", "13:40, 12 марта 2021 На озере спасли рыбаков", "11:20, 11 марта 2021 В школе прошёл бал",
                      "10:02, 11 марта 2021 Театр показал премьеру"],
    "figures": ["12.03.2021 Хоккеисты проиграли финал", "12.03.2021 На озере спасли рыбаков", "11.03.2021 В школе прошёл бал", "10.03.2021 Театр показал премьеру"],
    "iso": ["2021-03-12 Хоккеисты проиграли финал", "2021-03-12 На озере спасли рыбаков", "2021-03-11 В школе прошёл бал"],
}  # fmt: skip


def content(text: str) -> list[str]:
    """The text of the lines that are kept."""
    return [text[line.start : line.end] for line in content_lines(text)[0]]


def test_a_repeated_title_counts_once() -> None:
    assert content("\n".join([TITLE, TITLE, *BODY, TITLE.upper()])) == [TITLE, *BODY]


@pytest.mark.parametrize("name", LISTS)
def test_a_trailing_list_of_headlines_is_cut(name: str) -> None:
    text = "\n".join([TITLE, *BODY, *LISTS[name]])
    kept, cut = content_lines(text)
    assert [text[s.start : s.end] for s in kept] == [TITLE, *BODY]
    assert [text[s.start : s.end] for s in cut] == LISTS[name]


@pytest.mark.parametrize("name", LISTS)
def test_nothing_of_the_list_is_content_of_the_article(name: str) -> None:
    article = from_text("a.txt", "\n".join([TITLE, *BODY, *LISTS[name]]))
    shown = " ".join(article.text[s.start : s.end] for s in article.lines)
    assert "Хоккеисты" not in shown and "Театр" not in shown and "разберут" in shown
    assert article.title == TITLE


@pytest.mark.parametrize("name", LISTS)
def test_a_chronicle_inside_an_article_stays(name: str) -> None:
    lines = [TITLE, *BODY, *LISTS[name], "Так прошла эта неделя в городе, и спорить о ней будут ещё долго.", "Следующая обещает быть спокойнее, считают жители."]
    assert content("\n".join(lines)) == lines


CHRONICLE = ["12 мая 2021 года директора задержали.", "15 мая 2021 года суд отправил его под стражу.", "3 июля 2021 года начались слушания."]


def test_a_chronicle_at_the_end_of_an_article_stays() -> None:
    lines = [TITLE, *BODY, *CHRONICLE]
    assert content("\n".join(lines)) == lines


def test_a_list_of_headlines_below_a_chronicle_is_cut() -> None:
    lines = [TITLE, *BODY, *CHRONICLE]
    assert content("\n".join(lines + LISTS["figures"])) == lines


HOSTILE = ["12.03.2021 ", "1 мая\n", "12:00 12 ", "\u200b \n", "Реклама\n", "12.03.2021 х\n"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_doubling_hostile_repeats_costs_at_most_three_times(piece: str) -> None:
    def cost(text: str) -> float:
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            content_lines(text)
            best = min(best, time.process_time() - began)
        return best

    once, twice = cost((piece * 20_000)[:20_000]), cost((piece * 40_000)[:40_000])
    assert twice <= 3 * once + 0.02


def test_two_dated_lines_are_no_list() -> None:
    lines = [TITLE, *BODY, *LISTS["figures"][:2]]
    assert content("\n".join(lines)) == lines


def test_prose_that_opens_with_a_number_is_not_dated() -> None:
    lines = [TITLE, *BODY, "12 человек пришли на открытие моста.", "30 школьников спели гимн города.", "15 автобусов стояли у берега."]
    assert content("\n".join(lines)) == lines


def test_lines_are_trimmed_and_keep_their_offsets() -> None:
    text = "\ufeff  Первая строка \r\n\r\n\tВторая\u2028 Третья\x85\n"
    assert [text[s.start : s.end] for s in split_lines(text)] == ["Первая строка", "Вторая", "Третья"]
