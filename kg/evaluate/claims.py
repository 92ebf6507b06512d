"""kg against annotated claims: cue, speaker, kind, modality, channel, content and what it is about.

A found claim meets a gold claim when their cues share a character; each meets one other at most,
chosen so that the sum of cue overlap and content overlap is largest. Speaker, kind, modality and
the rest are counted over the pairs that met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from kg.errors import DataError, Refusal
from kg.evaluate.annotations import Annotated, GoldClaim, read_annotations
from kg.evaluate.scores import Row, Table, row
from kg.ids import DEFAULT_BASE, Minter
from kg.pipeline import read_facts
from kg.records import Claim, Facts, Resolution, Span
from kg.resolve import resolve


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with its names resolved, as it leaves the program."""

    claim: Claim
    speaker: str | None
    via: str | None
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class Met:
    """A gold claim and the found claim that shares its cue."""

    gold: GoldClaim
    found: Said


def evaluate(
    gold: Path, texts: Path, jobs: int = 1, tick: Callable[[str], None] = lambda _: None, extractor: str | None = None
) -> tuple[Table, ...]:
    """Score tables; a text that kg refuses counts as found empty."""
    annotated = read_annotations(gold)
    facts = facts_of_texts(annotated, texts, jobs, tick, extractor)
    return tables(annotated, {name: said(f) for name, f in facts.items()})


def facts_of_texts(
    annotated: Sequence[Annotated], texts: Path, jobs: int, tick: Callable[[str], None], extractor: str | None
) -> dict[str, Facts]:
    """Facts by what the annotation calls a text, its path below `texts`. Raises DataError when a text is missing, or two have one name."""
    docs = {Path(a.doc).name: a.doc for a in annotated}
    if len(docs) < len(annotated):
        raise DataError(texts, None, "two annotated texts have the same file name; annotate them in two files")
    for doc in docs.values():
        if not (texts / doc).is_file():
            raise DataError(texts / doc, None, "is annotated, but the text is not there; give its folder with --texts")
    return {docs[f.article.name]: f for f in read_facts([texts / doc for doc in docs.values()], jobs, tick, extractor).facts}


def said(facts: Facts) -> list[Said]:
    """The claims of one article, resolved within it."""
    resolution = resolve([facts], Minter(DEFAULT_BASE))
    return [
        Said(
            claim,
            _name(facts, resolution, claim.speaker) or claim.speaker_name,
            _name(facts, resolution, claim.via) or claim.via_name,
            frozenset(folded(n) for m in claim.about if (n := _name(facts, resolution, m))),
        )
        for claim in facts.claims
        if claim.cue is not None
    ]


def _name(facts: Facts, resolution: Resolution, mention: str | None) -> str | None:
    if mention is None:
        return None
    iri = resolution.of.get((facts.article.sha256, mention))
    return resolution.by_key[iri].label if iri else facts.mention(mention).normal


def folded(name: str) -> str:
    """Names compare without case, ё and quotation marks."""
    return " ".join("".join(c for c in name.lower().replace("ё", "е") if c not in "«»\"„“”'’").split())


def same_name(gold: str | None, found: str | None) -> bool:
    return found is None if gold is None else found is not None and folded(gold) == folded(found)


def within_name(gold: str | None, found: str | None) -> bool:
    """One name's words are all in the other: «Путин» and «Владимир Путин»."""
    if gold is None or found is None:
        return gold is found
    a, b = set(folded(gold).split()), set(folded(found).split())
    return bool(a and b) and (a <= b or b <= a)


def met(gold: Sequence[GoldClaim], found: Sequence[Said]) -> list[Met]:
    """Pairs of claims whose cues overlap, one to one."""
    places = paired([(g.cue, g.content) for g in gold], [(f.claim.cue or f.claim.span, f.claim.span) for f in found])
    return [Met(gold[i], found[j]) for i, j in places]


def paired(ones: Sequence[tuple[Span, Span]], others: Sequence[tuple[Span, Span]]) -> list[tuple[int, int]]:
    """Places of two sides' claims, each its cue and its content, that belong together: cues share a character, one to one,
    with the largest sum of overlaps."""
    if not ones or not others:
        return []
    gain = np.array([[_gain(*one, *other) for other in others] for one in ones])
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0]


def _gain(cue: Span, content: Span, other_cue: Span, other_content: Span) -> float:
    shared = overlap(cue, other_cue)
    return 1 + shared + overlap(content, other_content) if shared else 0.0


def overlap(a: Span, b: Span) -> float:
    """Intersection over union of two spans, in characters."""
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def tables(annotated: Sequence[Annotated], found: dict[str, list[Said]], refusals: Sequence[Refusal] = ()) -> tuple[Table, ...]:
    cues, pairs = [], []
    for text in annotated:
        claims = found.get(text.doc, [])
        together = met(text.claims, claims)
        pairs += together
        gold_keys = {(c.cue, c.content) for c in text.claims}
        matched = {(m.found.claim.id): (m.gold.cue, m.gold.content) for m in together}
        cues.append((gold_keys, {matched.get(c.claim.id, c.claim.id) for c in claims}))
    return (
        Table(f"Claims, by cue ({len(annotated)} texts)", (row("cue", cues, interval=True),)),
        Table("On the cues that met", (
            _share("speaker", [same_name(m.gold.source, m.found.speaker) for m in pairs]),
            _share("speaker, or part of the name", [within_name(m.gold.source, m.found.speaker) for m in pairs]),
            _share("kind of speaker", [m.gold.kind == m.found.claim.speaker_kind.replace("author", "none") for m in pairs]),
            _share("modality", [m.gold.modality == m.found.claim.modality for m in pairs]),
            _share("via", [same_name(m.gold.via, m.found.via) for m in pairs]),
            _share("content, half shared", [overlap(m.gold.content, m.found.claim.span) >= 0.5 for m in pairs]),
            Row("content, mean overlap", len(pairs), len(pairs), sum(overlap(m.gold.content, m.found.claim.span) for m in pairs)),
            *_about(pairs),
        )),
        *_by_certainty(pairs),
        Table("Modality by value", tuple(
            Row(name, sum(m.gold.modality == name for m in pairs), sum(m.found.claim.modality == name for m in pairs),
                sum(m.gold.modality == name == m.found.claim.modality for m in pairs))
            for name in sorted({m.gold.modality for m in pairs})
        )),
    )  # fmt: skip


def _about(pairs: Sequence[Met]) -> Iterator[Row]:
    """Nothing where the annotations leave out what claims are about."""
    if any(m.gold.about for m in pairs):
        yield row("about", [({folded(n) for n in m.gold.about}, set(m.found.about)) for m in pairs])


def _by_certainty(pairs: Sequence[Met]) -> Iterator[Table]:
    """Whether the chances hold that the trained reader gives its speakers; nothing where rules alone decided."""
    judged = sorted(
        ((m.found.claim.speaker_confidence, same_name(m.gold.source, m.found.speaker)) for m in pairs if m.found.claim.speaker_confidence is not None), reverse=True
    )  # fmt: skip
    if judged:
        bands = [_share(f"chance {low:g} to {high:g}", [right for chance, right in judged if low <= chance < high or chance == high == 1]) for low, high in pairwise(_BANDS)]
        surest = [_share(f"surest {part:.0%}", [right for _, right in judged[: round(part * len(judged))]]) for part in (0.5, 0.8)]
        yield Table("Speakers, by how likely kg finds them", (*bands, *surest))


_BANDS = (0, 0.4, 0.6, 0.8, 0.9, 1)


def _share(name: str, right: Sequence[bool]) -> Row:
    return Row(name, len(right), len(right), sum(right))
