"""Personal names that a tagger ran together with what stands beside them, cut apart.

«земли Бавария Томаса Ланге», «мать Джона Ланга Мэри».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.proposal import Proposal
from kg.records import Document, Mention, Token
from kg.text import gazetteer
from kg.text.normal import is_given_name, is_surname

_LONG = 3
_ENDINGS = ("а", "у", "ом", "ым", "е")
"""Of masculine surnames that end in a consonant, in the oblique cases."""


def by_surname(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions, a lone surname in the form that the article's full names show: «Бондарчука» beside «Виталий Бондарчук» is
    «Бондарчук», «Рули» beside «Анна Рули» is no form of «Руля»."""
    mentions = tuple(mentions)
    surnames = {m.normal.split()[-1] for m in mentions if m.label == "PERSON" and " " in m.normal}
    mended = {f"{name}{ending}": name for name in surnames if name[-1:] in _CONSONANTS for ending in _ENDINGS}
    women = {document.quote(m.span) for m in mentions if m.label == "PERSON" and _is_woman(document, m)}
    written = {document.quote(m.span) for m in mentions if m.label == "PERSON"}

    def normal(mention: Mention) -> str:
        if mention.label != "PERSON":
            return mention.normal
        surface = document.quote(mention.span)
        if surface.split()[-1] in women and surface != mention.normal and mention.normal not in written:
            return surface  # «пресс-секретарь группы Анна Рябова» taken for a genitive, where «Рябова сообщила» follows
        if mention.normal in surnames:
            return mention.normal
        return surface if surface in surnames else mended.get(mention.normal, mention.normal)

    return tuple(replace(m, normal=normal(m)) for m in mentions)


def _is_woman(document: Document, mention: Mention) -> bool:
    """A lone surname that is the subject of a feminine verb: «Рябова сообщила»."""
    sentence = document.sentences[mention.sentence]
    head = sentence.tokens[mention.head]
    verb = sentence.tokens[head.head] if head.head >= 0 and head.rel.startswith("nsubj") else None
    surface = document.quote(mention.span)
    return verb is not None and verb.is_finite and verb.gender == "Fem" and " " not in surface and surface.endswith(("ова", "ева", "ёва", "ина", "ына", "ая"))


_CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")


def parted(document: Document, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals, those of persons without a place before the name and with a second name on its own."""
    for proposal in proposals:
        if proposal.label == "PERSON" and " " in document.article.text[proposal.start : proposal.end]:
            yield from _parts(document, proposal)
        else:
            yield proposal


def _parts(document: Document, proposal: Proposal) -> Iterator[Proposal]:
    sentence = document.sentence_at(proposal.start)
    words = sentence.within(proposal.span) if sentence is not None else []
    if len(words) < _LONG or not all(w.is_title for w in words):
        yield proposal
    elif _is_place(words[0]) and not is_given_name(words[0].text):
        yield replace(proposal, start=words[1].start, normal="")
    elif len(words) == _LONG and _is_second_name(words):
        yield replace(proposal, end=words[1].end, normal="")
        yield replace(proposal, start=words[2].start, normal="")
    else:
        yield proposal


def _is_place(word: Token) -> bool:
    known = gazetteer.lookup(word.text)
    return bool(known) and not any(entry.type == "PERSON" for entry in known)


def _is_second_name(words: list[Token]) -> bool:
    """Given name, surname, and the given name of somebody else, who differs in gender: «Джона Ланга Мэри»."""
    first, middle, last = words
    between = is_given_name(middle.text) or not is_surname(middle.text)
    return is_given_name(first.text) and not between and is_given_name(last.text) and not is_surname(last.text) and last.gender != first.gender
