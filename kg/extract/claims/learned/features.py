"""What the trained reader of claims sees of a text besides the encoder's states: small whole numbers.

Syntax, the cue list, mentions, quotation marks and what the rules found, a row for each unit; and
for a cue and a unit how far they stand apart, in the text and in the tree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log2

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.cues import find_cues
from kg.extract.claims.speech import quotations
from kg.extract.neural.units import Unit
from kg.records import Claim, Document, Mention, Sentence, Span, Token

Ints = NDArray[np.int64]

POS = ("", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X")
RELATIONS = (
    "", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "ccomp", "conj", "cop", "csubj", "det",
    "discourse", "expl", "fixed", "flat", "flat:foreign", "flat:name", "iobj", "mark", "nmod", "nsubj", "nsubj:pass", "nummod", "obj",
    "obl", "orphan", "parataxis", "punct", "root", "vocative", "xcomp",
)  # fmt: skip
CASES = ("", "Acc", "Dat", "Gen", "Ins", "Loc", "Nom", "Par", "Voc")
FORMS = ("", "Conv", "Fin", "Inf", "Part")
CUES = ("", "adjective", "adverb", "impersonal", "modal", "noun", "particle", "prep", "short", "verb")
MODALITIES = ("reported", "alleged", "possible", "planned", "denied", "opinion", "promised", "demanded")
LABELS = ("", "PERSON", "PROFESSION", "ORGANIZATION", "COUNTRY", "NATIONALITY", "CITY")

OUTSIDE, BEGIN, GOES_ON = 0, 1, 2
"""What a unit is: no part of a cue, the first of one, a later one."""

COLUMNS = {
    "pos": len(POS), "relation": len(RELATIONS), "case": len(CASES), "form": len(FORMS), "cue": len(CUES), "modality": len(MODALITIES) + 1,
    "label": len(LABELS) + 1, "quoted": 2, "ruled": len(MODALITIES) + 1,
}  # fmt: skip
"""The columns of a unit's row and how many values each has; 0 is «none of these»."""

BACK, AHEAD = 4, 2
REACH = 600
"""Units that a candidate may stand away from a cue; more than in any text that the reader was trained on, and a bound for others."""
FAR = 9
"""Steps in the tree that are not told apart any more, or no way at all."""

PAIR_COLUMNS = {"sentence": BACK + AHEAD + 1, "distance": 25, "up": FAR + 1, "down": FAR + 1, "inside": 2, "spoken": 2, "told": 4}
"""The columns of a (cue, unit) row: sentences apart, log distance, steps from the cue up and to the unit down, whether the unit is in
the cue, whether it is the rules' speaker, and whether it is first (1), inside (2) or last (3) in the rules' content."""


MANNER_COLUMNS = {"ruled": len(MODALITIES) + 1, "cue": len(MODALITIES) + 1, "quoted": 2}
"""The columns of how something is said: the rules' modality, the cue list's, whether most of what is said stands in quotation marks."""
LONGEST = 80
"""Units of what is said that are read, from its beginning."""


@dataclass(frozen=True)
class Seen:
    """A document as the reader sees it: its units, a row of numbers for each, and the token that each is of."""

    units: Sequence[Unit]
    rows: Ints  # [units, COLUMNS]
    tokens: Sequence[Token]

    def inside(self, span: Span) -> list[int]:
        """Numbers of the units that meet a span."""
        return list(range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)))

    def around(self, unit: int) -> range:
        """The units of the sentences around a unit, as far as they may matter to it."""
        number = self.units[unit].sentence
        first, last = bisect_left(self._sentences, number - BACK), bisect_right(self._sentences, number + AHEAD)
        return range(max(first, unit - REACH), min(last, unit + REACH))

    @cached_property
    def _starts(self) -> list[int]:
        return [u.start for u in self.units]

    @cached_property
    def _ends(self) -> list[int]:
        return [u.end for u in self.units]

    @cached_property
    def _sentences(self) -> list[int]:
        return [u.sentence for u in self.units]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A cue and the units that may speak, or be what is said."""

    cue: Sequence[int]
    units: Ints  # [candidates]
    rows: Ints  # [candidates, PAIR_COLUMNS]


@dataclass(frozen=True, slots=True)
class Manner:
    """A cue's units, those of what is said, and a row for both."""

    cue: Sequence[int]
    told: Sequence[int]
    row: Ints  # [MANNER_COLUMNS]


def manner(seen: Seen, cue: Span, content: Span) -> Manner | None:
    """How a cue says what it says. None when no unit is in the cue."""
    words = seen.inside(cue)
    if not words:
        return None
    told = [unit for unit in seen.inside(content) if unit not in words][:LONGEST] or words
    columns = list(COLUMNS)
    ruled, listed = (int(seen.rows[words, columns.index(name)].max()) for name in ("ruled", "modality"))
    quoted = int(seen.rows[told, columns.index("quoted")].mean() > 0.5)
    return Manner(words, told, np.array([ruled, listed, quoted], dtype=np.int64))


def see(document: Document, units: Sequence[Unit], mentions: Sequence[Mention], claims: Sequence[Claim]) -> Seen:
    """The rows of all units of a document."""
    tokens = _tokens(document, units)
    rows = np.zeros((len(units), len(COLUMNS)), dtype=np.int64)
    column = {name: number for number, name in enumerate(COLUMNS)}
    for row, token in zip(rows, tokens, strict=True):
        row[column["pos"]] = number_of(POS, token.pos)
        row[column["relation"]] = number_of(RELATIONS, token.rel) or number_of(RELATIONS, token.rel.split(":")[0])
        row[column["case"]] = number_of(CASES, token.case)
        row[column["form"]] = number_of(FORMS, token.feats.get("VerbForm", ""))
    seen = Seen(units, rows, tokens)
    for sentence in document.sentences:
        for cue in find_cues(sentence):
            for unit in seen.inside(cue.span):
                rows[unit, column["cue"]] = number_of(CUES, cue.kind)
                rows[unit, column["modality"]] = MODALITIES.index(cue.row["modality"]) + 1
    for mention in sorted(mentions, key=lambda m: (m.label == "PERSON", m.start - m.end)):
        rows[seen.inside(mention.span), column["label"]] = number_of(LABELS, mention.label) or len(LABELS)
    for quote in quotations(document.article):
        rows[seen.inside(quote.outer), column["quoted"]] = 1
    for claim in claims:
        if claim.cue is not None:
            rows[seen.inside(claim.cue), column["ruled"]] = MODALITIES.index(claim.modality) + 1
    return seen


def _tokens(document: Document, units: Sequence[Unit]) -> list[Token]:
    flat = [t for s in document.sentences for t in s.tokens]
    out, at = [], 0
    for unit in units:
        while flat[at].end <= unit.start:
            at += 1
        out.append(flat[at])
    return out


def number_of(names: Sequence[str], name: str) -> int:
    """Its place in a list; 0 when it is none of these."""
    return names.index(name) if name in names else 0


def pairs(document: Document, seen: Seen, cue: Span, ruled: Claim | None) -> Pairs | None:
    """The candidates around a cue; `ruled` is the rules' claim of that cue. None when no unit is in the cue."""
    inside = seen.inside(cue)
    if not inside:
        return None
    first = inside[0]
    number = seen.units[first].sentence
    sentence = document.sentences[number]
    top = next((seen.tokens[i] for i in inside if seen.tokens[i].is_verb), seen.tokens[first])
    above = _way_up(sentence, top)
    spoken = set(seen.inside(ruled.speaker_span)) if ruled is not None and ruled.speaker_span is not None else set()
    told = seen.inside(ruled.span) if ruled is not None else []
    units = seen.around(first)
    rows = np.zeros((len(units), len(PAIR_COLUMNS)), dtype=np.int64)
    for row, unit in zip(rows, units, strict=True):
        apart = seen.units[unit].sentence - number
        up, down = _steps(above, _way_up(sentence, seen.tokens[unit])) if not apart else (FAR, FAR)
        row[:] = (apart + BACK, log_distance(unit - first, 2), up, down, unit in inside, unit in spoken, 0)
    for unit in told:
        if unit in units:
            rows[unit - units.start, -1] = 1 if unit == told[0] else 3 if unit == told[-1] else 2
    return Pairs(inside, np.array(units), rows)


def log_distance(distance: int, fineness: float) -> int:
    """0–24, 12 for no distance: its logarithm, in steps of 1 / fineness."""
    size = min(12, int(fineness * log2(abs(distance) + 1)))
    return 12 + (size if distance > 0 else -size)


def _way_up(sentence: Sentence, token: Token) -> list[int]:
    return [token.index, *(t.index for t in sentence.ancestors(token.index))][:30]


def _steps(above: Sequence[int], way: Sequence[int]) -> tuple[int, int]:
    """Steps from the cue up to the common head, and from there down to the unit."""
    places: Mapping[int, int] = {index: i for i, index in enumerate(above)}
    for down, index in enumerate(way):
        if index in places:
            return min(places[index], FAR - 1), min(down, FAR - 1)
    return FAR, FAR
