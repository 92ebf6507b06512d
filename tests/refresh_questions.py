"""The answers to the named questions on seeds/, and the command that writes them anew.

    python -m tests.refresh_questions [NAME...]

Look at the difference before you keep it: the files say what an analyst should read.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from pathlib import Path

import rdflib

from kg.graph.store import find, load, questions, select
from kg.ids import DEFAULT_BASE
from kg.pipeline import build

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "ontology" / "questions" / "expected"
WHO = "Рамиз Мехтиев"

Answer = tuple[tuple[str, ...], ...]


def about(graph: Path) -> str:
    """The node that questions about somebody are asked of: the person named WHO."""
    found = [iri for iri in find(load(graph), WHO) if "/person/" in iri]
    assert len(found) == 1, f"{WHO}: {found}"
    return found[0]


def takes_entity(name: str) -> bool:
    return "\n# about: ?entity\n" in questions()[name].sparql


def by_oxigraph(graph: Path, name: str) -> Answer:
    """The answer as `kg query` gives it: a row of column names, then the rows."""
    bindings = {"entity": about(graph)} if takes_entity(name) else {}
    rows = select(graph, questions()[name].sparql, bindings)
    return (rows.columns, *(tuple(cell or "" for cell in row) for row in rows.rows))


def by_rdflib(graph: Path, loaded: rdflib.Graph, name: str) -> Answer:
    """The answer of rdflib, in the same form."""
    bindings = {"entity": rdflib.URIRef(about(graph))} if takes_entity(name) else {}
    result = loaded.query(questions()[name].sparql, initBindings=bindings)
    columns = tuple(str(variable) for variable in result.vars or ())
    return (columns, *(tuple("" if cell is None else str(cell) for cell in row) for row in result))  # type: ignore[union-attr]


def as_csv(answer: Answer) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(answer)
    return buffer.getvalue()


def expected(name: str) -> Answer:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in csv.reader(file))


def main(names: list[str]) -> int:
    unknown = set(names) - questions().keys()
    if unknown:
        print(f"no question is named {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    EXPECTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "seeds"], Path(folder), DEFAULT_BASE)
        for name in names or questions():
            path = EXPECTED / f"{name}.csv"
            old = path.read_text(encoding="utf-8") if path.is_file() else ""
            new = as_csv(by_oxigraph(Path(folder) / "graph.ttl", name))
            path.write_text(new, encoding="utf-8")
            print(f"{name}: {new.count(chr(10)) - 1} row(s){'' if old == new else ', changed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
