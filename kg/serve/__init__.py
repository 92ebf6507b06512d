"""The local site: the page, the graph, and a SPARQL endpoint that only reads (SPARQL 1.1 Protocol, query operation)."""

from kg.serve.site import Site

__all__ = ["Site"]
