"""JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/) with a context of its own, so that nothing is fetched.

One object a line for each node, with plain keys: `"modality": "reported"`. What the context does not
cover (another language, another datatype) is written out as a value object, so that nothing changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.export.described import ALT, LABEL, MATCH, TYPE, Described, Term, base_of, described
from kg.export.turtle import prefixes
from kg.graph.triples import PROV, RDFS, SKOS
from kg.graph.values import EDTF, XSD
from kg.ids import ONTOLOGY
from kg.ontology import terms

_ALIASES = {LABEL: "label", ALT: "altLabel", SKOS + "hiddenLabel": "hiddenLabel", MATCH: "exactMatch", PROV + "wasGeneratedBy": "wasGeneratedBy", RDFS + "comment": "comment"}
_LINKS = frozenset({"exactMatch", "wasGeneratedBy"})
_NAMES = frozenset({"modality", "polarity", "status", "realis", "eventType", "predicate"})
"""Properties whose objects are names of the ontology."""
_RUSSIAN = frozenset({"label", "altLabel", "hiddenLabel", "headline", "quote", "cue", "mergeReason"})
_TYPED = {
    "date": XSD + "date", "earliest": XSD + "date", "latest": XSD + "date", "validFrom": XSD + "date", "validUntil": XSD + "date",
    "validAt": XSD + "date", "confidence": XSD + "decimal", "speakerConfidence": XSD + "decimal", "matchScore": XSD + "decimal", "time": EDTF, "startTime": EDTF, "endTime": EDTF,
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_LOCAL = re.compile(r"\w[\w-]*", re.ASCII)


def jsonld(triples: Sequence[ox.Triple]) -> bytes:
    """The graph as one JSON-LD document."""
    nodes = described(triples)
    writer = _Writer(_safe(prefixes(base_of(triples)), nodes))
    lines = ",\n".join(json.dumps(writer.node(node), ensure_ascii=False) for node in nodes.values())
    context = ",\n".join(f"  {json.dumps(key)}: {json.dumps(way)}" for key, way in writer.context().items())
    return f'{{"@context": {{\n{context}\n}},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _safe(known: Mapping[str, str], nodes: Mapping[str, Described]) -> Mapping[str, str]:
    """Prefixes that are no scheme of an IRI in the graph, which would be read as shortened."""
    schemes = {iri.partition(":")[0] for iri in nodes}
    for node in nodes.values():
        for predicate, objects in node.items():
            schemes.add(predicate.partition(":")[0])
            schemes.update(o.value.partition(":")[0] for o in objects if isinstance(o, ox.NamedNode))
    return {prefix: space for prefix, space in sorted(known.items()) if prefix not in schemes}


class _Writer:
    """Shortens what the context explains."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        self.spaces = spaces
        self.ways = {name: self._way(name) for name in (*_ALIASES.values(), *sorted(terms()))}

    def _way(self, name: str) -> str:
        """What the context makes of a plain string under a key: a datatype, `@id`, `@vocab`, a language or nothing."""
        if name in _NAMES:
            return "@vocab"
        if name in _RUSSIAN:
            return "ru"
        if name in _TYPED:
            return _TYPED[name]
        return "@id" if name in _LINKS or (name in terms() and terms()[name].ranges) else ""

    def context(self) -> dict[str, Any]:
        found: dict[str, Any] = {"@version": 1.1, "@vocab": ONTOLOGY, **self.spaces}
        aliases = {alias: iri for iri, alias in _ALIASES.items()}
        for name, way in self.ways.items():
            if not way and name not in aliases:
                continue
            term = {"@id": self.iri(aliases.get(name, ONTOLOGY + name))}
            found[name] = {**term, **({"@language": way} if way == "ru" else {"@type": self.iri(way)} if way else {})}
        return found

    def iri(self, iri: str) -> str:
        """Shortened where a prefix fits: `person:ramiz-mekhtiev`."""
        for prefix, space in self.spaces.items():
            if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :]):
                return f"{prefix}:{iri[len(space) :]}"
        return iri

    def name(self, iri: str) -> str:
        """As `iri`, and bare for names of the ontology, but for those that the context gives another meaning."""
        local = iri.removeprefix(ONTOLOGY)
        bare = local != iri and _WORD.fullmatch(local) and local not in self.spaces and local not in _ALIASES.values()
        return local if bare else self.iri(iri)

    def node(self, node: Described) -> dict[str, Any]:
        found: dict[str, Any] = {"@id": self.iri(node.iri)}
        for predicate, objects in node.items():
            if predicate == TYPE and not any(isinstance(o, ox.Literal) for o in objects):
                found["@type"] = _one([self.name(_iri(o)) for o in objects])
            else:
                key = _ALIASES.get(predicate) or self.name(predicate)
                found[key] = _one([self.value(self.ways.get(key, ""), o) for o in objects])
        return found

    def value(self, way: str, term: Term) -> Any:
        if not isinstance(term, ox.Literal):
            if way == "@vocab":
                return self.name(_iri(term))
            return self.iri(_iri(term)) if way == "@id" else {"@id": self.iri(_iri(term))}
        kind = term.datatype.value
        if term.language:
            return term.value if way == term.language else {"@value": term.value, "@language": term.language}
        if kind == way or (kind == XSD + "string" and not way):
            return term.value
        return _native(way, kind, term.value)


def _native(way: str, kind: str, text: str) -> Any:
    """A JSON number or truth value where that is the very same literal, else a value object."""
    if kind == XSD + "integer" and not way and re.fullmatch(r"0|-?[1-9]\d{0,14}", text, re.ASCII):
        return int(text)
    if kind == XSD + "boolean" and not way and text in ("true", "false"):
        return text == "true"
    return {"@value": text} if kind == XSD + "string" else {"@value": text, "@type": kind}


def _iri(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
