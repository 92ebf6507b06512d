"""Training the reader of claims, from annotations to weights that load, on two made texts.

The second half needs torch and onnx, as `test_tiny.py` does; KG_TRAIN_PYTHON can name a Python that has them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kg.extract import neural
from kg.extract.claims.learned import FOLDER
from kg.extract.claims.learned.features import BEGIN, COLUMNS, GOES_ON, PAIR_COLUMNS
from kg.extract.claims.learned.head import Reader
from kg.extract.claims.learned.marks import COLUMNS as OPTION_COLUMNS
from kg.extract.neural.pack import session
from tests.conftest import ROOT

PYTHON = os.environ.get("KG_TRAIN_PYTHON", sys.executable)
TEXTS = {
    "a.txt": "Новости дня\n\nМэр Тулы Пётр Лямин прибыл на завод. Он проворчал, что дороги разбиты.\n",
    "b.txt": "Новости дня\n\nПо словам Анны Рябовой, мост закрыт.\n",
}


def _claim(name: str, cue: str, source: str, seen: str, content: str) -> dict[str, object]:
    text = TEXTS[name]
    spans = {key: [text.index(words), text.index(words) + len(words)] for key, words in (("cue", cue), ("source", seen), ("content", content))}
    return {"cue_span": spans["cue"], "source": source, "source_span": spans["source"], "source_kind": "person", "via": None,
            "modality": "reported", "content": spans["content"], "about": []}  # fmt: skip


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `train.claims.examples` writes for the texts."""
    if not neural.available():
        pytest.skip("needs the model pack in kg/weights/pack")
    folder = tmp_path_factory.mktemp("claims")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    lines = [
        {"doc": "a.txt", "article_date": None, "dates": [], "claims": [_claim("a.txt", "проворчал", "Пётр Лямин", "Он", "дороги разбиты")]},
        {"doc": "b.txt", "article_date": None, "dates": [], "claims": [_claim("b.txt", "По словам", "Анна Рябова", "Анны Рябовой", "мост закрыт")]},
    ]
    (folder / "made.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    command = [sys.executable, "-m", "train.claims.examples", str(folder / "made.jsonl"), "--texts", str(folder), "-o", str(folder / "out")]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return folder / "out" / "made"


def test_examples_say_what_is_right(examples: Path) -> None:
    with np.load(examples / "a.npz", allow_pickle=False) as a, np.load(examples / "b.npz", allow_pickle=False) as b:
        assert a["rows"].shape[1] == len(COLUMNS) and a["cue0_rows"].shape[1] == len(PAIR_COLUMNS)
        assert a["tags"].tolist().count(BEGIN) == 1 and b["tags"].tolist().count(GOES_ON) == 1  # «проворчал»; «По словам»
        told = a["cue0_units"][a["cue0_speaks"] - 1]
        assert len(told) == 1 and told[0] + 1 == a["cue0_words"][0]  # «Он»
        assert len(a["name0_right"]) > 0  # a mention of the mayor, or what the rules make of the pronoun
        first, last = b["cue0_content"]
        assert b["cue0_units"][last] - b["cue0_units"][first] == 1  # «мост закрыт»


def test_weights_come_out_that_load(examples: Path, tmp_path: Path) -> None:
    find = "import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m) is None for m in ('torch', 'onnx', 'natasha')))"
    if subprocess.run([PYTHON, "-c", find], check=False).returncode:
        pytest.skip("training needs torch and onnx; KG_TRAIN_PYTHON can name a Python that has them")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    for step in (["fit", str(examples), "-o", str(tmp_path / "run"), "--tiny"], ["export", str(tmp_path / "run"), "-o", str(tmp_path / "weights")]):
        subprocess.run([PYTHON, "-m", f"train.claims.{step[0]}", *step[1:]], check=True, cwd=ROOT, env=environment, capture_output=True)
    assert 0 < Reader(tmp_path / "weights").thresholds.cue < 1


def test_trees_for_speakers_come_out_that_load(examples: Path, tmp_path: Path) -> None:
    folder = examples.parents[1]
    for half in (0, 1):
        command = [sys.executable, "-m", "train.claims.speakers", str(folder / "made.jsonl"), "--reader", str(FOLDER), "--half", str(half),
                   "--texts", str(folder), "-o", str(tmp_path / f"options-{half}.npz")]  # fmt: skip
        subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    found = []
    for half in (0, 1):
        with np.load(tmp_path / f"options-{half}.npz") as arrays:
            assert arrays["rows"].shape == (arrays["lengths"].sum(), len(OPTION_COLUMNS))
            found += [bool(arrays["right"][end - length : end].any()) for end, length in zip(np.cumsum(arrays["lengths"]), arrays["lengths"], strict=True)]
    assert found == [True, True]  # of both claims one speaker is right
    find = "import importlib.util, sys; sys.exit(any(importlib.util.find_spec(m) is None for m in ('lightgbm', 'onnx', 'natasha')))"
    if subprocess.run([PYTHON, "-c", find], check=False).returncode:
        pytest.skip("training needs lightgbm and onnx; KG_TRAIN_PYTHON can name a Python that has them")
    command = [PYTHON, "-m", "train.claims.trees", str(tmp_path / "options-0.npz"), str(tmp_path / "options-1.npz"), "-o", str(tmp_path / "speakers.onnx")]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    chances = session(tmp_path / "speakers.onnx").run(None, {"rows": np.zeros((3, len(OPTION_COLUMNS)), dtype=np.float32)})[0]
    assert chances.shape == (3, 1) and ((chances > 0) & (chances < 1)).all()
