"""kg against NEREL: nested mentions and end-to-end relations, strict.

A mention is right when its span and type are; a relation when both its mentions, its type and
its direction are. Nothing is left out of the gold but the malformed and discontinuous lines that
reading skips. `tests/independent_scorer.py` counts the same from brat files, without this code.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from razdel import sentenize

from kg.errors import Refusal
from kg.evaluate import linking
from kg.evaluate.scores import Row, Table, row, rows_by
from kg.evaluate.standoff import Gold, read_folder
from kg.export.brat import relation_triples, shown
from kg.pipeline import read_facts
from kg.records import Facts

_FLAT = {
    "PERSON": "PER", "COUNTRY": "LOC", "CITY": "LOC", "STATE_OR_PROVINCE": "LOC", "DISTRICT": "LOC", "LOCATION": "LOC",
    "ORGANIZATION": "ORG",
}  # fmt: skip

Spans = set[tuple[int, int, str]]


def evaluate(
    folder: Path, jobs: int = 1, tick: Callable[[str], None] = lambda _: None, extractor: str | None = None
) -> tuple[Table, ...]:
    """Score tables of the texts of a brat folder; a text that kg refuses counts as found empty."""
    gold = read_folder(folder)
    read = read_facts([folder / f"{g.name}.txt" for g in gold], jobs, tick, extractor)
    facts = {f.article.name.removesuffix(".txt"): f for f in read.facts}
    return (*tables(gold, facts, read.refusals), linking.table(gold, facts))


def tables(gold: Sequence[Gold], facts: dict[str, Facts], refusals: Sequence[Refusal] = ()) -> tuple[Table, ...]:
    mentions = [(g.spans, _spans(facts.get(g.name))) for g in gold]
    relations: list[tuple[set[Any], set[Any]]] = [(g.triples, _triples(facts.get(g.name))) for g in gold]
    near = [(_close(g, right), _close(g, found)) for g, (right, found) in zip(gold, relations, strict=True)]
    labels = sorted({label for g in gold for label, _, _ in g.mentions.values()})
    kinds = sorted({r[0] for g in gold for r in g.relations})
    skipped = sum(g.skipped for g in gold)
    title = f"{len(gold)} texts, {len(refusals)} refused, {skipped} malformed or discontinuous gold lines left out"
    return (
        Table(f"NEREL mentions, nested, exact span and type ({title})",
              (row("all", mentions, interval=True), row("outermost", [(_outer(a), _outer(b)) for a, b in mentions]),
               row("inner", [(a - _outer(a), b - _outer(b)) for a, b in mentions]))),
        Table("Mentions by type", tuple(_sorted(rows_by(labels, mentions, at=2)))),
        Table("Flat PER/LOC/ORG, exact span, nested mentions included", tuple(_flat(mentions))),
        Table("Relations end to end, strict", (row("all", relations, interval=True), row("within a sentence", near))),
        Table("Relations by type", tuple(_sorted(rows_by(kinds, relations, at=0)))),
    )  # fmt: skip


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda r: (-r.gold, r.name))


def _spans(facts: Facts | None) -> Spans:
    return {(m.start, m.end, m.label) for m in shown(facts)} if facts else set()


def _triples(facts: Facts | None) -> set[Any]:
    if facts is None:
        return set()
    index = facts.index
    spans = {i: (m.start, m.end, m.label) for i, m in index.items()}
    return {(label, spans[head], spans[tail]) for label, head, tail in relation_triples(facts)}


def _outer(spans: Spans) -> Spans:
    return {s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)}


def _close(gold: Gold, triples: set[Any]) -> set[Any]:
    """Those whose mentions begin in one sentence: razdel's, of the text itself, whatever lines kg leaves out."""
    starts, at = [], 0
    for line in gold.text.splitlines(keepends=True):
        starts += [at + sentence.start for sentence in sentenize(line)]
        at += len(line)
    return {t for t in triples if bisect_right(starts, t[1][0]) == bisect_right(starts, t[2][0])}


def _flat(mentions: Sequence[tuple[Spans, Spans]]) -> list[Row]:
    mapped: list[tuple[Any, Any]] = [tuple({(a, b, _FLAT[c]) for a, b, c in side if c in _FLAT} for side in pair) for pair in mentions]  # type: ignore[misc]
    return [row("micro", mapped, interval=True), *rows_by(("PER", "LOC", "ORG"), mapped, at=2)]
