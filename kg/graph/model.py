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
    """What is said, whoever says it: subject, property, object (an IRI or a value)."""

    iri: str
    subject: str
    predicate: str
    object: str | Value
    past: bool
    status: str = UNVERIFIED


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


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who speaks without being an entity of the graph: a group, an unnamed source, a document."""

    iri: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class GraphClaim:
    """Who says it where: the evidence node."""

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


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything that one build knows, in IRI order."""

    base: str
    articles: Mapping[str, Article]
    entities: tuple[Entity, ...]
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    events: tuple[GraphEvent, ...]
    claims: tuple[GraphClaim, ...]
    mentioned: Mapping[str, tuple[str, ...]]
    run: tuple[tuple[str, str], ...] = ()
