"""Subjects that the parser hung on the wrong verb, hung on the right one.

«Толедо бежал, власти Перу добиваются выдачи»: where a verb has two subjects and the second stands,
with no comma between, before a verb that has none and agrees with it, it is that verb's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.records import Token

_BARRIERS = frozenset({",", ";", ":", "—", "–", "(", ")", "."})


def mended(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens of a sentence with strayed subjects put back; nothing else changes."""
    out = list(tokens)
    for noun in tokens:
        verb = _strayed_from(out, noun)
        if verb is not None:
            out[noun.index] = replace(noun, head=verb.index, rel="nsubj")
    return tuple(out)


def _strayed_from(tokens: Sequence[Token], noun: Token) -> Token | None:
    """The verb that a noun is the subject of, when the tree says another."""
    if not noun.rel.startswith("nsubj") or noun.head < 0 or noun.head > noun.index or noun.case not in ("Nom", ""):
        return None
    wrong = tokens[noun.head]
    if not wrong.is_verb or not any(t.head == wrong.index and t.rel.startswith("nsubj") and t.index < wrong.index for t in tokens):
        return None
    for token in tokens[noun.index + 1 :]:
        if token.text in _BARRIERS or token.pos == "SCONJ":
            return None
        if token.is_finite:
            taken = any(t.head == token.index and t.rel.startswith("nsubj") for t in tokens)
            return token if not taken and _agrees(noun, token) and not _is_below(tokens, token, noun) else None
    return None


def _is_below(tokens: Sequence[Token], token: Token, above: Token) -> bool:
    """A verb that the noun governs itself («власти, решившие …») cannot take it: the tree would close on itself."""
    head = token.head
    while head >= 0:
        if head == above.index:
            return True
        head = tokens[head].head
    return False


def _agrees(noun: Token, verb: Token) -> bool:
    same_number = not noun.number or not verb.number or noun.number == verb.number
    return same_number and (verb.number != "Sing" or not noun.gender or not verb.gender or noun.gender == verb.gender)
