"""Facts and entities → the graph: statements, events and claims, each with its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.graph.disputes import contradictions
from kg.graph.happened import Occurrence, event_iri, group, occurrences
from kg.graph.model import (
    ACCEPTED,
    DISPUTED,
    UNVERIFIED,
    Graph,
    GraphClaim,
    GraphEvent,
    GraphStory,
    Source,
    Statement,
    Value,
)
from kg.graph.reviews import Reviews
from kg.graph.stance import Stance, stance_of_relation
from kg.graph.support import support
from kg.graph.values import literal_of
from kg.ids import Minter
from kg.ontology import ancestors, fits, property_of_label
from kg.ontology import label as term_label
from kg.records import Claim, Entity, Facts, Mention, Relation, Resolution, Span
from kg.resolve.curation import BETWEEN, Curation
from kg.resolve.stories import stories

_NAMES = frozenset({"ALTERNATIVE_NAME", "ABBREVIATION"})
_VALUES = frozenset({"DATE", "TIME", "AGE", "MONEY", "NUMBER", "ORDINAL", "PERCENT"})
_SOURCE_CLASSES = {"anonymous": "AnonymousSource", "group": "Group", "document": "Document", "organization": "Group", "person": "AnonymousSource"}
_LEAST_CONFIDENCE = 0.5
_ALWAYS_SHOWN = frozenset(
    ["Person", "Family", "Organization", "Country", "City", "Region", "District", "Location", "Facility", "Product", "WorkOfArt", "Law", "Award", "Nationality"]
)


def assemble(
    corpus: Sequence[Facts], resolution: Resolution, minter: Minter, run: Mapping[str, str], curation: Curation | None = None
) -> Graph:
    """The graph of a corpus. The order of articles does not matter."""
    reviews = Reviews(curation or Curation())
    ordered = sorted(corpus, key=lambda f: f.article.sha256)
    builder = _Builder([reviews.corrected(facts) for facts in ordered], resolution, minter, reviews)
    builder.add_statements()
    builder.add_events()
    builder.add_claims()
    return builder.graph(run)


class _Builder:
    """Collects records by IRI while facts are walked article by article."""

    def __init__(self, corpus: Sequence[Facts], resolution: Resolution, minter: Minter, reviews: Reviews) -> None:
        self.corpus, self.resolution, self.minter, self.reviews = corpus, resolution, minter, reviews
        self.kinds = {e.key: e.kind for e in resolution.entities}
        self.statements: dict[str, Statement] = {}
        self.events: dict[str, GraphEvent] = {}
        self.sources: dict[str, Source] = {}
        self.claims: dict[str, GraphClaim] = {}
        self.contents: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.accepted: set[str] = set()

    # -------------------------------------------------------------- helpers

    def entity(self, facts: Facts, mention: str | None) -> str | None:
        return self.resolution.of.get((facts.article.sha256, mention)) if mention else None

    def article(self, facts: Facts) -> str:
        return self.minter.article(facts.article.sha256)

    def attach(self, facts: Facts, stance: Stance, node: str, span: Span, about: Iterable[str], confidence: float, says: str) -> bool:
        """Tie a statement or event to the claim that says it, or to one of the article's own; False when that is rejected."""
        if stance.claim is not None:
            if self.reviews.rejects(facts, stance.claim):
                return False
            self.contents[facts.article.sha256, stance.claim.id].append(node)
            return True
        sentence = facts.sentence_of(span)
        review = self.reviews.of_statement(facts, sentence, says, stance)
        if review.rejected:
            return False
        stance = review.stance
        if stance.accepted:
            self.accepted.add(node)
        article = self.article(facts)
        iri = self.minter.claim(facts.article.sha256, sentence.start, sentence.end, node, stance.modality, stance.polarity)
        told = {says, *(self.claims[iri].says.split(BETWEEN) if iri in self.claims else ())}
        self.claims[iri] = GraphClaim(
            iri, (node,), article, "author", None, stance.modality, stance.polarity, 1.0 if review.reviewed else confidence,
            tuple(sorted(set(about))), article, sentence.start, sentence.end, facts.article.text[sentence.start : sentence.end], "",
            says=BETWEEN.join(sorted(told)), reviewed=review.reviewed,
        )  # fmt: skip
        return True

    # -------------------------------------------------------------- statements

    def add_statements(self) -> None:
        for facts in self.corpus:
            for relation in facts.relations:
                self._add_relation(facts, relation)

    def _add_relation(self, facts: Facts, relation: Relation) -> None:
        term = property_of_label().get(relation.label)
        if term is None or relation.label in _NAMES or relation.confidence < _LEAST_CONFIDENCE:
            return
        index = facts.index
        head, tail = index[relation.head], index[relation.tail]
        if term.inverse:
            head, tail = tail, head
        subject, value = self.entity(facts, head.id), self._object(facts, tail)
        if subject is None or value is None or subject == value or head.label == "PROFESSION":
            return
        if not fits(self.kinds[subject], term.domains) or (isinstance(value, str) and not fits(self.kinds[value], term.ranges)):
            return
        statement = Statement(self.minter.statement(subject, term.name, value, relation.past), subject, term.name, value, relation.past)
        about = [subject] + ([value] if isinstance(value, str) else [])
        says = f"{term.name}({_words(facts, head.span)}, {_words(facts, tail.span)})"
        if self.attach(facts, stance_of_relation(facts, relation), statement.iri, relation.span, about, relation.confidence, says):
            self.statements[statement.iri] = statement

    def _object(self, facts: Facts, mention: Mention) -> str | Value | None:
        if mention.label in _VALUES:
            time = next((t.value for t in facts.times if t.mention == mention.id), None)
            return literal_of(mention, time)
        return self.entity(facts, mention.id)

    # -------------------------------------------------------------- events

    def add_events(self) -> None:
        found = occurrences(self.corpus, self.resolution)
        labels = {e.key: e.label for e in self.resolution.entities}
        for members in group(found):
            iri = event_iri(members, self.minter)
            told = [one for one in members if self._tell(one, iri)]
            if told:
                self.events[iri] = self._event(iri, told, labels)

    def _tell(self, one: Occurrence, iri: str) -> bool:
        about = sorted(one.participants | ({one.place} if one.place else set()))
        says = f"{one.kind}({_words(one.facts, one.event.span)})"
        return self.attach(one.facts, one.stance, iri, one.event.span, about, one.event.confidence, says)

    def _event(self, iri: str, members: Sequence[Occurrence], labels: Mapping[str, str]) -> GraphEvent:
        """What the most trusted occurrences say: the author's first, then the fullest."""
        ranked = sorted(members, key=lambda o: (not o.stance.accepted, -len(o.roles), o.event.time is None, o.key))
        accepted = [o for o in ranked if o.stance.accepted and _is_real(o)]
        trusted = accepted or ranked
        lead = trusted[0]
        kinds = sorted({o.kind for o in members}, key=lambda k: (-len(ancestors(k)), k))
        roles = sorted({role for o in trusted for role in o.roles})
        held = {entity for role, entity in roles if role != "participant"}
        roles = [r for r in roles if r[0] != "participant" or r[1] not in held]
        place = next((o.place for o in trusted if o.place), None)
        timed = next((o for o in trusted if o.event.time is not None), None)
        figures: dict[str, int] = {}
        for one in trusted:
            for name, number in one.event.figures:
                figures.setdefault(name, number)
        return GraphEvent(
            iri=iri,
            kind=kinds[0],
            label=_event_label(kinds[0], roles, place, labels),
            realis=lead.event.realis,
            accepted=bool(accepted),
            roles=tuple(roles),
            place=place,
            time=timed.event.time if timed else None,
            anchor_source=timed.event.anchor_source if timed else None,
            figures=tuple(sorted(figures.items())),
        )

    # -------------------------------------------------------------- claims

    def add_claims(self) -> None:
        for facts in self.corpus:
            iris = {claim.id: self._claim_iri(facts, claim) for claim in facts.claims}
            told = [claim for claim in facts.claims if not self.reviews.rejects(facts, claim)]
            for claim in told:
                if claim.parent:
                    self.contents[facts.article.sha256, claim.parent].append(iris[claim.id])
            for claim in told:
                self.claims[iris[claim.id]] = self._claim(facts, claim, iris[claim.id])

    def _claim_iri(self, facts: Facts, claim: Claim) -> str:
        cue = claim.cue.start if claim.cue else -1
        return self.minter.claim(facts.article.sha256, claim.start, claim.end, cue, claim.modality)

    def _claim(self, facts: Facts, claim: Claim, iri: str) -> GraphClaim:
        about = {e for mention in claim.about if (e := self.entity(facts, mention))}
        content = sorted(set(self.contents[facts.article.sha256, claim.id]))
        return GraphClaim(
            iri=iri,
            claims=tuple(content),
            said_by=self._speaker(facts, claim),
            speaker_kind=claim.speaker_kind,
            via=self.entity(facts, claim.via) or self._source(facts, "media", claim.via_name),
            modality=claim.modality,
            polarity=claim.polarity,
            confidence=claim.confidence,
            about=tuple(sorted(about)),
            article=self.article(facts),
            begin=claim.start,
            end=claim.end,
            quote=facts.article.text[claim.start : claim.end],
            cue=claim.cue_text,
            reviewed=self.reviews.checked(facts, claim),
            speaker_confidence=claim.speaker_confidence,
        )

    def _speaker(self, facts: Facts, claim: Claim) -> str:
        return (
            self.entity(facts, claim.speaker)
            or self._source(facts, claim.speaker_kind, claim.speaker_name, claim.together)
            or self.article(facts)
        )

    def _source(self, facts: Facts, kind: str, name: str | None, together: Sequence[str] = ()) -> str | None:
        if not name:
            return None
        iri = self.minter.source(kind, name, facts.article.sha256)
        members = {e for mention in together if (e := self.entity(facts, mention))}
        self.sources[iri] = Source(iri, _SOURCE_CLASSES.get(kind, "Group"), name, tuple(sorted(members)))
        return iri

    # -------------------------------------------------------------- the whole

    def graph(self, run: Mapping[str, str]) -> Graph:
        claims, disputed = contradictions(self.claims, self.statements, self.events)
        told = self._stories()
        backing = support(claims.values(), {article: story.iri for article, story in told.items()})
        statements = [_with_status(s, self.accepted, disputed, backing) for s in self.statements.values()]
        events = [_event_status(e, disputed, backing) for e in self.events.values()]
        entities = self._shown_entities(statements, events, claims.values())
        kept = {e.key for e in entities}
        mentioned = {
            self.article(f): tuple(sorted({iri for m in f.mentions if (iri := self.entity(f, m.id)) and iri in kept})) for f in self.corpus
        }
        return Graph(
            base=self.minter.base,
            articles={self.article(f): f.article for f in self.corpus},
            entities=tuple(entities),
            sources=tuple(sorted(self.sources.values(), key=lambda s: s.iri)),
            statements=tuple(sorted(statements, key=lambda s: s.iri)),
            events=tuple(sorted(events, key=lambda e: e.iri)),
            claims=tuple(sorted(claims.values(), key=lambda c: c.iri)),
            mentioned=mentioned,
            stories=told,
            run=tuple(sorted(run.items())),
        )

    def _stories(self) -> dict[str, GraphStory]:
        titles = {f.article.sha256: f.article.title for f in self.corpus}
        return {
            self.minter.article(sha): GraphStory(self.minter.story(story.lead), titles[story.lead])
            for story in stories([f.article for f in self.corpus])
            for sha in story.articles
        }

    def _shown_entities(
        self, statements: Iterable[Statement], events: Iterable[GraphEvent], claims: Iterable[GraphClaim]
    ) -> list[Entity]:
        """Named things always; posts, crimes and other concepts when something refers to them."""
        used: set[str] = set()
        for statement in statements:
            used.add(statement.subject)
            if isinstance(statement.object, str):
                used.add(statement.object)
        for event in events:
            used.update(iri for _, iri in event.roles)
            used.update({event.place} if event.place else ())
        for claim in claims:
            used.update((claim.said_by, *claim.about))
            used.update({claim.via} if claim.via else ())
        return [e for e in self.resolution.entities if e.kind in _ALWAYS_SHOWN or e.key in used]


def _words(facts: Facts, span: Span) -> str:
    return " ".join(facts.article.text[span.start : span.end].replace(";", ",").split())


def _is_real(one: Occurrence) -> bool:
    return one.event.realis == "happened" or (one.kind == "Cancellation" and one.event.realis == "cancelled")


def _event_label(kind: str, roles: Sequence[tuple[str, str]], place: str | None, labels: Mapping[str, str]) -> str:
    """«арест: Рамиз Мехтиев, Баку»."""
    order = ("patient", "participant", "agent", "organizer", "involves", "crime")
    names = [labels[iri] for wanted in order for role, iri in roles if role == wanted and iri in labels][:3]
    where = [labels[place]] if place and place in labels and labels[place] not in names else []
    detail = ", ".join(names + where)
    return f"{term_label(kind)}: {detail}" if detail else term_label(kind)


def _with_status(statement: Statement, accepted: set[str], disputed: set[str], backing: Mapping[str, int]) -> Statement:
    status = ACCEPTED if statement.iri in accepted else DISPUTED if statement.iri in disputed else UNVERIFIED
    return replace(statement, status=status, support=backing.get(statement.iri, 0))


def _event_status(event: GraphEvent, disputed: set[str], backing: Mapping[str, int]) -> GraphEvent:
    status = ACCEPTED if event.accepted else DISPUTED if event.iri in disputed else UNVERIFIED
    return replace(event, status=status, support=backing.get(event.iri, 0))
