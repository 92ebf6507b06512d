"""kg against annotated dates: found or not, and placed on the calendar or not.

A found expression meets a gold one when they share a character, one to one by largest overlap. The
value is right when the EDTF strings are equal; a gold value of none asks that nothing be guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.evaluate.annotations import Annotated, GoldDate, read_annotations
from kg.evaluate.claims import facts_of_texts, overlap
from kg.evaluate.scores import Row, Table, row
from kg.records import Facts, Span, TimeExpression

Pair = tuple[GoldDate, TimeExpression | None]


def evaluate(
    gold: Path, texts: Path, jobs: int = 1, tick: Callable[[str], None] = lambda _: None, extractor: str | None = None
) -> tuple[Table, ...]:
    """Score tables; a text that kg refuses counts as found empty."""
    annotated = read_annotations(gold)
    return tables(annotated, facts_of_texts(annotated, texts, jobs, tick, extractor))


def value_of(time: TimeExpression | None) -> str | None:
    """The EDTF value that a user sees: none for what cannot be placed."""
    return time.value.edtf if time is not None and time.value is not None and time.value.resolved else None


def paired(gold: Sequence[GoldDate], found: Sequence[TimeExpression]) -> list[Pair]:
    """Each gold date with the expression that meets it, or with None."""
    met: dict[int, TimeExpression] = {}
    if gold and found:
        gain = np.array([[overlap(g.span, Span(f.start, f.end)) for f in found] for g in gold])
        rows, columns = linear_sum_assignment(gain, maximize=True)
        met = {int(i): found[j] for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}
    return [(date, met.get(i)) for i, date in enumerate(gold)]


def tables(annotated: Sequence[Annotated], facts: dict[str, Facts]) -> tuple[Table, ...]:
    places, spans, pairs = [], [], []
    for text in annotated:
        found = facts[text.doc].times if text.doc in facts else ()
        together = paired(text.dates, found)
        pairs += together
        taken = {f.mention: g.span for g, f in together if f is not None}
        places.append(({d.span for d in text.dates}, {taken.get(f.mention, f.mention) for f in found}))
        spans.append(({d.span for d in text.dates}, {Span(f.start, f.end) for f in found}))
    open_dates = [p for p in pairs if p[0].value is None]
    known = [p for p in pairs if p[0].value is not None]
    return (
        Table(f"Dates ({len(annotated)} texts)", (row("found", places, interval=True), row("exact span", spans))),
        Table("Value of all dates of the gold standard", (
            _share("EDTF exact", pairs), _share("EDTF exact, where there is one", known), _share("left open, as it should", open_dates),
        )),
    )  # fmt: skip


def _share(name: str, pairs: Sequence[Pair]) -> Row:
    return Row(name, len(pairs), len(pairs), sum(g.value == value_of(f) for g, f in pairs))
