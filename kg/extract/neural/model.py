"""The neural extractor: nested mentions and their relations, on one CPU thread, without network.

A sliding window of a transformer encoder gives a state to every unit; one head scores spans, one
scores ordered pairs of the spans that were found. Trained on NEREL (see `kg/weights/README.md`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.neural.pack import calibrate, read_meta, session
from kg.extract.neural.pairs import Pairs, candidate_pairs
from kg.extract.neural.pieces import Tokenizer
from kg.extract.neural.units import Unit, Word, plan_windows, split_units
from kg.extract.neural.vectors import dequantise, word_vectors

MAX_WIDTH = 12
READ_WINDOW = 254
"""Pieces the encoder reads at once: the same scores as 510 on dev, with less attention to compute."""

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Entity(NamedTuple):
    """A mention: character span, NEREL label, calibrated probability."""

    start: int
    end: int
    label: str
    probability: float


class Relation(NamedTuple):
    """A relation between two of the document's entities, by their place in the list."""

    label: str
    head: int
    tail: int
    probability: float


class Encoded(NamedTuple):
    """A document as the encoder leaves it: its units and a state for each."""

    units: list[Unit]
    states: Floats  # [units, 384]


class Extraction(NamedTuple):
    """What the model says of one document."""

    entities: list[Entity]
    relations: list[Relation]
    encoded: Encoded


LONG = 1500  # units; a longer document passes the heads in parts
PART, STRIDE = 1000, 700  # parts overlap by more than MAX_GAP + 2 · MAX_WIDTH units
PAIR_BATCH = 256  # what a batch computes stays in the processor's cache


class Found(NamedTuple):
    """Candidate pairs of a document's entities, ordered by head and tail, with the chances of all relations."""

    head: Ints  # [pairs]
    tail: Ints  # [pairs]
    chances: Floats  # [pairs, relations]


class Extractor:
    """Loads a pack once; `predict` is deterministic for each document whatever else is in the call.

    Every window goes through the encoder alone: int8 activation scales are then a matter of the
    window only, and on one CPU thread larger batches bring no speed.
    """

    def __init__(self, folder: Path) -> None:
        self.meta = read_meta(folder)
        vocabulary = json.loads((folder / "vocabulary.json").read_text("utf-8"))
        self.tokenizer = Tokenizer(vocabulary["pieces"], vocabulary["scores"], vocabulary["normal"])
        self.word_ids = {word: number for number, word in enumerate(vocabulary["words"])}
        with np.load(folder / "tables.npz", allow_pickle=False) as tables:
            self.blocks = tables["piece_blocks"]
            self.word_codes = tables["word_codes"]
            self.centroids = tables["word_centroids"].astype(np.float32)
        self.encoder = session(folder / "encoder.onnx")
        self.span_head = session(folder / "spans.onnx")
        self.entity_head = session(folder / "entities.onnx")
        self.pair_head = session(folder / "pairs.onnx")
        self.known = [output.name for output in self.entity_head.get_outputs()]

    def predict(self, documents: Sequence[Sequence[Sequence[Word]]]) -> list[Extraction]:
        """Each document is a list of sentences, each a list of (word, start, end)."""
        return [self.extract(sentences) for sentences in documents]

    def extract(self, sentences: Sequence[Sequence[Word]]) -> Extraction:
        """Entities and relations of one document."""
        units = split_units(sentences)
        if not units:
            return Extraction([], [], Encoded([], np.zeros((0, 384), dtype=np.float32)))
        states = self.states(units)
        spans, chances = self.spans(states, units)
        entities = self._entities(spans, calibrate(chances, self.meta.entity_calibration), units)
        found = self.relations(states, spans, units)
        return Extraction(entities, self._relations(found), Encoded(units, states))

    # -- encoder

    def states(self, units: Sequence[Unit]) -> Floats:
        """[units, 384]."""
        pieces = [self.tokenizer.encode(unit.text, unit.spaced) for unit in units]
        words = [unit.text.lower() for unit in units]
        vectors = word_vectors(words, self.word_ids, self.word_codes, self.centroids)
        windows = plan_windows([len(p) for p in pieces], [u.sentence for u in units], READ_WINDOW)
        parts = [
            self._window(pieces[w.first : w.last], vectors[w.first : w.last]) for w in windows
        ]
        return np.concatenate(parts)

    def _window(self, pieces: Sequence[tuple[int, ...]], vectors: Floats) -> Floats:
        slots = [(self.tokenizer.bos,), *pieces, (self.tokenizer.eos,)]
        lengths = np.array([len(slot) for slot in slots])
        flat = np.array([piece for slot in slots for piece in slot])
        pool = np.zeros((len(slots), len(flat)), dtype=np.float32)
        pool[np.repeat(np.arange(len(slots)), lengths), np.arange(len(flat))] = np.repeat(1 / lengths, lengths)
        padded = np.pad(vectors, ((1, 1), (0, 0)))
        feeds = {"pieces": dequantise(self.blocks[flat]), "pool": pool, "vectors": padded}
        states: Floats = self.encoder.run(None, feeds)[0]
        return states[1:-1]

    # -- spans

    def span_chances(self, states: Floats, sentences: Ints) -> Floats:
        """Probabilities [units, width, label]; zero where a span would leave its sentence."""
        if len(sentences) <= LONG:
            return self._span_part(states, sentences)
        cuts = [0]
        for border in np.nonzero(np.diff(sentences))[0] + 1:
            if border - cuts[-1] >= PART:
                cuts.append(int(border))
        bounds = zip(cuts, [*cuts[1:], len(sentences)], strict=True)
        return np.concatenate([self._span_part(states[a:b], sentences[a:b]) for a, b in bounds])

    def _span_part(self, states: Floats, sentences: Ints) -> Floats:
        ends, mean, inside = span_grid(sentences)
        feeds = {"states": states, "ends": ends, "mean": mean, "inside": inside}
        chances: Floats = self.span_head.run(None, feeds)[0] * inside[:, :, None]
        return chances

    def spans(self, states: Floats, units: Sequence[Unit]) -> tuple[Ints, Floats]:
        """Spans [entities, 3] (first unit, last unit, label number) above threshold, with chances."""
        chances = self.span_chances(states, np.array([u.sentence for u in units]))
        first, width, label = np.nonzero(chances > self.meta.entity_thresholds)
        return np.stack([first, first + width, label], axis=1), chances[first, width, label]

    def _entities(self, spans: Ints, chances: Floats, units: Sequence[Unit]) -> list[Entity]:
        names = self.meta.entity_labels
        return [
            Entity(units[first].start, units[last].end, names[label], round(float(p), 4))
            for (first, last, label), p in zip(spans.tolist(), chances, strict=True)
        ]

    # -- pairs

    def relations(self, states: Floats, spans: Ints, units: Sequence[Unit]) -> Found:
        """The chances of all relations for each candidate pair of entities."""
        sentences = np.array([u.sentence for u in units])
        words = [u.text.lower() for u in units]
        parts = []
        for begin, end in _parts(len(units)):
            members = np.nonzero((spans[:, 0] >= begin) & (spans[:, 1] < end))[0]
            local = spans[members] - np.array([begin, begin, 0])
            head, tail, chances = self._pair_part(states[begin:end], local, sentences[begin:end], words[begin:end])
            parts.append(Found(members[head], members[tail], chances))
        return _joined(parts, len(spans))

    def _pair_part(self, states: Floats, spans: Ints, sentences: Ints, words: Sequence[str]) -> Found:
        first, last, label = (np.ascontiguousarray(column) for column in spans.T)
        pairs = candidate_pairs(first, last, label, sentences, words, self.meta.reach)
        if not len(pairs.head):
            return Found(pairs.head, pairs.tail, np.zeros((0, len(self.meta.relation_labels)), dtype=np.float32))
        entities = {"first": first, "last": last, "label": label}
        known = self.entity_head.run(None, {"states": states} | entities)
        fixed = entities | dict(zip(self.known, known, strict=True))
        batches = []
        for begin in range(0, len(pairs.head), PAIR_BATCH):
            batch = Pairs._make(column[begin : begin + PAIR_BATCH] for column in pairs)
            batches.append(self.pair_head.run(None, fixed | batch._asdict())[0])
        return Found(pairs.head, pairs.tail, np.concatenate(batches))

    def _relations(self, found: Found) -> list[Relation]:
        row, kind = np.nonzero(found.chances > self.meta.relation_thresholds)
        chances = calibrate(found.chances[row, kind], self.meta.relation_calibration)
        names = self.meta.relation_labels
        columns = (kind.tolist(), found.head[row].tolist(), found.tail[row].tolist(), chances.tolist())
        return [Relation(names[k], head, tail, round(p, 4)) for k, head, tail, p in zip(*columns, strict=True)]


def _joined(parts: Sequence[Found], entities: int) -> Found:
    """Parts of a document as one; of a pair that two parts hold the first counts."""
    if len(parts) == 1:
        return parts[0]
    head, tail, chances = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    _, first = np.unique(head * entities + tail, return_index=True)
    return Found(head[first], tail[first], chances[first])


def span_grid(sentences: Ints) -> tuple[Ints, Floats, Floats]:
    """(last unit, 1 / width, inside its sentence) of every span, each [units, MAX_WIDTH]."""
    count = len(sentences)
    ends = np.arange(count)[:, None] + np.arange(MAX_WIDTH)
    clipped = np.minimum(ends, count - 1)
    inside = (ends < count) & (sentences[clipped] == sentences[:, None])
    mean = np.tile(1.0 / np.arange(1, MAX_WIDTH + 1), (count, 1))
    return clipped, mean.astype(np.float32), inside.astype(np.float32)


def _parts(count: int) -> Iterable[tuple[int, int]]:
    """Overlapping parts of a long document; one part otherwise."""
    if count <= LONG:
        yield 0, count
        return
    for begin in range(0, max(1, count - (PART - STRIDE)), STRIDE):
        yield begin, min(begin + PART, count)
