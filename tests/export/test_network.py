"""Nodes and edges: what is a fact says so, nothing else does, and no claim gets lost unsaid."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.export.columns import EDGE_COLUMNS, NODE_COLUMNS, unshown
from kg.export.described import Described, base_of, day
from kg.export.network import Network
from kg.export.weave import layer_of, network
from kg.graph.store import triples_of
from kg.ids import DEFAULT_BASE
from tests.export.sample import ANNA, ARTICLES, BAKU, BASE, CRIME, GROUP, MEETING, MOST, PETR, VISIT, read

KG = "https://w3id.org/ru-news-kg/ontology#"


@pytest.fixture
def woven(tmp_path: Path) -> Network:
    return network(read(tmp_path))


def column(name: str, record: object) -> object:
    (found,) = [c for c in (*NODE_COLUMNS, *EDGE_COLUMNS) if c.name == name and isinstance(record, _kind(c))]
    return found.of(record)  # type: ignore[arg-type]


def _kind(found: object) -> type:
    from kg.export.network import Edge, Node

    return Node if any(found is c for c in NODE_COLUMNS) else Edge


def test_a_statement_edge_is_accepted_exactly_where_the_graph_has_the_plain_triple(seeds_folder: Path, tmp_path: Path) -> None:
    read(tmp_path)
    for path in (seeds_folder / "graph.ttl", tmp_path / "graph.ttl"):
        graph = rdflib.Graph().parse(path)
        edges = [e for e in network(triples_of(path)).edges if e.layer == "statement"]
        assert edges
        for edge in edges:
            plain = (rdflib.URIRef(edge.source), rdflib.URIRef(KG + edge.predicate), rdflib.URIRef(edge.target))
            assert (plain in graph) == (edge.status == "accepted"), edge


def test_an_event_is_accepted_exactly_where_the_graph_calls_it_an_event(seeds_folder: Path) -> None:
    graph = rdflib.Graph().parse(seeds_folder / "graph.ttl")
    woven = network(triples_of(seeds_folder / "graph.ttl"))
    events = {n.iri: n.happening for n in woven.nodes if n.happening}
    real = {str(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(KG + "Event"))}
    claimed = {str(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(KG + "ClaimedEvent"))}
    assert real and claimed and events.keys() == real | claimed
    assert {iri for iri, what in events.items() if what.status == "accepted"} == real
    roles = [e for e in woven.edges if e.layer == "role"]
    assert {e.source for e in roles if e.is_fact} <= real and {e.source for e in roles if not e.is_fact} <= claimed


def test_speech_is_never_a_fact(woven: Network, seeds_folder: Path) -> None:
    for whole in (woven, network(triples_of(seeds_folder / "graph.ttl"))):
        speech = [e for e in whole.edges if e.layer == "speech"]
        assert speech and not [e for e in speech if e.is_fact]


def test_every_claim_is_shown_or_counted(woven: Network, seeds_folder: Path) -> None:
    for whole in (woven, network(triples_of(seeds_folder / "graph.ttl"))):
        shown = {c.iri for e in whole.edges for c in e.claims} | {c.iri for n in whole.nodes for c in n.claims}
        shown |= {c.iri for n in whole.nodes for v in n.values for c in v.claims}
        assert unshown(whole) == len({c.iri for c in whole.claims} - shown)
    assert unshown(woven) == 1  # «aside»


def test_ends_are_nodes_and_ids_are_unique(woven: Network, seeds_folder: Path) -> None:
    for whole in (woven, network(triples_of(seeds_folder / "graph.ttl"))):
        ids = [n.iri for n in whole.nodes]
        assert ids == sorted(set(ids))
        assert {end for e in whole.edges for end in (e.source, e.target)} <= set(ids)
        edges = [e.id for e in whole.edges]
        assert edges == sorted(set(edges))


def test_an_end_that_the_graph_does_not_describe_is_a_node_all_the_same(tmp_path: Path) -> None:
    kept = [t for t in read(tmp_path) if t.subject != ox.NamedNode(CRIME)]
    (node,) = [n for n in network(kept).nodes if n.iri == CRIME]
    assert (node.label, node.type) == (CRIME, "")


def test_nodes_say_what_they_are(woven: Network) -> None:
    found = {n.iri: n for n in woven.nodes}
    assert [(found[i].layer, found[i].type) for i in (PETR, MEETING, VISIT, GROUP)] == [
        ("entity", "Person"), ("event", "Meeting"), ("claimed_event", "Visit"), ("source", "Group"),
    ]  # fmt: skip
    assert found[BAKU].spot is not None and abs(found[BAKU].spot[0] - 40.4) < 0.2 and abs(found[BAKU].spot[1] - 49.9) < 0.2  # type: ignore[index]
    assert found[PETR].spot is None and len(found[PETR].articles) == 2
    assert column("facts", found[PETR]) == "возраст: 50; дата рождения: 1971-05"
    assert column("claimed", found[PETR]) == "доход: 2 млн рублей (unverified)"
    assert column("people", found[MEETING]) == 2 and column("status", found[VISIT]) == "unverified"


def test_edges_tell_their_evidence(woven: Network) -> None:
    found = {e.id: e for e in woven.edges}
    married = found[f"{BASE}statement/married"]
    told = {name: column(name, married) for name in ("status", "modality", "polarity", "claims", "sources", "articles", "confidence", "speaker")}
    assert told == {
        "status": "disputed", "modality": "denied; reported", "polarity": "affirmed; negated", "claims": 2, "sources": 2, "articles": 1,
        "confidence": 0.75, "speaker": "=СУММ(1;2)",
    }  # fmt: skip
    works = found[f"{BASE}statement/works"]
    assert (column("former", works), works.since, works.until, column("articles", works)) == (True, "2019-02-01", "2021-03-12", 2)
    owns = found[f"{BASE}statement/owns"]
    assert (column("via", owns), column("speaker_confidence", owns), column("speaker_confidence", married)) == ("'Союз'", 0.43, None)
    visit = found[f"{VISIT}#agent-{ANNA}"]
    assert (visit.since, visit.until, visit.realis) == ("2021-04-01", "", "planned")
    nested = found[f"{BASE}claim/nested#inArticle-{ARTICLES[0]}"]
    assert (nested.layer, nested.source, nested.target, nested.status) == ("speech", GROUP, ARTICLES[0], "unverified")
    hint = found[f"{BASE}claim/hint#about-{MOST}"]
    assert (hint.layer, hint.status, column("modality", hint)) == ("speech", "unverified", "opinion")


def test_support_is_told_and_a_story_is_no_node(seeds_folder: Path) -> None:
    graph = rdflib.Graph().parse(seeds_folder / "graph.ttl")
    woven = network(triples_of(seeds_folder / "graph.ttl"))
    told = {str(s): int(o) for s, o in graph.subject_objects(rdflib.URIRef(KG + "support"))}
    assert max(told.values()) > 0
    for edge in woven.edges:
        if edge.layer == "statement":
            assert column("support", edge) == told[edge.id]
    assert {n.iri: column("support", n) for n in woven.nodes if n.happening} == {n.iri: told[n.iri] for n in woven.nodes if n.happening}
    stories = {str(s) for s in graph.subjects(rdflib.RDF.type, rdflib.URIRef(KG + "Story"))}
    assert stories and not stories & {n.iri for n in woven.nodes}


def test_columns_have_names_of_their_own() -> None:
    taken = {"id", "source", "target", "start", "end", "weight", "kind", "label", "interval", "pid", "type"}
    for columns in (NODE_COLUMNS, EDGE_COLUMNS):
        names = [c.name for c in columns]
        assert len(names) == len(set(names)) and not taken & set(names)


@pytest.mark.parametrize(
    ("kinds", "layer"),
    [((), ""), (("Claim",), ""), (("Statement",), ""), (("ClaimedEvent",), "claimed_event"), (("Event", "Negotiation", "Meeting"), "event"),
     (("Article",), "article"), (("Group",), "source"), (("Person",), "entity"), (("NoSuchClass",), "entity")],
)  # fmt: skip
def test_layers(kinds: tuple[str, ...], layer: str) -> None:
    assert layer_of(kinds) == layer


@pytest.mark.parametrize(("text", "wanted"), [("2021-03-12", "2021-03-12"), ("2021-02-30", ""), ("2021-03", ""), ("", ""), ("-2021-03-12", "")])
def test_only_days_of_the_calendar_are_days(text: str, wanted: str) -> None:
    assert day(text) == wanted


def test_the_base_is_told_by_the_articles(tmp_path: Path) -> None:
    assert base_of([]) == DEFAULT_BASE
    assert base_of(read(tmp_path)) == BASE


def test_odd_numbers_are_no_numbers() -> None:
    node = Described("x")
    node.add(KG + "deaths", ox.Literal("много"))
    assert node.number("deaths") is None and node.number("injured") is None
