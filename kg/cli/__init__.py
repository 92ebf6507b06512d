"""The `kg` command: options in, one call, print. Heavy imports wait inside the commands."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from kg import __version__
from kg.cli.asking import explain, query
from kg.cli.building import build, extract
from kg.cli.curating import curate
from kg.cli.graphs import diff, export, validate, view
from kg.cli.quality import evaluate
from kg.cli.serving import serve
from kg.errors import KgError


class _Group(click.Group):
    """Turns kg's own errors into one readable line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("kg: stopped; nothing was left half-written", err=True)
            ctx.exit(130)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Who said what about whom, from Russian news, as a graph you can query.

    \b
    Examples:
      kg build                          seeds/ → exports/graph.ttl, graph.html, manifest.json
      kg explain "Рамиз Мехтиев"        who says what about him
      kg query --named disputed         what is disputed
      kg view                           open the page
      kg serve                          the page and a SPARQL endpoint, on this machine
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


for command in (build, extract, query, explain, validate, diff, export, evaluate, view, serve, curate):
    cli.add_command(command)


def main() -> None:
    """Entry point: UTF-8 in and out whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="kg")
