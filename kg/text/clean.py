"""Characters that hide a word, mended, with the way back to the original offsets.

NFC composition, soft hyphens and zero-width characters, stress marks, control and bidi
characters, odd blanks, and Latin letters that stand for Cyrillic ones inside a word.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from kg.records import Span

_BLANKS = frozenset("\t\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_VOWELS = frozenset("аеёиоуыэюяАЕЁИОУЫЭЮЯ" + "ëËáéóýàèòÁÉÓÝÀÈÒ")
_STRESS = frozenset("\u0301\u0300")
_MOST_MARKS = 3

# Latin letters that look like Cyrillic ones, as in UTS #39 confusables; with an accent they are
# stressed vowels («Мóсква»).
_LATIN = "ABCEHKMOPTXaceopxyëËáéóýàèòÁÉÓÝÀÈÒ"
_TWINS = str.maketrans(_LATIN, "АВСЕНКМОРТХасеорхуёЁаеоуаеоАЕОУАЕО")
_TWIN_LETTERS = frozenset(_LATIN)
_MIXED = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text; character `i` came from original characters `[starts[i], ends[i])`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def clean(text: str, span: Span) -> Cleaned:
    """Clean one stretch of the original text."""
    chars: list[str] = []
    starts, ends = array("l"), array("l")
    marks = 0
    for offset in range(span.start, span.end):
        char = text[offset]
        if char in _BLANKS:
            char = " "
        elif char in _STRESS and chars and chars[-1] in _VOWELS:
            continue
        elif unicodedata.combining(char):
            marks += 1
            if marks > _MOST_MARKS or not chars:
                continue
            whole = unicodedata.normalize("NFC", chars[-1] + char)
            if len(whole) == 1:
                chars[-1] = whole
                ends[-1] = offset + 1
                continue
        elif _is_invisible(char):
            continue
        else:
            marks = 0
        chars.append(char)
        starts.append(offset)
        ends.append(offset + 1)
    return Cleaned(_mend_twins("".join(chars)), starts, ends)


def _is_invisible(char: str) -> bool:
    """Format, control, surrogate and unassigned characters."""
    return char != "\n" and unicodedata.category(char) in ("Cf", "Cc", "Cs", "Cn", "Co")


def _mend_twins(text: str) -> str:
    """Turn look-alike Latin letters into Cyrillic ones, in words that also have Cyrillic letters."""
    return _MIXED.sub(_mend_word, text)


def _mend_word(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii():
        return word
    latin = [char for char in word if char.isascii() or char in _TWIN_LETTERS]
    cyrillic = [char for char in word if "\u0400" <= char <= "\u04ff"]
    if not latin or not cyrillic or not all(char in _TWIN_LETTERS for char in latin):
        return word
    return word.translate(_TWINS)


def fold(word: str) -> str:
    """The form in which names are compared: case folded, ё as е, quotes and outer blanks dropped."""
    return " ".join(word.casefold().replace("ё", "е").translate(_QUOTES).split())


_QUOTES = {ord(char): None for char in "«»\"“”„‟‘’'`"}
