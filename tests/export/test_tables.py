"""nodes.csv and edges.csv read back to the same cells, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.characters import legal
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Cell
from kg.export.network import Network
from kg.export.tables import COMMA, EXCEL, Dialect, guarded, tables
from kg.export.weave import network
from kg.graph.store import triples_of
from kg.graph.triples import triples
from tests.export.sample import BASE, MOST, PETR, UNION, read, records
from tests.export.test_turtle import LABELS, LINE_ENDS

FORMULAS = ["=1+1", "+7 495", "-Мост", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''", "=cmd|' /C calc'!A0"]
DIALECTS = pytest.mark.parametrize("dialect", [COMMA, EXCEL], ids=["comma", "excel"])


def rows(data: bytes, dialect: Dialect) -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    assert not text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True))


def back(text: str, kind: str, dialect: Dialect) -> Cell:
    """A cell as a reader of docs/how-to.md would take it."""
    if text == "":
        return None
    if kind == "integer":
        return int(text)
    if kind == "double":
        return float(text.replace(dialect.point, "."))
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    return text[1:] if text.startswith("'") else text


def shown(value: Cell) -> Cell:
    return (legal(value) or None) if isinstance(value, str) else value


def same(woven: Network, dialect: Dialect) -> None:
    files = tables(woven, dialect)
    nodes, edges = rows(files["nodes.csv"], dialect), rows(files["edges.csv"], dialect)
    read_nodes = [(back(r["Id"], "", dialect), back(r["Label"], "", dialect), [back(r[c.name], c.type, dialect) for c in NODE_COLUMNS]) for r in nodes]
    assert read_nodes == [(n.iri, shown(n.label), [shown(c.of(n)) for c in NODE_COLUMNS]) for n in woven.nodes]
    read_edges = [(r["Id"], r["Source"], r["Target"], r["Label"], [back(r[c.name], c.type, dialect) for c in EDGE_COLUMNS]) for r in edges]
    assert read_edges == [(e.id, e.source, e.target, e.label, [shown(c.of(e)) for c in EDGE_COLUMNS]) for e in woven.edges]


@DIALECTS
@pytest.mark.parametrize("label", [*LABELS.values(), *LINE_ENDS.values(), *FORMULAS], ids=lambda label: ascii(label)[:20])
def test_the_same_cells_come_back(tmp_path: Path, dialect: Dialect, label: str) -> None:
    same(network(read(tmp_path, label, label or "x")), dialect)


@DIALECTS
def test_the_seeds_come_back(seeds_folder: Path, dialect: Dialect) -> None:
    same(network(triples_of(seeds_folder / "graph.ttl")), dialect)


@DIALECTS
def test_an_empty_graph_is_two_heads(dialect: Dialect) -> None:
    files = tables(network([]), dialect)
    assert [rows(data, dialect) for data in files.values()] == [[], []]
    assert files["nodes.csv"].decode("utf-8-sig").startswith(f"Id{dialect.delimiter}Label{dialect.delimiter}layer")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_made_text_and_can_be_had_back(text: str) -> None:
    assert guarded(text) == "'" + text


@settings(max_examples=200)
@given(st.text(max_size=20))
def test_the_guard_can_be_undone(text: str) -> None:
    cell = guarded(text)
    assert (cell[1:] if cell.startswith("'") else cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec=None), st.sampled_from(";,\"'=-\t\n\r")), max_size=20))
def test_any_label_can_be_written(label: str) -> None:
    woven = network(triples(records(label)))
    same(woven, COMMA)
    same(woven, EXCEL)


def test_what_gephi_and_excel_look_for(tmp_path: Path) -> None:
    files = tables(network(read(tmp_path)))
    assert list(files) == ["nodes.csv", "edges.csv"]
    for data in files.values():
        assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    edges = rows(files["edges.csv"], COMMA)
    assert list(edges[0])[:6] == ["Id", "Source", "Target", "Type", "Kind", "Label"]
    assert {r["Type"] for r in edges} == {"Directed"}
    assert {r["Id"]: r["Kind"] for r in edges}[f"{BASE}statement/owns"] == "owns unverified"
    nodes = {r["Id"]: r for r in rows(files["nodes.csv"], COMMA)}
    assert nodes[MOST]["Label"] == "'=СУММ(1;2)" and nodes[UNION]["Label"] == "''Союз'" and nodes[MOST]["names"] == "'-Мост"
    assert nodes[PETR]["facts"] == "возраст: 50; дата рождения: 1971-05"


def test_excel_gets_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    files = tables(network(read(tmp_path)), EXCEL)
    edges = {r["Id"]: r for r in rows(files["edges.csv"], EXCEL)}
    assert edges[f"{BASE}statement/married"]["confidence"] == "0,75"
    assert files["edges.csv"].decode("utf-8-sig").startswith("Id;Source;Target;")


def test_pandas_reads_it_as_it_is(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="needs pandas, which kg itself does not")
    woven = network(read(tmp_path))
    for name, data in tables(woven).items():
        (tmp_path / name).write_bytes(data)
    nodes, edges = pandas.read_csv(tmp_path / "nodes.csv"), pandas.read_csv(tmp_path / "edges.csv")
    assert list(nodes["Id"]) == [n.iri for n in woven.nodes]
    facts = edges[edges["status"] == "accepted"]
    assert sorted(facts["Id"]) == [e.id for e in woven.edges if e.is_fact]
    assert edges["confidence"].max() == 0.9
