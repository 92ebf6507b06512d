"""What the trained reader of claims sees of a text besides the encoder's states: small whole numbers.

Syntax, the cue list, mentions, quotation marks and what the rules found, a row for each unit; and
for a cue and a unit how far they stand apart, in the text and in the tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
FAR = 9
"""Steps in the tree that are not told apart any more, or no way at all."""

PAIR_COLUMNS = {"sentence": BACK + AHEAD + 1, "distance": 25, "up": FAR + 1, "down": FAR + 1, "inside": 2, "spoken": 2, "told": 4}
"""The columns of a (cue, unit) row: sentences apart, log distance, steps from the cue up and to the unit down, whether the unit is in
the cue, whether it is the rules' speaker, and whether it is first (1), inside (2) or last (3) in the rules' content."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as the reader sees it: its units, a row of numbers for each, and the token that each is of."""

    units: Sequence[Unit]
    rows: Ints  # [units, COLUMNS]
    tokens: Sequence[Token]

    def inside(self, span: Span) -> list[int]:
        """Numbers of the units that meet a span."""
        return [i for i, u in enumerate(self.units) if u.start < span.end and span.start < u.end]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A cue and the units that may speak, or be what is said."""

    cue: Sequence[int]
    units: Ints  # [candidates]
    rows: Ints  # [candidates, PAIR_COLUMNS]


def see(document: Document, units: Sequence[Unit], mentions: Sequence[Mention], claims: Sequence[Claim]) -> Seen:
    """The rows of all units of a document."""
    tokens = _tokens(document, units)
    rows = np.zeros((len(units), len(COLUMNS)), dtype=np.int64)
    column = {name: number for number, name in enumerate(COLUMNS)}
    for row, token in zip(rows, tokens, strict=True):
        row[column["pos"]] = _number(POS, token.pos)
        row[column["relation"]] = _number(RELATIONS, token.rel) or _number(RELATIONS, token.rel.split(":")[0])
        row[column["case"]] = _number(CASES, token.case)
        row[column["form"]] = _number(FORMS, token.feats.get("VerbForm", ""))
    seen = Seen(units, rows, tokens)
    for sentence in document.sentences:
        for cue in find_cues(sentence):
            for unit in seen.inside(cue.span):
                rows[unit, column["cue"]] = _number(CUES, cue.kind)
                rows[unit, column["modality"]] = MODALITIES.index(cue.row["modality"]) + 1
    for mention in sorted(mentions, key=lambda m: (m.label == "PERSON", m.start - m.end)):
        rows[seen.inside(mention.span), column["label"]] = _number(LABELS, mention.label) or len(LABELS)
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


def _number(names: Sequence[str], name: str) -> int:
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
    units = [i for i, u in enumerate(seen.units) if -BACK <= u.sentence - number <= AHEAD]
    rows = np.zeros((len(units), len(PAIR_COLUMNS)), dtype=np.int64)
    for row, unit in zip(rows, units, strict=True):
        apart = seen.units[unit].sentence - number
        up, down = _steps(above, _way_up(sentence, seen.tokens[unit])) if not apart else (FAR, FAR)
        row[:] = (apart + BACK, _log(unit - first), up, down, unit in inside, unit in spoken, 0)
    if told:
        place = {unit: i for i, unit in enumerate(units)}
        for unit in told:
            if unit in place:
                rows[place[unit], -1] = 1 if unit == told[0] else 3 if unit == told[-1] else 2
    return Pairs(inside, np.array(units), rows)


def _log(distance: int) -> int:
    size = min(12, int(2 * log2(abs(distance) + 1)))
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
