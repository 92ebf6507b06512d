"""`kg export` as users run it: every format, the same bytes every time, one readable message when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import DataError, OutputError, UsageError
from kg.export import files as files_module
from kg.export.formats import FOLDERS, FORMATS, exported, target, write
from kg.graph.store import triples_of
from kg.graph.triples import order
from tests.export.sample import read, written

ROOT = Path(__file__).resolve().parents[2]
FORMS = pytest.mark.parametrize("form", FORMATS)


def kg(*args: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "kg", *map(str, args)], capture_output=True, cwd=ROOT, env={**os.environ, **env}, timeout=120)


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_command_offers_every_format() -> None:
    (option,) = [p for p in cli.commands["export"].params if p.name == "form"]
    assert list(option.type.choices) == list(FORMATS)  # type: ignore[attr-defined]
    assert set(FOLDERS) <= set(FORMATS)


@FORMS
def test_same_bytes_for_any_order_of_triples(tmp_path: Path, form: str) -> None:
    first = exported(written(tmp_path), form)
    lines = ox.serialize(read(tmp_path)[::-1], format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    (tmp_path / "turned.ttl").write_bytes(lines)
    assert exported(tmp_path / "turned.ttl", form) == first


@FORMS
def test_same_bytes_for_any_hash_seed(tmp_path: Path, form: str) -> None:
    graph = written(tmp_path)
    for seed in ("0", "1"):
        run = kg("export", graph, "--format", form, "-o", f"{tmp_path}/{seed}/", PYTHONHASHSEED=seed, LC_ALL="C", PYTHONUTF8="0")
        assert run.returncode == 0, run.stderr.decode()
    made = [tmp_path / seed for seed in ("0", "1")]
    assert made[0].read_bytes() == made[1].read_bytes() if made[0].is_file() else held(made[0]) == held(made[1])


@FORMS
def test_an_empty_graph(tmp_path: Path, form: str) -> None:
    (tmp_path / "empty.ttl").write_text("@prefix kg: <https://w3id.org/ru-news-kg/ontology#> .\n", encoding="utf-8")
    result = exported(tmp_path / "empty.ttl", form)
    assert result.left_out == ()
    assert all(bool(data) == (form not in ("ftm", "nquads")) for data in result.files.values())


@FORMS
def test_files_are_written_as_they_are_printed(tmp_path: Path, form: str) -> None:
    graph = written(tmp_path)
    result = exported(graph, form)
    (tmp_path / "out").mkdir()
    run = CliRunner().invoke(cli, ["export", str(graph), "--format", form, "-o", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    assert held(tmp_path / "out") == result.files
    assert run.stderr.splitlines() == [*result.left_out, *(f"written: {tmp_path / 'out' / name}" for name in result.files)]
    if form in FOLDERS:
        return
    named = CliRunner().invoke(cli, ["export", str(graph), "--format", form, "-o", str(tmp_path / "new" / "имя.x"), "--quiet"])
    assert (named.exit_code, named.output) == (0, "")
    assert held(tmp_path / "new") == {"имя.x": next(iter(result.files.values()))}
    for args in ((), ("-o", "-")):
        printed = CliRunner().invoke(cli, ["export", str(graph), "--format", form, *args])
        assert printed.stdout_bytes == next(iter(result.files.values()))


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    run = CliRunner().invoke(cli, ["export", str(written(tmp_path)), "--format", "gexf"])
    assert run.stderr == "left out: 1 claims of authors, about nothing that has a node\n"
    run = CliRunner().invoke(cli, ["export", str(written(tmp_path)), "--format", "ftm"])
    assert "4 statements" in run.stderr and "no facts" in run.stderr


@FORMS
def test_no_graph_is_one_readable_message(tmp_path: Path, form: str) -> None:
    run = CliRunner().invoke(cli, ["export", str(tmp_path / "none.ttl"), "--format", form, "-o", str(tmp_path / "out" / "x")])
    assert run.exit_code == 2 and "there is no such graph" in run.stderr
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_wrong_usage(tmp_path: Path) -> None:
    graph = written(tmp_path)
    (tmp_path / "broken.ttl").write_text("<a> <b> .\n", encoding="utf-8")
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    for args, words in (
        ((graph, "--format", "csv"), "name a folder with -o"),
        ((graph, "--format", "csv", "-o", "-"), "name a folder with -o"),
        ((graph, "--format", "csv-excel", "-o", tmp_path / "graph.csv"), "nodes.csv and edges.csv"),
        ((graph, "--format", "csv", "-o", tmp_path / "taken"), "is a file, not a folder"),
        ((graph, "--format", "gexf", "-o", tmp_path / "taken" / "x.gexf"), "is a file, not a folder"),
        ((tmp_path / "broken.ttl", "--format", "gexf"), "is not readable Turtle"),
        ((tmp_path, "--format", "gexf"), "there is no such graph"),
        ((graph, "--format", "pdf"), "Invalid value"),
        ((graph,), "Missing option"),
    ):
        run = CliRunner().invoke(cli, ["export", *map(str, args)])
        assert run.exit_code == 2, (args, run.output)
        assert words in run.stderr and run.stdout == ""
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


@FORMS
def test_nothing_is_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    result = exported(written(tmp_path), form)
    for name in result.files:
        (out / name).write_bytes(b"old")
    before, replace, count = held(out), os.replace, 0

    def full(*args: str) -> None:
        nonlocal count
        count += 1
        if count == len(result.files):
            raise OSError(28, "No space left on device")
        replace(*args)

    monkeypatch.setattr(files_module.os, "replace", full)
    with pytest.raises(OutputError):
        write(result, *target(out, form))
    assert held(out) == before


def test_places_to_write_to(tmp_path: Path) -> None:
    assert target(tmp_path, "gexf") == (tmp_path, None)
    assert target(tmp_path / "new" / "g.gexf", "gexf") == (tmp_path / "new", "g.gexf")
    assert target(tmp_path / "tables", "csv") == (tmp_path / "tables", None)
    with pytest.raises(UsageError):
        target(tmp_path / "g.csv", "csv")


def test_reading_keeps_numbers_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "g.ttl").write_text("<a:b> <a:c> 0.80 , 007 , 0.80 .\n<a:a> <a:b> <a:c> ; a <a:d> .\n", encoding="utf-8")
    found = triples_of(tmp_path / "g.ttl")
    assert sorted(found, key=order) == found
    assert {"0.80", "007"} < {t.object.value for t in found}  # type: ignore[union-attr]
    assert len(found) == 4
    with pytest.raises(DataError, match="no such graph"):
        triples_of(tmp_path / "none.ttl")


def test_help_stays_light() -> None:
    code = "import sys; from kg.cli import cli; cli(['export', '--help'], standalone_mode=False); sys.exit(' '.join(sorted({'pyoxigraph', 'networkx', 'numpy', 'rdflib', 'kg.export.formats'} & set(sys.modules))) or 0)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert run.returncode == 0, run.stderr
    assert "kg export --format gexf" in run.stdout
