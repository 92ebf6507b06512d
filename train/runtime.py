"""The run-time code that training shares with the product: both see the same units, pieces,
windows and pair features."""

from kg.extract.neural.model import MAX_WIDTH, Extraction, Extractor
from kg.extract.neural.pack import PROTOCOL, Meta, calibrate, read_meta, sha256
from kg.extract.neural.pairs import FAR, FEATURE_SIZES, OVERLAPS, Pairs, candidate_pairs
from kg.extract.neural.pieces import METASPACE, Tokenizer
from kg.extract.neural.units import Unit, Window, Word, plan_windows, split_units
from kg.extract.neural.vectors import dequantise, word_vectors

__all__ = [
    "FAR", "FEATURE_SIZES", "MAX_WIDTH", "METASPACE", "OVERLAPS", "PROTOCOL", "Extraction", "Extractor", "Meta", "Pairs", "Tokenizer",
    "Unit", "Window", "Word", "calibrate", "candidate_pairs", "dequantise", "plan_windows", "read_meta", "sha256",
    "split_units", "word_vectors",
]  # fmt: skip
