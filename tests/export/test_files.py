"""Results are written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.export.files import as_json, manifest, prepare_folder, replace_all, sha256_of, write_all

OLD = {"graph.ttl": b"old graph", "graph.html": b"old page", "manifest.json": b"old manifest"}
NEW = {name: b"new " + data[4:] for name, data in OLD.items()}


def held(folder: Path) -> dict[str, bytes]:
    """Everything that a folder holds, hidden files too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def failing(call: Callable[..., object], at: int) -> Callable[..., object]:
    """The call, but for its `at`-th time, which finds the disk full."""
    count = 0

    def wrapped(*args: object, **options: object) -> object:
        nonlocal count
        count += 1
        if count == at:
            raise OSError(28, "No space left on device")
        return call(*args, **options)

    return wrapped


def test_all_files_are_written(tmp_path: Path) -> None:
    write_all(tmp_path, OLD)
    write_all(tmp_path, NEW)
    assert held(tmp_path) == NEW
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o644}


@pytest.mark.parametrize(
    ("name", "at"),
    [("replace", 1), ("replace", 2), ("replace", 3), ("fsync", 1), ("fsync", 2), ("fsync", 3), ("fsync", 4), ("chmod", 1), ("chmod", 3), ("open", 2)],
)
@pytest.mark.parametrize("before", [OLD, {}, {"graph.ttl": b"old graph"}], ids=["all there", "none there", "one there"])
def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, at: int, before: dict[str, bytes]) -> None:
    if before:
        write_all(tmp_path, before)
    with monkeypatch.context() as patch:
        patch.setattr(os, name, failing(getattr(os, name), at))
        with pytest.raises(OutputError, match="nothing was changed"):
            write_all(tmp_path, NEW)
    assert held(tmp_path) == before
    write_all(tmp_path, NEW)
    assert held(tmp_path) == NEW


def test_every_rename_failing_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, OLD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write_all(tmp_path, NEW)
    assert held(tmp_path) == OLD


def test_an_interrupt_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, OLD)
    replace, count = os.replace, 0

    def interrupted(*args: str) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        replace(*args)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_all(tmp_path, NEW)
    assert held(tmp_path) == OLD


def test_when_even_undoing_fails_the_old_files_are_kept_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, OLD)
    replace, count = os.replace, 0

    def broken(*args: str) -> None:
        nonlocal count
        count += 1
        if count > 1:
            raise OSError(5, "Input/output error")
        replace(*args)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", broken)
        with pytest.raises(OutputError, match="kept beside") as raised:
            write_all(tmp_path, NEW)
    assert "nothing was changed" not in str(raised.value)
    assert set(OLD.values()) <= set(held(tmp_path).values())


def test_a_half_made_copy_of_an_old_file_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, OLD)

    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    def half(_: object, target: str) -> None:
        Path(target).write_bytes(b"ol")
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", no_links)
        patch.setattr(shutil, "copyfile", half)
        with pytest.raises(OutputError, match="nothing was changed"):
            write_all(tmp_path, NEW)
    assert held(tmp_path) == OLD


def test_without_hard_links_a_failure_is_undone_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, OLD)

    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", no_links)
        patch.setattr(os, "replace", failing(os.replace, 3))
        with pytest.raises(OutputError, match="nothing was changed"):
            write_all(tmp_path, NEW)
    assert held(tmp_path) == OLD


_FULL = """
import resource, signal, sys
from pathlib import Path
from kg.errors import OutputError
from kg.export.files import write_all
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_all(Path(sys.argv[1]), {"graph.ttl": b"new graph", "graph.html": b"x" * 1_000_000, "manifest.json": b"new manifest"})
except OutputError as error:
    sys.exit(f"told: {error}")
"""


def test_a_write_that_the_system_cuts_short(tmp_path: Path) -> None:
    write_all(tmp_path, OLD)
    run = subprocess.run([sys.executable, "-c", _FULL, str(tmp_path)], capture_output=True, text=True)
    assert run.returncode == 1 and "graph.html" in run.stderr and "nothing was changed" in run.stderr
    assert held(tmp_path) == OLD


def test_the_error_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(os.fsync, 2))
    with pytest.raises(OutputError, match=r"graph\.html"):
        write_all(tmp_path, NEW)


def test_a_target_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "graph.html").mkdir()
    (tmp_path / "graph.ttl").write_bytes(b"old graph")
    with pytest.raises(OutputError):
        write_all(tmp_path, NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.html", "graph.ttl"]
    assert (tmp_path / "graph.ttl").read_bytes() == b"old graph"


def test_files_are_renamed_in_the_given_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    replace = os.replace

    def noted(source: str, target: Path) -> None:
        order.append(Path(target).name)
        replace(source, target)

    monkeypatch.setattr(os, "replace", noted)
    write_all(tmp_path, NEW)
    assert order == list(NEW)


def test_folder_is_made_and_stale_temporaries_go(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    prepare_folder(folder)
    (folder / ".kg-tmp-half").write_bytes(b"half")
    (folder / "mine.txt").write_bytes(b"mine")
    prepare_folder(folder)
    assert held(folder) == {"mine.txt": b"mine"}


def test_a_file_or_a_link_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"keep")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "file/below", "link"):
        with pytest.raises(OutputError, match=name.split("/")[0]):
            prepare_folder(tmp_path / name)
    assert (tmp_path / "file").read_bytes() == b"keep"
    assert not list((tmp_path / "real").iterdir())


_WRITER = """
import sys
from pathlib import Path
from kg.export.files import prepare_folder, write_all
prepare_folder(Path(sys.argv[1]))
for _ in range(20):
    write_all(Path(sys.argv[1]), {name: sys.argv[2].encode() * 200_000 for name in ("graph.ttl", "graph.html", "manifest.json")})
"""


def test_two_builds_into_one_folder_leave_the_files_of_one(tmp_path: Path) -> None:
    runs = [subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path), mark], stderr=subprocess.PIPE) for mark in "ab"]
    for run in runs:
        _, told = run.communicate(timeout=60)
        assert run.returncode == 0, told.decode()
    assert sorted(held(tmp_path)) == ["graph.html", "graph.ttl", "manifest.json"]
    assert len(set(held(tmp_path).values())) == 1


def build_into(folder: Path, files: dict[str, bytes]) -> None:
    """Write files and a manifest of them, as a build does."""
    replace_all(folder, {**files, "manifest.json": manifest(files, {}, [], [], {})})


def test_what_only_the_build_before_wrote_goes(tmp_path: Path) -> None:
    build_into(tmp_path, {"graph.ttl": b"old", "texts/a/one.txt": b"one", "texts/two.txt": b"two", "texts/three.txt": b"three"})
    (tmp_path / "texts" / "two.txt").write_bytes(b"two, with notes")
    (tmp_path / "texts" / "mine.txt").write_bytes(b"mine")
    build_into(tmp_path, {"graph.ttl": b"new", "texts/three.txt": b"three"})
    assert sorted(path.name for path in (tmp_path / "texts").iterdir()) == ["mine.txt", "three.txt", "two.txt"]


def test_a_folder_left_empty_goes(tmp_path: Path) -> None:
    build_into(tmp_path, {"graph.ttl": b"old", "texts/a/one.txt": b"one"})
    build_into(tmp_path, {"graph.ttl": b"new"})
    assert sorted(held(tmp_path)) == ["graph.ttl", "manifest.json"]


@pytest.mark.parametrize("name", ["../other.txt", "{}/other.txt", "texts/../../other.txt"])
def test_a_manifest_names_nothing_outside_its_folder(tmp_path: Path, name: str) -> None:
    outside, folder = tmp_path / "other.txt", tmp_path / "out"
    outside.write_bytes(b"other")
    folder.mkdir()
    told = {"files": {name.format(tmp_path): {"sha256": sha256_of(b"other")}}}
    (folder / "manifest.json").write_text(json.dumps(told))
    build_into(folder, {"graph.ttl": b"new"})
    assert outside.read_bytes() == b"other"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}', '{"files": {"a": 1}}', "\xff"])
def test_a_foreign_manifest_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, "latin-1")
    (tmp_path / "a").write_bytes(b"a")
    build_into(tmp_path, {"graph.ttl": b"new"})
    assert (tmp_path / "a").read_bytes() == b"a" and (tmp_path / "graph.ttl").read_bytes() == b"new"


def test_json_is_sorted_and_survives_lone_surrogates() -> None:
    data = as_json({"б": "\ud800", "а": [1]})
    assert json.loads(data) == {"а": [1], "б": "\ud800"}
    assert data.index("а".encode()) < data.index("б".encode())


def test_manifest_has_sizes_and_hashes() -> None:
    read = json.loads(manifest(NEW, {"articles": 1}, [{"file": "a.txt"}], [{"file": "b.txt", "code": "empty", "reason": "no text"}], {"kg": "1"}))
    assert set(read) == {"articles", "counts", "files", "refusals", "run"}
    assert read["files"]["graph.ttl"] == {"bytes": 9, "sha256": sha256_of(b"new graph")}
