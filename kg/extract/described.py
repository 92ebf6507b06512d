"""How the article describes the people that it names: «представитель завода Анна Ланг», «Иван Рябов, министр обороны»."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.mentions import MentionIndex
from kg.records import Mention, Sentence, Token
from kg.text.words import rows, table

_PLACES = ("COUNTRY", "STATE_OR_PROVINCE", "CITY")


@dataclass(frozen=True, slots=True)
class Description:
    """A noun and what it is of, as one of its names: («премьер», {«мальта»}) for «глава правительства Мальты»; `kind` is a wider noun for it."""

    head: str
    of: frozenset[str]
    places: frozenset[str] = frozenset()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Described:
    person: Mention
    description: Description


@cache
def _same_posts() -> Mapping[str, list[tuple[frozenset[str], str, frozenset[str]]]]:
    """By the noun: what it must be of, the noun that stands for both, and of what; the first row that fits holds."""
    found: dict[str, list[tuple[frozenset[str], str, frozenset[str]]]] = {}
    for row in rows("same_posts.tsv"):
        found.setdefault(row["head"], []).append((frozenset(row["of"].split()), row["as_head"], frozenset(row["as_of"].split())))
    return found


@cache
def _kinds() -> Mapping[str, str]:
    return table("kinds_of_posts.tsv", "post", "kind")


class Descriptions:
    """Looks for the person whom the article describes as a noun phrase does."""

    def __init__(self, index: MentionIndex, sentences: Sequence[Sentence], nouns_of: Callable[[Sentence, Mention], Iterator[Token]]) -> None:
        self._index = index
        self._sentences = sentences
        self._nouns_of = nouns_of
        self._found: list[_Described] | None = None

    def person(self, sentence: Sentence, noun: Token) -> Mention | None:
        """The last one before who is described by all that describes the noun, else the first one after; who acts as the verb says."""
        wanted = self.description(sentence, noun)
        inside = set(sentence.subtree(noun.index))
        owners = {self._index.fullest(m) for m in self._index.mentions_in(sentence) if m.label == "PERSON" and noun.start < m.start and m.head in inside}
        alike = [
            d.person for d in self._all()
            if _fits(wanted, d.description) and self._index.fullest(d.person) not in owners and self._acts(sentence, noun, d.person)
        ]  # fmt: skip
        before = [p for p in alike if p.end <= noun.start]
        after = [p for p in alike if p.start >= noun.end]
        return max(before, key=lambda p: (self._index.counts[p.normal.split()[-1]], p.start), default=min(after, key=lambda p: p.start, default=None))

    def description(self, sentence: Sentence, noun: Token) -> Description:
        below = [sentence.tokens[i] for i in sentence.subtree(noun.index, *_APART) if i != noun.index]
        below = [t for t in below if t.pos != "ADJ" or t.head != noun.index or self._place(sentence, t) is not None]  # «юный», «43-летний»
        of = {word for token in below for word in self._words(sentence, token)}
        places = frozenset(word for token in below if self._place(sentence, token) is not None for word in self._words(sentence, token))
        for needed, head, more in _same_posts().get(noun.lemma, ()):
            if needed <= of:
                return Description(head, frozenset(of - needed | more), places, _kinds().get(noun.lemma, ""))
        return Description(noun.lemma, frozenset(of), places, _kinds().get(noun.lemma, ""))

    def _words(self, sentence: Sentence, token: Token) -> list[str]:
        """What a word of a description says: a place by its name, whatever its form; nothing for «новый», «этот»."""
        if token.pos not in ("NOUN", "PROPN", "ADJ", "X") or token.lemma in _PASSING:
            return []
        place = self._place(sentence, token)
        return place.normal.lower().split() if place is not None else [token.lemma.lower()]

    def _place(self, sentence: Sentence, token: Token) -> Mention | None:
        place = self._index.direct(sentence, token, *_PLACES)
        return place if place is not None and place.head == token.index else None

    def _acts(self, sentence: Sentence, noun: Token, person: Mention) -> bool:
        """Neither a woman's noun nor the verb of the noun tells another gender than the name: «премьер сообщила», «исследовательница» of no man;
        «звезда» of anybody."""
        verb = sentence.tokens[noun.head] if noun.rel.startswith("nsubj") and noun.head >= 0 else None
        told = "Fem" if noun.lemma.endswith(("ница", "истка", "тка")) else verb.gender if verb is not None and verb.is_finite else ""
        known = self._index.gender_by_name(person) or self._index.gender_of(person.id)
        return not (told in ("Masc", "Fem") and known in ("Masc", "Fem") and told != known)

    def _all(self) -> list[_Described]:
        if self._found is None:
            self._found = [
                _Described(mention, self.description(sentence, noun))
                for sentence in self._sentences for mention in self._index.mentions_in(sentence) if mention.label == "PERSON"
                for noun in self._nouns_of(sentence, mention)
            ]  # fmt: skip
        return self._found


def _fits(wanted: Description, known: Description) -> bool:
    """All that is wanted is known; the country of a head of government may go without saying: «премьер-министр Анна Ланг»."""
    if wanted.head not in (known.head, known.kind):
        return False
    return wanted.of <= known.of or (wanted.head in _OF_STATE and not known.places and wanted.of - wanted.places == known.of)


_OF_STATE = frozenset({"премьер", "президент"})
_APART = ("acl", "acl:relcl", "conj", "parataxis", "appos", "nsubj", "flat", "flat:name", "flat:foreign")
_PASSING = frozenset({"этот", "сам", "бывший", "нынешний", "действующий", "новый", "официальный", "тогдашний", "известный", "компания", "страна", "город"})
