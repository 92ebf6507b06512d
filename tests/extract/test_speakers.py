"""Who says it: the speaker of a cue, as it is named after resolution within the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluate.claims import said
from kg.pipeline import read_facts

CASES = [
    # the name right before the verb, behind a long post
    ("Пресс-секретарь Федеральной службы по надзору в сфере связи (Роскомнадзора) Вадим Лямин сообщил, что протокол составлен.", "сообщил", "Вадим Лямин"),
    # whose representative, not who
    ("Партию основал Морган Цвангираи. Представитель партии Цвангираи назвал выборы нечестными.", "назвал", "представитель партии Цвангираи"),
    ("Суд арестовал Алёхину. Мария Алёхина в зале не была. «Решение будет обжаловано», — заявил защитник Алёхиной Пётр Лямин.", "заявил", "Пётр Лямин"),
    # a place beside a name is no part of it
    ("Премьер-министр земли Гессен Фолькер Буфье напомнил, что кризис не окончен.", "напомнил", "Фолькер Буфье"),
    # who is cited, through whom
    ("«Дороги закрыты до самого утра», — цитирует Ивана Лямина агентство Рейтер.", "цитирует", "Иван Лямин"),
    # the reference belongs to the other verb
    ("Как передаёт РИА Новости со ссылкой на газету «Время», Олег Лямин заявил, что никого не видел.", "заявил", "Олег Лямин"),
    # a former president is not the present one
    ("Экс-президент Перу Алан Гарсия задержан. Президент Перу Мартин Вискарра выразил сочувствие. Бывший президент заявил, что взяток не брал.", "заявил", "Алан Гарсия"),
    # a person without a name goes on speaking
    ("Губернатор Олег Лямин закрыл парк. Пожилой мужчина вышел из дома. Он сообщил, что о запрете не знал.", "сообщил", "пожилой мужчина"),
    # they
    ("Анна Рябова и Пётр Лямин поженились. Они сообщили, что свадьба прошла тихо.", "сообщили", "Анна Рябова и Пётр Лямин"),
    ("Родители приехали на суд. Они заявили, что ждут приговора.", "заявили", "родители"),
    # a prosecutor whom nobody has named is not the accused
    ("Суд осудил Александра Лямина. Прокурор заявил, что срок справедлив.", "заявил", "прокурор"),
    # the subject that agrees with the verb
    ("Она с 13 декабря держит голодовку, и Фейгин в среду сообщил, что ей стало хуже.", "сообщил", "Фейгин"),
    # no owner of «разные данные»
    ("По разным данным власти закрыли от двух до пяти школ.", "По разным данным", None),
    # first person in interrupted speech
    ("«Я хотел помочь соседям, — рассказал Андрей Лямин, — и сшил сто масок».", "хотел", "Андрей Лямин"),
    # whose lawyers
    ("Суд арестовал Алексея Лямина. Политик вины не признал. Адвокаты политика заявили, что подадут жалобу.", "заявили", "адвокаты Алексея Лямина"),
    # two people of one family
    ("Владислав Челах служил на заставе. Отец рядового Владимир Челах приехал в часть. «Сын невиновен и скоро вернётся домой», — заявил Челах.", "заявил", "Владимир Челах"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cue", "speaker"), CASES, ids=[c[2] or "nobody" for c in CASES])
def test_who_says_it(tmp_path: Path, text: str, cue: str, speaker: str | None) -> None:
    (tmp_path / "a.txt").write_text(f"Новости дня\n\n{text}\n", encoding="utf-8")
    (facts,) = read_facts([tmp_path]).facts
    found = [s.speaker for s in said(facts) if s.claim.cue_text == cue]
    assert speaker in found, [(s.claim.cue_text, s.speaker) for s in said(facts)]


def test_the_citing_outlet_is_the_channel(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Новости дня\n\n«Дороги закрыты до самого утра», — цитирует Ивана Лямина агентство Рейтер.\n", encoding="utf-8")
    (facts,) = read_facts([tmp_path]).facts
    assert [(s.speaker, s.via) for s in said(facts) if s.claim.cue_text == "цитирует"] == [("Иван Лямин", "Рейтер")]
