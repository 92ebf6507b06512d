"""Live services, played by a server on this machine: what is asked, what is believed, what is kept."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import KgError
from kg.reconcile import reconcile, service_of
from kg.reconcile.service import Answer, Asked, ServiceError, Web
from kg.reconcile.w3c import Reconciliation
from kg.reconcile.wikidata import WikidataSearch
from kg.records import Entity, Resolution

PETER = Asked("Пётр Ларин", "Person")


class Stub(ThreadingHTTPServer):
    """Answers from a list of replies by path and action; remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, str]] = []
        self.agents: set[str] = set()
        self.trouble: list[tuple[int, dict[str, str]]] = []
        self.replies: dict[str, Any] = {}
        self.url = f"http://127.0.0.1:{self.server_port}/api"


class _Handler(BaseHTTPRequestHandler):
    server: Stub

    def do_GET(self) -> None:
        self._answer({k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer({k: v[0] for k, v in parse_qs(body).items()})

    def _answer(self, fields: dict[str, str]) -> None:
        self.server.agents.add(self.headers["User-Agent"])
        if self.server.trouble:
            code, headers = self.server.trouble.pop(0)
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            return
        self.server.asked.append(fields)
        key = fields.get("action") or ("queries" if "queries" in fields else "manifest")
        reply = self.server.replies[key]
        data = reply if isinstance(reply, bytes) else json.dumps(reply(fields) if callable(reply) else reply).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


MANIFEST = {"name": "stub", "identifierSpace": "http://www.wikidata.org/entity/", "schemaSpace": "http://www.wikidata.org/prop/direct/"}


def results(fields: dict[str, str]) -> dict[str, Any]:
    """A match for Пётр Ларин, two for Анна Мостова, none for the rest."""
    known = {"Пётр Ларин": [("Q10", True), ("Q11", False)], "Анна Мостова": [("Q12", True), ("Q13", True)]}
    queries = json.loads(fields["queries"])
    return {
        number: {"result": [{"id": i, "name": q["query"], "score": 98, "match": m, "type": []} for i, m in known.get(q["query"], [])]}
        for number, q in queries.items()
    }


def test_a_batch_is_one_request_and_only_one_sure_match_is_believed(stub: Stub) -> None:
    stub.replies = {"manifest": MANIFEST, "queries": results}
    service = Reconciliation(stub.url)
    anna, nobody = Asked("Анна Мостова", "Person"), Asked("Тулаград", "Organization")
    assert service.ask([PETER, anna, nobody]) == {PETER: Answer("http://www.wikidata.org/entity/Q10", 0.98), anna: Answer(), nobody: Answer()}
    service.ask([PETER])
    assert [next(iter(a), "manifest") for a in stub.asked] == ["manifest", "queries", "queries"]
    assert json.loads(stub.asked[1]["queries"])["q0"] == {"query": "Пётр Ларин", "limit": 5, "type": "Q5"}
    assert all(agent.startswith("kg/") for agent in stub.agents)


@pytest.mark.parametrize(
    ("manifest", "replies", "told"),
    [
        (b"<html>", {}, "cannot be asked"),
        ({"name": "x"}, {}, "no reconciliation service"),
        ({"identifierSpace": "urn:x"}, {}, "no reconciliation service"),
        (MANIFEST, [], "does not answer"),
        (MANIFEST, {}, "without a result"),
    ],
    ids=["a page", "no space", "no web space", "a list", "no results"],
)
def test_what_is_no_service_is_told(stub: Stub, manifest: Any, replies: Any, told: str) -> None:
    stub.replies = {"manifest": manifest, "queries": replies}
    with pytest.raises(ServiceError, match=told):
        Reconciliation(stub.url).ask([PETER])


def test_hostile_ids_and_scores_are_not_believed(stub: Stub) -> None:
    for identity, score, wanted in [("Q1> . <x", 1, ""), ("Q1", "high", "Q1"), (7, 1, ""), ("Q1", 1e9, "Q1")]:
        stub.replies = {"manifest": MANIFEST, "queries": {"q0": {"result": [{"id": identity, "score": score, "match": True}]}}}
        answer = Reconciliation(stub.url).ask([PETER])[PETER]
        assert answer.iri == (MANIFEST["identifierSpace"] + wanted if wanted else "") and 0 <= answer.score <= 1


def test_a_busy_service_is_waited_for_and_a_broken_one_is_not(stub: Stub) -> None:
    slept: list[float] = []
    stub.replies = {"manifest": MANIFEST, "queries": results}
    stub.trouble = [(429, {"Retry-After": "7"}), (503, {})]
    assert Reconciliation(stub.url, Web(slept.append)).ask([PETER])[PETER].iri
    assert slept == [7.0, 2.0]
    stub.trouble = [(503, {})] * 9
    with pytest.raises(ServiceError, match="503"):
        Reconciliation(stub.url, Web(slept.append)).ask([PETER])
    stub.trouble = [(400, {})]
    with pytest.raises(ServiceError, match="400"):
        Reconciliation(stub.url, Web(slept.append)).ask([PETER])


def nature(*ids: str) -> dict[str, Any]:
    return {"claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": i}}}} for i in ids]}}


@pytest.mark.parametrize(
    ("kind", "natures", "wanted"),
    [
        ("Person", {"Q1": ["Q5"], "Q2": ["Q4167410"]}, "Q1"),
        ("Person", {"Q1": ["Q5"], "Q2": ["Q5"]}, ""),
        ("Person", {"Q1": ["Q515"], "Q2": ["Q101352"]}, ""),
        ("City", {"Q1": ["Q515"], "Q2": ["Q5"]}, "Q1"),
        ("City", {"Q1": ["Q4167410"], "Q2": []}, ""),
    ],
)
def test_wikidata_items_must_carry_the_name_and_be_of_the_right_nature(stub: Stub, kind: str, natures: dict[str, list[str]], wanted: str) -> None:
    hits = [{"id": "Q1", "label": "Пётр Ларин"}, {"id": "Q2", "label": "иное", "aliases": ["Петр Ларин"]}, {"id": "Q3", "label": "Пётр Ларин-Мостовой"}]
    stub.replies = {"wbsearchentities": {"search": hits}, "wbgetentities": {"entities": {i: nature(*n) for i, n in natures.items()}}}
    answer = WikidataSearch(stub.url).ask([Asked("Пётр Ларин", kind)])
    assert [a.iri.rsplit("/", 1)[-1] for a in answer.values()] == [wanted]
    assert stub.asked[-1]["ids"] == "Q1|Q2", "what only begins with the name is not looked at"


def test_a_lagging_wikidata_is_given_time(stub: Stub) -> None:
    replies = iter([{"error": {"code": "maxlag", "info": "5 seconds lagged"}}, {"search": []}])
    stub.replies = {"wbsearchentities": lambda _: next(replies)}
    slept: list[float] = []
    assert WikidataSearch(stub.url, Web(slept.append)).ask([PETER]) == {PETER: Answer()}
    assert slept == [5.0]


# ------------------------------------------------------------------ the cache and the build


def entity(name: str, kind: str = "Person") -> Entity:
    return Entity(f"https://example.org/{name}", kind, name, (), (), ())


def test_what_was_asked_once_is_not_asked_again_and_never_without_leave(stub: Stub, tmp_path: Path) -> None:
    stub.replies = {"manifest": MANIFEST, "queries": results}
    names = Resolution((entity("Пётр Ларин"), entity("Тулаград", "Organization"), entity("полиция", "Organization"), entity("Ларин"), entity("мэр", "Position")))
    cache = tmp_path / "links.sqlite"
    nothing = reconcile(names, Reconciliation(stub.url), cache, allow_network=False)
    assert (nothing.linked, nothing.unanswered, stub.asked) == (0, 2, [])
    first = reconcile(names, Reconciliation(stub.url), cache, allow_network=True)
    assert (first.linked, first.unanswered) == (1, 0)
    asked = len(stub.asked)
    again = reconcile(names, Reconciliation(stub.url), cache, allow_network=False)
    assert again.resolution == first.resolution and len(stub.asked) == asked
    assert [x.iri for e in again.resolution.entities for x in e.links] == ["http://www.wikidata.org/entity/Q10"]


def test_a_service_that_fails_costs_links_only(stub: Stub, tmp_path: Path) -> None:
    stub.trouble = [(500, {})]
    done = reconcile(Resolution((entity("Пётр Ларин"),)), Reconciliation(stub.url), tmp_path / "c.sqlite", allow_network=True)
    assert "500" in done.trouble and done.unanswered == 1 and not done.linked
    (tmp_path / "bad.sqlite").write_text("this is no database, and long enough not to be taken for an empty one" * 30)
    with pytest.raises(KgError, match="--link-cache"):
        reconcile(Resolution(()), Reconciliation(stub.url), tmp_path / "bad.sqlite", allow_network=False)


def test_the_command(stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub.replies = {"manifest": MANIFEST, "queries": results}
    (tmp_path / "a.txt").write_text("Мост\n\nМэр Пётр Ларин открыл мост.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    build = ["build", "a.txt", "-o", "out", "--reconcile", stub.url]
    asked = CliRunner().invoke(cli, [*build, "--allow-network"])
    assert asked.exit_code == 0, asked.output
    first = (tmp_path / "out" / "graph.ttl").read_bytes()
    assert b"entity/Q10" in first
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a connection was opened"))
    assert CliRunner().invoke(cli, build).exit_code == 0
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == first
    assert CliRunner().invoke(cli, ["build", "a.txt", "-o", "out", "--allow-network"]).exit_code == 2
    assert CliRunner().invoke(cli, ["build", "a.txt", "-o", "out", "--reconcile", "ftp://x"]).exit_code == 2


def test_services_by_name() -> None:
    assert isinstance(service_of("wikidata"), WikidataSearch)
    assert isinstance(service_of("https://example.org/api"), Reconciliation)
