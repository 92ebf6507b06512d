"""JSON-LD gives the same triples back, fetches nothing, and reads as plain JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.export.jsonld import jsonld
from kg.graph.store import triples_of
from kg.graph.triples import triples
from tests.export.sample import BASE, RUMOUR, read, records, written
from tests.export.test_turtle import LABELS, LINE_ENDS

KG = "https://w3id.org/ru-news-kg/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWN_WARNING = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's parser, about itself
PARAMS = [pytest.param(label, id=name) for name, label in (LABELS | LINE_ENDS).items()]
ODD = f"""
<{BASE}person/x-1> a kg:Person , <http://example.org/Thing> ; rdfs:label "Ann"@en , "без языка" , "Аня"@ru ;
  kg:confidence "0.50"^^xsd:decimal , 0.5e0 , 7 ; kg:deaths "007"^^xsd:integer , true , "1"^^xsd:boolean ; kg:date "2021" ;
  kg:about "слово" , <https://example.org/a b> ; kg:claim "имя приставки" ; kg:label "не rdfs" ; kg:person <person:x> ; kg:status <http://example.org/own> ;
  <http://example.org/p#q> <urn:x:y> , _:b , "x"^^<http://example.org/type> ; kg:modality kg:claim , kg:label ; kg:language "ru"@ru .
_:b rdfs:label "узел"@ru .
""".replace("a b", "a-b")
"""What a context might turn into something else."""


def by_oxigraph(data: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.JSON_LD)}


def nodes(data: bytes) -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in json.loads(data)["@graph"]}


@pytest.mark.parametrize("label", PARAMS)
def test_the_same_triples_come_back(tmp_path: Path, label: str) -> None:
    wanted = read(tmp_path, label, label or RUMOUR)
    assert by_oxigraph(jsonld(wanted)) == set(wanted)


@OWN_WARNING
def test_rdflib_reads_the_same(tmp_path: Path) -> None:
    data = jsonld(read(tmp_path))
    found = rdflib.Graph().parse(data=data, format="json-ld")
    assert isomorphic(found, rdflib.Graph().parse(tmp_path / "graph.ttl"))


@OWN_WARNING
def test_what_the_context_does_not_cover_is_written_out(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + ODD, encoding="utf-8")
    read_back = triples_of(path)
    data = jsonld(read_back)
    found = rdflib.Graph().parse(data=data, format="json-ld")
    wanted = rdflib.Graph().parse(path)
    assert isomorphic(found, wanted)
    assert len(by_oxigraph(data)) == len(read_back)


def test_it_reads_as_plain_json(tmp_path: Path) -> None:
    found = nodes(jsonld(read(tmp_path)))
    claim = found["claim:married"]
    assert (claim["@type"], claim["modality"], claim["polarity"], claim["saidBy"]) == ("Claim", "denied", "negated", "person:anna-ryabova")
    assert (claim["quote"], claim["begin"], claim["confidence"], claim["claims"]) == (RUMOUR, 0, "0.5", "st:married")
    assert found["st:works"] == {
        "@id": "st:works", "@type": "Statement", "object": {"@id": "org:most"}, "past": True, "predicate": "worksFor", "status": "accepted",
        "support": 0, "subject": "person:petr-lugovoy", "validFrom": "2019-02-01", "validUntil": "2021-03-12",
    }  # fmt: skip
    assert found["event:visit-1"]["@type"] == "ClaimedEvent" and found["event:visit-1"]["eventType"] == "Visit"


def test_the_context_is_in_the_file_and_names_no_other(tmp_path: Path) -> None:
    context = json.loads(jsonld(read(tmp_path)))["@context"]
    assert isinstance(context, dict) and context["@vocab"] == KG
    for way in context.values():
        assert isinstance(way, str | float) or not {"@context", "@import"} & way.keys()


def test_hedged_things_are_told_by_plain_keys(tmp_path: Path) -> None:
    found = nodes(jsonld(read(tmp_path)))
    assert found["st:owns"]["status"] == "unverified"
    assert "owns" not in found["person:petr-lugovoy"]
    assert found["person:anna-ryabova"]["owns"] == "org:soyuz"


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(codec=None), st.sampled_from("@:\u2028\x85\"\\{}\t\n")), max_size=30))
def test_any_label_can_be_written(label: str) -> None:
    wanted = triples(records(label))
    assert by_oxigraph(jsonld(wanted)) == set(wanted)
