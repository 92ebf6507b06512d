"""The graph as records, before it becomes triples: statements, events, claims, sources.

Every reference between records is an IRI, so that the model can be written, shown and compared
without looking anything up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.records import Article, Entity, TimeValue

ACCEPTED, UNVERIFIED, DISPUTED = "accepted", "unverified", "disputed"


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A literal: lexical form, datatype IRI («» for plain text), language."""

    text: str
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, whoever says it: subject, property, object (an IRI or a value).

    `support` counts independent sources that affirm it.
    """

    iri: str
    subject: str
    predicate: str
    object: str | Value
    past: bool
    status: str = UNVERIFIED
    support: int = 0


@dataclass(frozen=True, slots=True)
class GraphEvent:
    """An event, accepted or only claimed; `kind` is an event class, roles are (property, IRI)."""

    iri: str
    kind: str
    label: str
    realis: str
    accepted: bool
    roles: tuple[tuple[str, str], ...]
    place: str | None
    time: TimeValue | None
    anchor_source: str | None
    figures: tuple[tuple[str, int], ...]
    status: str = UNVERIFIED
    within: str | None = None
    support: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who speaks without being an entity of the graph: a group, an unnamed source, a document.

    `members` are the entities of a group whose people are all named.
    """

    iri: str
    kind: str
    label: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphStory:
    """One text, whoever printed it; labelled with the headline of its lead article."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class GraphClaim:
    """Who says it where: the evidence node.

    `says` tells an article's own claims on one sentence apart («worksFor(Мехтиев, ЦК Компартии)»);
    `reviewed` that a person has checked the claim.
    """

    iri: str
    claims: tuple[str, ...]
    said_by: str
    speaker_kind: str
    via: str | None
    modality: str
    polarity: str
    confidence: float
    about: tuple[str, ...]
    article: str
    begin: int
    end: int
    quote: str
    cue: str
    contradicts: tuple[str, ...] = ()
    says: str = ""
    reviewed: bool = False
    speaker_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything that one build knows, in IRI order. `mentioned` and `stories` are by article."""

    base: str
    articles: Mapping[str, Article]
    entities: tuple[Entity, ...]
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    events: tuple[GraphEvent, ...]
    claims: tuple[GraphClaim, ...]
    mentioned: Mapping[str, tuple[str, ...]]
    stories: Mapping[str, GraphStory]
    run: tuple[tuple[str, str], ...] = ()
