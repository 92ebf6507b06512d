"""Triples gathered by subject, with the look-ups that exporters need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

import pyoxigraph as ox

from kg.graph.triples import RDF, RDFS, SKOS
from kg.ids import DEFAULT_BASE, ONTOLOGY

TYPE, LABEL, ALT, MATCH = RDF + "type", RDFS + "label", SKOS + "altLabel", SKOS + "exactMatch"
Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Described:
    """One subject and what is said of it. Predicates are full IRIs, or local names of the ontology."""

    __slots__ = ("_objects", "iri")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._objects: dict[str, list[Term]] = {}

    def add(self, predicate: str, term: Term) -> None:
        self._objects.setdefault(predicate, []).append(term)

    def items(self) -> Sequence[tuple[str, list[Term]]]:
        """Predicates and their objects, in the order in which they were added."""
        return list(self._objects.items())

    def predicates(self) -> Sequence[str]:
        return list(self._objects)

    def terms(self, predicate: str) -> Sequence[Term]:
        return self._objects.get(predicate if ":" in predicate else ONTOLOGY + predicate, ())

    def texts(self, predicate: str) -> tuple[str, ...]:
        return tuple(term.value for term in self.terms(predicate))

    def text(self, predicate: str) -> str:
        """The first object as text; empty when there is none."""
        found = self.terms(predicate)
        return found[0].value if found else ""

    def iris(self, predicate: str) -> tuple[str, ...]:
        return tuple(term.value for term in self.terms(predicate) if isinstance(term, ox.NamedNode))

    def local(self, predicate: str) -> str:
        """The first object as a name of the ontology: kg:accepted → accepted."""
        return self.text(predicate).removeprefix(ONTOLOGY)

    def day(self, predicate: str) -> str:
        """The first object as a day of the calendar (ISO); empty when it is none."""
        return day(self.text(predicate))

    def number(self, predicate: str) -> int | None:
        text = self.text(predicate)
        return int(text) if re.fullmatch(r"\d{1,9}", text) else None

    def kinds(self) -> tuple[str, ...]:
        """Local names of its classes in the ontology."""
        return tuple(v.removeprefix(ONTOLOGY) for v in self.texts(TYPE) if v.startswith(ONTOLOGY))


def described(triples: Sequence[ox.Triple]) -> Mapping[str, Described]:
    """Subjects of sorted triples, in that order; blank nodes are told by `_:`."""
    found: dict[str, Described] = {}
    names: dict[ox.NamedNode, str] = {}
    for subject, group in groupby(triples, key=attrgetter("subject")):
        key = subject.value if isinstance(subject, ox.NamedNode) else str(subject)
        node = found[key] = Described(key)
        for triple in group:
            term, predicate = triple.object, triple.predicate
            if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal):
                node.add(names.get(predicate) or names.setdefault(predicate, predicate.value), term)
    return found


def day(text: str) -> str:
    """The text when it is a day of the calendar, else an empty one.

    >>> day("2021-02-29"), day("2021-03-12")
    ('', '2021-03-12')
    """
    try:
        return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) and date.fromisoformat(text) else ""
    except ValueError:
        return ""


def base_of(triples: Sequence[ox.Triple]) -> str:
    """The base IRI of a graph's own resources, told by its articles; the default one for a graph without any."""
    article = ox.NamedNode(ONTOLOGY + "Article")
    for triple in triples:
        if triple.object == article and isinstance(triple.subject, ox.NamedNode):
            base, found, _ = triple.subject.value.rpartition("article/")
            if found:
                return base
    return DEFAULT_BASE


def pointing(nodes: Mapping[str, Described], predicate: str) -> Mapping[str, list[str]]:
    """Object → subjects that point at it with a predicate, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for node in nodes.values():
        for iri in node.iris(predicate):
            found[iri].append(node.iri)
    return found
