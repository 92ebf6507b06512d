"""Articles in; the graph and the page, or what was read out of each article, out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    base_option,
    curation_option,
    decisions_file,
    extractor_option,
    gazetteer_option,
    jobs_option,
    quiet_option,
    viewer_option,
)
from kg.cli.progress import end_with, progress
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.records import Resolution


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("exports"), show_default=True, help="Folder to write to.")
@base_option
@extractor_option
@gazetteer_option
@curation_option
@viewer_option
@click.option("--reconcile", metavar="SERVICE", help="Ask 'wikidata' or a reconciliation service (its address) for the entities without a link.")
@click.option("--allow-network", is_flag=True, help="Let --reconcile open connections; without it only kept answers are used.")
@click.option("--link-cache", type=click.Path(dir_okay=False, path_type=Path), default=Path(".kg-links.sqlite"), show_default=True, help="Where answers are kept.")
@jobs_option
@quiet_option
@click.pass_context
def build(
    ctx: click.Context, paths: tuple[Path, ...], output: Path, base: str, extractor: str | None, curation: Path | None,
    viewer: str | None, reconcile: str | None, allow_network: bool, link_cache: Path, jobs: int, quiet: bool,
) -> None:  # fmt: skip
    """Read articles and write the graph (graph.ttl), the page (graph.html) and manifest.json.

    PATHS are text files, folders, or - for standard input; seeds/ when none is given.

    \b
    Examples:
      kg build
      kg build news/ -o out/ -j 2
      cat article.txt | kg build - -o out/
    """
    with progress(quiet) as tick:
        from kg.curate import curation_of, told
        from kg.pipeline import build as run

        if allow_network and reconcile is None:
            raise UsageError("--allow-network opens no connection by itself: say which service to ask with --reconcile")
        linker = _linker(reconcile, allow_network, link_cache, quiet) if reconcile else (lambda found: found)
        built = run(paths or (Path("seeds"),), output, base, jobs, tick, extractor, curation_of(decisions_file(curation)), linker, viewer or "explorer")
    graph = built.graph
    for line in told(built.curation):
        click.echo(f"curation: {line}", err=True)
    accepted = sum(s.status == "accepted" for s in graph.statements)
    if not quiet:
        click.echo(
            f"{len(graph.articles)} articles: {len(graph.entities)} entities, {accepted} facts of {len(graph.statements)} statements, "
            f"{sum(e.accepted for e in graph.events)} events and {sum(not e.accepted for e in graph.events)} claimed ones, "
            f"{len(graph.claims)} claims\nwritten to {output}/: graph.ttl, graph.html, manifest.json",
            err=True,
        )
    end_with(ctx, built.read.refusals)


def _linker(name: str, allow_network: bool, cache: Path, quiet: bool) -> Callable[[Resolution], Resolution]:
    """Asks a service for links, and tells what came of it."""
    from kg.reconcile import reconcile, service_of

    service = service_of(name)

    def linked(resolution: Resolution) -> Resolution:
        done = reconcile(resolution, service, cache, allow_network)
        if done.trouble:
            click.echo(f"links: {done.trouble}; the rest of the names stay without", err=True)
        if done.unanswered and not quiet:
            why = "" if allow_network else "; --allow-network lets them be asked"
            click.echo(f"links: {done.linked} found by {service.name}, {done.unanswered} names without an answer{why}", err=True)
        return done.resolution

    return linked


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--format", "form", type=click.Choice(["brat", "jsonl"]), default="jsonl", show_default=True)
@base_option
@extractor_option
@gazetteer_option
@curation_option
@jobs_option
@quiet_option
@click.pass_context
def extract(
    ctx: click.Context, paths: tuple[Path, ...], output: Path, form: str, base: str, extractor: str | None,
    curation: Path | None, jobs: int, quiet: bool,
) -> None:  # fmt: skip
    """Write what is read out of each article: brat standoff files, or articles.jsonl.

    \b
    Examples:
      kg extract seeds/ -o out/ --format jsonl
      kg extract article.txt -o out/ --format brat
    """
    from kg.export.files import prepare_folder, write_all

    prepare_folder(output)
    with progress(quiet) as tick:
        from kg.curate import curation_of
        from kg.pipeline import extracted

        files, refusals = extracted(paths, form, base, jobs, tick, extractor, curation_of(decisions_file(curation)))
    write_all(output, files)
    if not quiet:
        click.echo(f"{len(files)} file(s) written to {output}/", err=True)
    end_with(ctx, refusals)
