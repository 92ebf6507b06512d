"""Examples as tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor


@dataclass(frozen=True)
class Cue:
    """A cue with its candidates: right speakers (0 is nobody), first and last unit of the content (-1: none); the units of what is
    said, their row, and the modality."""

    words: list[int]
    units: Tensor  # [candidates]
    rows: Tensor  # [candidates, PAIR_COLUMNS]
    speaks: list[int]
    content: tuple[int, int]
    told: list[int]
    manner: Tensor  # [MANNER_COLUMNS]
    modality: int


@dataclass(frozen=True)
class Name:
    """A speaker's word with the mentions that it may stand for; which of them are right (0 is the word itself)."""

    words: list[int]
    places: list[list[int]]
    rows: Tensor  # [1 + mentions, referring.COLUMNS]
    right: list[int]


@dataclass(frozen=True)
class Example:
    """One text."""

    states: Tensor  # [units, 384]
    rows: Tensor  # [units, COLUMNS]
    tags: Tensor  # [units]
    cues: list[Cue]
    names: list[Name]


def load(folders: Iterable[Path], wanted: Callable[[str], bool] = lambda _: True) -> list[Example]:
    """The texts of the folders that `train.claims.examples` wrote, in the order of their names, those that are wanted by name."""
    return [_example(path) for folder in folders for path in sorted(folder.glob("*.npz")) if wanted(path.stem)]


def _example(path: Path) -> Example:
    with np.load(path, allow_pickle=False) as arrays:
        found = {key: torch.as_tensor(arrays[key]) for key in arrays.files}
    cues = [
        Cue(c["words"].tolist(), c["units"], c["rows"], c["speaks"].long().tolist(), tuple(c["content"].tolist()), c["told"].tolist(), c["manner"], int(c["modality"]))
        for c in _items(found, "cue")
    ]  # fmt: skip
    names = [
        Name(n["words"].tolist(), _parted(n["places"].tolist(), n["lengths"].tolist()), n["rows"], n["right"].long().tolist())
        for n in _items(found, "name")
    ]  # fmt: skip
    return Example(found["states"].float(), found["rows"], found["tags"], cues, names)


def _items(found: dict[str, Tensor], prefix: str) -> list[dict[str, Tensor]]:
    items: dict[int, dict[str, Tensor]] = {}
    for key, value in found.items():
        if key.startswith(prefix):
            number, _, field = key.removeprefix(prefix).partition("_")
            items.setdefault(int(number), {})[field] = value
    return [items[number] for number in sorted(items)]


def _parted(flat: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    out, at = [], 0
    for length in lengths:
        out.append(list(flat[at : at + length]))
        at += length
    return out
