"""Names of the user's own gazetteer, found in any of their forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.phrase import words_span
from kg.extract.proposal import Proposal
from kg.records import Document, Sentence
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.gazetteer import Entry
from kg.text.matching import keys_of
from kg.text.normal import lemma

FOUND_BY = "user gazetteer"
_CONFIDENCE = 0.98
_SHORTEST = 3


def known(document: Document) -> Iterator[Proposal]:
    """The longest name at each place. A name with a capital is met with a capital."""
    phrases = _phrases()
    if not phrases:
        return
    for sentence in document.sentences:
        for token in sentence.tokens:
            firsts = keys_of(token) | {fold(lemma(token.text))}
            found = [(parts, entry) for first in firsts for parts, title, entry in phrases.get(first, ()) if not title or token.is_title]
            fitting = [(parts, entry) for parts, entry in found if _stands(sentence, token.index, parts)]
            if fitting:
                parts, entry = max(fitting, key=lambda f: len(f[0]))
                span = words_span(sentence, token.index, token.index + len(parts) - 1)
                yield Proposal(span.start, span.end, entry.type, _CONFIDENCE, FOUND_BY, entry.label)


def _phrases() -> Mapping[str, list[tuple[tuple[str, ...], bool, Entry]]]:
    found: dict[str, list[tuple[tuple[str, ...], bool, Entry]]] = {}
    for entry in gazetteer.added():
        for name in entry.names:
            parts = tuple(gazetteer.lemmas_of(name).split())
            if sum(c.isalnum() for c in name) >= _SHORTEST and parts:
                found.setdefault(parts[0], []).append((parts, name[:1].isupper(), entry))
    return found


def _stands(sentence: Sentence, start: int, parts: tuple[str, ...]) -> bool:
    tokens = sentence.tokens[start : start + len(parts)]
    return len(tokens) == len(parts) and all(part in keys_of(t) | {fold(lemma(t.text))} for t, part in zip(tokens, parts, strict=True))
