"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from kg.ids import DEFAULT_BASE

GRAPH = Path("exports/graph.ttl")
CURATION = Path("curation.jsonl")

graph_option = click.option("--graph", type=click.Path(path_type=Path), default=GRAPH, show_default=True, help="A graph that kg built.")


def _checked_base(_: click.Context, __: click.Parameter, base: str) -> str:
    """A wrong base is told before any work is done."""
    from kg.ids import Minter

    return Minter(base).base


base_option = click.option("--base", default=DEFAULT_BASE, callback=_checked_base, show_default=True, help="Base IRI of the graph's own resources.")
extractor_option = click.option(
    "--extractor", type=click.Choice(["both", "rules", "model"]), default=None, help="How mentions and relations are found.  [default: both]"
)
curation_option = click.option(
    "--curation", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Decisions to replay.  [default: curation.jsonl, if there is one]"
)


def _used_gazetteers(_: click.Context, __: click.Parameter, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The user's own names stand before the shipped ones from here on; what is odd about them is told."""
    from kg.text import gazetteer
    from kg.text.gazetteer_file import read_additions

    files = [read_additions(path) for path in paths]
    for file in files:
        for warning in file.warnings:
            click.echo(f"{file.name}, {warning}", err=True)
    gazetteer.use(entry for file in files for entry in file.entries)
    return paths


gazetteer_option = click.option(
    "--gazetteer", "_gazetteers", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), callback=_used_gazetteers,
    expose_value=False, help="Your own names, in a CSV or TSV file: label, type, id, aliases. Can be repeated.",
)  # fmt: skip
viewer_option = click.option(
    "--viewer", type=click.Choice(["explorer", "pyvis"]), default=None, help="What draws the page: the explorer, or plain pyvis.  [default: explorer]"
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
jobs_option = click.option("--jobs", "-j", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")


def decisions_file(given: Path | None) -> Path | None:
    """The file of decisions: as given, else curation.jsonl of the current folder where there is one."""
    return given if given is not None else (CURATION if CURATION.is_file() else None)
