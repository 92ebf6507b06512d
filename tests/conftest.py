"""Shared fixtures: the seeds are built once a session, through the command as users run it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from kg.ids import DEFAULT_BASE
from kg.pipeline import Built, build_graph, read_facts

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def seeds_build() -> Built:
    """The seeds, built in this process."""
    return build_graph(read_facts([SEEDS]), DEFAULT_BASE)


@pytest.fixture(scope="session")
def seeds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of `kg build seeds`."""
    folder = tmp_path_factory.mktemp("seeds")
    run = subprocess.run([sys.executable, "-m", "kg", "build", str(SEEDS), "-o", str(folder)], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture(scope="session")
def seeds_graph(seeds_folder: Path) -> rdflib.Graph:
    """The seeds' Turtle as rdflib reads it."""
    graph = rdflib.Graph()
    graph.parse(seeds_folder / "graph.ttl", format="turtle")
    return graph


def corpus(name: str) -> Path:
    """A folder of annotated texts beside the repository; the test is skipped where it is missing."""
    folder = SHARED / "data" / name
    if not folder.is_dir():
        pytest.skip(f"needs the corpus {name} in ../shared/data, which is not part of the repository")
    return folder


def chromium() -> str:
    """Path of a Chromium, or a skip."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("needs Chromium (Debian: apt-get install chromium)")
