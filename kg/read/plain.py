"""Plain text files: from bytes to the text that they encode."""

from __future__ import annotations

from kg.errors import Refusal
from kg.read.decoded import Decoded
from kg.read.encoding import decode

_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x85\x1b\u200b")
_MOST_CONTROLS = 0.02


def read_plain(data: bytes) -> Decoded:
    """Decode a text file; newlines stay untouched.

    Raises Refusal (`binary`) for data that is no text in any known encoding.
    """
    decoded = decode(data)
    if decoded is None:
        raise Refusal("", "binary", "not text in utf-8, utf-16, cp1251, koi8-r, cp866, iso8859-5 or mac-cyrillic")
    text, encoding, guessed = decoded
    controls = sum(1 for char in text if char < " " and char not in _ALLOWED_CONTROLS)
    if controls > 8 and controls > _MOST_CONTROLS * len(text):
        raise Refusal("", "binary", "looks like a binary file, not like text")
    return Decoded(text, encoding, (f"encoding guessed: {encoding}",) if guessed else ())
