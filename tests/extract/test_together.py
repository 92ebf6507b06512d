"""People who speak as one: a group in the graph, whose members are the people's own nodes."""

from __future__ import annotations

from pathlib import Path

import rdflib

from kg.export.turtle import turtle
from kg.graph.explain import explain
from kg.graph.store import load
from kg.ids import DEFAULT_BASE
from kg.pipeline import build_graph, read_facts

TEXT = "Стройка\n\nОлег Лямин и Пётр Рябов встретились в Туле. Лямин и Рябов заявили, что стройка начнётся в срок. Они добавили, что деньги есть.\n"
KG = rdflib.Namespace("https://w3id.org/ru-news-kg/ontology#")


def test_each_of_them_says_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    graph = build_graph(read_facts([tmp_path]), DEFAULT_BASE).graph
    (tmp_path / "graph.ttl").write_bytes(turtle(graph))
    triples = rdflib.Graph().parse(tmp_path / "graph.ttl")
    people = {str(node): str(triples.value(node, rdflib.RDFS.label)) for node in triples.subjects(rdflib.RDF.type, KG.Person)}
    groups = set(triples.subjects(rdflib.RDF.type, KG.Group))
    assert {people[str(m)] for g in groups for m in triples.objects(g, KG.member)} == {"Олег Лямин", "Пётр Рябов"}
    for iri, name in people.items():
        said = [n for n in explain(load(tmp_path / "graph.ttl"), iri).claims if n.speaker == "Олег Лямин и Пётр Рябов"]
        assert len(said) == 2, name
