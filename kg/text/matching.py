"""Match keys of word lists against the words of a sentence.

A key is a sequence of lemmas. Words whose dictionary form natasha does not give reliably (short
adjectives, nouns made of participles, plural-only nouns) are matched by the forms listed in
`words/lemma_exceptions.tsv`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg.records import Sentence, Token
from kg.text.words import rows

_MOST_BETWEEN = 3


@cache
def _forms() -> Mapping[str, frozenset[str]]:
    """For each listed word form, the keys that it may stand for."""
    found: dict[str, set[str]] = {}
    for row in rows("lemma_exceptions.tsv"):
        for form in row["forms"].split(","):
            found.setdefault(form, set()).add(row["key"])
    return {form: frozenset(keys) for form, keys in found.items()}


@cache
def _noun_forms() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in rows("lemma_exceptions.tsv"):
        if set(row["files"].split(",")) & {"posts", "organizations", "groups", "events"}:
            for form in row["forms"].split(","):
                found.setdefault(form, row["key"])
    return found


def noun_key(word: str) -> str | None:
    """The listed dictionary form of a noun that natasha lemmatises wrongly («авиалиний»)."""
    return _noun_forms().get(word)


def folded(token: Token) -> str:
    """The word itself in lower case, ё as е."""
    return token.text.lower().replace("ё", "е")


def keys_of(token: Token) -> frozenset[str]:
    """All keys that a word matches: its lemma, itself, and listed exceptions."""
    word = folded(token)
    return frozenset({token.lemma, word}) | _forms().get(word, frozenset())


def match_sequence(sentence: Sentence, start: int, parts: Sequence[str], contiguous: bool) -> tuple[int, ...] | None:
    """Indexes of the words that match the parts in order, from `start` on; None if they do not.

    Unless contiguous, up to three words may stand between two parts.
    """
    tokens = sentence.tokens
    if parts[0] not in keys_of(tokens[start]):
        return None
    found, at = [start], start + 1
    for part in parts[1:]:
        reach = at + (1 if contiguous else 1 + _MOST_BETWEEN)
        for index in range(at, min(reach, len(tokens))):
            if part in keys_of(tokens[index]):
                found.append(index)
                at = index + 1
                break
            if tokens[index].pos == "PUNCT":
                return None
        else:
            return None
    return tuple(found)
