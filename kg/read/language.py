"""Is it Russian? By its letters and its commonest words: enough to keep other languages out."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "ru": "и в не на что с по как это из за он от о для к его но уже при также был была было были которые чтобы или бы мы я",
    "uk": "і й та що не на з у в це як до за від про для його але вже також був була було були які щоб або він є",
    "be": "і ў не на што з па як гэта з за ён ад аб для яго але ўжо таксама быў была было былі якія каб або",
    "bg": "и в не на че с по като това от за той се да е са към му но вече при също беше които или ще си",
    "sr": "и у не на да са по као то из за он од о је се су до му али већ при био била које или ће",
    "kk": "және мен бұл үшін деп да де бар жоқ осы ол бір болып еді туралы кейін",
    "mk": "и во не на дека со по како тоа од за тој се да е се до му но веќе при беше кои или ќе",
}
_LETTERS = {"uk": "їєґ", "be": "ў", "sr": "ђћџљњј", "mk": "ѓќѕ", "kk": "әғқңөұүһ"}
_SETS = {name: frozenset(words.split()) for name, words in _COMMON.items()}
_SHORT = 12


def language_of(text: str) -> str:
    """ISO 639-1 code of a Cyrillic language («ru» for short Cyrillic text), «und» for the rest."""
    sample = text[:20_000].lower()
    letters = [char for char in sample if char.isalpha()]
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in letters)
    if not letters or cyrillic < 0.4 * len(letters):
        return "und"
    counts = Counter(letters)
    own = {name: sum(counts[c] for c in marks) for name, marks in _LETTERS.items()}
    marked = max(own, key=lambda name: own[name])
    russian = counts["ы"] + counts["э"] + counts["ё"]
    if own[marked] > 0.01 * cyrillic and own[marked] > russian:
        return marked
    words = _WORD.findall(sample)
    if len(words) < _SHORT:
        return "ru"
    hits = {name: sum(word in common for word in words) for name, common in _SETS.items()}
    best = max(hits, key=lambda name: (hits[name], name == "ru"))
    if best != "ru" and hits[best] > 1.3 * hits["ru"] + 1 and russian < 0.01 * cyrillic:
        return best
    return "ru"
