"""People's names: found again by their surname, cut from what stands before them, with the gender that the text shows."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.extract.anaphora import Referents
from kg.extract.people import echoed, parted
from kg.extract.proposal import Proposal
from kg.read import from_text
from kg.records import Document
from kg.text.annotate import annotate


def article(text: str) -> Document:
    return annotate(from_text("a.txt", f"Новости дня\n\n{text}\n"))


def proposal(document: Document, words: str, label: str = "PERSON", confidence: float = 0.9) -> Proposal:
    start = document.article.text.index(words)
    return Proposal(start, start + len(words), label, confidence, "test")


@pytest.mark.parametrize(
    ("text", "full", "echo"),
    [
        ("Приговор зачитали Оксане Прийлак. Прийлак не ответила.", "Оксане Прийлак", "Прийлак"),
        ("Дом продал Захар Вельтищ. Покупатель не видел Вельтища.", "Захар Вельтищ", "Вельтища"),
        ("Премию вручили Луцу Хартлангу. Позже Хартланг уехал.", "Луцу Хартлангу", "Хартланг"),
    ],
)
def test_a_surname_alone_is_the_person_again(text: str, full: str, echo: str) -> None:
    document = article(text)
    found = [p for p in echoed(document, [proposal(document, full)]) if p.found_by == "surname"]
    assert [(document.article.text[p.start : p.end], p.label) for p in found] == [(echo, "PERSON")]


def test_a_surname_taken_for_a_body_is_the_person() -> None:
    document = article("Премию вручили Луцу Хартлангу. Позже Хартланг уехал.")
    start = document.article.text.index("Хартланг уехал")
    body = Proposal(start, start + len("Хартланг"), "ORGANIZATION", 0.95, "test")
    found = {p.label: p.confidence for p in echoed(document, [proposal(document, "Луцу Хартлангу"), body]) if p.span == body.span}
    assert found["PERSON"] > found["ORGANIZATION"]


@pytest.mark.parametrize(
    "text",
    [
        "Иван Мороз уехал. Мороз крепчает.",  # a common word that begins a sentence
        "Джордж Вашингтон ушёл. В Вашингтоне тихо.",  # a place
        "Пётр Лямин ушёл. Завод «Лямин» стоит.",  # a brand
    ],
)
def test_other_words_are_not_the_person(text: str) -> None:
    document = article(text)
    full = " ".join(text.split()[:2])
    assert not [p for p in echoed(document, [proposal(document, full)]) if p.found_by == "surname"]


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Литовец Йонас Ланга заметил ошибку.", "Литовец Йонас Ланга", "Йонас Ланга"),
        ("Встречу начал депутат от Корнуолла Руперт Ланг.", "Корнуолла Руперт Ланг", "Руперт Ланг"),
    ],
)
def test_what_stands_before_a_name_is_cut_off(text: str, name: str, left: str) -> None:
    document = article(text)
    (found,) = parted(document, [proposal(document, name)])
    assert document.article.text[found.start : found.end] == left


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Об этом сообщила министр культуры республики Астгик Мамикон.", "Fem"),  # by the verb, though the dictionary has a man's name
        ("Об этом сообщила пресс-секретарь Жаннат Мукланова.", "Fem"),
        ("Об этом рассказал художник Виктор Казанова.", "Masc"),  # by the given name, though the surname is like a woman's
    ],
)
def test_gender_by_what_the_text_shows(text: str, gender: str) -> None:
    document = article(text)
    facts = extract(document)
    person = next(m for m in facts.mentions if m.label == "PERSON")
    assert Referents(document, facts.mentions).gender_of(person.id) == gender


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Пресс-секретарь Дмитрия Лямина сообщила, что он здоров. Суд освободил Дмитрия Лямина.", "Дмитрий Лямин"),
        ("Руководитель компании Станислава Вербенко отметила, что зал полон.", "Станислава Вербенко"),
        ("Об этом сообщила пресс-секретарь главы района Айгерим Досметова.", "Айгерим Досметова"),
    ],
)
def test_names_in_the_nominative(text: str, name: str) -> None:
    facts = extract(article(text))
    assert {m.normal for m in facts.mentions if m.label == "PERSON"} == {name}
