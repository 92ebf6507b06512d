"""docs/reference is up to date, and its sources are complete."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.cli import cli
from kg.ontology import terms

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_pages_are_up_to_date() -> None:
    run = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_check_notices_a_stale_page(generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "REFERENCE", tmp_path)
    assert len(generate.stale()) == len(generate.PAGES) == 4


def test_every_term_is_in_one_group(generate: ModuleType) -> None:
    groups = generate.groups((ROOT / "ontology" / "kg.ttl").read_text(encoding="utf-8"))
    listed = [name for group in groups for name in group.terms]
    assert sorted(listed) == sorted(terms())


@pytest.mark.parametrize("name", ["kg", *sorted(cli.commands)])
def test_command_has_help_with_an_example(generate: ModuleType, name: str) -> None:
    command = cli if name == "kg" else cli.commands[name]
    text = generate.help_of(command, name)
    assert "Example" in text
    call = "  kg " if name == "kg" else f"kg {name}"
    assert call in text.split("Example", 1)[1]
    assert (command.help or "").strip().splitlines()[0].endswith(".")


@pytest.mark.parametrize("name", sorted(terms()))
def test_term_is_described(name: str) -> None:
    term = terms()[name]
    assert term.labels.get("ru") and term.labels.get("en")
    assert term.definitions.get("ru") and term.definitions.get("en")
    assert term.examples
