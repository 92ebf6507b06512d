"""The site as a WSGI application: `Site(graph)` runs under any server of that standard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    ServiceUnavailable,
    UnsupportedMediaType,
)
from werkzeug.routing import Map, Rule
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from kg.errors import QueryError, SlowQueryError
from kg.graph.store import serialized
from kg.serve.form import answered, form
from kg.serve.formats import ROWS, TRIPLES, wanted

_ROUTES = Map([
    Rule("/", endpoint="page"),
    Rule("/graph.ttl", endpoint="graph"),
    Rule("/sparql", endpoint="sparql"),
])  # fmt: skip
_DATASETS = ("default-graph-uri", "named-graph-uri")
LONGEST = 200_000
"""Bytes of a request's body."""


class Site:
    """One graph file, its page beside it, and answers to queries within `seconds` each.

    `origins` are sites whose pages may ask (CORS); `hosts` the names that this one may be asked by, as a page elsewhere could point
    its own name here; all of them when empty.
    """

    def __init__(self, graph: Path, seconds: float = 60.0, origins: Iterable[str] = (), hosts: Iterable[str] = ()) -> None:
        self._graph = graph
        self._page = graph.with_suffix(".html")
        self._seconds = seconds
        self._origins = frozenset(origins)
        self._hosts = list(hosts) or None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = request.max_form_memory_size = LONGEST
        request.trusted_hosts = self._hosts
        try:
            request.host  # noqa: B018 — read for its check against the trusted hosts
            endpoint, _ = _ROUTES.bind_to_environ(environ).match()
            response = {"page": self._show, "graph": self._download, "sparql": self._sparql}[endpoint](request)
        except HTTPException as error:
            response = Response(f"{error.code}: {error.description}\n", status=error.code, mimetype="text/plain")
            if isinstance(error, MethodNotAllowed) and error.valid_methods:
                response.headers["Allow"] = ", ".join(error.valid_methods)
        response.headers["X-Content-Type-Options"] = "nosniff"
        origin = request.headers.get("Origin", "")
        response.vary.update(["Accept", "Origin"])
        if origin in self._origins:
            response.access_control_allow_origin = origin
            response.access_control_allow_headers = ["Accept", "Content-Type"]  # type: ignore[assignment]
            response.access_control_allow_methods = ["GET", "POST", "OPTIONS"]  # type: ignore[assignment]
        return response(environ, start_response)

    def _show(self, request: Request) -> Response:
        _only(request, "GET", "HEAD")
        if not self._page.is_file():
            raise NotFound(f"{self._page} is not there; kg build writes it")
        return send_file(self._page, request.environ, mimetype="text/html")

    def _download(self, request: Request) -> Response:
        _only(request, "GET", "HEAD")
        return send_file(self._graph, request.environ, mimetype="text/turtle")

    def _sparql(self, request: Request) -> Response:
        _only(request, "GET", "HEAD", "POST", "OPTIONS")
        if request.method == "OPTIONS":
            return Response(status=204)
        people = request.accept_mimetypes.best_match([*ROWS, *TRIPLES, "text/html"]) == "text/html"
        query = _query(request)
        if query is None:
            if not people:
                raise BadRequest("give a query: ?query=… in the address, or a POST as a form or as application/sparql-query")
            return Response(form(), mimetype="text/html")
        types = wanted(request.accept_mimetypes)
        if people:
            return self._answered(query)
        if types.rows is None and types.triples is None:
            raise NotAcceptable(f"answers come as {', '.join([*ROWS, *TRIPLES])}")
        is_rows, answer = self._ask(query, types.rows or "application/sparql-results+json", types.triples or "text/turtle")
        return Response(answer, mimetype=(types.rows or "application/sparql-results+json") if is_rows else types.triples or "text/turtle")

    def _answered(self, query: str) -> Response:
        """The answer for people, or what is wrong, above the query."""
        try:
            is_rows, answer = self._ask(query, "application/sparql-results+json", "text/turtle")
        except (BadRequest, ServiceUnavailable) as error:
            return Response(form(query, error.description), status=error.code, mimetype="text/html")
        return Response(answered(query, answer.decode("utf-8"), is_rows), mimetype="text/html")

    def _ask(self, query: str, rows: str, triples: str) -> tuple[bool, bytes]:
        try:
            return serialized(self._graph, query, ROWS[rows], TRIPLES[triples], self._seconds)
        except SlowQueryError as error:
            raise ServiceUnavailable(str(error)) from None
        except QueryError as error:
            raise BadRequest(str(error)) from None


def _only(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise MethodNotAllowed(list(methods))


def _query(request: Request) -> str | None:
    """The query of a request, by the three ways of the protocol. Raises for what this endpoint does not do."""
    given = request.args
    query = given.get("query")
    if request.method == "POST":
        if request.mimetype == "application/sparql-query":
            query = request.get_data(as_text=True)
        elif request.mimetype == "application/x-www-form-urlencoded":
            given = request.form
            query = given.get("query", query)
        elif request.mimetype == "application/sparql-update":
            raise BadRequest("this endpoint only reads: there are no updates")
        else:
            raise UnsupportedMediaType("POST a query as application/sparql-query or application/x-www-form-urlencoded")
    if "update" in given:
        raise BadRequest("this endpoint only reads: there are no updates")
    if any(name in given for name in _DATASETS):
        raise BadRequest("there is one graph here: leave out default-graph-uri and named-graph-uri")
    return query
