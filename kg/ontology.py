"""`ontology/kg.ttl` read into code, so that every name lives in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.ids import ONTOLOGY

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SCHEMA = "https://schema.org/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_PROPERTY_KINDS = frozenset({"ObjectProperty", "DatatypeProperty", "AnnotationProperty"})


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual of the ontology, by its local name."""

    name: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    examples: tuple[str, ...]
    phrases: Mapping[str, str]
    parents: tuple[str, ...]
    nerel: tuple[str, ...]
    inverse: bool
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    schema: str | None
    notation: str | None

    @property
    def iri(self) -> str:
        return ONTOLOGY + self.name


def folder() -> Path:
    """Where the ontology files are: inside the installed package, or beside it in the repository."""
    packaged = Path(str(resources.files("kg"))) / "ontology_data"
    if packaged.is_dir():
        return packaged
    beside = Path(__file__).resolve().parent.parent / "ontology"
    if beside.is_dir():
        return beside
    raise DataError("ontology/kg.ttl", None, "the ontology files are missing; reinstall kg")


@cache
def terms() -> Mapping[str, Term]:
    """All terms of the kg: namespace by local name."""
    store = ox.Store()
    store.load(path=str(folder() / "kg.ttl"), format=ox.RdfFormat.TURTLE)
    names = sorted({q.subject.value for q in store if isinstance(q.subject, ox.NamedNode) and q.subject.value.startswith(ONTOLOGY)})
    return {iri.removeprefix(ONTOLOGY): _term(store, iri) for iri in names}


def _term(store: ox.Store, iri: str) -> Term:
    def objects(predicate: str) -> list[ox.NamedNode | ox.Literal]:
        found = [q.object for q in store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)]
        return sorted((o for o in found if isinstance(o, ox.NamedNode | ox.Literal)), key=lambda o: o.value)

    def texts(predicate: str) -> dict[str, str]:
        return {o.language or "": o.value for o in objects(predicate) if isinstance(o, ox.Literal)}

    def local(side: str) -> tuple[str, ...]:
        found = [o.value for o in [*objects(f"{_RDFS}{side}"), *objects(f"{_SCHEMA}{side}Includes")]]
        return tuple(sorted({v.removeprefix(ONTOLOGY) for v in found if v.startswith(ONTOLOGY)}))

    types = [o.value for o in objects(_RDF + "type")]
    kind = next((t.removeprefix(_OWL) for t in types if t.startswith(_OWL)), types[0].removeprefix(ONTOLOGY) if types else "")
    parents = [o.value for p in ("subClassOf", "subPropertyOf") for o in objects(_RDFS + p)]
    schema = objects(ONTOLOGY + "schemaClass")
    notation = objects(_SKOS + "notation")
    return Term(
        name=iri.removeprefix(ONTOLOGY),
        kind="Property" if kind in _PROPERTY_KINDS else kind,
        labels=texts(_RDFS + "label"),
        definitions=texts(_SKOS + "definition"),
        examples=tuple(o.value for o in objects(_SKOS + "example")),
        phrases=texts(ONTOLOGY + "phrase"),
        parents=tuple(p.removeprefix(ONTOLOGY) for p in parents if p.startswith(ONTOLOGY)),
        nerel=tuple(o.value for o in objects(ONTOLOGY + "nerelLabel")),
        inverse=any(o.value == "true" for o in objects(ONTOLOGY + "nerelInverse")),
        domains=local("domain"),
        ranges=local("range"),
        schema=schema[0].value if schema else None,
        notation=notation[0].value if notation else None,
    )


@cache
def class_of_label() -> Mapping[str, str]:
    """NEREL entity type → class: PERSON → Person."""
    return {label: t.name for t in terms().values() if t.kind == "Class" for label in t.nerel}


@cache
def property_of_label() -> Mapping[str, Term]:
    """NEREL relation type → property: WORKPLACE → worksFor."""
    return {label: t for t in terms().values() if t.kind == "Property" for label in t.nerel}


def fits(kind: str, classes: tuple[str, ...]) -> bool:
    """Whether a class is one of the given ones or below one; any class fits an empty list."""
    return not classes or bool({kind, *ancestors(kind)} & set(classes))


@cache
def event_classes() -> Mapping[str, str]:
    """Name in word lists and in JSON («Statement») → class («PublicStatement»)."""
    below = [t for t in terms().values() if t.kind == "Class" and "Event" in ancestors(t.name)]
    return {t.notation or t.name: t.name for t in below}


@cache
def ancestors(name: str) -> tuple[str, ...]:
    """All super-classes or super-properties of a term, nearest first, without itself."""
    found: list[str] = []
    queue = list(terms()[name].parents) if name in terms() else []
    while queue:
        parent = queue.pop(0)
        if parent not in found:
            found.append(parent)
            queue.extend(terms()[parent].parents if parent in terms() else ())
    return tuple(found)


def label(name: str, language: str = "ru") -> str:
    """The label of a term, its local name when it has none in that language."""
    term = terms().get(name)
    return term.labels.get(language, name) if term else name
