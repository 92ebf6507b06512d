"""Static word vectors and word-piece embeddings out of their packed forms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def word_vectors(words: Sequence[str], ids: dict[str, int], codes: NDArray[np.uint8], centroids: Floats) -> Floats:
    """Static vectors of lower-cased units from product-quantised codes; zeros where unknown."""
    parts = centroids.shape[0]
    rows = np.array([ids.get(word.replace("ё", "е"), ids.get(word, -1)) for word in words], dtype=np.int64)
    found = codes[np.maximum(rows, 0)]
    vectors = centroids[np.arange(parts)[None], found].reshape(len(words), -1)
    return np.where(rows[:, None] < 0, np.float32(0.0), vectors)


def dequantise(raw: NDArray[np.uint8]) -> Floats:
    """Q4_0 blocks [rows, blocks, 18] → weights [rows, 32 · blocks]: fp16 scale, 16 bytes of nibbles."""
    scale = np.ascontiguousarray(raw[..., :2]).view(np.float16).astype(np.float32)
    values = np.concatenate([raw[..., 2:] & 15, raw[..., 2:] >> 4], axis=-1).astype(np.float32) - 8.0
    weights: Floats = (values * scale).reshape(raw.shape[0], -1)
    return weights
