"""The trained extractor as one more proposer: mentions and relations with calibrated confidence."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.extract.neural.model import Encoded, Extractor
from kg.extract.proposal import Proposal, RelationProposal
from kg.records import Document, Span

FOUND_BY = "model"
PACK = Path(__file__).resolve().parent.parent.parent / "weights" / "pack"


class Reading(NamedTuple):
    """What the model proposes for a document, and how its encoder sees it."""

    mentions: list[Proposal]
    relations: list[RelationProposal]
    encoded: Encoded


def available() -> bool:
    """Whether the model pack is installed."""
    return (PACK / "meta.json").is_file()


@cache
def _extractor() -> Extractor:
    return Extractor(PACK)


def neural(document: Document) -> Reading:
    """Mentions and relations of a document. Raises PackError for a damaged pack."""
    words = [[(t.text, t.start, t.end) for t in s.tokens] for s in document.sentences]
    found = _extractor().extract(words)
    spans = [(Span(e.start, e.end), e.label) for e in found.entities]
    proposals = [Proposal(e.start, e.end, e.label, round(e.probability, 2), FOUND_BY) for e in found.entities]
    relations = [
        RelationProposal(r.label, *spans[r.head], *spans[r.tail], round(r.probability, 2), FOUND_BY) for r in found.relations
    ]
    return Reading(proposals, relations, found.encoded)
