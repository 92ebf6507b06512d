"""Document → Facts: mentions, relations, events and claims, each tied to its place in the text.

*Proposers* find mentions in a document; the trained extractor is one of them, and proposes
relations as well. Each proposal carries the measured precision of its way of finding, and what
cannot stand together is settled by it (`proposal.settle`). To add a proposer: write a function
`Document → iterable of Proposal` and list it in `PROPOSERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.errors import UsageError
from kg.extract import neural
from kg.extract.anaphora import Referents
from kg.extract.claims import attribute
from kg.extract.events import happenings, role_relations, triggers
from kg.extract.known import known
from kg.extract.lexicon import lexicon
from kg.extract.listed import listed
from kg.extract.names import names
from kg.extract.neural.model import Encoded
from kg.extract.nicknames import nicknames
from kg.extract.organizations import bare, organizations
from kg.extract.people import by_surname, echoed, parted, whole
from kg.extract.peoples import peoples
from kg.extract.posts import posts
from kg.extract.proposal import Proposal, RelationProposal, settle
from kg.extract.relations import joined, rule_relations
from kg.extract.relations.hedges import hedged
from kg.extract.relations.learned import learned_relations
from kg.extract.times import find_times, time_expressions, times
from kg.extract.trust import weigh
from kg.extract.values import values
from kg.records import Document, Facts, Link, Mention, Relation, Span

Proposer = Callable[[Document], Iterable[Proposal]]

PROPOSERS: tuple[Proposer, ...] = (known, names, organizations, nicknames, peoples, lexicon, listed, times, values, triggers)

EXTRACTORS = ("both", "rules", "model")
"""`both` is the default; `model` keeps only the rules that events, claims and times need."""

_NEEDED: tuple[Proposer, ...] = (known, nicknames, times, triggers)
_LINK_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Proposed:
    """Everything that was proposed for one document."""

    mentions: tuple[Proposal, ...]
    relations: tuple[RelationProposal, ...]
    encoded: Encoded | None


def default_extractor() -> str:
    """`both` where the model pack is installed, else `rules`."""
    return "both" if neural.available() else "rules"


def extract(document: Document, extractor: str | None = None) -> Facts:
    """Read everything out of one document. Raises UsageError for an unknown extractor."""
    chosen = extractor or default_extractor()
    proposed = propose(document, chosen)
    mentions = mentions_of(document, proposed.mentions, chosen != "rules")
    referents = Referents(document, mentions)
    found = find_times(document)
    learned = list(learned_relations(document, mentions, proposed.relations))
    events = happenings(document, mentions, referents, found, learned)
    stated = [*rule_relations(document, mentions, referents), *role_relations(document, events, mentions, found)]
    relations = list(hedged(document, joined(learned, stated if chosen != "model" else []), {m.id: m for m in mentions}))
    return Facts(
        article=document.article,
        sentences=tuple(s.span for s in document.sentences),
        mentions=mentions,
        times=time_expressions(found, mentions),
        links=tuple(_links(relations)),
        relations=tuple(relations),
        events=tuple(events),
        claims=attribute(document, mentions, referents, proposed.encoded),
    )


def mentions_of(document: Document, proposals: Iterable[Proposal], with_model: bool = True) -> tuple[Mention, ...]:
    """What stays of the proposals, cut to size, with names in the form that the whole article shows."""
    return by_surname(document, whole(document, settle(document, echoed(document, weigh(bare(document, parted(document, proposals)), with_model)))))


def propose(document: Document, extractor: str) -> Proposed:
    """Proposals of the rules, of the model, or of both."""
    if extractor not in EXTRACTORS:
        raise UsageError(f"no extractor is named {extractor!r}; there are: {', '.join(EXTRACTORS)}")
    mentions: list[Proposal] = []
    relations: list[RelationProposal] = []
    encoded: Encoded | None = None
    if extractor != "rules":
        mentions, relations, encoded = neural.neural(document)
    mentions += rule_proposals(document, _NEEDED if extractor == "model" else PROPOSERS)
    return Proposed(tuple(mentions), tuple(relations), encoded)


def rule_proposals(document: Document, proposers: Sequence[Proposer] = PROPOSERS) -> Iterator[Proposal]:
    """Proposals of the rules; posts come last, because personal names bound them."""
    people: list[Span] = []
    for proposer in proposers:
        for proposal in proposer(document):
            if proposal.label == "PERSON":
                people.append(proposal.span)
            yield proposal
    if proposers is PROPOSERS:
        yield from posts(document, people)


def _links(relations: Iterable[Relation]) -> Iterator[Link]:
    """ALTERNATIVE_NAME and ABBREVIATION say that two mentions are one thing."""
    for relation in relations:
        if relation.label in ("ALTERNATIVE_NAME", "ABBREVIATION") and not relation.negated and relation.confidence >= _LINK_LEAST:
            yield Link(relation.head, relation.tail, relation.label)


