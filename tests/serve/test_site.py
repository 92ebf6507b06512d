"""The local site: the page, the graph, and SPARQL over HTTP as clients of the protocol ask it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from werkzeug.serving import make_server
from werkzeug.test import Client

from kg.graph.store import questions
from kg.serve import Site

ROOT = Path(__file__).resolve().parents[2]
KG = "PREFIX kg: <https://w3id.org/ru-news-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
NAMES = KG + "SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } ORDER BY ?name"
TURTLE = """@prefix kg: <https://w3id.org/ru-news-kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/1> a kg:Person ; rdfs:label "Пётр <Лямин>"@ru . <https://example.org/2> a kg:Person ; rdfs:label "Анна Рябова"@ru .
"""
PEOPLE = ["Анна Рябова", "Пётр <Лямин>"]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    path.with_suffix(".html").write_text("<!doctype html><title>граф</title>", encoding="utf-8")
    return path


@pytest.fixture
def client(graph: Path) -> Client:
    return Client(Site(graph))


def test_the_page_and_the_graph(client: Client, graph: Path) -> None:
    with client.get("/") as page:
        assert (page.status_code, page.mimetype) == (200, "text/html") and "граф" in page.text
    with client.get("/graph.ttl") as turtle:
        assert turtle.mimetype == "text/turtle" and turtle.text == TURTLE
    graph.with_suffix(".html").unlink()
    assert client.get("/").status_code == 404


@pytest.mark.parametrize("way", ["address", "form", "body"])
def test_the_three_ways_to_ask(client: Client, way: str) -> None:
    if way == "address":
        answer = client.get("/sparql", query_string={"query": NAMES})
    elif way == "form":
        answer = client.post("/sparql", data={"query": NAMES})
    else:
        answer = client.post("/sparql", data=NAMES.encode(), content_type="application/sparql-query")
    assert answer.mimetype == "application/sparql-results+json"
    assert [row["name"]["value"] for row in json.loads(answer.data)["results"]["bindings"]] == PEOPLE


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml, */*;q=0.1", "application/sparql-results+xml"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("*/*", "application/sparql-results+json"),
        ("text/turtle;q=0.9, application/json", "application/json"),
    ],
)
def test_rows_in_the_form_that_is_asked_for(client: Client, accept: str, given: str) -> None:
    answer = client.get("/sparql", query_string={"query": NAMES}, headers={"Accept": accept})
    assert answer.mimetype == given and "Анна Рябова" in answer.text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's parser, about itself
@pytest.mark.parametrize(
    ("accept", "form"), [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")]
)
def test_triples_in_the_form_that_is_asked_for(client: Client, accept: str, form: str) -> None:
    query = KG + "CONSTRUCT { ?p rdfs:label ?name } WHERE { ?p rdfs:label ?name }"
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert answer.mimetype == accept
    found = rdflib.Graph().parse(data=answer.data, format=form)
    assert sorted(str(name) for name in found.objects()) == PEOPLE


@pytest.mark.parametrize(
    ("request_", "status", "says"),
    [
        ({"query_string": {"query": "SELEKT"}}, 400, "cannot be answered"),
        ({"query_string": {"query": "SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }"}}, 400, "SERVICE is not allowed"),
        ({"method": "POST", "data": {"update": "DROP ALL"}}, 400, "only reads"),
        ({"method": "POST", "data": b"DROP ALL", "content_type": "application/sparql-update"}, 400, "only reads"),
        ({"query_string": {"query": NAMES, "default-graph-uri": "http://example.org/"}}, 400, "one graph"),
        ({}, 400, "give a query"),
        ({"method": "POST", "data": b"{}", "content_type": "application/json"}, 415, "application/sparql-query"),
        ({"query_string": {"query": NAMES}, "headers": {"Accept": "image/png"}}, 406, "text/csv"),
        ({"method": "PUT"}, 405, "not allowed"),
        ({"method": "POST", "data": b"x" * 300_000, "content_type": "application/sparql-query"}, 413, "exceeds"),
    ],
)
def test_what_is_wrong_is_said(client: Client, request_: dict[str, object], status: int, says: str) -> None:
    answer = client.open("/sparql", **request_)  # type: ignore[arg-type]
    assert (answer.status_code, answer.mimetype) == (status, "text/plain") and says in answer.text
    assert status != 405 or "GET" in answer.headers["Allow"]


def test_a_slow_query_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("".join(f"<https://example.org/{i}> <https://example.org/p> {i} .\n" for i in range(2000)), encoding="utf-8")
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(?x + ?y = ?z + 0.5) }"
    answer = Client(Site(path, seconds=1)).get("/sparql", query_string={"query": query})
    assert answer.status_code == 503 and "narrower" in answer.text


def test_people_get_a_form_a_table_and_what_is_wrong(client: Client) -> None:
    html = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    blank = client.get("/sparql", headers=html)
    assert blank.mimetype == "text/html" and "<textarea" in blank.text
    assert all(q.ru in blank.text for q in questions().values() if "# about:" not in q.sparql)
    table = client.get("/sparql", query_string={"query": NAMES}, headers=html)
    assert "<td>Пётр &lt;Лямин&gt;</td>" in table.text and "Строк: 2" in table.text
    wrong = client.get("/sparql", query_string={"query": "SELEKT <b>"}, headers=html)
    assert wrong.status_code == 400 and "SELEKT &lt;b&gt;" in wrong.text and 'role="alert"' in wrong.text
    assert ">да<" in client.get("/sparql", query_string={"query": "ASK { ?s ?p ?o }"}, headers=html).text


def test_pages_elsewhere_may_not_ask_unless_they_are_let_in(graph: Path) -> None:
    site = Client(Site(graph, origins=["https://friend.example"], hosts=["localhost", "127.0.0.1"]))
    friend = site.get("/sparql", query_string={"query": NAMES}, headers={"Origin": "https://friend.example"})
    assert friend.headers["Access-Control-Allow-Origin"] == "https://friend.example"
    stranger = site.get("/sparql", query_string={"query": NAMES}, headers={"Origin": "https://stranger.example"})
    assert "Access-Control-Allow-Origin" not in stranger.headers
    assert site.get("/", base_url="http://stranger.example/").status_code == 400
    assert site.options("/sparql").status_code == 204


@pytest.fixture
def address(graph: Path) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, Site(graph), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_rdflib_asks_over_http(address: str) -> None:
    remote = rdflib.Graph(SPARQLStore(f"{address}/sparql"))
    assert [str(row[0]) for row in remote.query(NAMES)] == PEOPLE


def test_the_command(graph: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(graph)]
    with subprocess.Popen([*command, "--port", "0"], cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}) as run:
        assert run.stderr is not None
        base = run.stderr.readline().strip()
        with urlopen(base, timeout=20) as page:
            assert "граф" in page.read().decode("utf-8")
        run.send_signal(signal.SIGINT)
        assert run.wait(20) == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = subprocess.run([*command, "--port", str(taken.getsockname()[1])], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert busy.returncode == 2 and "--port" in busy.stderr
    none = subprocess.run([sys.executable, "-m", "kg", "serve", "--graph", "nowhere.ttl"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert none.returncode == 2 and "kg build" in none.stderr
