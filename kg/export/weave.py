"""Triples → the network of nodes and edges that GraphML, GEXF, CSV and FollowTheMoney are written from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import pyoxigraph as ox

from kg.export.described import ALT, LABEL, MATCH, Described, base_of, described, pointing
from kg.export.network import (
    ARTICLE,
    CLAIMED_EVENT,
    ENTITY,
    EVENT,
    ROLE,
    SOURCE,
    SPEECH,
    STATEMENT,
    Article,
    Claim,
    Edge,
    Happening,
    Network,
    Node,
    Value,
)
from kg.graph.model import DISPUTED, UNVERIFIED
from kg.ontology import ancestors, terms
from kg.ontology import label as term_label
from kg.text import gazetteer

_WIKIDATA = "/entity/"
_NO_ROLES = frozenset({"eventType", "realis", "status"})


def network(triples: Sequence[ox.Triple]) -> Network:
    """Nodes, edges, claims and articles of a graph, in IRI order."""
    return _Loom(described(triples), base_of(triples)).network()


def layer_of(kinds: Sequence[str]) -> str:
    """What a subject with these classes is: a node's layer, or empty for claims, statements, stories and the run."""
    if not kinds or {"Claim", "Statement", "Story"} & set(kinds):
        return ""
    if "ClaimedEvent" in kinds:
        return CLAIMED_EVENT
    above = {name for kind in kinds for name in (kind, *ancestors(kind))}
    if "Event" in above:
        return EVENT
    if "Article" in above:
        return ARTICLE
    return SOURCE if "Source" in above else ENTITY


def phrase(predicate: str) -> str:
    """Words for an edge: «работает в»."""
    term = terms().get(predicate)
    return (term.phrases.get("ru") if term else "") or term_label(predicate)


@cache
def _spots() -> Mapping[str, tuple[float, float]]:
    """Wikidata id → latitude and longitude, of the gazetteer's countries and cities."""
    found: dict[str, tuple[float, float]] = {}
    for entry in gazetteer.entries():
        latitude, longitude = entry.get("lat"), entry.get("lon")
        if entry.qid and latitude and longitude:
            found.setdefault(entry.qid, (float(latitude), float(longitude)))
    return found


class _Loom:
    """Holds the look-ups while nodes and edges are made."""

    def __init__(self, subjects: Mapping[str, Described], base: str) -> None:
        self.subjects, self.base = subjects, base
        kinds = {iri: node.kinds() for iri, node in subjects.items()}
        self.layers = {iri: layer for iri, held in kinds.items() if (layer := layer_of(held))}
        self.claims = {iri: self._claim(subjects[iri]) for iri, held in kinds.items() if "Claim" in held}
        self.statements = [subjects[iri] for iri, held in kinds.items() if "Statement" in held]
        self.said = {node.iri for node in self.statements}
        self.on: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            for content in claim.content:
                self.on[content].append(claim)
        self.mentions = pointing(subjects, "mentions")

    def network(self) -> Network:
        edges = sorted((*self._statement_edges(), *self._role_edges(), *self._speech_edges()), key=lambda e: e.id)
        values: defaultdict[str, list[Value]] = defaultdict(list)
        for value in self._values():
            values[value.subject].append(value)
        ends = {end for edge in edges for end in (edge.source, edge.target)}
        shown = {iri for iri, layer in self.layers.items() if layer != ARTICLE} | ends | values.keys()
        nodes = [self._node(iri, tuple(values.get(iri, ()))) for iri in sorted(shown)]
        articles = [self._article(self.subjects[iri]) for iri, layer in sorted(self.layers.items()) if layer == ARTICLE]
        return Network(self.base, tuple(articles), tuple(nodes), tuple(edges), tuple(self.claims[i] for i in sorted(self.claims)))

    # ------------------------------------------------------------ claims and articles

    def _name(self, iri: str) -> str:
        node = self.subjects.get(iri)
        return (node.text(LABEL) if node else "") or iri

    def _claim(self, node: Described) -> Claim:
        speaker, article = node.text("saidBy"), node.text("inArticle")
        place = self.subjects.get(article) or Described(article)
        via = node.text("via")
        return Claim(
            node.iri, node.iris("claims"), speaker, self._name(speaker), speaker == article or self.layers.get(speaker) == ARTICLE,
            self._name(via) if via else "", node.local("modality"), node.local("polarity"), _share(node.text("confidence")),
            node.iris("about"), article, place.text("fileName"), place.day("date"), node.number("begin") or 0, node.number("end") or 0,
            node.text("quote"), bool(node.terms("contradicts")), _share(node.text("speakerConfidence")) if node.terms("speakerConfidence") else None,
        )  # fmt: skip

    def _article(self, node: Described) -> Article:
        return Article(node.iri, node.text("headline") or node.text(LABEL), node.text("fileName"), node.day("date"), node.text("language"))

    # ------------------------------------------------------------ nodes

    def _node(self, iri: str, values: tuple[Value, ...]) -> Node:
        node, layer = self.subjects.get(iri) or Described(iri), self.layers.get(iri, ENTITY)
        happens = layer in (EVENT, CLAIMED_EVENT)
        links = node.iris(MATCH)
        claims = tuple(self.on[iri]) if happens else ()
        kinds = node.kinds()
        return Node(
            iri=iri, layer=layer, type=node.local("eventType") if happens else kinds[0] if kinds else "", label=self._name(iri),
            names=node.texts(ALT), links=links, spot=self._spot(kinds, links),
            articles=tuple(sorted({c.article for c in claims})) if happens else tuple(self.mentions.get(iri, ())),
            happening=self._happening(node) if happens else None, values=values, claims=claims,
        )  # fmt: skip

    def _spot(self, kinds: Sequence[str], links: Sequence[str]) -> tuple[float, float] | None:
        if not any("Place" in ancestors(kind) for kind in kinds):
            return None
        ids = (link.rpartition(_WIKIDATA)[2] for link in links if _WIKIDATA in link)
        return next((spot for qid in ids if (spot := _spots().get(qid))), None)

    def _happening(self, node: Described) -> Happening:
        return Happening(
            node.local("status") or UNVERIFIED, node.local("realis"), node.text("time"), node.day("earliest"), node.day("latest"),
            node.number("deaths"), node.number("injured"), node.number("count"), node.number("support"),
        )  # fmt: skip

    # ------------------------------------------------------------ edges

    def _statement_edges(self) -> Iterator[Edge]:
        for node in self.statements:
            for target in node.iris("object")[:1]:
                predicate = node.local("predicate")
                at = node.day("validAt")
                yield Edge(
                    node.iri, node.text("subject"), target, STATEMENT, predicate, phrase(predicate), node.local("status") or UNVERIFIED,
                    former=node.text("past") == "true", since=node.day("validFrom") or at, until=node.day("validUntil") or at,
                    support=node.number("support"), claims=tuple(self.on[node.iri]),
                )  # fmt: skip

    def _values(self) -> Iterator[Value]:
        for node in self.statements:
            for term in node.terms("object")[:1]:
                if isinstance(term, ox.Literal):
                    yield Value(
                        node.iri, node.text("subject"), node.local("predicate"), term.value, node.local("status") or UNVERIFIED,
                        node.text("past") == "true", tuple(self.on[node.iri]),
                    )  # fmt: skip

    def _role_edges(self) -> Iterator[Edge]:
        for iri, layer in self.layers.items():
            if layer not in (EVENT, CLAIMED_EVENT):
                continue
            node = self.subjects[iri]
            what = self._happening(node)
            for predicate, role in _roles(node):
                for target in node.iris(predicate):
                    yield Edge(
                        f"{iri}#{role}-{target}", iri, target, ROLE, role, term_label(role), what.status, what.realis,
                        since=what.earliest, until=what.latest, support=what.support, claims=tuple(self.on[iri]),
                    )  # fmt: skip

    def _speech_edges(self) -> Iterator[Edge]:
        """Who speaks about whom; in which article, where it is about nothing that has a node.

        What an author says of a statement or an event is told by the edges of those.
        """
        for claim in self.claims.values():
            told = any(self._stands(content) for content in claim.content)
            about = [iri for iri in claim.about if iri != claim.speaker]
            if claim.by_author and told:
                continue
            if about:
                yield from (_speech(claim, "about", target) for target in about)
            elif not told and claim.article not in ("", claim.speaker):
                yield _speech(claim, "inArticle", claim.article)

    def _stands(self, content: str) -> bool:
        """Whether what is claimed is itself in the network: an event or a statement."""
        return self.layers.get(content) in (EVENT, CLAIMED_EVENT) or content in self.said


def _speech(claim: Claim, predicate: str, target: str) -> Edge:
    status = DISPUTED if claim.contradicted else UNVERIFIED
    words = "говорит о" if predicate == "about" else "говорит в"
    return Edge(f"{claim.iri}#{predicate}-{target}", claim.speaker, target, SPEECH, predicate, words, status, claims=(claim,))


def _roles(node: Described) -> Iterator[tuple[str, str]]:
    for predicate in node.predicates():
        role = predicate.rpartition("#")[2]
        term = terms().get(role)
        if term is not None and term.iri == predicate and role not in _NO_ROLES:
            yield predicate, role


def _share(text: str) -> float:
    """A confidence as a number; 0 when it is none."""
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) else 0.0
