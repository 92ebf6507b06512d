"""The graph as nodes and edges: one record for every format that knows no RDF.

Nothing hedged becomes a fact here: an edge is a fact only where its `status` is `accepted`, an event
only where it is so too. What somebody says is an edge from the speaker, and never accepted.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.model import ACCEPTED

ENTITY, EVENT, CLAIMED_EVENT, SOURCE, ARTICLE = "entity", "event", "claimed_event", "source", "article"
STATEMENT, ROLE, SPEECH = "statement", "role", "speech"


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says it where; `content` and `about` are IRIs, `begin` and `end` code points of the article."""

    iri: str
    content: tuple[str, ...]
    speaker: str
    speaker_name: str
    by_author: bool
    via_name: str
    modality: str
    polarity: str
    confidence: float
    about: tuple[str, ...]
    article: str
    file: str
    published: str
    begin: int
    end: int
    quote: str
    contradicted: bool
    speaker_confidence: float | None = None

    @property
    def accepts(self) -> bool:
        """The article says it in its own voice, unhedged and affirmed."""
        return self.by_author and self.modality == "asserted" and self.polarity == "affirmed"


@dataclass(frozen=True, slots=True)
class Happening:
    """What a node has that is an event: standing, realis, EDTF time with its first and last day, figures.

    `support` counts the independent sources that affirm it.
    """

    status: str
    realis: str
    time: str
    earliest: str
    latest: str
    deaths: int | None
    injured: int | None
    count: int | None
    support: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A statement whose object is no node: «возраст: 87»."""

    iri: str
    subject: str
    predicate: str
    text: str
    status: str
    former: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody, something or an event. `layer` tells which; `type` is a class of the ontology.

    `links` are counterparts elsewhere, `spot` is latitude and longitude in degrees, `articles` are those
    that mention it (of an event: that speak of it), `claims` are those that an event stands on.
    """

    iri: str
    layer: str
    type: str
    label: str
    names: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    spot: tuple[float, float] | None = None
    articles: tuple[str, ...] = ()
    happening: Happening | None = None
    values: tuple[Value, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement between nodes, a role in an event, or who speaks about whom (`layer` tells which).

    `since` and `until` are days (ISO): of a statement its validity, of a role those between which the
    event lies. Empty where not known. `support` counts the independent sources that affirm it.
    """

    id: str
    source: str
    target: str
    layer: str
    predicate: str
    label: str
    status: str
    realis: str = ""
    former: bool = False
    since: str = ""
    until: str = ""
    support: int | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def is_fact(self) -> bool:
        return self.status == ACCEPTED


@dataclass(frozen=True, slots=True)
class Article:
    """An article: headline, file name, day of publication (ISO, or empty), language."""

    iri: str
    headline: str
    file: str
    published: str
    language: str


@dataclass(frozen=True, slots=True)
class Network:
    """A whole graph, each part in IRI order; every end of an edge is a node."""

    base: str
    articles: tuple[Article, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    claims: tuple[Claim, ...]


def best(claims: tuple[Claim, ...]) -> Claim | None:
    """The claim to quote: one that makes a fact, else the surest."""
    return min(claims, key=lambda c: (not c.accepts, -c.confidence, c.iri), default=None)
