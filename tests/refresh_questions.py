"""The answers to the named questions on seeds/, and the command that writes them anew.

    python -m tests.refresh_questions [NAME...]

It builds seeds/ into a temporary folder, asks each question in Oxigraph and in rdflib, and writes
ontology/questions/expected/NAME.csv. Nothing is written when the engines disagree about any of them.
Look at the difference before you keep it: the files say what an analyst should read.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import tempfile
from pathlib import Path

import rdflib

from kg.graph.store import load, questions, select
from kg.ids import DEFAULT_BASE
from kg.pipeline import build

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "ontology" / "questions" / "expected"
WHO = "Рамиз Мехтиев"
_PERSON = f"""
PREFIX kg: <https://w3id.org/ru-news-kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?person WHERE {{ ?person a kg:Person ; rdfs:label "{WHO}"@ru }} ORDER BY ?person"""

Answer = tuple[tuple[str, ...], ...]


def about(graph: Path) -> str:
    """The node that questions about somebody are asked of: the kg:Person labelled WHO."""
    found = [solution[0].value for solution in load(graph).query(_PERSON)]  # type: ignore[union-attr]
    if len(found) != 1:
        raise LookupError(f"seeds/ must give exactly one kg:Person labelled {WHO!r}@ru, but gives {found or 'none'}")
    return found[0]


def takes_entity(name: str) -> bool:
    return re.search(r"^# about: \?entity$", questions()[name].sparql, re.MULTILINE) is not None


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
        print(
            f"no question is named {', '.join(sorted(unknown))}; there are: {', '.join(questions())}", file=sys.stderr
        )
        return 2
    answers: dict[str, Answer] = {}
    differ = []
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "seeds"], Path(folder), DEFAULT_BASE)
        graph = Path(folder) / "graph.ttl"
        loaded = rdflib.Graph().parse(graph)
        for name in names or questions():
            answers[name] = by_oxigraph(graph, name)
            if by_rdflib(graph, loaded, name) != answers[name]:
                differ.append(name)
    if differ:
        print(f"Oxigraph and rdflib disagree about {', '.join(differ)}; nothing was written", file=sys.stderr)
        return 1
    _write(answers, whole=not names)
    return 0


def _write(answers: dict[str, Answer], whole: bool) -> None:
    EXPECTED.mkdir(exist_ok=True)
    for name, answer in answers.items():
        path = EXPECTED / f"{name}.csv"
        old, new = path.read_bytes() if path.is_file() else b"", as_csv(answer).encode()
        path.write_bytes(new)
        print(f"{name}: {len(answer) - 1} row(s){'' if old == new else ', changed'}")
    for path in EXPECTED.glob("*.csv") if whole else ():
        if path.stem not in answers:
            path.unlink()
            print(f"{path.stem}: removed, there is no such question")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
