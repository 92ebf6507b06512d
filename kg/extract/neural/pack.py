"""The model pack: a folder of ONNX graphs, tables and `meta.json`, checked before anything is loaded.

Nothing in it is executable: JSON, numpy arrays without pickle, ONNX graphs of standard operators.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError

PROTOCOL = 2

Floats = NDArray[np.float32]


class PackError(KgError):
    """The model pack is missing, altered, or of another protocol."""


@dataclass(frozen=True)
class Meta:
    """`meta.json`, checked."""

    entity_labels: list[str]
    relation_labels: list[str]
    reach: NDArray[np.int8]  # [head label, tail label] sentences apart, see `candidate_pairs`
    entity_thresholds: Floats
    relation_thresholds: Floats
    entity_calibration: tuple[float, float]
    relation_calibration: tuple[float, float]


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(folder: Path, protocol: int) -> dict[str, Any]:
    """`meta.json`, after the digest of every file that it names. Raises PackError."""
    path = folder / "meta.json"
    if not path.is_file():
        raise PackError(f"no model pack in {folder}: meta.json is missing")
    raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if raw.get("protocol") != protocol:
        raise PackError(f"model pack {folder} has protocol {raw.get('protocol')}, this program needs {protocol}")
    for name, digest in raw["files"].items():
        if not (folder / name).is_file() or sha256(folder / name) != digest:
            raise PackError(f"model pack file {folder / name} is missing or altered (sha256 differs)")
    return raw


def read_meta(folder: Path) -> Meta:
    """What the extractor's pack says of itself. Raises PackError."""
    raw = checked(folder, PROTOCOL)
    entities, relations = raw["entity_labels"], raw["relation_labels"]
    reach = np.full((len(entities), len(entities)), -1, dtype=np.int8)
    for head, tail, apart in raw["pairs"]:
        reach[entities.index(head), entities.index(tail)] = apart
    return Meta(
        entities,
        relations,
        reach,
        np.array([raw["entity_thresholds"][e] for e in entities], dtype=np.float32),
        np.array([raw["relation_thresholds"][r] for r in relations], dtype=np.float32),
        (raw["calibration"]["entity"][0], raw["calibration"]["entity"][1]),
        (raw["calibration"]["relation"][0], raw["calibration"]["relation"][1]),
    )


def calibrate(probability: Floats, line: tuple[float, float]) -> Floats:
    """Platt scaling: a line through the log odds."""
    clipped = np.clip(probability.astype(np.float64), 1e-6, 1 - 1e-6)
    odds = line[0] * np.log(clipped / (1 - clipped)) + line[1]
    result: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
    return result


def session(path: Path) -> Any:
    """A graph on one thread that never spins."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
