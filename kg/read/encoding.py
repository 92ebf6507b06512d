"""Which encoding a text file is in.

Order: byte order mark, UTF-16 by its 0x04 and zero bytes (which strict UTF-8 would accept as
control characters), strict UTF-8, then a vote of Russian letter frequencies over the 8-bit
Cyrillic encodings. What is not marked nor UTF-8 is a guess, and is reported as one.
"""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")

# Share of each lower-case letter in Russian text, per mille (counted over the NEREL train texts).
_SHARES = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (110, 85, 80, 74, 67, 63, 55, 47, 45, 44, 35, 32, 30, 28, 26, 20, 19, 17, 17, 16, 16, 14, 12, 10, 9, 7, 6, 5, 4,
         3, 3, 1, 1),
        strict=True,
    )
)
_SAMPLE = 20_000
_LEAST_SCORE = 0.30


def decode(data: bytes) -> tuple[str, str, bool] | None:
    """Text, name of the encoding, and whether it was guessed; None when nothing fits."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), name.removesuffix("-sig"), False
            except UnicodeDecodeError:
                return None
    wide = _wide(data)
    if wide is not None:
        return wide
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        return _vote(data)


def _wide(data: bytes) -> tuple[str, str, bool] | None:
    """UTF-16 without a mark: Cyrillic text has the byte 0x04 at every other place."""
    sample = data[:_SAMPLE]
    for name, odd in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[odd::2]
        if high and (high.count(4) + high.count(0)) > 0.9 * len(high) and high.count(4) > 0.2 * len(high):
            try:
                return data.decode(name), name, True
            except UnicodeDecodeError:
                return None
    return None


def _vote(data: bytes) -> tuple[str, str, bool] | None:
    sample = data[:_SAMPLE]
    scores = {name: _russianness(sample.decode(name, "replace")) for name in _EIGHT_BIT}
    best = max(_EIGHT_BIT, key=lambda name: scores[name])
    if scores[best] < _LEAST_SCORE:
        return None
    try:
        return data.decode(best), best, True
    except UnicodeDecodeError:
        return data.decode(best, "replace"), best, True


def _russianness(text: str) -> float:
    """How much the text looks like Russian: 1 for ordinary prose, near 0 for misread bytes.

    A capital inside a word counts against, which keeps koi8-r and cp1251 apart.
    """
    if not text:
        return 0.0
    score, letters = 0.0, 0
    previous = " "
    for char in text:
        if char >= "\x80":
            letters += 1
            share = _SHARES.get(char.lower(), -30)
            if char.isupper() and previous.islower():
                share = -40
            score += share
        previous = char
    return score / (55.0 * letters) if letters else 0.0


def is_mojibake(text: str) -> bool:
    """True for Russian in UTF-8 that was read as an 8-bit encoding: read back, it is Russian again."""
    sample = text[:_SAMPLE]
    foreign = sum(char >= "\x80" for char in sample)
    for name in ("cp1251", "cp866", "cp1252", "latin-1"):
        mended = sample.encode(name, "ignore").decode("utf-8", "ignore")
        if foreign and sum(char.lower() in _SHARES for char in mended) > 0.25 * foreign:
            return True
    return False
