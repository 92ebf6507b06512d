"""A finished graph read back: loading, and read-only SPARQL with a deadline."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import DataError, QueryError, SlowQueryError, UsageError
from kg.graph.triples import order
from kg.ids import ONTOLOGY
from kg.ontology import folder

Cell = str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a query: column names, and rows of terms as text (None where unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its SPARQL, and what it asks, in Russian and English."""

    name: str
    sparql: str
    ru: str
    en: str


def load(path: Path) -> ox.Store:
    """The graph in a Turtle file. Raises DataError when it is missing or no Turtle."""
    store = ox.Store()
    with _told(path):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return store


def triples_of(path: Path) -> list[ox.Triple]:
    """The triples of a Turtle file, each once and as it is written there (a store would turn 0.80 into 0.8).

    In the order of `kg.graph.triples`. Raises DataError as `load` does.
    """
    with _told(path):
        found = dict.fromkeys(quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    return sorted(found, key=order)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Says of a file that it is missing, or where it is no Turtle."""
    if not path.is_file():
        raise DataError(path, None, "there is no such graph; run `kg build` first, or name a file with --graph")
    try:
        yield
    except SyntaxError as error:
        raise DataError(path, error.lineno, f"is not readable Turtle: {error.msg}") from None
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror or error}") from None


def questions() -> Mapping[str, Question]:
    """The named questions of `ontology/questions`."""
    found = {}
    for path in sorted((folder() / "questions").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        heads = dict(re.findall(r"^# (ru|en): (.+)$", text, re.MULTILINE))
        found[path.stem] = Question(path.stem, text, heads.get("ru", path.stem), heads.get("en", path.stem))
    return found


_NOISE = re.compile(r"<[^<>\"{}|^`\\\s]*>|'''.*?'''|\"\"\".*?\"\"\"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*", re.DOTALL)
_FORBIDDEN = re.compile(r"\b(SERVICE|LOAD|INSERT|DELETE|CLEAR|DROP|CREATE|COPY|MOVE|ADD|FROM)\b", re.IGNORECASE)


def check_read_only(sparql: str) -> None:
    """Raises QueryError for a query that reaches outside the graph or would change it."""
    word = _FORBIDDEN.search(_NOISE.sub(" ", sparql))
    if word:
        raise QueryError(f"{word.group().upper()} is not allowed: queries only read this one graph")


def select(path: Path, sparql: str, bindings: Mapping[str, str] | None = None, seconds: float = 60.0) -> Rows:
    """Answer a SELECT or ASK query over a Turtle file, in a child process that a deadline can stop.

    `bindings` fix variables to IRIs. Raises QueryError for what is malformed, forbidden or too slow.
    """
    check_read_only(sparql)
    if not path.is_file():
        load(path)
    columns, rows = _asked(_answer, (str(path), sparql, dict(bindings or {})), seconds)
    return Rows(columns, rows)


def serialized(path: Path, sparql: str, rows: ox.QueryResultsFormat, triples: ox.RdfFormat, seconds: float = 60.0) -> tuple[bool, bytes]:
    """Answer any reading query over a Turtle file as a document: whether it holds rows (else triples), and its bytes.

    Raises QueryError as `select` does. It may be called from a thread.
    """
    check_read_only(sparql)
    if not path.is_file():
        load(path)
    found: tuple[bool, bytes] = _asked(_document, (str(path), sparql, str(rows.media_type), str(triples.media_type)), seconds, "spawn")
    return found


def _asked(answer: Callable[..., Any], arguments: tuple[Any, ...], seconds: float, start: str | None = None) -> Any:
    """What a function finds, called in a process of its own that is killed when its time is up."""
    processes = multiprocessing.get_context(start)
    receiver, sender = processes.Pipe(duplex=False)
    worker = processes.Process(target=_send, args=(sender, answer, arguments), daemon=True)  # type: ignore[attr-defined]
    worker.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise SlowQueryError(f"no answer within {seconds:g} s; make the query narrower, or raise --timeout")
        try:
            outcome = receiver.recv()
        except EOFError:
            raise SlowQueryError("the query ended without an answer (out of memory?); make it narrower") from None
    finally:
        worker.kill()
        worker.join()
        receiver.close()
    if isinstance(outcome, str):
        raise QueryError(outcome)
    return outcome


def _send(sender: Connection, answer: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        sender.send(answer(*arguments))
    except (SyntaxError, ValueError, RuntimeError, OSError, DataError) as error:
        sender.send(f"the query cannot be answered: {error}")


def _answer(path: str, sparql: str, bindings: dict[str, str]) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    return _rows(load(Path(path)), sparql, bindings)


def _document(path: str, sparql: str, rows: str, triples: str) -> tuple[bool, bytes]:
    result = load(Path(path)).query(sparql)
    if isinstance(result, ox.QueryTriples):
        return False, bytes(result.serialize(format=ox.RdfFormat.from_media_type(triples)) or b"")
    return True, bytes(result.serialize(format=ox.QueryResultsFormat.from_media_type(rows)) or b"")


def _rows(store: ox.Store, sparql: str, bindings: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]]:
    fixed = {ox.Variable(name): ox.NamedNode(iri) for name, iri in bindings.items()}
    result = store.query(sparql, substitutions=fixed) if fixed else store.query(sparql)  # type: ignore[arg-type]
    if isinstance(result, ox.QueryBoolean):
        return ("answer",), (("true" if result else "false",),)
    if isinstance(result, ox.QueryTriples):
        rows = sorted((_cell(t.subject), _cell(t.predicate), _cell(t.object)) for t in result)
        return ("subject", "predicate", "object"), tuple(rows)
    columns = tuple(v.value for v in result.variables)
    return columns, tuple(tuple(_cell(value) for value in solution) for solution in result)


def _cell(term: object) -> Cell:
    if term is None:
        return None
    return str(getattr(term, "value", term))


def find(store: ox.Store, name: str) -> Sequence[str]:
    """IRIs that carry a name: an IRI itself, else a label, another name or a surface form.

    Case and ё do not matter. An exact label wins over other names; a story is not found by the headline that
    it takes from its lead article. Raises UsageError for a malformed IRI.
    """
    if name.startswith(("http://", "https://")):
        try:
            node = ox.NamedNode(name)
        except ValueError:
            raise UsageError(f"{name!r} is not a well-formed IRI") from None
        return [name] if next(iter(store.quads_for_pattern(node, None, None)), None) else []
    wanted = _fold(name)
    for predicate in ("http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#altLabel",
                      "http://www.w3.org/2004/02/skos/core#hiddenLabel"):  # fmt: skip
        hits = {q.subject.value for q in store.quads_for_pattern(None, ox.NamedNode(predicate), None)
                if isinstance(q.object, ox.Literal) and isinstance(q.subject, ox.NamedNode) and _fold(q.object.value) == wanted}  # fmt: skip
        hits -= {iri for iri in hits if ox.Quad(ox.NamedNode(iri), _TYPE, _STORY) in store}
        if hits:
            return sorted(hits)
    return []


_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_STORY = ox.NamedNode(ONTOLOGY + "Story")


def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())
