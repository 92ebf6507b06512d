"""Turtle that parses back to the same triples, whatever stands in a label."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.export.turtle import turtle
from kg.graph.model import Graph, GraphClaim, GraphEvent, GraphStory, Source, Statement, Value
from kg.graph.triples import triples
from kg.ids import DEFAULT_BASE as BASE
from kg.records import Article, Entity, ExternalLink, Reason, TimeValue

LABELS = {
    "quotes": 'Завод "Мост" и \'Река\' """три"""',
    "backslashes": "C:\\новое\\u0041\\",
    "newlines": "Первая\nвторая\r\nтретья\tчетвёртая",
    "NUL": "мо\x00ст",
    "controls": "мо\x01\x08\x7fст",
    "bidi": "\u202eтсом\u202c",
    "angle brackets": "<> <http://example.org/> </script>",
    "turtle inside": '"@ru . <a> <b> <c> . @prefix kg: <x> .',
    "prefix line": "x\n@prefix kg: <http://evil.example/> .\ny",
    "long": "мост " * 2_000,
    "lone surrogate": "мо\ud800ст",
    "non-characters": "мо\ufffe\uffffст",
    "astral": "😀 мост 𝔐",
    "empty": "",
    "blanks": "   ",
    "dots and semicolons": "a ; b , c . \n\t; d .",
}
LINE_ENDS = {"line separator": "Первая\u2028вторая", "paragraph separator": "Первая\u2029вторая", "next line": "Первая\x85вторая"}


def graph(label: str) -> Graph:
    """A small graph with one record of each kind, all of which carry the label."""
    sha, name = "ab" * 32, label.encode("utf-8", "backslashreplace").decode()  # as kg.read shows file names
    article, person, other = f"{BASE}article/{sha[:16]}", f"{BASE}person/petr-lugovoy", f"{BASE}organization/most"
    statement, event, source = f"{BASE}statement/1", f"{BASE}event/meeting-1", f"{BASE}source/group-1"
    return Graph(
        base=BASE,
        articles={article: Article(name, label, sha, "utf-8", label, (), "2021-03-12", "dateline")},
        entities=(
            Entity(person, "Person", label, (label, "Луговой"), (label + "а",), (), (Reason("same name", label),), (ExternalLink("http://www.wikidata.org/entity/Q1", "table", 0.5),)),
            Entity(other, "Organization", "Мост", (), (), ()),
        ),
        sources=(Source(source, "Group", label),),
        statements=(
            Statement(statement, person, "worksFor", other, past=True, status="accepted"),
            Statement(f"{BASE}statement/2", person, "age", Value(label, "", "ru"), past=False),
        ),
        events=(GraphEvent(event, "Meeting", label, "happened", True, (("participant", person),), None, TimeValue("2021-03", "2021-03-01", "2021-03-31"), "stated", (("deaths", 0),)),),
        claims=(
            GraphClaim(f"{BASE}claim/1", (statement, event), source, "group", None, "reported", "affirmed", 0.85, (person, other), article, 0, 5, label, label),
        ),
        mentioned={article: (person, other)},
        stories={article: GraphStory(f"{BASE}story/1", label)},
        run=(("kg", name),),
    )  # fmt: skip


def by_oxigraph(data: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}


def by_rdflib(data: bytes, form: str) -> rdflib.Graph:
    read = rdflib.Graph()
    read.parse(data=data, format=form)
    return read


PARAMS = [pytest.param(label, id=name) for name, label in (LABELS | LINE_ENDS).items()]


@pytest.mark.parametrize("label", PARAMS)
def test_turtle_parses_back_to_the_same_triples(label: str) -> None:
    records = graph(label)
    data, wanted = turtle(records), triples(records)
    assert by_oxigraph(data) == set(wanted)
    lines = ox.serialize(wanted, format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    assert isomorphic(by_rdflib(data, "turtle"), by_rdflib(lines, "nt"))


@pytest.mark.parametrize("name", ["quotes", "newlines", "backslashes", "angle brackets", "bidi", "long", "turtle inside"])
def test_the_label_itself_comes_back(name: str) -> None:
    read = by_rdflib(turtle(graph(LABELS[name])), "turtle")
    labels = {str(o) for o in read.objects(rdflib.URIRef(f"{BASE}person/petr-lugovoy"), rdflib.RDFS.label)}
    assert labels == {LABELS[name]}


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec=None), st.sampled_from("\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\"\\")), max_size=40))
def test_any_label_can_be_written(label: str) -> None:
    records = graph(label)
    assert by_oxigraph(turtle(records)) == set(triples(records))


def test_prefixes_come_first_and_sorted() -> None:
    lines = turtle(graph("Мост")).decode().splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix ")]
    assert prefixes == sorted(prefixes) == lines[: len(prefixes)]
    assert any(line.startswith("@prefix kg: ") for line in prefixes)


def test_same_bytes_for_any_order_of_records() -> None:
    first = graph("Мост")
    turned = Graph(
        first.base, first.articles, first.entities[::-1], first.sources, first.statements[::-1], first.events, first.claims,
        {iri: entities[::-1] for iri, entities in first.mentioned.items()}, first.stories, first.run,
    )  # fmt: skip
    assert turtle(first) == turtle(turned)


def test_no_blank_nodes_and_only_ascii_iris() -> None:
    for triple in triples(graph("Мост")):
        for node in (triple.subject, triple.predicate, triple.object):
            assert not isinstance(node, ox.BlankNode)
            assert not isinstance(node, ox.NamedNode) or node.value.isascii()
