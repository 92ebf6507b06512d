"""FollowTheMoney: JSON lines of entities, for OpenAleph, OpenSanctions' tools and the `ftm` command.

The model has facts only. So links and events are what is accepted; what is said, denied, planned or
doubted becomes a `Note` on whom it is about (of nobody: on the speaker): a quotation, never a link.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.export.characters import legal
from kg.export.ftm_map import DATES, LANGUAGES, LINKS, SCHEMATA, UNKNOWN, WITH_STATUS, WORDS, Link, is_a
from kg.export.network import EVENT, ROLE, STATEMENT, Article, Claim, Edge, Network, Node, Value
from kg.graph.model import ACCEPTED
from kg.ids import DEFAULT_BASE, digest
from kg.ontology import label as term_label

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
Properties = dict[str, list[str]]


def ftm(network: Network) -> tuple[bytes, tuple[str, ...]]:
    """The entities, one a line in the order of their ids; and in words what could not be told."""
    ledger = _Ledger(network)
    ledger.fill()
    lines = "".join(_line(entity) for _, entity in sorted(ledger.entities.items()))
    return lines.encode("utf-8"), tuple(ledger.left_out())


def _line(entity: Mapping[str, object]) -> str:
    """JSON on one line, also for readers that take other characters than a newline for a line's end."""
    text = json.dumps(entity, ensure_ascii=False)
    for mark in "\x85\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text + "\n"


class _Ledger:
    """Entities by id while the network is walked, and what is left out by reason."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.prefix = "kg" if network.base == DEFAULT_BASE else f"kg-{digest(network.base, length=8)}"
        owned = {e.target for e in network.edges if e.is_fact and e.predicate == "owns"}
        self.schemata = {node.iri: schema for node in network.nodes if (schema := _schema(node, owned))}
        self.labels = {node.iri: node.label for node in network.nodes}
        self.entities: dict[str, dict[str, object]] = {}
        self.placeless: Counter[str] = Counter()
        self.hedged: Counter[str] = Counter()
        self.extra: defaultdict[str, Properties] = defaultdict(lambda: defaultdict(list))

    def fill(self) -> None:
        for article in self.network.articles:
            self._add(article.iri, "Article", _article(article))
        for edge in self.network.edges:
            if edge.layer == STATEMENT:
                self._statement(edge)
            elif edge.layer == ROLE and edge.is_fact:
                self._role(edge)
        for node in self.network.nodes:
            for value in node.values:
                self._value(value)
        for node in self.network.nodes:
            self._node(node)
        for claim in self.network.claims:
            if not claim.accepts:
                self._note(claim)

    def left_out(self) -> Iterator[str]:
        """One line for each kind of loss."""
        if self.hedged:
            told = ", ".join(f"{number} {what}" for what, number in sorted(self.hedged.items()))
            yield f"left out as links because they are no facts: {told}; who says so stands in notes"
        if self.placeless:
            told = ", ".join(f"{name} ({number})" for name, number in sorted(self.placeless.items()))
            yield f"left out because FollowTheMoney has no place for them: {told}"

    # ------------------------------------------------------------ nodes

    def id(self, iri: str) -> str:
        """Letters, digits, dots and hyphens only: person/ivan-petrov → kg.person.ivan-petrov."""
        local = iri.removeprefix(self.network.base)
        plain = local != iri and re.fullmatch(r"[a-z0-9-]+/[a-z0-9][a-z0-9-]*(?<!-)", local)
        return f"{self.prefix}.{local.replace('/', '.')}" if plain else f"{self.prefix}.x.{digest(iri)}"

    def _add(self, iri: str, schema: str, properties: Properties) -> None:
        held = {name: _texts(values) for name, values in sorted(properties.items())}
        ident = self.id(iri)
        self.entities[ident] = {"id": ident, "schema": schema, "properties": {n: v for n, v in held.items() if v}}

    def _node(self, node: Node) -> None:
        schema = self.schemata.get(node.iri)
        if schema is None:
            if node.happening:
                self.hedged["claimed events"] += 1
            return
        properties: Properties = {"name": [_name(node.label) or node.iri], "proof": [self.id(a) for a in node.articles]}
        properties.update(_event(node) if schema == "Event" else _thing(node, schema))
        for name, values in self.extra[node.iri].items():
            properties[name] = [*properties.get(name, []), *values]
        self._add(node.iri, schema, properties)

    # ------------------------------------------------------------ facts

    def _statement(self, edge: Edge) -> None:
        if not edge.is_fact:
            self.hedged["statements"] += 1
            return
        subject, target = self.schemata.get(edge.source), self.schemata.get(edge.target)
        words = WORDS.get((subject or "", edge.predicate))
        if words and not edge.former:
            self.extra[edge.source][words].append(self.labels[edge.target])
        elif subject and target:
            self._link(edge, _fitting(edge.predicate, subject, target))
        else:
            self.placeless[edge.predicate] += 1

    def _link(self, edge: Edge, link: Link) -> None:
        properties = self._evidence(edge.claims)
        properties |= {link.subject: [self.id(edge.source)], link.object: [self.id(edge.target)], "recordId": [edge.id]}
        if link.words:
            properties[link.words] = [edge.label if link is UNKNOWN else term_label(edge.predicate)]
        if edge.former:
            properties["status" if link.schema in WITH_STATUS else "description"] = ["в прошлом"]
        if edge.layer == STATEMENT:
            properties |= _span(edge.since, edge.until)
        self._add(edge.id, link.schema, properties)

    def _role(self, edge: Edge) -> None:
        schema = self.schemata.get(edge.target)
        event = self.extra[edge.source]
        if edge.predicate == "place":
            event["location"].append(self.labels[edge.target])
        elif schema and is_a(schema, "LegalEntity"):
            event["organizer" if edge.predicate == "organizer" else "involved"].append(self.id(edge.target))
        elif schema:
            self._link(edge, UNKNOWN)
        else:
            event["keywords"].append(self.labels[edge.target])

    def _value(self, value: Value) -> None:
        name = DATES.get((self.schemata.get(value.subject, ""), value.predicate))
        if value.status != ACCEPTED:
            self.hedged["statements"] += 1
        elif name and _DATE.fullmatch(value.text):
            self.extra[value.subject][name].append(value.text)
        else:
            self.placeless[value.predicate] += 1

    def _evidence(self, claims: Iterable[Claim]) -> Properties:
        """Articles that state it in their own voice, and their words."""
        proofs = [claim for claim in claims if claim.accepts]
        return {"proof": [self.id(c.article) for c in proofs], "summary": [c.quote for c in proofs]}

    # ------------------------------------------------------------ what is said

    def _note(self, claim: Claim) -> None:
        about = [self.id(iri) for iri in claim.about or (claim.speaker,) if iri in self.schemata]
        if not about:
            self.placeless["claims about nothing that is kept"] += 1
            return
        who = "автор статьи" if claim.by_author else claim.speaker_name
        through = f" (через: {claim.via_name})" if claim.via_name else ""
        how = term_label(claim.modality) + (", отрицается" if claim.polarity == "negated" else "")
        properties: Properties = {
            "name": [_name(f"{who}{through}: {how}")], "description": [claim.quote], "publisher": [who], "entity": about,
            "keywords": [claim.modality, *([claim.polarity] if claim.polarity == "negated" else [])], "proof": [self.id(claim.article)],
        }  # fmt: skip
        self._add(claim.iri, "Note", properties)


def _schema(node: Node, owned: set[str]) -> str | None:
    """The schema of a node; an organisation that somebody owns must be a Company to be an asset."""
    if node.layer == EVENT:
        return "Event" if node.happening and node.happening.status == ACCEPTED else None
    schema = SCHEMATA.get(node.type)
    return "Company" if schema == "Organization" and node.iri in owned else schema


def _fitting(predicate: str, subject: str, target: str) -> Link:
    """The link schema of a property, where both ends may stand in it."""
    link = LINKS.get(predicate, UNKNOWN)
    return link if link is UNKNOWN or (is_a(subject, link.subject_is) and is_a(target, link.object_is)) else UNKNOWN


def _thing(node: Node, schema: str) -> Properties:
    properties: Properties = {"alias": [_name(name) for name in node.names if _name(name) != _name(node.label)]}
    properties["wikidataId"] = [qid for link in node.links if re.fullmatch(r"Q\d+", qid := link.rpartition("/")[2])]
    if schema == "Address":
        properties["full"] = [node.label]
    if schema in ("Address", "RealEstate") and node.spot:
        properties["latitude"], properties["longitude"] = [repr(node.spot[0])], [repr(node.spot[1])]
    return properties


def _event(node: Node) -> Properties:
    what = node.happening
    assert what is not None
    figures = (("deaths", what.deaths), ("injured", what.injured), ("count", what.count))
    notes = [f"{term_label(name)}: {number}" for name, number in figures if number is not None]
    quotes = [claim.quote for claim in node.claims if claim.accepts]
    properties: Properties = {"recordId": [node.iri], "keywords": [term_label(node.type)], "notes": notes, "summary": quotes}
    return {**properties, **_time(what.time)}


def _time(edtf: str) -> Properties:
    """A date that FollowTheMoney can hold (a day, a month, a year, or from one to another), else the EDTF in words."""
    first, slash, last = edtf.partition("/")
    if not slash:
        return {"date": [edtf]} if _DATE.fullmatch(edtf) else {"description": [f"время: {edtf}"] if edtf else []}
    return {name: [side] for name, side in (("startDate", first), ("endDate", last)) if _DATE.fullmatch(side)}


def _span(since: str, until: str) -> Mapping[str, list[str]]:
    """Validity of a link: one day, or from and until."""
    return {"date": [since]} if since and since == until else {"startDate": [since], "endDate": [until]}


def _article(article: Article) -> Properties:
    language = LANGUAGES.get(article.language)
    return {
        "title": [article.headline], "fileName": [_name(article.file) or article.iri], "publishedAt": [article.published],
        "language": [language] if language else [],
    }  # fmt: skip


def _name(text: str) -> str:
    return " ".join(legal(text).split())


def _texts(values: Iterable[str]) -> list[str]:
    """Each value once, blank ones never."""
    return list(dict.fromkeys(v for v in map(legal, values) if v.strip()))
