"""What GraphML, GEXF and CSV say of a node and of an edge: one table of columns for all three.

No column is called `id`, `source`, `target`, `start`, `end`, `weight` or `kind`: readers keep these
names for themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kg.export.network import Claim, Edge, Happening, Network, Node, Value, best
from kg.graph.model import ACCEPTED
from kg.ontology import label as term_label

Cell = str | int | float | bool | None
Record = TypeVar("Record", Node, Edge)


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """A column: name, type (string, integer, double, boolean), how it is got, what it holds.

    None and an empty text mean that nothing is known; such cells are left out.
    """

    name: str
    type: str
    of: Callable[[Record], Cell]
    about: str


def filled(columns: Iterable[Column[Record]], record: Record) -> Iterator[tuple[Column[Record], str | int | float | bool]]:
    """The cells of a record that hold something."""
    for column in columns:
        value = column.of(record)
        if value is not None and value != "":
            yield column, value


def kind_of(edge: Edge) -> str:
    """Gephi merges parallel edges of one kind: this keeps an accepted one apart from all others."""
    return f"{edge.predicate} {edge.status}"


def unshown(network: Network) -> int:
    """Claims that no edge and no event or value of a node stands for: an author's hedges about nothing that has a node."""
    shown = {c.iri for edge in network.edges for c in edge.claims}
    shown |= {c.iri for node in network.nodes for c in node.claims}
    shown |= {c.iri for node in network.nodes for value in node.values for c in value.claims}
    return sum(claim.iri not in shown for claim in network.claims)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(sorted({v for v in values if v}))


def _worded(values: Iterable[Value], accepted: bool) -> str:
    """«возраст: 87», or «возраст: 87 (unverified)» for what is no fact."""
    return "; ".join(
        f"{term_label(v.predicate)}: {v.text}" + (" (в прошлом)" if v.former else "") + ("" if accepted else f" ({v.status})")
        for v in values
        if (v.status == ACCEPTED) == accepted
    )


def _of_best(field: Callable[[Claim], Cell]) -> Callable[[Node | Edge], Cell]:
    def of(record: Node | Edge) -> Cell:
        claim = best(record.claims)
        return field(claim) if claim else None

    return of


def _of_event(field: Callable[[Happening], Cell]) -> Callable[[Node], Cell]:
    return lambda node: field(node.happening) if node.happening else None


def _count(record: Node | Edge) -> int | None:
    return len(record.claims) or None


def _sources(record: Node | Edge) -> int | None:
    return len({c.speaker for c in record.claims}) or None


def _modality(record: Node | Edge) -> str:
    return _joined(c.modality for c in record.claims)


def _confidence(record: Node | Edge) -> float | None:
    return max((c.confidence for c in record.claims), default=None)


NODE_COLUMNS: Final[tuple[Column[Node], ...]] = (
    Column("layer", "string", lambda n: n.layer, "entity, event, claimed_event (did not surely happen), source (no entity of its own) or article"),
    Column("class", "string", lambda n: n.type, "class of the ontology; of an event its kind"),
    Column("class_label", "string", lambda n: term_label(n.type) if n.type else None, "the same in Russian"),
    Column("status", "string", _of_event(lambda h: h.status), "events: accepted, unverified or disputed; only accepted is a fact"),
    Column("realis", "string", _of_event(lambda h: h.realis), "events: happened, planned, possible, cancelled or denied"),
    Column("modality", "string", _modality, "events: how the claims put it, all of them"),
    Column("time", "string", _of_event(lambda h: h.time), "events: time as EDTF"),
    Column("earliest", "string", _of_event(lambda h: h.earliest), "events: first possible day"),
    Column("latest", "string", _of_event(lambda h: h.latest), "events: last possible day"),
    Column("deaths", "integer", _of_event(lambda h: h.deaths), "events: people killed"),
    Column("injured", "integer", _of_event(lambda h: h.injured), "events: people injured"),
    Column("people", "integer", _of_event(lambda h: h.count), "events: people or things counted"),
    Column("names", "string", lambda n: "; ".join(n.names), "other names"),
    Column("links", "string", lambda n: " ".join(n.links), "Wikidata and other counterparts"),
    Column("latitude", "double", lambda n: n.spot[0] if n.spot else None, "places in the gazetteer: degrees north"),
    Column("longitude", "double", lambda n: n.spot[1] if n.spot else None, "places in the gazetteer: degrees east"),
    Column("facts", "string", lambda n: _worded(n.values, True), "accepted statements with a value: age, dates, sums"),
    Column("claimed", "string", lambda n: _worded(n.values, False), "such statements that are no facts, each with its status"),
    Column("articles", "integer", lambda n: len(n.articles) or None, "how many articles mention it; of an event: speak of it"),
    Column("claims", "integer", _count, "events: how many claims it stands on"),
    Column("sources", "integer", _sources, "events: how many different speakers"),
    Column("support", "integer", _of_event(lambda h: h.support), "events: how many independent sources affirm it; reprints count once"),
    Column("confidence", "double", _confidence, "events: how sure the extractor is, 0 to 1, at best"),
    Column("speaker", "string", _of_best(lambda c: c.speaker_name), "events: who says what is quoted"),
    Column("quote", "string", _of_best(lambda c: c.quote), "events: one quote"),
)  # fmt: skip

EDGE_COLUMNS: Final[tuple[Column[Edge], ...]] = (
    Column("layer", "string", lambda e: e.layer, "statement, role (in an event) or speech (who speaks about whom; of nobody: in which article)"),
    Column("predicate", "string", lambda e: e.predicate, "property of the ontology"),
    Column("status", "string", lambda e: e.status, "accepted, unverified or disputed; only accepted is a fact; speech never is"),
    Column("realis", "string", lambda e: e.realis, "roles: whether the event happened"),
    Column("former", "boolean", lambda e: e.former or None, "true: it was so, and is no more"),
    Column("modality", "string", _modality, "how the claims put it, all of them: asserted; reported; alleged …"),
    Column("polarity", "string", lambda e: _joined(c.polarity for c in e.claims), "affirmed, negated, or both"),
    Column("claims", "integer", _count, "how many claims it stands on"),
    Column("sources", "integer", _sources, "how many different speakers"),
    Column("articles", "integer", lambda e: len({c.article for c in e.claims}) or None, "how many articles"),
    Column("support", "integer", lambda e: e.support, "how many independent sources affirm it; reprints count once"),
    Column("confidence", "double", _confidence, "how sure the extractor is, 0 to 1, at best"),
    Column("valid_from", "string", lambda e: e.since, "statements: from this day; roles: first possible day of the event"),
    Column("valid_until", "string", lambda e: e.until, "statements: until this day; roles: last possible day of the event"),
    Column("speaker", "string", _of_best(lambda c: c.speaker_name), "who says what is quoted; the headline where it is the author"),
    Column("speaker_confidence", "double", _of_best(lambda c: c.speaker_confidence), "how likely the speaker is the right one, 0 to 1"),
    Column("via", "string", _of_best(lambda c: c.via_name), "through whom it is told"),
    Column("quote", "string", _of_best(lambda c: c.quote), "one quote"),
    Column("article", "string", _of_best(lambda c: c.file), "file that the quote is from"),
    Column("published", "string", _of_best(lambda c: c.published), "day of that article"),
    Column("quote_begin", "integer", _of_best(lambda c: c.begin), "where the quote begins, in code points"),
    Column("quote_end", "integer", _of_best(lambda c: c.end), "where it ends"),
    Column("claim_iris", "string", lambda e: " ".join(c.iri for c in e.claims), "the claims, as in graph.ttl"),
)  # fmt: skip
