"""Relations between mentions, by rules: inside noun phrases, and stated by a predicate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.anaphora import Referents
from kg.extract.relations.made import SYMMETRIC
from kg.extract.relations.phrases import phrase_relations
from kg.extract.relations.predicates import predicate_relations
from kg.records import Document, Mention, Relation


def rule_relations(document: Document, mentions: Sequence[Mention], referents: Referents) -> list[Relation]:
    """All relations that the rules find, each once, in text order."""
    found: dict[tuple[str, str, str], Relation] = {}
    for sentence in document.sentences:
        inside = referents.mentions_in(sentence)
        for relation in [*phrase_relations(document, sentence, inside, referents),
                         *predicate_relations(document, sentence, referents)]:  # fmt: skip
            if relation.head == relation.tail:
                continue
            key = (relation.label, relation.head, relation.tail)
            mirror = (relation.label, relation.tail, relation.head)
            if key in found or (relation.label in SYMMETRIC and mirror in found):
                continue
            found[key] = relation
    return _ordered(found.values())


def joined(learned: Iterable[Relation], stated: Iterable[Relation]) -> list[Relation]:
    """Learned and rule relations together; of two that say the same, the more confident stays,
    with what the rules saw of negation and time."""
    found: dict[tuple[str, str, str], Relation] = {(r.label, r.head, r.tail): r for r in learned}
    for relation in stated:
        key = (relation.label, relation.head, relation.tail)
        mirror = (relation.label, relation.tail, relation.head)
        known = mirror if relation.label in SYMMETRIC and mirror in found else key
        other = found.get(known)
        if other is None:
            found[key] = relation
        else:
            found[known] = replace(
                relation, head=other.head, tail=other.tail, confidence=max(relation.confidence, other.confidence),
                found_by=other.found_by,
            )  # fmt: skip
    return _ordered(found.values())


def _ordered(relations: Iterable[Relation]) -> list[Relation]:
    return sorted(relations, key=lambda r: (r.start, r.end, r.label, r.head, r.tail))
