"""Who says it, and how sure that is: of the speakers that a claim may have, the likeliest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.claims.learned.marks import Marks
from kg.extract.claims.learned.options import Options, options
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
    chances = sight.reader.speakers(marks.rows(number, found))
    allowed = [i for i in range(len(chances)) if i == 0 or chances[i] >= _least(sight, found, i, float(chances[0]))]
    best = max(allowed, key=lambda i: (chances[i], -i))
    told = claim if best == 0 else _said_by(claim, found.found[best].speaker)
    return replace(told, speaker_confidence=round(float(chances[best]), 2))


def _least(sight: Sight, options: Options, number: int, ruled: float) -> float:
    """The chance that an option needs to stand in for the rules' speaker, whose chance is `ruled`."""
    thresholds, own, other = sight.reader.thresholds, options.found[0], options.found[number]
    if not own.name:
        return max(thresholds.somebody, ruled)
    is_guess = own.speaker.mention is None and "described" in own.ways and "described" not in other.ways
    return ruled + (thresholds.name if is_guess else thresholds.speaker)


def _said_by(claim: Claim, speaker: Speaker) -> Claim:
    via = claim.via or speaker.via
    return replace(
        claim, speaker=speaker.mention, speaker_name=speaker.name, speaker_kind=speaker.kind, speaker_span=speaker.span,
        together=speaker.together, via=via if via != speaker.mention else None, via_name=claim.via_name or speaker.via_name,
    )  # fmt: skip
