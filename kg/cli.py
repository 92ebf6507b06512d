"""The `kg` command: options in, one call, print. Heavy imports wait inside the commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg import __version__
from kg.errors import KgError, OutputError, UsageError

if TYPE_CHECKING:
    from kg.curate import Pair
    from kg.errors import Refusal
    from kg.records import Resolution
    from kg.resolve.curation import Decision

DEFAULT_BASE = "https://w3id.org/ru-news-kg/id/"
_GRAPH = Path("exports/graph.ttl")


class _Group(click.Group):
    """Turns kg's own errors into one readable line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (UsageError, OutputError) as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(2)
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
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False


_graph_option = click.option("--graph", type=click.Path(path_type=Path), default=_GRAPH, show_default=True, help="A graph that kg built.")


def _checked_base(_: click.Context, __: click.Parameter, base: str) -> str:
    """A wrong base is told before any work is done."""
    from kg.ids import Minter

    return Minter(base).base


_base_option = click.option("--base", default=DEFAULT_BASE, callback=_checked_base, show_default=True, help="Base IRI of the graph's own resources.")
_extractor_option = click.option(
    "--extractor", type=click.Choice(["both", "rules", "model"]), default=None, help="How mentions and relations are found.  [default: both]"
)
_curation_option = click.option(
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


_gazetteer_option = click.option(
    "--gazetteer", "_gazetteers", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), callback=_used_gazetteers,
    expose_value=False, help="Your own names, in a CSV or TSV file: label, type, id, aliases. Can be repeated.",
)  # fmt: skip
_viewer_option = click.option(
    "--viewer", type=click.Choice(["explorer", "pyvis"]), default=None, help="What draws the page: the explorer, or plain pyvis.  [default: explorer]"
)
_quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
_jobs_option = click.option("--jobs", "-j", type=click.IntRange(1, 64), default=1, show_default=True, help="Worker processes.")


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--output", "-o", type=click.Path(path_type=Path), default=Path("exports"), show_default=True, help="Folder to write to.")
@_base_option
@_extractor_option
@_gazetteer_option
@_curation_option
@_viewer_option
@click.option("--reconcile", metavar="SERVICE", help="Ask 'wikidata' or a reconciliation service (its address) for the entities without a link.")
@click.option("--allow-network", is_flag=True, help="Let --reconcile open connections; without it only kept answers are used.")
@click.option("--link-cache", type=click.Path(dir_okay=False, path_type=Path), default=Path(".kg-links.sqlite"), show_default=True, help="Where answers are kept.")
@_jobs_option
@_quiet_option
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
    with _progress(quiet) as tick:
        from kg.curate import curation_of, told
        from kg.pipeline import build as run

        if allow_network and reconcile is None:
            raise UsageError("--allow-network opens no connection by itself: say which service to ask with --reconcile")
        linker = _linker(reconcile, allow_network, link_cache, quiet) if reconcile else (lambda found: found)
        built = run(paths or (Path("seeds"),), output, base, jobs, tick, extractor, curation_of(_decisions(curation)), linker, viewer or "explorer")
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
    _end_with(ctx, built.read.refusals)


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


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option("--format", "form", type=click.Choice(["brat", "jsonl"]), default="jsonl", show_default=True)
@_base_option
@_extractor_option
@_gazetteer_option
@_curation_option
@_jobs_option
@_quiet_option
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
    with _progress(quiet) as tick:
        from kg.curate import curation_of
        from kg.pipeline import extracted

        files, refusals = extracted(paths, form, base, jobs, tick, extractor, curation_of(_decisions(curation)))
    write_all(output, files)
    if not quiet:
        click.echo(f"{len(files)} file(s) written to {output}/", err=True)
    _end_with(ctx, refusals)


@cli.command()
@click.argument("sparql", required=False)
@click.option("--file", "-f", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file with the query.")
@click.option("--named", help="One of the named questions; --list shows them.")
@click.option("--about", help="Whom or what a named question is about: a name or an IRI.")
@click.option("--list", "listing", is_flag=True, help="List the named questions.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds before the query is stopped.")
@_graph_option
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
    text = _as_typed(sparql or "") or (_query_in(file) if file else _named(named or ""))
    bindings = {"entity": _one_iri(graph, about)} if about else {}
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


def _as_typed(text: str) -> str:
    """An argument as it was typed in UTF-8, also where the locale made Python read it as ASCII."""
    try:
        return os.fsencode(text).decode("utf-8")
    except UnicodeError:
        return text


def _one_iri(graph: Path, name: str) -> str:
    """The node of a name; when several carry it, they are listed so that one can be chosen."""
    from kg.graph.explain import names_like
    from kg.graph.store import find, load

    name = _as_typed(name)
    store = load(graph)
    found = find(store, name)
    if not found:
        near = names_like(store, name)
        hint = f"; did you mean {', '.join(repr(n) for n in near)}?" if near else ""
        raise UsageError(f"nothing in {graph} is named {name!r}{hint}")
    if len(found) > 1:
        raise UsageError(f"{name!r} is the name of several things; take one of\n  " + "\n  ".join(found))
    return found[0]


@cli.command()
@click.argument("name")
@_graph_option
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

    print_dossier(dossier(load(graph), _one_iri(graph, name)))


@cli.command()
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

    report = check(file or _GRAPH)
    for line in report.results:
        click.echo(line)
    click.echo(f"{file or _GRAPH}: {report.triples} triples, " + ("conforms" if report.conforms else f"{len(report.results)} results"), err=True)
    ctx.exit(0 if report.conforms else 1)


@cli.command()
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


@cli.command()
@click.argument("graph", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", required=True, type=click.Choice(["trig", "nquads", "jsonld", "graphml", "gexf", "csv", "csv-excel", "ftm"])
)
@click.option("--output", "-o", type=click.Path(path_type=Path, allow_dash=True), help="File, or folder for csv.  [default: standard output]")
@_quiet_option
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
    result = exported(graph or _GRAPH, form)
    if place is None:
        for data in result.files.values():
            click.echo(data, nl=False)
    told = (*result.left_out, *(f"written: {path}" for path in (write(result, *place) if place else ())))
    for line in () if quiet else told:
        click.echo(line, err=True)


@cli.command("eval")
@click.argument("corpus", type=click.Choice(["nerel", "factrueval", "slavicner", "claims", "dates"]))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--texts", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the annotated texts (claims, dates).")
@_extractor_option
@_jobs_option
@_quiet_option
def evaluate(corpus: str, path: Path, texts: Path | None, extractor: str | None, jobs: int, quiet: bool) -> None:
    """Measure quality on an annotated corpus: precision, recall and F1.

    PATH is a folder of annotated texts (nerel, factrueval, slavicner), or a file of annotations (claims,
    dates), whose texts lie beside it or in the folder that --texts names.

    \b
    Examples:
      kg eval nerel nerel/dev
      kg eval factrueval factrueval/devset
      kg eval slavicner slavicner/brexit
      kg eval claims tests/eval/dev.jsonl --texts nerel/dev
      kg eval dates tests/eval/dev.jsonl --texts nerel/dev
    """
    from kg.evaluate import run
    from kg.report import print_scores

    with _progress(quiet) as tick:
        scores = run(corpus, path, texts, jobs, tick, extractor)
    print_scores(scores)


@cli.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@_viewer_option
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

    page = file or _GRAPH.with_name("graph.html")
    if not page.is_file():
        raise UsageError(f"{page}: there is no such page; run `kg build` first")
    if viewer == "pyvis":
        from kg.export.viewers import drawn_again

        page = drawn_again(page, viewer)
    click.echo(str(page.resolve()))
    webbrowser.open(page.resolve().as_uri())


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--list", "listing", is_flag=True, help="List the pairs that may be one thing, and ask nothing.")
@click.option("--same", nargs=2, multiple=True, metavar="A B", help="A and B are one thing.")
@click.option("--never-same", nargs=2, multiple=True, metavar="A B", help="A and B are two things.")
@click.option("--rename", nargs=2, multiple=True, metavar="A NAME", help="The name that A shall have.")
@click.option("--retype", nargs=2, multiple=True, metavar="A CLASS", help="The class that A belongs to, as Organization.")
@click.option("--link", nargs=2, multiple=True, metavar="A ID", help="A's Wikidata id or IRI; '' when it has none.")
@click.option("--reject-claim", multiple=True, metavar="IRI", help="A claim that the text does not make.")
@click.option("--confirm-claim", multiple=True, metavar="IRI", help="A claim that was checked and is right.")
@click.option("--correct-claim", nargs=2, multiple=True, metavar="IRI MODALITY", help="A claim's right modality, as possible; ~possible when it is negated.")
@_gazetteer_option
@_curation_option
@_extractor_option
@_jobs_option
def curate(
    paths: tuple[Path, ...], listing: bool, curation: Path | None, extractor: str | None, jobs: int, **decided: tuple[Any, ...]
) -> None:
    """Decide what kg could not, or got wrong; every later build replays what was decided.

    Without an option the pairs that may be one thing are shown one by one, and the answers are recorded.
    A and B are names or IRIs of the graph. Decisions go to the end of curation.jsonl, or of --curation.

    \b
    Examples:
      kg curate seeds/ --list
      kg curate seeds/
      kg curate seeds/ --rename "Рамиз Мехтиев" "Рамиз Энвер оглы Мехтиев"
    """
    from kg import curate as curating
    from kg.pipeline import build_graph, read_facts
    from kg.report import print_pairs

    file = curation or _CURATION
    with _progress(False) as tick:
        decided_before = curating.curation_of(file if file.is_file() else None)
        built = build_graph(read_facts(paths or (Path("seeds"),), jobs, tick, extractor), DEFAULT_BASE, decided_before)
    decisions = [
        *(curating.on_entities(built, verdict, a, b) for verdict in ("same", "never-same") for a, b in decided[verdict.replace("-", "_")]),
        *(curating.on_entity(built, verdict, a, to) for verdict in ("rename", "retype", "link") for a, to in decided[verdict]),
        *(curating.on_claim(built, iri, "reject-claim") for iri in decided["reject_claim"]),
        *(curating.on_claim(built, iri, "correct-claim") for iri in decided["confirm_claim"]),
        *(
            curating.on_claim(built, iri, "correct-claim", mood.removeprefix("~"), "negated" if mood.startswith("~") else "affirmed")
            for iri, mood in decided["correct_claim"]
        ),
    ]
    if decisions:
        curating.record(file, decisions)
    elif listing:
        print_pairs(list(curating.pairs(built)))
        return
    else:
        decisions = _asked(list(curating.pairs(built)), file)
    click.echo(f"{len(decisions)} decision(s) written to {file}", err=True)


def _asked(pairs: list[Pair], file: Path) -> list[Decision]:
    """Answers to the pairs, each recorded at once, so that leaving early loses nothing."""
    from kg import curate as curating
    from kg.report import print_pair

    made: list[Decision] = []
    for number, pair in enumerate(pairs, 1):
        print_pair(pair, f"{number}/{len(pairs)}")
        answer = click.prompt("one thing? [y]es, [n]o, [l]ater, [q]uit", type=click.Choice(["y", "n", "l", "q"]), show_choices=False, err=True)
        if answer == "q":
            break
        if answer in ("y", "n"):
            made.append(curating.on_pair(pair, answer == "y"))
            curating.record(file, made[-1:])
    return made


_CURATION = Path("curation.jsonl")


def _decisions(given: Path | None) -> Path | None:
    """The file of decisions: as given, else curation.jsonl of the current folder where there is one."""
    return given if given is not None else (_CURATION if _CURATION.is_file() else None)


# ------------------------------------------------------------------ progress and endings


class _progress:  # noqa: N801 - reads as a verb where it is used
    """A counter on a terminal's stderr; silent when quiet or piped."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()
        self._count = 0

    def __enter__(self) -> Callable[[str], None]:
        return self._tick

    def _tick(self, name: str) -> None:
        self._count += 1
        if self._shown:
            click.echo(f"\r\x1b[K{self._count} read: {name}"[:100], nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self._shown and self._count:
            click.echo("\r\x1b[K", nl=False, err=True)


def _end_with(ctx: click.Context, refusals: tuple[Refusal, ...]) -> None:
    """List what was refused; empty articles are told but are no failure."""
    for refusal in refusals:
        click.echo(f"refused: {refusal}", err=True)
    ctx.exit(1 if any(r.code not in _HARMLESS for r in refusals) else 0)


_HARMLESS = frozenset({"empty", "duplicate"})


def main() -> None:
    """Entry point: UTF-8 in and out whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="kg")


if __name__ == "__main__":
    main()
