"""TriG and N-Quads: an article with its claims in the graph that its IRI names, all else in one graph.

Every triple is in exactly one graph, because unions of named graphs are not de-duplicated everywhere.
To forget or to re-read an article, drop its graph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from kg.export.described import base_of
from kg.export.turtle import laid_out, prefixes
from kg.graph.triples import RDF
from kg.ids import ONTOLOGY, Minter

_TYPE = ox.NamedNode(RDF + "type")
_ARTICLE = ox.NamedNode(ONTOLOGY + "Article")
_IN_ARTICLE = ox.NamedNode(ONTOLOGY + "inArticle")


def quads(triples: Sequence[ox.Triple]) -> list[ox.Quad]:
    """The triples with their graphs: graph after graph, and in each the triples in the order in which they come."""
    homes = _homes(triples)
    shared = ox.NamedNode(Minter(base_of(triples)).shared())
    found = [ox.Quad(t.subject, t.predicate, t.object, homes.get(t.subject, shared)) for t in triples]
    return sorted(found, key=lambda quad: str(quad.graph_name))


def _homes(triples: Sequence[ox.Triple]) -> Mapping[object, ox.NamedNode]:
    """Articles and claims → the graph of the article; a claim in two articles belongs to the first."""
    homes: dict[object, ox.NamedNode] = {}
    for triple in triples:
        if triple.predicate == _IN_ARTICLE and isinstance(triple.object, ox.NamedNode):
            homes.setdefault(triple.subject, triple.object)
        elif triple.predicate == _TYPE and triple.object == _ARTICLE and isinstance(triple.subject, ox.NamedNode):
            homes[triple.subject] = triple.subject
    return homes


def nquads(triples: Sequence[ox.Triple]) -> bytes:
    """One quad a line, sorted."""
    return ox.serialize(quads(triples), format=ox.RdfFormat.N_QUADS) or b""


def trig(triples: Sequence[ox.Triple]) -> bytes:
    """TriG with prefixes, graph after graph."""
    return laid_out(ox.serialize(quads(triples), format=ox.RdfFormat.TRIG, prefixes=prefixes(base_of(triples))) or b"", depth=1)
