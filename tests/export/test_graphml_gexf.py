"""GraphML and GEXF as networkx reads them: the same nodes and edges with the same words, whatever stands in a label."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.characters import legal
from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, Column, filled, kind_of
from kg.export.gexf import gexf
from kg.export.graphml import graphml
from kg.export.network import Edge, Network, Node
from kg.export.weave import network
from kg.graph.store import triples_of
from kg.graph.triples import triples
from tests.export.sample import ANNA, BASE, MEETING, PETR, VISIT, read, records
from tests.export.test_turtle import LABELS, LINE_ENDS

GEXF = "{http://gexf.net/1.3}"
WRITERS: dict[str, Callable[[Network], bytes]] = {"graphml": graphml, "gexf": gexf}
HOSTILE = {**LABELS, **LINE_ENDS, "CDATA": "]]><node/>&#0;&lt;", "attribute": "' onload=\"x\" >", "script": "</data></node></script><script>alert(1)</script>"}
PARAMS = [pytest.param(label, id=name) for name, label in HOSTILE.items()]
FORMS = pytest.mark.parametrize("form", WRITERS)


def parsed(form: str, data: bytes) -> nx.MultiDiGraph:
    """The file as networkx reads it; parallel edges stay apart."""
    if form == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    return nx.MultiDiGraph(nx.read_gexf(io.BytesIO(data), version="1.3"))


def cells(columns: tuple[Column[Any], ...], record: Node | Edge) -> dict[str, object]:
    """What a reader should see of a record."""
    return {c.name: legal(v) if isinstance(v, str) else v for c, v in filled(columns, record)}


def nodes_of(form: str, graph: nx.MultiDiGraph) -> dict[str, dict[str, object]]:
    own = {"start", "end"} if form == "gexf" else set()
    return {name: {k: v for k, v in data.items() if k not in own} for name, data in graph.nodes(data=True)}


def edges_of(form: str, graph: nx.MultiDiGraph) -> dict[str, tuple[str, str, dict[str, object]]]:
    own = {"start", "end", "id"} if form == "gexf" else set()
    found = {}
    for source, target, key, data in graph.edges(keys=True, data=True):
        found[data.get("id", key)] = (source, target, {k: v for k, v in data.items() if k not in own})
    return found


def same(form: str, woven: Network) -> None:
    graph = parsed(form, WRITERS[form](woven))
    assert graph.is_directed()
    assert nodes_of(form, graph) == {n.iri: {"label": legal(n.label), **cells(NODE_COLUMNS, n)} for n in woven.nodes}
    assert edges_of(form, graph) == {e.id: (e.source, e.target, {"label": e.label, **cells(EDGE_COLUMNS, e)}) for e in woven.edges}


@FORMS
@pytest.mark.parametrize("label", PARAMS)
def test_networkx_reads_the_same_nodes_and_edges(tmp_path: Path, form: str, label: str) -> None:
    same(form, network(read(tmp_path, label, label or "x")))


@FORMS
def test_the_seeds_come_back(seeds_folder: Path, form: str) -> None:
    same(form, network(triples_of(seeds_folder / "graph.ttl")))


@FORMS
def test_an_empty_graph(form: str) -> None:
    assert len(parsed(form, WRITERS[form](network([])))) == 0


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec=None), st.sampled_from("<>&\"'\u2028\x85\x0b\x1b\t\n\r")), max_size=30))
def test_any_label_can_be_written(label: str) -> None:
    woven = network(triples(records(label)))
    for form in WRITERS:
        same(form, woven)


def test_a_label_comes_back_letter_by_letter(tmp_path: Path) -> None:
    label = "Первая\r\nвторая\tтретья\u2028<b>&amp;\u0085"
    for form, write in WRITERS.items():
        graph = parsed(form, write(network(read(tmp_path, label))))
        assert graph.nodes[PETR]["label"] == label


@FORMS
def test_a_fact_is_told_from_hearsay_at_a_glance(tmp_path: Path, form: str) -> None:
    graph = parsed(form, WRITERS[form](network(read(tmp_path))))
    found = {key: data for key, (_, _, data) in edges_of(form, graph).items()}
    facts = {key.removeprefix(BASE) for key, data in found.items() if data["status"] == "accepted" and data["layer"] == "statement"}
    assert facts == {f"statement/{name}" for name in ("works", "member", "post", "parent", "has", "home", "faith")}
    assert found[f"{BASE}statement/owns"]["modality"] == "alleged"
    assert graph.nodes[VISIT]["realis"] == "planned" and graph.nodes[VISIT]["status"] == "unverified"
    assert all("status" in data for data in found.values())


# ------------------------------------------------------------------ GEXF's own


def elements(data: bytes, name: str) -> dict[str, ElementTree.Element]:
    return {e.get("id", ""): e for e in ElementTree.fromstring(data).iter(GEXF + name)}


def test_time_intervals_of_nodes_and_edges(tmp_path: Path) -> None:
    data = gexf(network(read(tmp_path)))
    head = ElementTree.fromstring(data).find(GEXF + "graph")
    assert head is not None
    assert (head.get("mode"), head.get("timeformat"), head.get("timerepresentation")) == ("dynamic", "date", "interval")
    nodes, edges = elements(data, "node"), elements(data, "edge")

    def days(element: ElementTree.Element) -> tuple[str | None, str | None]:
        return element.get("start"), element.get("end")

    assert days(nodes[MEETING]) == ("2021-03-14", "2021-03-14")
    assert days(nodes[VISIT]) == ("2021-04-01", None)
    assert days(nodes[PETR]) == (None, None)
    assert days(edges[f"{MEETING}#agent-{PETR}"]) == ("2021-03-14", "2021-03-14")
    assert days(edges[f"{VISIT}#agent-{ANNA}"]) == ("2021-04-01", None)
    assert days(edges[f"{BASE}statement/works"]) == ("2019-02-01", "2021-03-12")
    assert days(edges[f"{BASE}statement/member"]) == ("2020-01-01", None)
    assert days(edges[f"{BASE}statement/home"]) == (None, None)


def test_days_in_the_wrong_order_are_no_interval(tmp_path: Path) -> None:
    read(tmp_path)
    path = tmp_path / "graph.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('"2021-03-12"^^', '"2018-01-01"^^'), encoding="utf-8")
    edge = elements(gexf(network(triples_of(path))), "edge")[f"{BASE}statement/works"]
    assert (edge.get("start"), edge.get("end")) == (None, None)


def test_edges_of_different_standing_are_of_different_kinds(tmp_path: Path) -> None:
    woven = network(read(tmp_path))
    edges = elements(gexf(woven), "edge")
    standing: dict[tuple[str | None, ...], set[str]] = {}
    for edge in woven.edges:
        kind = edges[edge.id].get("kind")
        assert kind == kind_of(edge)
        standing.setdefault((edge.source, edge.target, kind), set()).add(edge.status)
    assert all(len(found) == 1 for found in standing.values())


SHAPE = {
    "gexf": ({"version"}, ["meta", "graph"]),
    "meta": (set(), ["creator", "description"]),
    "graph": ({"defaultedgetype", "idtype", "mode", "timeformat", "timerepresentation"}, ["attributes", "attributes", "nodes", "edges"]),
    "attributes": ({"class", "mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, []),
    "nodes": ({"count"}, ["node"]),
    "edges": ({"count"}, ["edge"]),
    "node": ({"id", "label", "start", "end"}, ["attvalues"]),
    "edge": ({"id", "source", "target", "label", "kind", "start", "end"}, ["attvalues"]),
    "attvalues": (set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, []),
    "creator": (set(), []),
    "description": (set(), []),
}
"""Of the GEXF 1.3 grammar (gexf.rnc, dynamics.rnc) the part that is written: attributes, and children in order."""
OPTIONAL = {"start", "end"}


def test_it_keeps_to_the_grammar(seeds_folder: Path, tmp_path: Path) -> None:
    for rows in (read(tmp_path), triples_of(seeds_folder / "graph.ttl"), []):
        root = ElementTree.fromstring(gexf(network(rows)))
        for element in root.iter():
            attributes, children = SHAPE[element.tag.removeprefix(GEXF)]
            assert attributes - OPTIONAL <= set(element.attrib) <= attributes
            given_ = [child.tag.removeprefix(GEXF) for child in element]
            assert given_ == children or (len(children) == 1 and set(given_) <= set(children))
            for name in OPTIONAL & set(element.attrib):
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", element.attrib[name])
        for kind in ("nodes", "edges"):
            (holder,) = root.iter(GEXF + kind)
            assert holder.get("count") == str(len(holder))
        for side in root.iter(GEXF + "attributes"):
            declared = {a.get("id"): a.get("type") for a in side}
            used = {v.get("for") for e in root.iter(GEXF + str(side.get("class"))) for v in e.iter(GEXF + "attvalue")}
            assert used <= declared.keys() and set(declared.values()) <= {"string", "integer", "double", "boolean"}
