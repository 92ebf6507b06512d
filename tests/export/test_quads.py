"""TriG and N-Quads hold the same triples as Turtle, each in one graph, an article's own in its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.export.quads import nquads, quads, trig
from kg.export.turtle import turtle
from kg.graph.store import triples_of
from kg.graph.triples import triples
from tests.export.sample import ARTICLES, BASE, PETR, RUMOUR, read, records
from tests.export.test_turtle import LABELS, LINE_ENDS

KG = "https://w3id.org/ru-news-kg/ontology#"
SHARED = f"{BASE}graph/shared"
WRITERS = {"trig": (trig, ox.RdfFormat.TRIG), "nquads": (nquads, ox.RdfFormat.N_QUADS)}
PARAMS = [pytest.param(label, id=name) for name, label in (LABELS | LINE_ENDS).items()]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("label", PARAMS)
def test_the_same_triples_come_back(tmp_path: Path, form: str, label: str) -> None:
    write, parser = WRITERS[form]
    wanted = read(tmp_path, label, label or RUMOUR)
    found = list(ox.parse(write(wanted), format=parser))
    assert {quad.triple for quad in found} == set(wanted)
    assert len(found) == len(wanted)


@pytest.mark.filterwarnings(r"ignore:(Dataset\.default_context|ConjunctiveGraph) is deprecated:DeprecationWarning")  # rdflib's parsers, about rdflib
@pytest.mark.parametrize("form", WRITERS)
def test_rdflib_reads_the_same_graphs(tmp_path: Path, form: str) -> None:
    write, _ = WRITERS[form]
    wanted = read(tmp_path)
    dataset = rdflib.Dataset()
    dataset.parse(data=write(wanted).decode(), format=form)
    union = rdflib.Graph()
    for s, p, o, _ in dataset.quads():
        union.add((s, p, o))
    assert isomorphic(union, rdflib.Graph().parse(tmp_path / "graph.ttl"))
    named = {str(context) for _, _, _, context in dataset.quads()}
    assert named == {SHARED, *ARTICLES}


def test_every_triple_is_in_exactly_one_graph(tmp_path: Path) -> None:
    wanted = read(tmp_path)
    times = Counter(quad.triple for quad in quads(wanted))
    assert set(times.values()) == {1} and times.keys() == set(wanted)


def test_an_article_and_its_claims_are_in_its_graph_and_nothing_else(tmp_path: Path) -> None:
    found = quads(read(tmp_path))
    homes = {q.subject.value: q.object.value for q in found if q.predicate.value == KG + "inArticle"}  # type: ignore[union-attr]
    assert len(homes) == 12 and set(homes.values()) == set(ARTICLES)
    for quad in found:
        subject, graph = quad.subject.value, quad.graph_name.value  # type: ignore[union-attr]
        assert graph == (subject if subject in ARTICLES else homes.get(subject, SHARED))


def test_dropping_an_article_leaves_nothing_of_it_but_what_is_shared(tmp_path: Path) -> None:
    store = ox.Store()
    store.bulk_load(nquads(read(tmp_path)), format=ox.RdfFormat.N_QUADS)
    store.remove_graph(ox.NamedNode(ARTICLES[1]))
    left = list(store)
    assert not [q for q in left if ARTICLES[1] in (q.subject.value, q.graph_name.value)]  # type: ignore[union-attr]
    assert [q for q in left if q.subject.value == PETR]  # type: ignore[union-attr]


def test_quads_are_sorted_and_prefixes_stand_first(tmp_path: Path) -> None:
    lines = nquads(read(tmp_path)).decode().splitlines()
    graphs = [line.rsplit(" ", 2)[1] for line in lines]
    assert graphs == sorted(graphs)
    text = trig(read(tmp_path)).decode()
    heads = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert heads == sorted(heads) == text.splitlines()[: len(heads)]
    assert "article:abababababababab {" in text


def test_the_base_of_the_graph_is_kept(tmp_path: Path) -> None:
    moved = turtle(records()).decode().replace(BASE, "https://example.org/news/")
    (tmp_path / "moved.ttl").write_text(moved, encoding="utf-8")
    names = {quad.graph_name.value for quad in quads(triples_of(tmp_path / "moved.ttl"))}  # type: ignore[union-attr]
    assert names == {"https://example.org/news/graph/shared", *(iri.replace(BASE, "https://example.org/news/") for iri in ARTICLES)}


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec=None), st.sampled_from("\u2028\x85\x0b\x0c\x1c\"\\{}\t\n")), max_size=30))
def test_any_label_can_be_written(label: str) -> None:
    wanted = triples(records(label))
    assert {quad.triple for quad in ox.parse(trig(wanted), format=ox.RdfFormat.TRIG)} == set(wanted)
