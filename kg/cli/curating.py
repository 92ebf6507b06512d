"""Decisions of people: asked for, or given as options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import CURATION, curation_option, extractor_option, gazetteer_option, jobs_option
from kg.cli.progress import progress
from kg.ids import DEFAULT_BASE

if TYPE_CHECKING:
    from kg.curate import Pair
    from kg.resolve.curation import Decision


@click.command()
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
@click.option("--told-by", nargs=2, multiple=True, metavar="IRI WHO", help="Who says a claim: a name or an IRI of the graph.")
@gazetteer_option
@curation_option
@extractor_option
@jobs_option
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

    file = curation or CURATION
    with progress(False) as tick:
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
        *(curating.on_speaker(built, iri, who) for iri, who in decided["told_by"]),
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
