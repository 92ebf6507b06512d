"""The rules' claims weighed by the trained reader: claims added and dropped, contents widened, modalities put right.

The rules say what a claim is made of; the reader was shown, in training, what they find, and has
learnt where they err. A hedge of the rules is never dropped: what is not sure stays so. Who says
it is chosen afterwards (`choose`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from kg.extract.claims.learned.features import BEGIN, GOES_ON, OUTSIDE
from kg.extract.claims.learned.head import Floats, Judgement
from kg.extract.claims.learned.sight import Judged, Sight
from kg.extract.claims.modality import is_negated_content
from kg.extract.claims.stretch import trim
from kg.extract.neural.units import Unit
from kg.records import Claim, Span


def weigh(sight: Sight) -> list[Claim]:
    """The rules' claims as the reader leaves them, then those that only it finds, which have no speaker yet."""
    return [_heard(sight, claim) for claim in (*_kept(sight), *_found(sight))]


def _kept(sight: Sight) -> Iterator[Claim]:
    """The rules' claims that the reader takes for claims."""
    for claim in sight.claims:
        judged = sight.judge(claim.cue, claim) if claim.cue is not None else None
        if judged is None:
            yield claim
        elif not _is_dropped(sight, claim, judged):
            yield _widened(sight, claim, judged)


def _widened(sight: Sight, claim: Claim, judged: Judged) -> Claim:
    """With the reader's content where it is sure of one that goes beyond the rules'; never with less: what is hedged stays so."""
    first, last = _ends(judged.judgement)
    sure = float(np.exp(judged.judgement.first[first] + judged.judgement.last[last])) >= sight.reader.thresholds.content
    content = _content(sight, judged) if sure else None
    return replace(claim, start=content.start, end=content.end) if content is not None and content.holds(claim.span) else claim


def _is_dropped(sight: Sight, claim: Claim, judged: Judged) -> bool:
    likely = float(1 - sight.text.tags[judged.about.cue, OUTSIDE].min())
    return claim.modality in _DROPPABLE and likely < sight.reader.thresholds.no_cue


def _found(sight: Sight) -> Iterator[Claim]:
    """Claims of cues that the rules lack."""
    taken = [c.cue for c in sight.claims if c.cue is not None]
    for cue, chance in cues(sight.text.tags, sight.seen.units, sight.reader.thresholds.cue):
        if any(cue.meets(other) for other in taken):
            continue
        judged = sight.judge(cue, None)
        content = _content(sight, judged) if judged is not None else None
        if content is not None:
            polarity = "negated" if _is_negated(sight, content) else "affirmed"
            yield Claim(
                id="", start=content.start, end=content.end, cue=cue, cue_text=sight.document.quote(cue), speaker=None, speaker_name=None,
                speaker_span=None, speaker_kind="author", via=None, via_name=None, modality="reported", polarity=polarity, about=(),
                confidence=round(chance, 2),
            )  # fmt: skip


def _is_negated(sight: Sight, content: Span) -> bool:
    sentence = sight.document.sentence_at(content.start)
    return sentence is not None and is_negated_content(sentence, sentence.within(content))


def _heard(sight: Sight, claim: Claim) -> Claim:
    """With the likeliest modality. What the rules take for a hedge, a plan, a demand or a denial never becomes a plain report."""
    likeliest = sight.modality(claim.cue, claim.span) if claim.cue is not None else claim.modality
    return claim if likeliest == "reported" and claim.modality not in _DROPPABLE else replace(claim, modality=likeliest)


_DROPPABLE = frozenset({"reported", "opinion"})


def cues(tags: Floats, units: Sequence[Unit], least: float) -> Iterator[tuple[Span, float]]:
    """Spans whose first unit begins a cue with at least this probability, with it."""
    unit = 0
    while unit < len(units):
        chance = float(tags[unit, BEGIN])
        if chance < least:
            unit += 1
            continue
        last = unit
        while last + 1 < len(units) and tags[last + 1, GOES_ON] > 0.5 and units[last + 1].sentence == units[unit].sentence:
            last += 1
        yield Span(units[unit].start, units[last].end), chance
        unit = last + 1


def _content(sight: Sight, judged: Judged) -> Span | None:
    """The likeliest stretch of units."""
    first, last = _ends(judged.judgement)
    units = sight.seen.units
    return trim(sight.document.article.text, Span(units[judged.about.units[first]].start, units[judged.about.units[last]].end))


def _ends(judgement: Judgement) -> tuple[int, int]:
    """Candidates that the likeliest content begins and ends with."""
    last = int((np.maximum.accumulate(judgement.first) + judgement.last).argmax())
    return int(judgement.first[: last + 1].argmax()), last
