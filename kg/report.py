"""Answers printed: tables that fit a terminal, csv and json for pipes, dossiers as notes."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING

import click

from kg.ontology import label

if TYPE_CHECKING:
    from kg.curate import Pair
    from kg.evaluate.scores import Table
    from kg.graph.explain import Dossier, Note
    from kg.graph.store import Rows

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def print_rows(rows: Rows, form: str) -> None:
    """Rows of an answer to stdout."""
    if form == "json":
        records = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    elif form == "csv":
        click.echo(_csv(rows), nl=False)
    else:
        _table(rows)


def _csv(rows: Rows) -> str:
    """RFC 4180 with a guard: a cell that a spreadsheet would take for a formula gets a quote."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(rows.columns)
    for row in rows.rows:
        writer.writerow([_guarded(cell or "") for cell in row])
    return buffer.getvalue()


def _guarded(cell: str) -> str:
    return "'" + cell if cell.startswith(_DANGEROUS) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _table(rows: Rows) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 140, highlight=False)
    table = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in rows.columns:
        table.add_column(column, overflow="fold")
    for row in rows.rows:
        table.add_row(*(Text(cell or "") for cell in row))
    console.print(table)
    click.echo(f"{len(rows.rows)} row(s)", err=True)


def print_dossier(dossier: Dossier) -> None:
    """One node as an analyst would note it: who it is, what articles assert, what others say."""
    click.echo(f"{dossier.name} — {', '.join(dossier.kinds)}")
    if dossier.other_names:
        click.echo(f"  также: {', '.join(dossier.other_names)}")
    for link in dossier.links:
        click.echo(f"  то же: {link}")
    for reason in dossier.merges:
        click.echo(f"  один узел, потому что {reason}")
    if dossier.facts:
        click.echo("\nСтатьи утверждают от себя:")
        for note in dossier.facts:
            _print_note(note)
    if dossier.claims:
        click.echo("\nС чьих-то слов или с оговоркой:")
        for note in dossier.claims:
            _print_note(note)
    if not dossier.facts and not dossier.claims:
        click.echo("\nНикто о нём ничего не говорит.")


def _print_note(note: Note) -> None:
    who = "автор" if note.author else note.speaker + (f" (через {note.via})" if note.via else "")
    mood = label(note.modality) + (", с отрицанием" if note.polarity == "negated" else "")
    cue = f", «{note.cue}»" if note.cue else ""
    click.echo(f"  • {'; '.join(note.said) or note.quote}")
    told = f", в том, кто говорит, {int(float(note.speaker_confidence) * 10) / 10}" if note.speaker_confidence else ""
    click.echo(f"    {who}: {mood}{cue}; уверенность разбора {note.confidence}{told}")
    if note.said:
        click.echo(f"    «{note.quote}»")
    click.echo(f"    {note.file} [{note.begin}, {note.end})")
    if note.support > 1:
        click.echo(f"    ✓ независимых источников: {note.support}")
    for other in note.against:
        click.echo(f"    ✗ возражает {other}")


def print_scores(tables: tuple[Table, ...]) -> None:
    """Score tables: name, counts, precision, recall, F1 with its bootstrap interval."""
    for table in tables:
        click.echo(f"\n{table.title}")
        click.echo(f"  {'':28}{'gold':>7}{'found':>7}{'right':>7}{'P':>8}{'R':>8}{'F1':>8}  95 % interval")
        for row in table.rows:
            low, high = row.interval
            span = f"  {100 * low:5.1f}–{100 * high:.1f}" if high else ""
            click.echo(
                f"  {row.name:28}{row.gold:7}{row.found:7}{row.right:7.{0 if row.right == int(row.right) else 1}f}{100 * row.precision:8.1f}{100 * row.recall:8.1f}{100 * row.f1:8.1f}{span}"
            )


def print_pairs(pairs: list[Pair]) -> None:
    """Pairs for people to decide, to stdout."""
    for number, pair in enumerate(pairs, 1):
        print_pair(pair, f"{number}/{len(pairs)}", err=False)
    click.echo(f"{len(pairs)} pair(s) that may be one thing", err=True)


def print_pair(pair: Pair, place: str, err: bool = True) -> None:
    """One pair with its sentences."""
    click.echo(f"{place}  {pair.reason}", err=err)
    for seen in (pair.one, pair.other):
        click.echo(f"  {seen.name} ({seen.kind})  {seen.iri}\n    {seen.file}:{seen.offset}  «{seen.sentence}»", err=err)
