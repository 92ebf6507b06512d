"""Whom a speaker's word stands for: what the trained reader sees of the word and of every name in the article.

The first candidate is the word as the rules understand it; the others are the article's mentions of
people, bodies and countries. A row of small whole numbers for each, beside the encoder's states.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.anaphora import Referents
from kg.extract.claims.learned.features import RELATIONS, Seen, log_distance, number_of
from kg.extract.claims.speaker import Speaker
from kg.records import Claim, Document, Mention, Sentence, Token
from kg.text.matching import folded

Ints = NDArray[np.int64]

NAMED = ("PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "FACILITY", "LAW", "WORK_OF_ART", "NATIONALITY", "FAMILY", "PRODUCT")
WORDS = ("other", "он", "она", "они", "его", "ее", "их", "я", "мы", "который", "noun", "nouns", "name")
KINDS = ("author", "person", "organization", "group", "anonymous", "document")

COLUMNS = {
    "label": len(NAMED) + 1, "word": len(WORDS), "kind": len(KINDS), "resolved": 2, "sentence": 13, "distance": 25, "gender": 3, "number": 3,
    "relation": len(RELATIONS), "count": 6, "first": 2, "shared": 3, "ruled": 2, "told": 2, "inside": 2, "words": 4,
}  # fmt: skip
"""The columns of a candidate's row: label, sort of word, the rules' kind of speaker, whether they resolved it, sentences and units apart,
agreement in gender and number (0 unknown, 1 yes, 2 no), relation of the name's head, how often it is named, whether this is the first
time, words shared with what stands beside the name, whether the rules mean this name, whether it spoke last, whether it stands in what is
said, how many words it has."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The word's units, the mentions that it may stand for, and a row for the word itself and each of them."""

    word: Sequence[int]
    mentions: Sequence[Mention]
    places: Sequence[Sequence[int]]  # units of each mention
    rows: Ints  # [1 + mentions, COLUMNS]


MOST = 300
"""Mentions that a word may stand for, the nearest; more than any text has that the reader was trained on, and a bound for others."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention with what of its row does not depend on the speaker's word."""

    mention: Mention
    key: str
    place: list[int]
    gender: str
    number: str
    relation: int
    beside: frozenset[str]


class Naming:
    """The names of an article, looked up once."""

    def __init__(self, document: Document, seen: Seen, referents: Referents) -> None:
        self._document = document
        self._seen = seen
        self._referents = referents
        self._counts = Counter(_key(m) for m in referents.by_id.values())
        self._named = [self._look_up(m) for m in referents.by_id.values() if m.is_sure and m.label in NAMED]

    def _look_up(self, mention: Mention) -> _Named:
        sentence = self._document.sentences[mention.sentence]
        head = sentence.tokens[mention.head]
        gender = self._referents.gender_of(mention.id) if mention.label == "PERSON" else head.gender
        place, nouns = self._seen.inside(mention.span), frozenset(beside(sentence, mention))
        return _Named(mention, _key(mention), place, gender, head.number, number_of(RELATIONS, head.rel), nouns)

    def candidates(self, unit: int, speaker: Speaker, claim: Claim, before: Claim | None) -> Candidates:
        """`speaker` is what the rules make of the word at `unit`; `before` the claim told before this one."""
        sentence, token = self._document.sentences[self._seen.units[unit].sentence], self._seen.tokens[unit]
        named = [n for n in self._named if not n.mention.span.meets(token.span)]
        if len(named) > MOST:
            near = sorted(range(len(named)), key=lambda i: (abs(named[i].mention.start - token.start), i))[:MOST]
            named = [named[i] for i in sorted(near)]
        meant = self._referents.mention(speaker.mention) if speaker.mention is not None else None
        spoke = self._referents.mention(before.speaker) if before is not None and before.speaker is not None else None
        own = phrase_of(sentence, token)
        introduced: dict[str, set[str]] = {}
        for one in named:
            introduced.setdefault(one.key, set()).update(one.beside)
        common = (sort_of(token), number_of(KINDS, speaker.kind), int(meant is not None))
        rows = np.zeros((1 + len(named), len(COLUMNS)), dtype=np.int64)
        rows[0] = (0, *common, 12, 24, 0, 0, 0, min(self._counts[_key(meant)], 5) if meant else 0, 0, 0, 1, int(_same(meant, spoke)), 0, 0)
        met: set[str] = set()
        for row, one in zip(rows[1:], named, strict=True):
            apart = max(-6, min(5, one.mention.sentence - sentence.index)) + 6
            far = (one.place[0] if one.place else unit) - unit
            row[:] = (
                number_of(NAMED, one.mention.label) + 1, *common, apart, log_distance(far, 1.6), _agrees(token.gender, one.gender),
                _agrees(token.number, one.number), one.relation, min(self._counts[one.key], 5), int(one.key not in met),
                min(2, len(own & introduced[one.key])), int(_same(meant, one.mention)), int(_same(spoke, one.mention)),
                int(claim.span.holds(one.mention.span)), min(3, len(one.mention.normal.split())),
            )  # fmt: skip
            met.add(one.key)
        return Candidates(self._seen.inside(token.span), [n.mention for n in named], [n.place for n in named], rows)


def _key(mention: Mention) -> str:
    return mention.normal.split()[-1] if mention.label == "PERSON" else mention.normal


def _same(one: Mention | None, other: Mention | None) -> bool:
    return one is not None and other is not None and _key(one) == _key(other)


def _agrees(one: str, other: str) -> int:
    return 0 if not one or not other else 1 if one == other else 2


def sort_of(token: Token) -> int:
    """What sort of word a speaker is, by its place in WORDS."""
    word = "который" if token.lemma == "который" else folded(token)
    first = {"мне": "я", "мой": "я", "нам": "мы", "наш": "мы", "него": "он", "ней": "она", "них": "они"}.get(word, word)
    if first in WORDS[1:10]:
        return WORDS.index(first)
    if token.feats.get("Person") == "1":
        return WORDS.index("мы" if token.number == "Plur" else "я")
    if not token.is_noun:
        return 0
    return WORDS.index("name" if token.is_title and token.pos == "PROPN" else "nouns" if token.number == "Plur" else "noun")


def phrase_of(sentence: Sentence, token: Token) -> set[str]:
    """Lemmas of a word and what hangs on it."""
    return {sentence.tokens[i].lemma for i in sentence.subtree(token.index, "acl", "acl:relcl", "conj", "parataxis") if sentence.tokens[i].pos in ("NOUN", "ADJ", "PROPN")}


def beside(sentence: Sentence, mention: Mention) -> set[str]:
    """Lemmas of the words that introduce a name: the noun it is in apposition to, and what is in apposition to it."""
    head = sentence.tokens[mention.head]
    around = list(sentence.below(head.index, "appos", "flat", "nmod", "amod"))
    if head.head >= 0 and head.rel in ("appos", "flat", "nmod", "flat:name"):
        around.append(sentence.tokens[head.head])
        around += list(sentence.below(head.head, "amod", "nmod"))
    else:
        around += [t for t in sentence.tokens[max(0, mention.head - 4) : mention.head] if t.pos in ("NOUN", "ADJ")]
    return {t.lemma for t in around if not (mention.start <= t.start < mention.end)}
