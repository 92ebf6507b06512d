"""A relation that a noun phrase presupposes."""

from __future__ import annotations

from kg.records import Document, Mention, Relation

FOUND_BY = "phrase"
SYMMETRIC = frozenset({"SPOUSE", "SIBLING", "RELATIVE", "KNOWS"})


def made(document: Document, label: str, head: Mention, tail: Mention, confidence: float, past: bool = False) -> Relation:
    """A relation whose evidence reaches from one mention to the other."""
    span = head.span.cover(tail.span)
    return Relation(label, head.id, tail.id, span.start, span.end, head.start, confidence, FOUND_BY, presupposed=True, past=past)
