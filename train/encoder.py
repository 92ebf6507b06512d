"""The encoder: pretrained layers over word pieces, then pretrained layers over whole units.

Pieces of all windows are concatenated without padding; only attention looks at one window at a
time. After `pool_at` layers the pieces of a unit are averaged, the unit's static word vector is
added, and the remaining layers run on units, which is cheaper and is what the heads need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from train import runtime
from train.vocabulary import dequantise

HIDDEN, HEADS, INNER, WORD_VECTOR = 384, 12, 1536, 300
HEAD = HIDDEN // HEADS


@dataclass
class Prepared:
    """Tables that stay frozen: piece embeddings, word vectors."""

    pieces: Tensor
    word_codes: np.ndarray
    word_centroids: np.ndarray
    word_ids: dict[str, int]
    tokenizer: runtime.Tokenizer
    encoder: dict[str, np.ndarray]

    def word_vectors(self, words: Sequence[str]) -> np.ndarray:
        """Static vectors of lower-cased units; zeros where unknown."""
        return runtime.word_vectors(words, self.word_ids, self.word_codes, self.word_centroids)


def load_prepared(folder: Path) -> Prepared:
    """Read what `train.vocabulary` wrote."""
    import json

    document = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    with np.load(folder / "prepared.npz") as arrays:
        encoder = {k.removeprefix("encoder/"): arrays[k] for k in arrays if k.startswith("encoder/")}
        return Prepared(
            torch.from_numpy(dequantise(arrays["piece_blocks"])),
            arrays["navec_codes"],
            arrays["navec_centroids"],
            {word: i for i, word in enumerate(document["words"])},
            runtime.Tokenizer(document["pieces"], document["scores"], document["normal"]),
            encoder,
        )


@dataclass
class Batch:
    """Documents of a step, concatenated. One pseudo-unit for <s> and </s> each per window."""

    pieces: Tensor  # [pieces]
    positions: Tensor  # [pieces]
    piece_lengths: list[int]  # pieces per window
    owner: Tensor  # [pieces] slot of each piece
    counts: Tensor  # [slots, 1] pieces per slot
    slot_lengths: list[int]  # slots per window
    real: Tensor  # slots that are units
    vectors: Tensor  # [slots, 300] static word vectors
    known: Tensor  # [slots, 1] whether there is one


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT; with fewer heads and inner units once it is pruned."""

    def __init__(self, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(HIDDEN, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, inner)
        self.down = nn.Linear(inner, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, states: Tensor, lengths: Sequence[int]) -> Tensor:
        parts = [self.attend(chunk) for chunk in self.qkv(states).split(list(lengths))]
        states = self.norm1(states + self.dropout(self.out(torch.cat(parts))))
        inner = self.down(functional.gelu(self.up(states)))
        return self.norm2(states + self.dropout(inner))

    def attend(self, qkv: Tensor) -> Tensor:
        """Full attention inside one window: [length, 3 · heads · 32] → [length, heads · 32]."""
        length = qkv.shape[0]
        query, key, value = qkv.view(1, length, 3, self.heads, HEAD).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value)
        return mixed.transpose(1, 2).reshape(length, self.heads * HEAD)

    def load(self, weights: dict[str, np.ndarray], number: int) -> None:
        """Take the pretrained weights of layer `number`."""

        def tensor(name: str) -> Tensor:
            return torch.from_numpy(np.array(weights[f"l{number}.{name}"]))

        with torch.no_grad():
            self.qkv.weight.copy_(torch.cat([tensor("q.w"), tensor("k.w"), tensor("v.w")]))
            self.qkv.bias.copy_(torch.cat([tensor("q.b"), tensor("k.b"), tensor("v.b")]))
            for part, weight, bias in (
                (self.out, "ao.w", "ao.b"),
                (self.norm1, "aln.w", "aln.b"),
                (self.up, "fi.w", "fi.b"),
                (self.down, "fo.w", "fo.b"),
                (self.norm2, "oln.w", "oln.b"),
            ):
                part.weight.copy_(tensor(weight))
                part.bias.copy_(tensor(bias))


class Encoder(nn.Module):
    """`pool_at` layers over pieces, then layers up to `depth` over units."""

    def __init__(self, depth: int, pool_at: int, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.depth, self.pool_at = depth, pool_at
        self.position = nn.Embedding(512, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(heads, inner) for _ in range(depth))
        self.word = nn.Linear(WORD_VECTOR, HIDDEN, bias=False)
        nn.init.zeros_(self.word.weight)
        self.dropout = nn.Dropout(0.1)

    def load(self, weights: dict[str, np.ndarray]) -> None:
        """Take the pretrained weights; the token-type vector is folded into the positions."""
        with torch.no_grad():
            positions = torch.from_numpy(np.array(weights["emb.pos"]).reshape(-1, HIDDEN))
            kind = torch.from_numpy(np.array(weights["emb.type"]).reshape(-1, HIDDEN)[:1])
            self.position.weight.copy_(positions[:512] + kind)
            self.norm.weight.copy_(torch.from_numpy(weights["emb.ln.w"]))
            self.norm.bias.copy_(torch.from_numpy(weights["emb.ln.b"]))
        for number, layer in enumerate(self.layers):
            layer.load(weights, number)

    def embed(self, pieces: Tensor, positions: Tensor) -> Tensor:
        """Piece embeddings [pieces, 384] plus positions, normalised."""
        return self.dropout(self.norm(pieces + self.position(positions)))

    def pool(self, states: Tensor, batch: Batch) -> Tensor:
        """Means over the pieces of each unit, and its static word vector: [pieces, 384] → [slots, 384]."""
        pooled = torch.zeros(batch.counts.shape[0], HIDDEN).index_add_(0, batch.owner, states)
        return pooled / batch.counts + self.word(batch.vectors)

    def forward(self, embedded: Tensor, batch: Batch) -> Tensor:
        """States of all units [units, 384]."""
        states = self.embed(embedded, batch.positions)
        for layer in self.layers[: self.pool_at]:
            states = layer(states, batch.piece_lengths)
        states = self.pool(states, batch)
        for layer in self.layers[self.pool_at :]:
            states = layer(states, batch.slot_lengths)
        return states[batch.real]


@dataclass
class Encoded:
    """A document ready for the encoder: pieces per unit, windows, word vectors."""

    pieces: list[tuple[int, ...]]
    windows: list[runtime.Window]
    vectors: np.ndarray


def encode_units(units: Sequence[runtime.Unit], prepared: Prepared) -> Encoded:
    """Tokenise and plan windows."""
    pieces = [prepared.tokenizer.encode(unit.text, unit.spaced) for unit in units]
    windows = runtime.plan_windows([len(p) for p in pieces], [u.sentence for u in units])
    return Encoded(pieces, windows, prepared.word_vectors([u.text.lower() for u in units]))


def make_batch(documents: Sequence[Encoded], tokenizer: runtime.Tokenizer, masked: Sequence[np.ndarray]) -> Batch:
    """Concatenate documents; masked units show <mask> pieces and no word vector."""
    pieces: list[int] = []
    positions: list[int] = []
    owner: list[int] = []
    real: list[int] = []
    piece_lengths, slot_lengths = [], []
    vectors: list[np.ndarray] = []
    blank = np.zeros((1, WORD_VECTOR), np.float32)
    slots = 0
    for document, hidden in zip(documents, masked, strict=True):
        shown = np.where(hidden[:, None], 0.0, document.vectors).astype(np.float32)
        for window in document.windows:
            begin, first_slot = len(pieces), slots
            pieces.append(tokenizer.bos)
            owner.append(slots)
            slots += 1
            for unit in range(window.first, window.last):
                found = document.pieces[unit]
                pieces.extend([tokenizer.mask] * len(found) if hidden[unit] else found)
                owner.extend([slots] * len(found))
                real.append(slots)
                slots += 1
            pieces.append(tokenizer.eos)
            owner.append(slots)
            slots += 1
            positions.extend(range(len(pieces) - begin))
            piece_lengths.append(len(pieces) - begin)
            slot_lengths.append(slots - first_slot)
            vectors += [blank, shown[window.first : window.last], blank]
    owners = torch.tensor(owner)
    stacked = torch.from_numpy(np.concatenate(vectors))
    return Batch(
        torch.tensor(pieces),
        torch.tensor(positions),
        piece_lengths,
        owners,
        torch.bincount(owners, minlength=slots).float()[:, None],
        slot_lengths,
        torch.tensor(real),
        stacked,
        (stacked.abs().sum(1, keepdim=True) > 0).float(),
    )
