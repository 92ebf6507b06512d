"""The tokenizer: unigram segmentation of units into word pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

METASPACE = "\u2581"


class Tokenizer:
    """Unigram (SentencePiece) segmentation of one unit at a time: the XLM-R scheme, trimmed."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], normal: dict[str, str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(pieces)}
        self.scores = list(scores)
        self.normal = {ord(key): value for key, value in normal.items()}
        self.bos, self.eos = self.ids["<s>"], self.ids["</s>"]
        self.unknown, self.mask = self.ids["<unk>"], self.ids["<mask>"]
        special = ("<s>", "</s>", "<unk>", "<mask>", "<pad>")
        self.lookup = {p: (i, self.scores[i]) for p, i in self.ids.items() if p not in special}
        self.longest = max(map(len, self.lookup))
        self.unknown_score = min(s for _, s in self.lookup.values()) - 10.0
        self.encode = lru_cache(maxsize=100_000)(self._encode)

    def normalise(self, text: str, spaced: bool) -> str:
        """Apply the model's character map; a leading gap becomes the metaspace mark."""
        mapped = re.sub(" {2,}", " ", ((" " if spaced else "") + text).translate(self.normal))
        return mapped.replace(" ", METASPACE)

    def _encode(self, text: str, spaced: bool) -> tuple[int, ...]:
        return self.viterbi(self.normalise(text, spaced)) or (self.unknown,)

    def viterbi(self, text: str) -> tuple[int, ...]:
        """The best-scoring segmentation; a character outside the vocabulary is one <unk>."""
        size, lookup, longest = len(text), self.lookup, self.longest
        best = [0.0] + [-1e30] * size
        back: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        for i in range(size):
            here = best[i]
            for j in range(i + 1, min(size, i + longest) + 1):
                found = lookup.get(text[i:j])
                if found is not None and here + found[1] > best[j]:
                    best[j], back[j] = here + found[1], (i, found[0])
            if here + self.unknown_score > best[i + 1]:
                best[i + 1], back[i + 1] = here + self.unknown_score, (i, self.unknown)
        result = []
        while size > 0:
            size, piece = back[size]
            result.append(piece)
        return tuple(reversed(result))
