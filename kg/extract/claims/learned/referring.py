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
from kg.extract.claims.learned.features import RELATIONS, Seen
from kg.extract.claims.speakers import Speaker
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


def candidates(document: Document, seen: Seen, unit: int, speaker: Speaker, claim: Claim, before: Claim | None, referents: Referents) -> Candidates:
    """`speaker` is what the rules make of the word at `unit`; `before` the claim told before this one."""
    sentence, token = document.sentences[seen.units[unit].sentence], seen.tokens[unit]
    word = seen.inside(token.span)
    named = [m for m in referents.by_id.values() if m.is_sure and m.label in NAMED and not m.span.meets(token.span)]
    counts = Counter(_key(m) for m in referents.by_id.values())
    meant = referents.mention(speaker.mention) if speaker.mention is not None else None
    spoke = referents.mention(before.speaker) if before is not None and before.speaker is not None else None
    own = _phrase(sentence, token)
    beside: dict[str, set[str]] = {}
    for mention in named:
        beside.setdefault(_key(mention), set()).update(_beside(document.sentences[mention.sentence], mention))
    common = (_sort(token), KINDS.index(speaker.kind) if speaker.kind in KINDS else 0, int(meant is not None))
    rows = np.zeros((1 + len(named), len(COLUMNS)), dtype=np.int64)
    rows[0] = (0, *common, 12, 24, 0, 0, 0, min(counts[_key(meant)], 5) if meant else 0, 0, 0, 1, int(_same(meant, spoke)), 0, 0)
    places: list[list[int]] = []
    met: set[str] = set()
    for row, mention in zip(rows[1:], named, strict=True):
        places.append(seen.inside(mention.span))
        head = document.sentences[mention.sentence].tokens[mention.head]
        apart = max(-6, min(5, mention.sentence - sentence.index)) + 6
        far = (places[-1][0] if places[-1] else unit) - unit
        key = _key(mention)
        row[:] = (
            NAMED.index(mention.label) + 1, *common, apart, _log(far), _agrees(token.gender, referents.gender_of(mention.id) if mention.label == "PERSON" else head.gender),
            _agrees(token.number, head.number), RELATIONS.index(head.rel) if head.rel in RELATIONS else 0, min(counts[key], 5), int(key not in met),
            min(2, len(own & beside[key])), int(_same(meant, mention)), int(_same(spoke, mention)), int(claim.span.holds(mention.span)), min(3, len(mention.normal.split())),
        )  # fmt: skip
        met.add(key)
    return Candidates(word, named, places, rows)


def _key(mention: Mention) -> str:
    return mention.normal.split()[-1] if mention.label == "PERSON" else mention.normal


def _same(one: Mention | None, other: Mention | None) -> bool:
    return one is not None and other is not None and _key(one) == _key(other)


def _agrees(one: str, other: str) -> int:
    return 0 if not one or not other else 1 if one == other else 2


def _log(distance: int) -> int:
    size = min(12, int(1.6 * np.log2(abs(distance) + 1)))
    return 12 + (size if distance > 0 else -size)


def _sort(token: Token) -> int:
    word = "который" if token.lemma == "который" else folded(token)
    first = {"мне": "я", "мой": "я", "нам": "мы", "наш": "мы", "него": "он", "ней": "она", "них": "они"}.get(word, word)
    if first in WORDS[1:10]:
        return WORDS.index(first)
    if token.feats.get("Person") == "1":
        return WORDS.index("мы" if token.number == "Plur" else "я")
    if not token.is_noun:
        return 0
    return WORDS.index("name" if token.is_title and token.pos == "PROPN" else "nouns" if token.number == "Plur" else "noun")


def _phrase(sentence: Sentence, token: Token) -> set[str]:
    """Lemmas of a word and what hangs on it."""
    return {sentence.tokens[i].lemma for i in sentence.subtree(token.index, "acl", "acl:relcl", "conj", "parataxis") if sentence.tokens[i].pos in ("NOUN", "ADJ", "PROPN")}


def _beside(sentence: Sentence, mention: Mention) -> set[str]:
    """Lemmas of the words that introduce a name: the noun it is in apposition to, and what is in apposition to it."""
    head = sentence.tokens[mention.head]
    around = list(sentence.below(head.index, "appos", "flat", "nmod", "amod"))
    if head.head >= 0 and head.rel in ("appos", "flat", "nmod", "flat:name"):
        around.append(sentence.tokens[head.head])
        around += list(sentence.below(head.head, "amod", "nmod"))
    else:
        around += [t for t in sentence.tokens[max(0, mention.head - 4) : mention.head] if t.pos in ("NOUN", "ADJ")]
    return {t.lemma for t in around if not (mention.start <= t.start < mention.end)}
