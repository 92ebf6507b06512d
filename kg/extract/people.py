"""Personal names that a tagger ran together with what stands beside them, cut apart.

«земли Бавария Томаса Ланге», «мать Джона Ланга Мэри».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.phrase import OPENING
from kg.extract.proposal import Proposal
from kg.records import Document, Mention, Sentence, Token
from kg.text import gazetteer
from kg.text.declension import forms
from kg.text.models import vocabulary
from kg.text.normal import is_given_name, is_surname, nominative, reshape
from kg.text.words import column

_LONG = 3


def by_surname(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions, a surname in the form that the article's other names show: «Бондарчука» beside «Виталий Бондарчук» is
    «Бондарчук», «Рули» beside «Анна Рули» is no form of «Руля», «Петра Галаи» beside «Галая сообщил» is «Петр Галая»."""
    mentions = tuple(mentions)
    names = _Names(document, [m for m in mentions if m.label == "PERSON"])
    return tuple(replace(m, normal=names.normal(m)) if m.label == "PERSON" else m for m in mentions)


class _Names:
    """The people of an article, and what the forms of their names show of each other."""

    def __init__(self, document: Document, people: Sequence[Mention]) -> None:
        self._document = document
        self._full = {m.normal.split()[-1] for m in people if " " in m.normal}
        self._women = {document.quote(m.span) for m in people if _is_woman(document, m)}
        self._acting_women = {document.quote(m.span) for m in people if _acts_as_woman(document, m)}
        self._written = {document.quote(m.span) for m in people}
        self._words = {word for surface in self._written for word in surface.split()}
        self._feminine = _only_feminine(surface.split() for surface in self._written)
        self._shown_nominative = {word for m in people if _is_nominative(document, m) for word in document.quote(m.span).split()}
        self._chosen: dict[tuple[str, str], str] = {}
        proposed = {word for m in people for word in m.normal.split()}
        self._support = {name: self._explained(name) for name in sorted(proposed | self._shown_nominative)}

    def normal(self, mention: Mention) -> str:
        return _with_initial(self._document, mention, self._agreed(mention, self._form(mention)))

    def _agreed(self, mention: Mention, normal: str) -> str:
        """Each word in the nominative that explains the most forms of it that the article has: «Асию» beside «Асия», «Асии» is «Асия»,
        «Чинават» taken for a genitive beside «Чинавата» is «Чинават»."""
        written, words = self._document.quote(mention.span).split(), normal.split()
        if len(written) != len(words):
            return normal
        return " ".join(self._likeliest(*pair) for pair in zip(written, words, strict=True))

    def _likeliest(self, written: str, normal: str) -> str:
        if _RUSSIAN.fullmatch(written) or _PLURAL.fullmatch(written) or not written[:1].isupper() or (written == normal and _is_known_nominative(written)):
            return normal
        if (written, normal) in self._chosen:
            return self._chosen[written, normal]
        own = self._support.get(normal) or self._explained(normal)
        better = [name for name, support in self._support.items() if support > own and written in forms(name)]
        if normal in self._shown_nominative:
            better = [name for name in better if name in self._shown_nominative]  # «Роналду» beside «Роналда»
        self._chosen[written, normal] = max(better, key=lambda name: (self._support[name], name), default=normal)
        return self._chosen[written, normal]

    def _explained(self, name: str) -> float:
        """How many different written forms a nominative explains, and a half where the article shows it as one."""
        return len(forms(name) & self._words) + (0.5 if name in self._shown_nominative else 0.0)

    def _form(self, mention: Mention) -> str:
        surface, normal = self._document.quote(mention.span), mention.normal
        *given, last = surface.split()
        if surface in self._acting_women:
            return surface
        if last in self._women and surface != normal and normal not in self._written:
            return surface  # «пресс-секретарь группы Анна Рябова» taken for a genitive, where «Рябова сообщила» follows
        if last in self._feminine and normal.split()[-1] != self._feminine[last]:
            return " ".join([*map(_feminine, given), self._feminine[last]])
        return surface if normal not in self._full and surface in self._full else normal


def _is_nominative(document: Document, mention: Mention) -> bool:
    """All its words are, as the tagger sees it, and it is a subject, or stands beside one: «министр Иван Рябов заявил»."""
    sentence = document.sentences[mention.sentence]
    words = sentence.within(mention.span)
    above = sentence.tokens[mention.head]
    while above.rel in ("appos", "flat", "flat:name", "conj") and above.head >= 0 and sentence.tokens[above.head].case in ("Nom", ""):
        above = sentence.tokens[above.head]
    return above.rel.startswith("nsubj") and any(t.case == "Nom" for t in words) and all(t.case in ("Nom", "") and t.number != "Plur" for t in words)


def _is_known_nominative(word: str) -> bool:
    """A given name or surname that the dictionary knows in the nominative."""
    return any(f.is_known and {"nomn", "sing"} <= f.tag.grammemes and f.tag.grammemes & {"Name", "Surn"} for f in vocabulary().parse(word.lower()))


def _with_initial(document: Document, mention: Mention, normal: str) -> str:
    """«Лаврентий Д.»: the full stop belongs to the letter."""
    lettered = normal[-2:-1] == " " and normal[-1:].isupper()
    return f"{normal}." if lettered and document.article.text[mention.end : mention.end + 1] == "." else normal


def _only_feminine(names: Iterable[Sequence[str]]) -> dict[str, str]:
    """Forms of surnames that only women have in the article, to the nominative: «Рябову» beside «Рябовой» is of «Рябова». The given
    names beside a surname must not be a man's, and one of them only a woman's."""
    stems: dict[str, set[str]] = {}
    genders: dict[str, set[str]] = {}
    for *given, surname in names:
        if (found := _RUSSIAN.fullmatch(surname)) is not None:
            stems.setdefault(found[1], set()).add(found[2])
            genders.setdefault(found[1], set()).update(_gender(word) for word in given)
    sure = {stem for stem, endings in stems.items() if endings & {"ой", "ою"} and not endings & {"", "ым", "е"}}
    sure = {stem for stem in sure if not genders[stem] or ("femn" in genders[stem] and "masc" not in genders[stem])}
    return {f"{stem}{ending}": f"{stem}а" for stem in sure for ending in stems[stem]}


def _gender(word: str) -> str:
    """Whose given name it is, in any case: a man's, a woman's, or «» where it may be either's."""
    marks = [form.tag.grammemes for form in vocabulary().parse(word.lower()) if form.is_known and {"Name", "sing"} <= form.tag.grammemes]
    found = {gender for gender in ("masc", "femn") if any(gender in m for m in marks)}
    return found.pop() if len(found) == 1 else ""


_PLURAL = re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н)(?:ы|ых|ым|ыми)|[А-ЯЁ][а-яё]+[сц]ки(?:е|х|м|ми)")
_RUSSIAN = re.compile(r"([А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н))(|а|у|ым|е|ой|ою)")


def _feminine(word: str) -> str:
    """A woman's given name in the nominative."""
    for form in vocabulary().parse(word.lower()):
        if {"Name", "femn", "sing"} <= form.tag.grammemes:
            return reshape(form.normal_form, word)
    return word


def _is_woman(document: Document, mention: Mention) -> bool:
    """A lone surname that is the subject of a feminine verb: «Рябова сообщила»."""
    sentence = document.sentences[mention.sentence]
    head = sentence.tokens[mention.head]
    verb = sentence.tokens[head.head] if head.head >= 0 and head.rel.startswith("nsubj") else None
    surface = document.quote(mention.span)
    return verb is not None and verb.is_finite and verb.gender == "Fem" and " " not in surface and surface.endswith(("ова", "ева", "ёва", "ина", "ына", "ая"))


def _acts_as_woman(document: Document, mention: Mention) -> bool:
    """A full name beside the subject of a feminine verb that is no woman by itself: «адвокат Нелли Рябова заявила» is nobody's lawyer."""
    sentence = document.sentences[mention.sentence]
    written = document.quote(mention.span).split()
    noun = sentence.tokens[mention.head]
    while noun.rel in ("appos", "flat", "flat:name", "nmod") and noun.head >= 0 and (noun.is_title or noun.index == mention.head):
        noun = sentence.tokens[noun.head]
    if noun.index == mention.head or noun.gender == "Fem" or not noun.rel.startswith("nsubj") or noun.head < 0 or noun.end > mention.start:
        return False
    verb = sentence.tokens[noun.head]
    return len(written) > 1 and verb.is_finite and verb.gender == "Fem" and _may_be_womans(written[0]) and not written[-1].endswith(_OBLIQUE)


def _may_be_womans(word: str) -> bool:
    """A given name that may well be a woman's in the nominative: «Нелли», «Станислава», one that the dictionary does not know; not «Дмитрия»."""
    known = [form for form in vocabulary().parse(word.lower()) if form.is_known and "Name" in form.tag.grammemes]
    return not known or any({"femn", "nomn"} <= form.tag.grammemes and form.score > _RARE for form in known)


_RARE = 0.1
_OBLIQUE = ("ой", "ую", "ою", "ого", "ому", "ым", "ом")


def whole(document: Document, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those inside a person's name: «София Лужина» holds no city. Adjectives of places stay: «Астрид Шведская»."""
    people: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.label == "PERSON":
            people.setdefault(mention.sentence, []).append(mention)
    return [m for m in mentions if not any(p is not m and p.span.holds(m.span) and not _is_of_place(document, m) for p in people.get(m.sentence, ()))]


def _is_of_place(document: Document, mention: Mention) -> bool:
    """No name that could be a person's: an adjective of a place, or anything but a place or a body."""
    if mention.label not in _NO_NAME_WITHIN:
        return True
    return gazetteer.place_of_adjective(document.sentences[mention.sentence].tokens[mention.head].lemma) is not None


_NO_NAME_WITHIN = frozenset({"CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "ORGANIZATION", "NATIONALITY"})


def echoed(document: Document, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals, and a person wherever the surname of a full name stands alone with no person seen in it: «Пётр Лямин ушёл. Лямин
    сообщил …». A single word that something else was seen in is the person's too."""
    proposals = tuple(proposals)
    people = [p for p in proposals if p.label == "PERSON"]
    surnames = _surnames(document, people)
    if surnames:
        others = [p for p in proposals if p.label != "PERSON" and p.label not in _OF_WORDS]
        taken = [p.span for p in people] + [p.span for p in others if " " in document.article.text[p.start : p.end]]
        for sentence in document.sentences:
            for token in sentence.tokens:
                sure = surnames.get(token.text)
                if sure is not None and _may_echo(document, sentence, token) and not any(span.meets(token.span) for span in taken):
                    rival = max((p.confidence for p in others if p.span == token.span), default=0.0)
                    yield Proposal(token.start, token.end, "PERSON", max(sure, min(1.0, rival + 0.01)), "surname")
    yield from proposals


_OF_WORDS = frozenset({"PROFESSION", "DATE", "TIME", "NUMBER", "AGE", "EVENT"})


def _surnames(document: Document, people: Iterable[Proposal]) -> dict[str, float]:
    """Forms of the surnames that stand behind a given name, with how sure the best such name is."""
    found: dict[str, float] = {}
    for one in people:
        sentence = document.sentence_at(one.start)
        words = sentence.within(one.span) if sentence is not None else []
        if sentence is None or len(words) < 2 or not all(w.is_title for w in words) or len(words[-1].text) < _SHORTEST:
            continue
        normal = nominative(sentence, one.span, person=True).split()[-1]
        for form in forms(normal) | {words[-1].text}:
            found[form] = max(found.get(form, 0.0), one.confidence)
    return found


def _may_echo(document: Document, sentence: Sentence, token: Token) -> bool:
    """No name of a place or a brand, and no common word at the beginning of a sentence."""
    before = document.article.text[token.start - 1 : token.start]
    if token.pos == "PUNCT" or before in OPENING or _is_place(token.text) or _is_place(token.lemma):
        return False
    common = any(f.is_known and not f.tag.grammemes & {"Name", "Surn", "Patr", "Geox"} for f in vocabulary().parse(token.text.lower()))
    return not common or (token.index > 0 and sentence.tokens[token.index - 1].pos != "PUNCT")


_SHORTEST = 3


def parted(document: Document, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """The proposals, those of persons without a place before the name and with a second name on its own."""
    for proposal in proposals:
        if proposal.label != "PERSON":
            yield proposal
        elif " " in document.article.text[proposal.start : proposal.end]:
            yield from _parts(document, proposal)
        elif not _opens_as_noun(document, proposal):
            yield proposal


def _opens_as_noun(document: Document, proposal: Proposal) -> bool:
    """«Христианка вышла из тюрьмы»: a noun for people that has its capital letter from the place."""
    sentence = document.sentence_at(proposal.start)
    first = sentence.tokens[0] if sentence is not None else None
    if first is None or first.span != proposal.span or is_given_name(first.text) or is_surname(first.text):
        return False
    return first.lemma in column("posts.tsv", "lemma") or gazetteer.country_of_people(first.lemma) is not None


def _parts(document: Document, proposal: Proposal) -> Iterator[Proposal]:
    sentence = document.sentence_at(proposal.start)
    words = sentence.within(proposal.span) if sentence is not None else []
    title = _title(sentence, words) if sentence is not None else 0
    if title:
        yield replace(proposal, start=words[title].start, normal="")
    elif len(words) < _LONG or not all(w.is_title for w in words):
        yield proposal
    elif _is_place(words[0].text) and not is_given_name(words[0].text):
        yield replace(proposal, start=words[1].start, normal="")
    elif words[0].case == "Gen" and words[0].number == "Sing" and not is_given_name(words[0].text) and all(w.case == "Nom" for w in words[1:]):
        yield replace(proposal, start=words[1].start, normal="")  # «депутат от Корнуолла Иван Лямин»
    elif len(words) == _LONG and _is_second_name(words):
        yield replace(proposal, end=words[1].end, normal="")
        yield replace(proposal, start=words[2].start, normal="")
    else:
        yield proposal


def _title(sentence: Sentence, words: Sequence[Token]) -> int:
    """1 for «Ксендз Иван Лужин», «Литовец Йонас Ланга» at the beginning of a sentence, else 0."""
    if len(words) < 2 or words[0].index or not all(w.is_title for w in words[:2]) or is_given_name(words[0].text) or is_surname(words[0].text):
        return 0
    if len(words[1].text) < _SHORTEST:
        return 0  # «Пан Хе Рим»: a name of syllables
    return int(words[0].lemma in column("posts.tsv", "lemma") or gazetteer.country_of_people(words[0].lemma) is not None)


def _is_place(word: str) -> bool:
    known = gazetteer.lookup(word)
    return bool(known) and not any(entry.type == "PERSON" for entry in known)


def _is_second_name(words: list[Token]) -> bool:
    """Given name, surname, and the given name of somebody else, who differs in gender: «Джона Ланга Мэри»."""
    first, middle, last = words
    between = is_given_name(middle.text) or not is_surname(middle.text)
    return is_given_name(first.text) and not between and is_given_name(last.text) and not is_surname(last.text) and last.gender != first.gender
