"""Nominative forms: what people see, and what names are compared by.

A word that slovnet takes for nominative stays as it is; else pymorphy2's parse that agrees with
slovnet in part of speech, case, number and gender is inflected (for persons a parse marked as
surname, given name or patronymic goes first). In names of organisations and places only the
head and the words that agree with it are inflected; dependents («национальной безопасности»)
keep their case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kg.records import Sentence, Span, Token
from kg.text.models import vocabulary

_DECLINED = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "VERB", "PRON"})
_AGREEING = frozenset({"amod", "det", "nummod", "acl", "appos", "flat", "flat:name", "flat:foreign"})
_CASES = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct", "Par": "gen2"}
_GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
_NAME_MARKS = frozenset({"Surn", "Name", "Patr"})


def nominative(sentence: Sentence, span: Span, person: bool = False) -> str:
    """The nominative of a stretch of a sentence, in its own letters' case."""
    tokens = sentence.within(span)
    if not tokens:
        return ""
    moved = set(_person_words(tokens)) if person else _agreeing_words(sentence, span, tokens)
    if person:
        tokens = _of_one_case(_accusative(_instrumental(sentence, _uninflected(tokens))))
    elif len(moved) == 1:
        moved -= {t.index for t in tokens if t.text.lower() == "власти"}  # «власти города», taken for a genitive; not «советской власти»
    gender = None if person else _gender_of(sentence.head_of(span))
    words = [inflect(t, person=person, gender=gender) if t.index in moved else t.text for t in tokens]
    return _join(words, tokens)


def _uninflected(tokens: Sequence[Token]) -> list[Token]:
    """«Айгерим Ланова», «Богдан Шута», «Филиппа Ланг»: a given name and a surname of which one can be no oblique form, so that the other is
    none; not «Дэн Сяопина», whose first word has no cases."""
    if len(tokens) != 2 or not all(t.is_title and t.text.isalpha() for t in tokens) or any(t.number == "Plur" for t in tokens):
        return list(tokens)
    given, surname = (t.text for t in tokens)
    known = given_gender(given)
    if given[-1:] in _CONSONANTS and surname[-1:] in "ая":
        womans = is_womans_surname(surname) and not surname.endswith("на")
        if len(given) <= _SYLLABLE or not (womans or known == "Masc"):
            return list(tokens)
        gender = "Fem" if womans else known
    elif given[-1:] in "ая" and surname[-1:] in _CONSONANTS and not surname.endswith(("ых", "их")):
        gender = known or "Fem"
    else:
        return list(tokens)
    return [replace(t, feats={**t.feats, "Case": "Nom", "Gender": gender}) for t in tokens]


_SYLLABLE = 3


def is_womans_surname(word: str) -> bool:
    """«Рябова», «Лямина», «Ланская»."""
    return _WOMANS.search(word) is not None


_WOMANS = re.compile(r"[а-яё]{2}(?:[оеё]ва|[иы]на|[сц]кая)$")


def _instrumental(sentence: Sentence, tokens: Sequence[Token]) -> list[Token]:
    """«с министром Гайко Маасом», «с главой Линасом [Ланкиным]»: what ends as an instrumental is one beside another one, whatever the tagger says."""
    above = [sentence.tokens[t.head] for t in tokens if t.rel in ("appos", "flat", "flat:name") and t.head >= 0]
    if not any(t.case == "Ins" for t in (*tokens, *above)):
        return list(tokens)
    return [replace(t, feats={**t.feats, "Case": "Ins", "Gender": "Masc"}) if t.case in ("Nom", "") and t.is_title and _INSTRUMENTAL.search(t.text) else t for t in tokens]


def _accusative(tokens: Sequence[Token]) -> list[Token]:
    """«Асию [Ланг]»: no nominative beside an accusative."""
    seen = any(t.case == "Acc" for t in tokens)
    return [replace(t, feats={**t.feats, "Case": "Acc"}) if seen and t.case == "Nom" and t.text.endswith("ию") else t for t in tokens]


_INSTRUMENTAL = re.compile(r"[а-яё]{2}(?:[бвгджзклмнпрстфхцчшщ]ом|[жцчшщ]ем|[оеё]вым|[иы]ным|[сц]ким)$")


def _of_one_case(tokens: Sequence[Token]) -> list[Token]:
    """All words of a name have the case and gender of its given name, whatever the tagger says: «Галину [Лямину]»; or the case that
    a surname shows: «Бартоломея Лужинского»."""
    surname = next((found for t in tokens if (found := _ADJECTIVE.search(t.text))), None)
    if surname is not None:
        return [replace(t, feats={**t.feats, "Case": "Gen" if surname[0].endswith("го") else "Dat", "Gender": "Masc"}) for t in tokens]
    given = next((t for t in tokens if t.case not in ("Nom", "") and t.number != "Plur" and is_given_name(t.text)), None)
    if given is None:
        return list(tokens)
    wanted = {_CASES.get(given.case, ""), "sing", _GENDERS.get(given.gender, "")} - {""}

    def could_be(token: Token) -> bool:
        if given.gender == "Fem" and _FEMININE_OBLIQUE.search(token.text):
            return True
        return any(wanted <= form.tag.grammemes and "Surn" in form.tag.grammemes for form in vocabulary().parse(token.text.lower()))

    strayed = [t for t in tokens if (t.case == "Nom" or t.gender != given.gender) and t.is_title and could_be(t)]
    return [replace(t, feats={**t.feats, "Case": given.case, "Gender": given.gender}) if t in strayed else t for t in tokens]


_FEMININE_OBLIQUE = re.compile(r"(?:[оеё]в|[иы]н)(?:у|ой|ою)$|[сц]к(?:ую|ой|ою)$")


def _gender_of(head: Token | None) -> str | None:
    """The gender that adjectives take from a noun in the singular: «в официальном некрологе» is no neuter."""
    form = best_parse(head) if head is not None and head.is_noun and head.number != "Plur" else None
    return str(form.tag.gender) if form is not None and form.is_known and form.tag.gender and "ms-f" not in form.tag.grammemes else None


def _person_words(tokens: Sequence[Token]) -> Iterable[int]:
    """Each word of a personal name declines by itself, up to a particle such as «фон», «де»."""
    for token in tokens:
        if token.pos in _DECLINED or token.is_title:
            yield token.index


def _agreeing_words(sentence: Sentence, span: Span, tokens: Sequence[Token]) -> set[int]:
    head = sentence.head_of(span)
    if head is None:
        return set()
    inside = {t.index for t in tokens}
    moved, stack = {head.index}, [head.index]
    while stack:
        for child in sentence.below(stack.pop()):
            agrees = child.rel in _AGREEING or (child.pos in ("ADJ", "DET") and (not head.number or child.number == head.number))
            if child.index in inside and child.index not in moved and agrees and child.case == head.case:
                moved.add(child.index)
                stack.append(child.index)
    for token in tokens:
        if token.pos == "ADJ" and token.case == head.case and token.index < head.index and token.number == head.number:
            moved.add(token.index)
    return moved


def _join(words: Sequence[str], tokens: Sequence[Token]) -> str:
    """Words with the blanks that stood between them, at most one."""
    parts = [words[0]]
    for i in range(1, len(words)):
        if tokens[i].start > tokens[i - 1].end:
            parts.append(" ")
        parts.append(words[i])
    return "".join(parts)


def inflect(token: Token, person: bool = False, number: str | None = None, gender: str | None = None) -> str:
    """The nominative of one word, in its own number unless another is asked for; an adjective in the gender of its noun."""
    if (token.pos not in _DECLINED and not (person and token.is_title)) or len(token.text) == 1 or _is_acronym(token.text):
        return token.text
    if (declined := _DECLINED_ACRONYM.fullmatch(token.text)) is not None:
        return declined[1]
    if person and "-" in token.text and all(part[:1].isupper() for part in token.text.split("-")):
        return "-".join(inflect(replace(token, text=part), person=True) for part in token.text.split("-"))
    if person and token.number != "Plur" and token.gender == "Fem" and token.text[-1:] in _CONSONANTS:
        return token.text  # «Анне Ланг»: a woman's name that has no cases
    if person and (mended := _never_nominative(token.text, "Fem" if token.case == "Acc" and token.text.endswith("ию") else token.gender)):
        return mended
    if person and _is_nominative(token):
        return token.text
    if token.case in ("Nom", "") and number in (None, token.number) and not (token.case == "" and person):
        return token.text
    form = best_parse(token, person)
    if form is None:
        return _by_ending(token) if person else token.text
    if person and not form.is_known and token.gender != "Fem" and token.number != "Plur" and token.text[-1:] in "иоэ":
        return token.text  # «Накамори», «Оливо»: a name that has no cases
    if person and not form.is_known:
        plain = _by_ending(token)
        if plain != token.text:
            return plain
    wanted = {"nomn"}
    if number:
        wanted.add("sing" if number == "Sing" else "plur")
    if gender and "sing" in form.tag.grammemes and form.tag.grammemes & {"ADJF", "PRTF"}:
        wanted.add(gender)
    moved = _inflect(form, wanted)
    return reshape(moved, token.text) if moved else token.text


def _is_acronym(word: str) -> bool:
    """«ИГ», «ФСБ»: has no cases."""
    return 1 < len(word) <= _LONGEST_ACRONYM and word.isupper()


_LONGEST_ACRONYM = 5
_DECLINED_ACRONYM = re.compile(r"([А-ЯЁ]{2,4}[БВГДЖЗКЛМНПРСТФХЦЧШЩ])(?:а|у|ом|е)")
"""«МИДа», «ОМОНом»."""


def is_given_name(word: str) -> bool:
    """A given name that the dictionary knows, in any case."""
    return any("Name" in form.tag.grammemes and form.is_known for form in vocabulary().parse(word.lower()))


def given_gender(word: str) -> str:
    """The gender of a given name in the nominative, where the dictionary knows it with one only; else «»."""
    marks = {str(f.tag.gender) for f in vocabulary().parse(word.lower()) if f.is_known and {"Name", "nomn", "sing"} <= f.tag.grammemes}
    return next((ours for ours, theirs in _GENDERS.items() if marks == {theirs}), "")


def is_surname(word: str) -> bool:
    """A surname that the dictionary knows, in any case."""
    return any("Surn" in form.tag.grammemes and form.is_known for form in vocabulary().parse(word.lower()))


def genitive(name: str, gender: str) -> str:
    """A personal name in the genitive: «Вера Лужина» → «Веры Лужиной»; a word stays as it is
    where the dictionary has no form of that gender."""
    return " ".join(_genitive_word(word, _GENDERS.get(gender, "")) for word in name.split())


def _genitive_word(word: str, gender: str) -> str:
    for form in vocabulary().parse(word.lower()):
        marks = form.tag.grammemes
        if {"nomn", "sing"} <= marks and marks & _NAME_MARKS and (not gender or gender in marks or "ms-f" in marks):
            moved = _inflect(form, {"gent", "sing"})
            return reshape(moved, word) if moved else word
    if gender == "masc" and word[-1:].lower() in _CONSONANTS:
        return f"{word[:-2]}ца" if word.endswith("ец") else f"{word}а"
    return word


_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")


def _is_nominative(token: Token) -> bool:
    """A man's given name that is no other case than the nominative, whatever the tagger says: «Карл»."""
    forms = [f.tag.grammemes for f in vocabulary().parse(token.text.lower()) if f.is_known and {"Name", "sing"} <= f.tag.grammemes]
    wrong = token.case not in ("Nom", "") and not any(_CASES.get(token.case) in marks for marks in forms)
    return wrong and token.text[-1:] in _CONSONANTS and any({"nomn", "masc"} <= marks for marks in forms)


_FEMININE = re.compile(r"[а-яё]{2}(?:ов|ев|ёв|ин|ын)ой$")
_ADJECTIVE = re.compile(r"[А-ЯЁ][а-яё]+[сц]к(?:ого|ому)$")
_SOFT_FEMININE = re.compile(r"[А-ЯЁ][а-яё]+и(?:и|ю|ей)$")


def _never_nominative(word: str, gender: str) -> str | None:
    """The nominative of a form that cannot be one whatever the tagger says: «Рябовой», «Асию», «Асии»;
    not «Луговой», which is a nominative as well."""
    forms = vocabulary().parse(word.lower())
    masculine = gender != "Fem" and any({"masc", "Name"} <= form.tag.grammemes and form.is_known for form in forms)
    if _SOFT_FEMININE.search(word) and not masculine:
        return re.sub(r"и(?:и|ю|ей)$", "ия", word)
    if _ADJECTIVE.search(word):
        return re.sub(r"(?:ого|ому)$", "ий", word)
    surname = _FEMININE.search(word) and not any(
        {"masc", "nomn"} <= form.tag.grammemes and ("Surn" in form.tag.grammemes or "ADJF" in form.tag.grammemes)
        for form in forms
    )
    return f"{word[:-2]}а" if surname else None


_ENDINGS = {
    ("Masc", "Gen"): (("а", ""), ("я", "й")), ("Masc", "Acc"): (("а", ""), ("я", "й")), ("Masc", "Dat"): (("у", ""), ("ю", "й")),
    ("Masc", "Ins"): (("ом", ""), ("ем", "")), ("Masc", "Loc"): (("е", ""),),
    ("Fem", "Gen"): (("ии", "ия"), ("ы", "а"), ("ки", "ка"), ("ги", "га"), ("хи", "ха"), ("ши", "ша")), ("Fem", "Dat"): (("ии", "ия"), ("ие", "ия"), ("е", "а")),
    ("Fem", "Acc"): (("ию", "ия"), ("у", "а"), ("ю", "я")), ("Fem", "Ins"): (("ией", "ия"), ("ой", "а"), ("ей", "а")),
    ("Fem", "Loc"): (("ии", "ия"), ("е", "а")),
}  # fmt: skip


def _by_ending(token: Token) -> str:
    """A name that no dictionary parse fits: the regular ending of its case taken off."""
    for ending, nominative_ending in _ENDINGS.get((token.gender, token.case), ()):
        stem = token.text.removesuffix(ending)
        if stem != token.text and len(stem) > 1:
            soft = nominative_ending == "й" and stem[-1] not in "аеёиоуыэюя"
            return stem + ("ь" if soft else nominative_ending)
    return token.text


def _inflect(form: Any, grammemes: set[str]) -> str | None:
    from pymorphy2.analyzer import Parse

    moved = Parse.inflect(form, grammemes)
    return moved.word if moved else None


def best_parse(token: Token, person: bool = False) -> Any | None:
    """pymorphy2's parse that fits what slovnet says of the word in its context, or None."""
    best, most = None, 0.0
    for form in vocabulary().parse(token.text.lower()):
        score = _fit(form.tag.grammemes, token, person) + float(form.score) * 0.5
        if score > most:
            best, most = form, score
    return best


def _fit(grammemes: frozenset[str], token: Token, person: bool) -> float:
    """How well a parse agrees; below zero when the case differs."""
    case = _CASES.get(token.case)
    if case and case not in grammemes and not (case == "loct" and "loc2" in grammemes):
        return -10.0
    score = 2.0
    number = {"Sing": "sing", "Plur": "plur"}.get(token.number)
    if number:
        score += 1.0 if number in grammemes else -3.0
    gender = _GENDERS.get(token.gender)
    if gender and token.number != "Plur" and grammemes & {"masc", "femn", "neut"}:
        score += 1.0 if gender in grammemes else -1.5
    if person and grammemes & _NAME_MARKS:
        score += 0.5 if "Fixd" in grammemes else 1.0
    if token.is_noun and "NOUN" in grammemes:
        score += 1.0
    if token.pos == "ADJ" and "ADJF" in grammemes:
        score += 1.0
    return score


def reshape(word: str, like: str) -> str:
    """Give a lower-case word the capitals of another form of it."""
    if like.isupper() and len(like) > 1:
        return word.upper()
    if "-" in like and word.count("-") == like.count("-"):
        return "-".join(reshape(a, b) for a, b in zip(word.split("-"), like.split("-"), strict=True))
    if like[:1].isupper():
        rest = like[1:]
        if any(c.isupper() for c in rest) and word[: len(rest)].lower() != rest.lower():
            return like if len(word) < 2 else word[:1].upper() + word[1:]
        return word[:1].upper() + word[1:]
    return word


def lemma(word: str) -> str:
    """The dictionary form of a lone word, by pymorphy2's most frequent parse."""
    parses = vocabulary().parse(word.lower())
    return str(parses[0].normal_form) if parses else word.lower()
