"""What is done with a finished graph and its page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import GRAPH, quiet_option, viewer_option
from kg.errors import UsageError


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.pass_context
def validate(ctx: click.Context, file: Path | None) -> None:
    """Check a graph against the SHACL shapes; exit 1 with a report when it does not conform.

    \b
    Examples:
      kg validate
      kg validate out/graph.ttl
    """
    from kg.graph.shapes import validate as check

    report = check(file or GRAPH)
    for line in report.results:
        click.echo(line)
    click.echo(f"{file or GRAPH}: {report.triples} triples, " + ("conforms" if report.conforms else f"{len(report.results)} results"), err=True)
    ctx.exit(0 if report.conforms else 1)


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Say in words what changed between two graphs.

    \b
    Example:
      kg diff monday/graph.ttl tuesday/graph.ttl
    """
    from kg.graph.difference import difference
    from kg.graph.store import load

    marks = {"added": "+", "removed": "-", "changed": "~"}
    changes = difference(load(old), load(new))
    for change in changes:
        click.echo(f"{marks[change.how]} {change.what}: {change.words}")
    click.echo(f"{len(changes)} changes", err=True)


@click.command()
@click.argument("graph", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", required=True, type=click.Choice(["trig", "nquads", "jsonld", "graphml", "gexf", "csv", "csv-excel", "ftm"])
)
@click.option("--output", "-o", type=click.Path(path_type=Path, allow_dash=True), help="File, or folder for csv.  [default: standard output]")
@quiet_option
def export(graph: Path | None, form: str, output: Path | None, quiet: bool) -> None:
    """Write a graph in another format, for other tools.

    GRAPH is a graph.ttl that kg built; exports/graph.ttl when none is given. What a format cannot hold is
    left out and told on standard error.

    \b
    Examples:
      kg export --format gexf -o graph.gexf             for Gephi, with a timeline
      kg export --format csv -o tables/                 nodes.csv and edges.csv
      kg export out/graph.ttl --format ftm | ftm validate
    """
    from kg.export.formats import FOLDERS, exported, target, write

    to_stdout = output is None or str(output) == "-"
    if to_stdout and form in FOLDERS:
        raise UsageError(f"--format {form} writes nodes.csv and edges.csv; name a folder with -o")
    place = None if output is None or to_stdout else target(output, form)
    result = exported(graph or GRAPH, form)
    if place is None:
        for data in result.files.values():
            click.echo(data, nl=False)
    told = (*result.left_out, *(f"written: {path}" for path in (write(result, *place) if place else ())))
    for line in () if quiet else told:
        click.echo(line, err=True)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@viewer_option
def view(file: Path | None, viewer: str | None) -> None:
    """Open the page in a browser.

    With --viewer pyvis the same data are drawn by pyvis, into a second file beside the page.

    \b
    Examples:
      kg view
      kg view out/graph.html
      kg view --viewer pyvis
    """
    import webbrowser

    page = file or GRAPH.with_name("graph.html")
    if not page.is_file():
        raise UsageError(f"{page}: there is no such page; run `kg build` first")
    if viewer == "pyvis":
        from kg.export.viewers import drawn_again

        page = drawn_again(page, viewer)
    click.echo(str(page.resolve()))
    webbrowser.open(page.resolve().as_uri())
