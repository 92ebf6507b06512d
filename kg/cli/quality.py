"""Quality, measured on annotated corpora."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import extractor_option, jobs_option, quiet_option
from kg.cli.progress import progress


@click.command("eval")
@click.argument("corpus", type=click.Choice(["nerel", "factrueval", "slavicner", "claims", "dates"]))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--texts", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of the annotated texts (claims, dates).")
@extractor_option
@jobs_option
@quiet_option
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

    with progress(quiet) as tick:
        scores = run(corpus, path, texts, jobs, tick, extractor)
    print_scores(scores)
