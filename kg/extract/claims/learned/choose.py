"""Who says it, and how sure that is: of the speakers that a claim may have, the likeliest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.claims.learned.marks import Marks, choice
from kg.extract.claims.learned.options import options
from kg.extract.claims.learned.sight import Sight
from kg.extract.claims.speaker import Speaker
from kg.records import Claim


def choose(sight: Sight, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, each with its likeliest speaker, and how likely that one is the right one. Claims without a cue stay as they are."""
    marks = Marks(sight, claims)
    return [_chosen(sight, marks, number, claim) for number, claim in enumerate(claims)]


def _chosen(sight: Sight, marks: Marks, number: int, claim: Claim) -> Claim:
    found = options(sight, claim)
    if found is None:
        return claim
    rows = marks.rows(number, found)
    chances = sight.reader.speakers(rows)
    best = choice(rows, chances, sight.reader.thresholds)
    told = claim if best == 0 else _said_by(claim, found.found[best].speaker)
    return replace(told, speaker_confidence=round(float(chances[best]), 2))


def _said_by(claim: Claim, speaker: Speaker) -> Claim:
    via = claim.via or speaker.via
    return replace(
        claim, speaker=speaker.mention, speaker_name=speaker.name, speaker_kind=speaker.kind, speaker_span=speaker.span,
        together=speaker.together, via=via if via != speaker.mention else None, via_name=claim.via_name or speaker.via_name,
    )  # fmt: skip
