"""The graph as the page shows it: nodes, edges, claims in words, and the articles' texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.export.page import Page, PageArticle, PageClaim, PageEdge, PageNode, PageValue, Standing
from kg.export.places import spot_of
from kg.export.sentences import sentences_of
from kg.graph.model import Graph, GraphClaim, GraphEvent, Statement, Value
from kg.ontology import label, terms

_POSSIBLE = frozenset({"possible", "planned", "alleged", "promised", "demanded", "opinion"})
_ORDER: tuple[Standing, ...] = ("asserted", "reported", "possible", "disputed")


def view(graph: Graph, title: str) -> Page:
    """Everything that has a claim about it, and what connects it."""
    return _View(graph).page(title)


class _View:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.labels = _labels(graph)
        self.articles = {iri: i for i, iri in enumerate(sorted(graph.articles))}
        self.claims = list(graph.claims)
        self.numbers = {c.iri: i for i, c in enumerate(self.claims)}
        self.content = {s.iri: self._said(s) for s in graph.statements} | {e.iri: e.label for e in graph.events}
        self.by_content: defaultdict[str, list[int]] = defaultdict(list)
        for claim in self.claims:
            for node in claim.claims:
                self.by_content[node].append(self.numbers[claim.iri])

        self.values = self._values()

    def page(self, title: str) -> Page:
        edges = self._edges()
        used = {edge.source for edge in edges} | {edge.target for edge in edges} | set(self.values)
        nodes = [*self._entities(used), *self._sources(used), *self._events()]
        return Page(title, tuple(nodes), tuple(edges), tuple(self._claim(c) for c in self.claims), self._articles())

    # ------------------------------------------------------------ words

    def _name(self, value: str | Value) -> str:
        return value.text if isinstance(value, Value) else self.labels.get(value, value)

    def _said(self, statement: Statement) -> str:
        phrase = _phrase(statement.predicate, "ru", statement.past)
        return f"{self._name(statement.subject)} — {phrase} — {self._name(statement.object)}"

    # ------------------------------------------------------------ nodes

    def _entities(self, used: set[str]) -> list[PageNode]:
        about: defaultdict[str, set[int]] = defaultdict(set)
        for claim in self.claims:
            for iri in (*claim.about, claim.said_by):
                about[iri].add(self.numbers[claim.iri])
        notes = self._notes()
        nodes = []
        for entity in self.graph.entities:
            if entity.key not in used:
                continue
            links = tuple(
                (_link_label(link.iri), link.iri.replace("http://", "https://")) for link in entity.links
            )
            nodes.append(
                PageNode(
                    id=entity.key, label=entity.label, type=entity.kind, type_label=label(entity.kind), kind="entity",
                    type_en=label(entity.kind, "en"), spot=spot_of(entity), values=tuple(self.values[entity.key]),
                    names=(*entity.names, *entity.surfaces), note=notes.get(entity.key, ""), links=links,
                    weight=len(entity.mentions), claims=tuple(sorted(about[entity.key])),
                )
            )  # fmt: skip
        return nodes

    def _values(self) -> defaultdict[str, list[PageValue]]:
        """What is said of a node in words and numbers that are no nodes themselves: an age, a date, a price."""
        found: defaultdict[str, list[PageValue]] = defaultdict(list)
        for statement in self.graph.statements:
            if isinstance(statement.object, Value):
                claims = tuple(sorted(self.by_content[statement.iri]))
                found[statement.subject].append(
                    PageValue(
                        label(statement.predicate), label(statement.predicate, "en"), statement.object.text,
                        self._standing(claims, statement.status), claims,
                    )
                )  # fmt: skip
        return found

    def _notes(self) -> Mapping[str, str]:
        notes: defaultdict[str, list[str]] = defaultdict(list)
        for statement in self.graph.statements:
            if statement.predicate == "position" and statement.status == "accepted":
                notes[statement.subject].append(
                    self._name(statement.object) + (" (в прошлом)" if statement.past else "")
                )
        return {iri: ", ".join(sorted(set(words))[:3]) for iri, words in notes.items()}

    def _sources(self, used: set[str]) -> list[PageNode]:
        return [
            PageNode(
                id=s.iri, label=s.label, type=s.kind, type_label=label(s.kind), kind="entity",
                type_en=label(s.kind, "en"), names=(), note="", links=(), weight=1,
                claims=tuple(self.numbers[c.iri] for c in self.claims if c.said_by == s.iri),
            )
            for s in self.graph.sources
            if s.iri in used
        ]  # fmt: skip

    def _events(self) -> list[PageNode]:
        return [
            PageNode(
                id=e.iri, label=e.label, type=e.kind, type_label=label(e.kind), kind="event" if e.accepted else "claimed",
                type_en=label(e.kind, "en"), names=(), note=self._event_note(e), links=(), weight=2 + len(e.roles),
                claims=tuple(sorted(self.by_content[e.iri])), at=e.place or "", time=e.time.edtf if e.time else "",
                earliest=(e.time.earliest if e.time else None) or "", latest=(e.time.latest if e.time else None) or "",
                support=e.support,
            )
            for e in self.graph.events
        ]  # fmt: skip

    def _event_note(self, event: GraphEvent) -> str:
        parts = [] if event.realis == "happened" else [label(event.realis)]
        parts += [f"{label(name)}: {number}" for name, number in event.figures]
        return " · ".join(parts)

    # ------------------------------------------------------------ edges

    def _edges(self) -> list[PageEdge]:
        edges = []
        for statement in self.graph.statements:
            if isinstance(statement.object, str):
                claims = tuple(sorted(self.by_content[statement.iri]))
                edges.append(
                    PageEdge(
                        statement.iri, statement.subject, statement.object, _phrase(statement.predicate, "ru", statement.past),
                        self._standing(claims, statement.status), claims,
                        label_en=_phrase(statement.predicate, "en", statement.past), support=statement.support,
                    )
                )  # fmt: skip
        for event in self.graph.events:
            claims = tuple(sorted(self.by_content[event.iri]))
            standing = self._standing(claims, event.status)
            ends = [*event.roles, *((("place", event.place),) if event.place else ())]
            for role, iri in ends:
                edges.append(PageEdge(f"{event.iri}#{role}-{iri}", event.iri, iri, label(role), standing, claims, label_en=label(role, "en")))
        edges += [
            PageEdge(f"{s.iri}#member-{member}", s.iri, member, label("member"), "asserted", (), label_en=label("member", "en"))
            for s in self.graph.sources
            for member in s.members
        ]
        edges.extend(self._speech())
        return edges

    def _speech(self) -> list[PageEdge]:
        """Who speaks about whom: one edge for each pair and standing."""
        pairs: defaultdict[tuple[str, str, Standing], list[int]] = defaultdict(list)
        for claim in self.claims:
            if claim.said_by in self.graph.articles:
                continue
            for iri in claim.about:
                if iri != claim.said_by:
                    pairs[claim.said_by, iri, _standing_of(claim)].append(self.numbers[claim.iri])
        return [
            PageEdge(
                f"{speaker}#says-{standing}-{iri}", speaker, iri, "говорит о", standing, tuple(sorted(claims)),
                label_en="speaks about", speech=True,
            )
            for (speaker, iri, standing), claims in sorted(pairs.items())
        ]  # fmt: skip

    def _standing(self, claims: tuple[int, ...], status: str) -> Standing:
        if status == "disputed":
            return "disputed"
        if status == "accepted":
            return "asserted"
        found = {_standing_of(self.claims[i]) for i in claims}
        return min(found - {"asserted"}, key=_ORDER.index, default="possible")

    # ------------------------------------------------------------ claims and articles

    def _claim(self, claim: GraphClaim) -> PageClaim:
        said = "; ".join(self.content[node] for node in claim.claims if node in self.content)
        author = claim.said_by in self.graph.articles
        return PageClaim(
            id=claim.iri, text=said, quote=claim.quote, speaker="" if author else self._name(claim.said_by),
            speaker_id=None if author else claim.said_by, via=self._name(claim.via) if claim.via else "",
            modality=claim.modality, modality_label=label(claim.modality), polarity=claim.polarity,
            standing=_standing_of(claim), confidence=claim.confidence, article=self.articles[claim.article],
            begin=claim.begin, end=claim.end, cue=claim.cue,
            contradicts=tuple(self.numbers[iri] for iri in claim.contradicts), time="", modality_en=label(claim.modality, "en"),
            inner=tuple(self.numbers[iri] for iri in claim.claims if iri in self.numbers), speaker_confidence=claim.speaker_confidence,
        )  # fmt: skip

    def _articles(self) -> tuple[PageArticle, ...]:
        return tuple(
            PageArticle(iri, article.title, article.name, article.date or "", article.text, sentences_of(article))
            for iri, article in sorted(self.graph.articles.items())
        )


def _link_label(iri: str) -> str:
    """«Q9248», «GeoNames 587084»."""
    last = iri.rstrip("/").rsplit("/", 1)[-1]
    return f"GeoNames {last}" if "geonames.org" in iri else last


_FORMERLY = {"ru": " (в прошлом)", "en": " (formerly)"}


def _phrase(predicate: str, language: str, past: bool = False) -> str:
    return (terms()[predicate].phrases.get(language) or label(predicate, language)) + (_FORMERLY[language] if past else "")


def _labels(graph: Graph) -> dict[str, str]:
    found = {e.key: e.label for e in graph.entities}
    found |= {s.iri: s.label for s in graph.sources}
    return found | {iri: a.title for iri, a in graph.articles.items()}


def _standing_of(claim: GraphClaim) -> Standing:
    if (
        claim.contradicts
        or claim.modality == "denied"
        or (claim.polarity == "negated" and claim.modality == "asserted")
    ):
        return "disputed"
    if claim.modality == "asserted":
        return "asserted"
    return "possible" if claim.modality in _POSSIBLE else "reported"
