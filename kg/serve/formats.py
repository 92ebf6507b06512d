"""Media types of answers, and which of them a client takes."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
from werkzeug.datastructures import MIMEAccept

ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
"""Of SELECT and ASK, the preferred first."""
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""Of CONSTRUCT and DESCRIBE."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The media types to answer in, whichever kind the answer is; None where the client takes none of that kind."""

    rows: str | None
    triples: str | None


def wanted(accept: MIMEAccept) -> Wanted:
    """By an Accept header; an absent one takes everything."""
    if not accept:
        return Wanted(next(iter(ROWS)), next(iter(TRIPLES)))
    return Wanted(accept.best_match(list(ROWS)), accept.best_match(list(TRIPLES)))
