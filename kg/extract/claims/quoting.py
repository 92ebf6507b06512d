"""Verbs that no list has, but that stand where a telling verb stands: before or after a quotation.

«…», — улыбается тренер; «Гостей приветствовал мэр: «…»».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from kg.extract.claims.cues import Cue
from kg.extract.claims.speech import Quotation
from kg.records import Document, Sentence, Token
from kg.text.words import Row

_ROW: Row = MappingProxyType({"cue": "", "kind": "verb", "modality": "reported", "frames": "quote", "speaker": "subj", "example": ""})
_BEFORE_VERB = re.compile(r"[\s,.!?…]{0,3}[—–-]\s*")


def quoting_verbs(document: Document, quotes: list[Quotation], taken: set[int]) -> Iterator[Cue]:
    """Cues for quotations that say something and whose start is not in `taken`."""
    text = document.article.text
    for quote in quotes:
        if quote.inner.start in taken or not _says_something(document, quote):
            continue
        after = _BEFORE_VERB.match(text, quote.outer.end)
        verb = _verb_at(document, after.end()) if after and after.end() < len(text) else None
        if verb is None:
            verb = _verb_before_colon(document, quote)
        if verb is not None:
            sentence, token = verb
            yield Cue(_ROW, sentence, (token.index,))


def _says_something(document: Document, quote: Quotation) -> bool:
    sentence = document.sentence_at(quote.inner.start)
    return (sentence is not None and any(t.is_finite for t in sentence.within(quote.inner))) or "." in document.quote(quote.inner)


def _verb_at(document: Document, offset: int) -> tuple[Sentence, Token] | None:
    """A finite verb right behind the dash."""
    sentence = document.sentence_at(offset)
    token = sentence.at(offset) if sentence is not None else None
    return (sentence, token) if sentence is not None and token is not None and token.is_finite else None


def _verb_before_colon(document: Document, quote: Quotation) -> tuple[Sentence, Token] | None:
    """The main verb of the clause that ends with a colon right before the quotation."""
    before = document.article.text[max(0, quote.outer.start - 4) : quote.outer.start].rstrip()
    if not before.endswith(":"):
        return None
    colon = document.article.text.rindex(":", 0, quote.outer.start)
    sentence = document.sentence_at(colon)
    if sentence is None:
        return None
    verbs = [t for t in sentence.tokens if t.is_finite and t.end <= colon]
    main = [t for t in verbs if t.rel in ("root", "conj")]
    return (sentence, main[-1]) if main else None
