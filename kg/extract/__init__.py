"""Document → Facts: mentions, relations, events and claims, each tied to its place in the text.

A *proposer* finds mentions in a document. To add one (a trained model is one more): write a
function `Document → iterable of Proposal` and list it in `PROPOSERS`. What overlaps is settled
in `proposal.settle`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extract.anaphora import Referents
from kg.extract.claims import attribute
from kg.extract.happenings import happenings, triggers
from kg.extract.lexicon import lexicon
from kg.extract.listed import listed
from kg.extract.names import names
from kg.extract.nicknames import nicknames
from kg.extract.organizations import organizations
from kg.extract.peoples import peoples
from kg.extract.posts import posts
from kg.extract.proposal import Proposal, settle
from kg.extract.relations import rule_relations
from kg.extract.times import find_times, time_expressions, times
from kg.extract.values import values
from kg.records import Document, Facts, Link, Mention, Relation, Span

Proposer = Callable[[Document], Iterable[Proposal]]

PROPOSERS: tuple[Proposer, ...] = (names, organizations, nicknames, peoples, lexicon, listed, times, values, triggers)


def extract(document: Document) -> Facts:
    """Read everything out of one document."""
    proposals = list(propose(document))
    mentions = settle(document, proposals)
    referents = Referents(document, mentions)
    found = find_times(document)
    relations = rule_relations(document, mentions, referents)
    return Facts(
        article=document.article,
        sentences=tuple(s.span for s in document.sentences),
        mentions=mentions,
        times=time_expressions(found, mentions),
        links=tuple(_links(relations, mentions)),
        relations=tuple(relations),
        events=tuple(happenings(document, mentions, referents, found)),
        claims=attribute(document, mentions, referents),
    )


def propose(document: Document) -> Iterator[Proposal]:
    """Proposals of all proposers; posts come last, because personal names bound them."""
    people: list[Span] = []
    for proposer in PROPOSERS:
        for proposal in proposer(document):
            if proposal.label == "PERSON":
                people.append(proposal.span)
            yield proposal
    yield from posts(document, people)


def _links(relations: Iterable[Relation], mentions: tuple[Mention, ...]) -> Iterator[Link]:
    """ALTERNATIVE_NAME and ABBREVIATION say that two mentions are one thing."""
    for relation in relations:
        if relation.label in ("ALTERNATIVE_NAME", "ABBREVIATION") and not relation.negated:
            yield Link(relation.head, relation.tail, relation.label)
