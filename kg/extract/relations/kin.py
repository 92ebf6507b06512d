"""Relatives and acquaintances named by a noun: «жена Обамы Мишель», «Пётр, брат Анны», «сыновья Илья и Пётр».

Two ways find whose relative is named: the tree («жена» with a genitive or a possessive pronoun), and
the order of words, where a parser is easily led astray by two names side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from kg.extract.anaphora import Referents
from kg.extract.clause import genitives
from kg.extract.relations.made import SYMMETRIC, made
from kg.records import Document, Mention, Relation, Sentence, Token
from kg.text.words import column, rows

Couple = tuple[Mention, Mention]

_POSSESSIVE = frozenset({"его", "ее", "свой"})
_MANY = frozenset({"сын", "дочь", "ребенок", "брат", "сестра", "близнец"})
_LISTED = re.compile(r"(?:[\s,;()0-9]|г\.|р\.)*(?:(?:и|а также)\s)?\s?(?:дочь\s|сын\s|дочери\s|сыновья\s)?")
_MOST_BETWEEN = 6  # words of «бывшего президента США» between a noun and whose relative it names


def kin_relations(document: Document, sentence: Sentence, people: Sequence[Mention], referents: Referents) -> Iterator[Relation]:
    """Relations of the nouns of `kin.tsv` in one sentence, and the siblings that a list of children names."""
    kin = {row["lemma"]: row for row in rows("kin.tsv")}
    people = [p for p in people if not any(o is not p and o.span.holds(p.span) for o in people)]
    for token in sentence.tokens:
        many = token.number == "Plur" or (token.index > 0 and sentence.tokens[token.index - 1].pos == "NUM")
        if many and token.lemma in _MANY:
            yield from _siblings(document, sentence, token, people)
        row = kin.get(token.lemma) or kin.get(token.text.lower())
        if row is None or not token.is_noun or many:
            continue
        couple = (
            _joined(document, sentence, token, people)
            or _by_tree(sentence, token, people, referents)
            or _two_behind(document, sentence, token, people)
            or _around(document, sentence, token, people)
        )
        if couple is not None:
            owner, named = couple
            if row["label"] in SYMMETRIC:
                owner, named = sorted(couple, key=lambda p: p.start)
            head, tail = (named, owner) if row["direction"] == "inverse" else (owner, named)
            yield made(document, row["label"], head, tail, 0.75)


def _by_tree(sentence: Sentence, token: Token, people: Sequence[Mention], referents: Referents) -> Couple | None:
    """«жена Обамы Мишель», «его сын Пётр»: (whose relative, who)."""
    named = next((p for p in people if 0 <= p.start - token.end <= 2), None)
    owner = None
    for genitive in genitives(sentence, token):
        owner = referents.direct(sentence, genitive, "PERSON") or owner
    if owner is not None and owner is named:
        named = next((p for p in people if 0 <= p.start - owner.end <= 3 and p is not owner), None)
    if owner is None:
        pronoun = next((t for t in sentence.tokens[max(0, token.index - 2) : token.index] if t.lemma in _POSSESSIVE), None)
        owner = referents.of(sentence, pronoun, "PERSON") if pronoun is not None else None
    return None if named is None or owner is None or named is owner else (owner, named)


def _joined(document: Document, sentence: Sentence, token: Token, people: Sequence[Mention]) -> Couple | None:
    """«Пётр Иванов и его младший брат Олег»: the owner stands right before «и его»."""
    named = next((p for p in people if 0 <= p.start - token.end <= 2), None)
    owner = next((p for p in reversed(people) if p.end <= token.start), None)
    if named is None or owner is None:
        return None
    between = document.article.text[owner.end : token.start].lower().split()
    return (owner, named) if between[:1] == ["и"] and between[1:2] in (["его"], ["её"], ["ее"]) and len(between) <= 3 else None


def _two_behind(document: Document, sentence: Sentence, token: Token, people: Sequence[Mention]) -> Couple | None:
    """«внучка Иванова, Анна», «брат лидера страны Ивана Иванова Пётр»: the second of two names."""
    behind = [p for p in people if p.start >= token.end]
    for owner, named in pairwise(behind):
        if not _is_quiet(sentence, token.end, owner.start):
            return None
        between = document.article.text[owner.end : named.start].strip()
        cases = _case(sentence, owner), _case(sentence, named)
        if between in ("", ",", "-", "–", "—") and cases[0] in ("Gen", "") and (cases[1] in (_own_case(token), "") or between == ""):
            return owner, named
        return None
    return None


def _around(document: Document, sentence: Sentence, token: Token, people: Sequence[Mention]) -> Couple | None:
    """«Пётр Иванов, младший брат Анны»: a name, a comma or a dash, the noun, and whose relative."""
    named = next((p for p in reversed(people) if p.end <= token.start), None)
    owner = next((p for p in people if p.start >= token.end), None)
    if named is None or owner is None or not _is_quiet(sentence, token.end, owner.start):
        return None
    between = [t for t in sentence.tokens if named.end <= t.start and t.end <= token.start]
    if not between or between[0].text not in (",", "-", "–", "—") or not all(t.pos == "ADJ" for t in between[1:]):
        return None
    agree = _case(sentence, named) in (_own_case(token), "") and _case(sentence, owner) in ("Gen", "")
    return (owner, named) if agree else None


def _is_quiet(sentence: Sentence, start: int, end: int) -> bool:
    """A few nouns and adjectives stand between two places: no comma, verb or preposition, and no other relative."""
    between = [t for t in sentence.tokens if start <= t.start and t.end <= end]
    kin = column("kin.tsv", "lemma")
    return len(between) <= _MOST_BETWEEN and all(t.pos in ("NOUN", "PROPN", "ADJ") and t.lemma not in kin for t in between)


def _own_case(token: Token) -> str:
    """The noun's case; a capital letter misleads the tagger about «Внучка»."""
    return "Nom" if token.text.lower() in column("kin.tsv", "lemma") else token.case


def _case(sentence: Sentence, person: Mention) -> str:
    return sentence.tokens[person.head].case


def _siblings(document: Document, sentence: Sentence, token: Token, people: Sequence[Mention]) -> Iterator[Relation]:
    """«двое сыновей — Илья и Пётр», «дочери: Анна (1996 г. р.) и Вера»: each pair of a list."""
    text = document.article.text
    behind = [p for p in people if p.start >= token.end and text[p.start - 1] != "("]
    gap = re.fullmatch(r"\s?([:,—–-]?)\s{0,2}", text[token.end : behind[0].start]) if behind else None
    if gap is None or (not gap[1] and (token.case == "Gen" or _case(sentence, behind[0]) != token.case)):
        return
    listed = behind[:1]
    for before, after in pairwise(behind):
        if not _LISTED.fullmatch(text[before.end : after.start]):
            break
        listed.append(after)
    for first, second in combinations(listed, 2):
        yield made(document, "SIBLING", first, second, 0.6)
