"""The graph as RDF triples, in one order for one content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.graph.model import ACCEPTED, Graph, GraphClaim, GraphEvent, Statement, Value
from kg.graph.values import EDTF, XSD
from kg.ids import ONTOLOGY
from kg.ontology import ancestors, terms
from kg.records import Article, Entity, TimeValue

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"

PREFIXES = {"kg": ONTOLOGY, "rdfs": RDFS, "skos": SKOS, "xsd": XSD, "schema": SCHEMA, "prov": PROV, "edtf": "http://id.loc.gov/datatypes/edtf/"}

_TYPE = ox.NamedNode(RDF + "type")


def _kg(name: str) -> ox.NamedNode:
    if name not in terms():
        raise KeyError(f"the ontology has no term kg:{name}")
    return ox.NamedNode(ONTOLOGY + name)


def _text(text: str, language: str = "ru") -> ox.Literal:
    """Text without characters that RDF syntaxes cannot carry (NUL, lone surrogates, non-characters)."""
    safe = "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"))
    return ox.Literal(safe, language=language)


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def _decimal(number: float) -> ox.Literal:
    """Canonical xsd:decimal: no trailing zeros, at least one digit after the point."""
    text = f"{number:.4f}".rstrip("0")
    return _typed(text + "0" if text.endswith(".") else text, "decimal")


def triples(graph: Graph) -> list[ox.Triple]:
    """All triples, sorted by subject, `rdf:type` first, predicate, object; none twice."""
    found: set[ox.Triple] = set()
    for part in (_articles(graph), _entities(graph), _sources(graph), _statements(graph), _events(graph), _claims(graph), _run(graph)):
        found.update(ox.Triple(*each) for each in part)
    return sorted(found, key=order)


def order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    """The key that triples are sorted by: subject, `rdf:type` first, predicate, object."""
    return (str(triple.subject), triple.predicate != _TYPE, str(triple.predicate), str(triple.object))


Row = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def _articles(graph: Graph) -> Iterator[Row]:
    for iri, article in graph.articles.items():
        node = ox.NamedNode(iri)
        yield from _article(node, article)
        for entity in graph.mentioned.get(iri, ()):
            yield node, _kg("mentions"), ox.NamedNode(entity)
        yield node, ox.NamedNode(PROV + "wasGeneratedBy"), _run_node(graph)
        story = ox.NamedNode(graph.stories[iri].iri)
        yield node, _kg("inStory"), story
        yield story, _TYPE, _kg("Story")
        yield story, ox.NamedNode(RDFS + "label"), _text(graph.stories[iri].label)


def _article(node: ox.NamedNode, article: Article) -> Iterator[Row]:
    yield node, _TYPE, _kg("Article")
    yield node, _TYPE, ox.NamedNode(SCHEMA + "NewsArticle")
    yield node, ox.NamedNode(RDFS + "label"), _text(article.title)
    yield node, _kg("headline"), _text(article.title)
    yield node, _kg("fileName"), ox.Literal(article.name)
    yield node, _kg("textSha256"), ox.Literal(article.sha256)
    yield node, _kg("language"), ox.Literal(article.language)
    if article.date and article.date_source:
        yield node, _kg("date"), _typed(article.date, "date")
        yield node, _kg("dateSource"), ox.Literal(article.date_source)


def _entities(graph: Graph) -> Iterator[Row]:
    for entity in graph.entities:
        yield from _entity(entity)


def _entity(entity: Entity) -> Iterator[Row]:
    node = ox.NamedNode(entity.key)
    yield node, _TYPE, _kg(entity.kind)
    schema = terms()[entity.kind].schema
    if schema:
        yield node, _TYPE, ox.NamedNode(schema)
    yield node, ox.NamedNode(RDFS + "label"), _text(entity.label)
    for name in entity.names:
        yield node, ox.NamedNode(SKOS + "altLabel"), _text(name)
    for surface in entity.surfaces:
        if surface not in entity.names and surface != entity.label:
            yield node, ox.NamedNode(SKOS + "hiddenLabel"), _text(surface)
    for reason in entity.reasons:
        yield node, _kg("mergeReason"), _text(f"{reason.rule}: {reason.detail}")
    if entity.iso:
        yield node, _kg("isoCode"), ox.Literal(entity.iso)
    for link in entity.links:
        yield node, ox.NamedNode(SKOS + "exactMatch"), ox.NamedNode(link.iri)
        yield node, _kg("matchMethod"), ox.Literal(link.method)
        yield node, _kg("matchScore"), _decimal(link.score)


def _sources(graph: Graph) -> Iterator[Row]:
    for source in graph.sources:
        node = ox.NamedNode(source.iri)
        yield node, _TYPE, _kg(source.kind)
        yield node, ox.NamedNode(RDFS + "label"), _text(source.label)
        for member in source.members:
            yield node, _kg("member"), ox.NamedNode(member)


def _object(value: str | Value) -> ox.NamedNode | ox.Literal:
    if isinstance(value, str):
        return ox.NamedNode(value)
    if value.language:
        return _text(value.text, value.language)
    return ox.Literal(value.text, datatype=ox.NamedNode(value.datatype)) if value.datatype else ox.Literal(value.text)


def _statements(graph: Graph) -> Iterator[Row]:
    for statement in graph.statements:
        yield from _statement(statement)


def _statement(statement: Statement) -> Iterator[Row]:
    node, subject, value = ox.NamedNode(statement.iri), ox.NamedNode(statement.subject), _object(statement.object)
    predicate = _kg(statement.predicate)
    yield node, _TYPE, _kg("Statement")
    yield node, _kg("subject"), subject
    yield node, _kg("predicate"), predicate
    yield node, _kg("object"), value
    yield node, _kg("status"), _kg(statement.status)
    yield node, _kg("support"), _typed(str(statement.support), "integer")
    if statement.past:
        yield node, _kg("past"), _typed("true", "boolean")
    if statement.status == ACCEPTED:
        yield subject, predicate, value


def _events(graph: Graph) -> Iterator[Row]:
    for event in graph.events:
        yield from _event(event)


def _event(event: GraphEvent) -> Iterator[Row]:
    node = ox.NamedNode(event.iri)
    if event.accepted:
        for name in (event.kind, *ancestors(event.kind)):
            yield node, _TYPE, _kg(name)
    else:
        yield node, _TYPE, _kg("ClaimedEvent")
    yield node, _kg("eventType"), _kg(event.kind)
    yield node, ox.NamedNode(RDFS + "label"), _text(event.label)
    yield node, _kg("realis"), _kg(event.realis)
    yield node, _kg("status"), _kg(event.status)
    yield node, _kg("support"), _typed(str(event.support), "integer")
    for role, entity in event.roles:
        yield node, _kg(role), ox.NamedNode(entity)
    if event.place:
        yield node, _kg("place"), ox.NamedNode(event.place)
    if event.time:
        yield from _time(node, event.time)
        if event.anchor_source:
            yield node, _kg("anchorSource"), ox.Literal(event.anchor_source)
    for name, number in event.figures:
        yield node, _kg(name), _typed(str(number), "integer")


def _time(node: ox.NamedNode, time: TimeValue) -> Iterator[Row]:
    yield node, _kg("time"), ox.Literal(time.edtf, datatype=ox.NamedNode(EDTF))
    if time.earliest:
        yield node, _kg("earliest"), _typed(time.earliest, "date")
    if time.latest:
        yield node, _kg("latest"), _typed(time.latest, "date")


def _claims(graph: Graph) -> Iterator[Row]:
    for claim in graph.claims:
        yield from _claim(claim)


def _claim(claim: GraphClaim) -> Iterator[Row]:
    node = ox.NamedNode(claim.iri)
    yield node, _TYPE, _kg("Claim")
    for content in claim.claims:
        yield node, _kg("claims"), ox.NamedNode(content)
    yield node, _kg("saidBy"), ox.NamedNode(claim.said_by)
    yield node, _kg("speakerKind"), ox.Literal(claim.speaker_kind)
    if claim.via:
        yield node, _kg("via"), ox.NamedNode(claim.via)
    yield node, _kg("modality"), _kg(claim.modality)
    yield node, _kg("polarity"), _kg(claim.polarity)
    yield node, _kg("confidence"), _decimal(claim.confidence)
    if claim.speaker_confidence is not None:
        yield node, _kg("speakerConfidence"), _decimal(claim.speaker_confidence)
    for entity in claim.about:
        yield node, _kg("about"), ox.NamedNode(entity)
    yield node, _kg("inArticle"), ox.NamedNode(claim.article)
    yield node, _kg("begin"), _typed(str(claim.begin), "integer")
    yield node, _kg("end"), _typed(str(claim.end), "integer")
    yield node, _kg("quote"), _text(claim.quote)
    if claim.cue:
        yield node, _kg("cue"), _text(claim.cue)
    if claim.reviewed:
        yield node, _kg("reviewed"), _typed("true", "boolean")
    for other in claim.contradicts:
        yield node, _kg("contradicts"), ox.NamedNode(other)


def _run_node(graph: Graph) -> ox.NamedNode:
    from kg.ids import Minter

    return ox.NamedNode(Minter(graph.base).run(*(part for pair in graph.run for part in pair)))


def _run(graph: Graph) -> Iterable[Row]:
    """What the graph was made with: versions and hashes, never the clock."""
    node = _run_node(graph)
    yield node, _TYPE, ox.NamedNode(PROV + "Activity")
    for name, value in graph.run:
        yield node, ox.NamedNode(RDFS + "comment"), ox.Literal(f"{name}: {value}")
