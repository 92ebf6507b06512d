"""The commands and the Python of the tutorial and the recipes run, and print what the pages show."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.cli import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("docs/tutorial.md", "docs/how-to.md")


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_snippets", ROOT / "docs" / "snippets.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES)
def test_blocks_run_and_print_what_is_shown(page: str) -> None:
    shown = (ROOT / page).read_text(encoding="utf-8")
    assert load().renewed(shown) == shown, f"if {page} should show the new output, run: python docs/snippets.py"


@pytest.mark.parametrize("page", PAGES)
def test_links_and_files_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / "docs" / target).is_file(), target
    for path in re.findall(r"`((?:kg|ontology|docs|tests)/[\w./-]+)`", text):
        assert "NAME" in path or (ROOT / path).exists(), path
    for command in re.findall(r"(?m)(?:^(?:\$ )?|`|\| )kg ([a-z]+)(?= |`)", text):
        assert command in cli.commands, command
