"""Questions to a graph."""

from __future__ import annotations

import os
from pathlib import Path

import click

from kg.cli.options import graph_option
from kg.errors import UsageError


@click.command()
@click.argument("sparql", required=False)
@click.option("--file", "-f", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file with the query.")
@click.option("--named", help="One of the named questions; --list shows them.")
@click.option("--about", help="Whom or what a named question is about: a name or an IRI.")
@click.option("--list", "listing", is_flag=True, help="List the named questions.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds before the query is stopped.")
@graph_option
def query(
    sparql: str | None, file: Path | None, named: str | None, about: str | None, listing: bool, form: str, timeout: float, graph: Path
) -> None:
    """Ask the graph a SPARQL question, or one of the named ones.

    \b
    Examples:
      kg query --named who-says --about "Рамиз Мехтиев"
      kg query --named timeline --format csv
      kg query 'PREFIX kg: <https://w3id.org/ru-news-kg/ontology#> SELECT ?e WHERE { ?e a kg:Arrest }'
    """
    from kg.graph.store import questions, select
    from kg.report import print_rows

    if listing:
        width = max(map(len, questions()))
        for question in questions().values():
            click.echo(f"{question.name:{width}} {question.ru}\n{'':{width}} {question.en}")
        return
    if sum(given is not None for given in (sparql, file, named)) != 1:
        raise UsageError("give exactly one of: a SPARQL query, --file, or --named (kg query --list shows the names)")
    text = as_typed(sparql or "") or (_query_in(file) if file else _named(named or ""))
    bindings = {"entity": one_iri(graph, about)} if about else {}
    print_rows(select(graph, text, bindings, timeout), form)


def _query_in(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is not UTF-8 (byte {error.start}); save the query as UTF-8") from None


def _named(name: str) -> str:
    from kg.graph.store import questions

    known = questions()
    if name not in known:
        raise UsageError(f"no question is named {name!r}; there are: {', '.join(known)}")
    return known[name].sparql


def as_typed(text: str) -> str:
    """An argument as it was typed in UTF-8, also where the locale made Python read it as ASCII."""
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return text


def one_iri(graph: Path, name: str) -> str:
    """The node of a name; when several carry it, they are listed so that one can be chosen."""
    from kg.graph.explain import names_like
    from kg.graph.store import find, load

    name = as_typed(name)
    store = load(graph)
    found = find(store, name)
    if not found:
        near = names_like(store, name)
        hint = f"; did you mean {', '.join(repr(n) for n in near)}?" if near else ""
        raise UsageError(f"nothing in {graph} is named {name!r}{hint}")
    if len(found) > 1:
        raise UsageError(f"{name!r} is the name of several things; take one of\n  " + "\n  ".join(found))
    return found[0]


@click.command()
@click.argument("name")
@graph_option
def explain(name: str, graph: Path) -> None:
    """Show who says what about NAME (a name or an IRI): quotes, offsets, sources, how sure.

    \b
    Examples:
      kg explain "Рамиз Мехтиев"
      kg explain AZAL --graph out/graph.ttl
    """
    from kg.graph.explain import explain as dossier
    from kg.graph.store import load
    from kg.report import print_dossier

    print_dossier(dossier(load(graph), one_iri(graph, name)))
