"""Words that only point: «тот ответил», «первый … второй», «там считают». Which noun of before they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.several import REACH
from kg.records import Sentence, Token
from kg.text.words import column

_ORDER = {"первый": 0, "второй": 1}
_SPEAKING = ("PERSON", "ORGANIZATION")


def pointed_at(sentence: Sentence, word: Token, referents: Referents) -> tuple[Sentence, Token] | None:
    """The noun that a pointing word stands for, with its sentence; None for other words, and where there is no such noun."""
    if word.lemma == "там":
        return _place(sentence, word, referents)
    if word.pos not in ("ADJ", "DET", "PRON", "NUM") or word.rel in ("amod", "det", "nummod", "conj"):
        return None
    if any(t.rel in ("acl", "acl:relcl", "nmod") for t in sentence.below(word.index)):
        return None  # «тот, кто пришёл», «первый из них»
    if word.lemma == "тот" and word.number == "Sing" and word.gender in ("Masc", "Fem"):
        return _other(sentence, word, referents)
    return _of_two(sentence, word, referents) if word.lemma in _ORDER else None


def _before(sentence: Sentence, word: Token, referents: Referents, reach: int) -> Iterator[tuple[Sentence, Token]]:
    """Words before this one, the last first."""
    yield from ((sentence, t) for t in reversed(sentence.tokens[: word.index]))
    for back in range(1, min(sentence.index, reach) + 1):
        earlier = referents.sentence(sentence.index - back)
        yield from ((earlier, t) for t in reversed(earlier.tokens))


def _other(sentence: Sentence, word: Token, referents: Referents) -> tuple[Sentence, Token] | None:
    """«Лямин упрекнул Рябова. Тот возразил»: who was there and not the subject; of this sentence first, the subject too."""
    subject = None
    for earlier, noun in _before(sentence, word, referents, 1):
        if subject is not None and earlier is not sentence:
            return subject
        if not _is_somebody(earlier, noun, word, referents):
            continue
        if not noun.rel.startswith("nsubj"):
            return earlier, noun
        subject = subject or ((earlier, noun) if earlier is sentence else None)
    return subject


def _is_somebody(sentence: Sentence, noun: Token, word: Token, referents: Referents) -> bool:
    """A person in the singular, by name or not, of the gender of the word."""
    if not noun.is_noun or noun.number == "Plur" or noun.rel in ("flat", "flat:name", "nmod"):
        return False  # «адвокат Рябова»: whose, not who
    person = referents.direct(sentence, noun, "PERSON")
    if person is not None:
        return person.head == noun.index and noun.rel != "appos" and referents.fits(sentence, person, word.gender)
    return noun.feats.get("Animacy") == "Anim" and noun.gender == word.gender and noun.pos == "NOUN"


def _of_two(sentence: Sentence, word: Token, referents: Referents) -> tuple[Sentence, Token] | None:
    """«Лямин и Рябов спорят. Первый считает …»: the one or the other of the last two that were named together."""
    for earlier, noun in _before(sentence, word, referents, REACH):
        if noun.rel != "conj" or not noun.is_noun or noun.head < 0:
            continue
        pair = (earlier.tokens[noun.head], noun)
        chosen = pair[_ORDER[word.lemma]]
        if word.number == "Sing" and not _has_gender(earlier, chosen, word, referents):
            return None
        if all(_speaks(earlier, t, referents) for t in pair) and not any(t.rel == "conj" and t.index != noun.index for t in earlier.below(noun.head)):
            return earlier, chosen
    return None


def _has_gender(sentence: Sentence, noun: Token, word: Token, referents: Referents) -> bool:
    """A person by the name, anything else by the noun."""
    person = referents.direct(sentence, noun, "PERSON")
    return referents.fits(sentence, person, word.gender) if person is not None else noun.gender in (word.gender, "")


def _speaks(sentence: Sentence, noun: Token, referents: Referents) -> bool:
    return noun.is_noun and (noun.feats.get("Animacy") == "Anim" or referents.direct(sentence, noun, *_SPEAKING) is not None or noun.lemma in column("organizations.tsv", "lemma"))


def _place(sentence: Sentence, word: Token, referents: Referents) -> tuple[Sentence, Token] | None:
    """«В мэрии удивились: там считают …», «Прокуратура начала проверку. Там сообщили …»: the last body before."""
    for earlier, noun in _before(sentence, word, referents, REACH):
        body = referents.direct(earlier, noun, "ORGANIZATION") if noun.is_noun else None
        if not noun.is_noun or not (noun.rel.startswith("nsubj") or clause.preposition(earlier, noun) in ("в", "во", "на")):
            continue  # «сотрудник ФСБ»
        if body is not None and body.head == noun.index and not referents.is_outlet(body.id):
            return earlier, noun
        if body is None and noun.pos == "NOUN" and noun.lemma in column("organizations.tsv", "lemma"):
            return earlier, noun
    return None
