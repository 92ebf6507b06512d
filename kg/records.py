"""The frozen records that stages hand to each other.

One coordinate system serves them all: half-open `[start, end)` code-point offsets into
`Article.text`, the decoded file as it is. Cleaning never changes it; a `Sentence` keeps the
map from its cleaned characters back to these offsets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open interval of code points in the article's original text."""

    start: int
    end: int

    def holds(self, other: Span) -> bool:
        """True when `other` lies inside this span (or is equal to it)."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """True when the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def __len__(self) -> int:
        return self.end - self.start


# --------------------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class TimeValue:
    """A point or an interval on the calendar.

    `edtf` is the canonical EDTF (ISO 8601-2) string; it may be partial («XXXX-05-09»), then
    `earliest` and `latest` (ISO dates) are None. An open side of an interval is None as well.
    """

    edtf: str
    earliest: str | None
    latest: str | None

    @property
    def resolved(self) -> bool:
        """True when the value can be placed on the calendar, at least on one side."""
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read: its text, and which of its lines are its content.

    The text is the decoded file, or was taken out of a page (`is_taken_out`).
    """

    name: str
    text: str
    sha256: str
    encoding: str
    title: str
    lines: tuple[Span, ...]
    date: str | None = None
    date_source: str | None = None
    language: str = "ru"
    warnings: tuple[str, ...] = ()
    is_taken_out: bool = False


# --------------------------------------------------------------------------- annotate


@dataclass(frozen=True, slots=True)
class Token:
    """One word: cleaned text, original offsets, Universal Dependencies morphology and head.

    `head` is an index into the sentence's tokens, or -1 for the root.
    """

    index: int
    text: str
    start: int
    end: int
    lemma: str
    pos: str
    feats: Mapping[str, str]
    head: int
    rel: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def case(self) -> str:
        return self.feats.get("Case", "")

    @property
    def number(self) -> str:
        return self.feats.get("Number", "")

    @property
    def gender(self) -> str:
        return self.feats.get("Gender", "")

    @property
    def is_title(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_verb(self) -> bool:
        return self.pos in ("VERB", "AUX")

    @property
    def is_noun(self) -> bool:
        return self.pos in ("NOUN", "PROPN")

    @property
    def is_finite(self) -> bool:
        return self.is_verb and self.feats.get("VerbForm", "Fin") == "Fin"

    @property
    def is_participle(self) -> bool:
        return self.is_verb and self.feats.get("VerbForm") == "Part"


@dataclass(frozen=True)
class Sentence:
    """A sentence: its cleaned text, its tokens as a dependency tree, the way back to offsets.

    `starts[i]` and `ends[i]` are the original offsets of cleaned character `i`.
    """

    index: int
    line: int
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        return Span(self.starts[0], self.ends[-1])

    def locate(self, start: int, end: int) -> Span:
        """Original span of cleaned characters `[start, end)`; they must not be empty."""
        return Span(self.starts[start], self.ends[end - 1])

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                below[token.head].append(token.index)
        return tuple(tuple(ids) for ids in below)

    def below(self, index: int, *rels: str) -> Iterator[Token]:
        """Children of a token, all or those with one of the given relations."""
        for child in self.children[index]:
            token = self.tokens[child]
            if not rels or token.rel in rels or token.rel.split(":")[0] in rels:
                yield token

    def subtree(self, index: int, *without: str) -> list[int]:
        """Sorted indexes of a token and all its descendants, not entering relations `without`."""
        found, stack = [], [index]
        while stack:
            top = stack.pop()
            found.append(top)
            stack.extend(c for c in self.children[top] if self.tokens[c].rel not in without)
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[Token]:
        """The heads above a token, nearest first."""
        head = self.tokens[index].head
        while head >= 0:
            yield self.tokens[head]
            head = self.tokens[head].head

    def within(self, span: Span) -> list[Token]:
        """Tokens that lie in the span."""
        return [t for t in self.tokens if span.start <= t.start and t.end <= span.end]

    def at(self, offset: int) -> Token | None:
        """The token that holds an original offset."""
        for token in self.tokens:
            if token.start <= offset < token.end:
                return token
        return None

    def head_of(self, span: Span) -> Token | None:
        """The token of the span whose head is outside it (the first such one; not an adjective right before such a noun)."""
        inside = self.within(span)
        ids = {t.index for t in inside}
        tops = [t for t in inside if t.head not in ids and t.pos != "PUNCT"]
        if len(tops) > 1 and tops[0].pos == "ADJ" and tops[1].pos == "NOUN" and tops[1].index == tops[0].index + 1 and tops[0].case == tops[1].case:
            return tops[1]
        return tops[0] if tops else inside[0] if inside else None


@dataclass(frozen=True)
class Document:
    """An article with its sentences, ready to be read by extractors."""

    article: Article
    sentences: tuple[Sentence, ...]

    def quote(self, span: Span) -> str:
        """The article's own characters at a span."""
        return self.article.text[span.start : span.end]

    @cached_property
    def _starts(self) -> list[int]:
        return [s.span.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an original offset."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and offset < self.sentences[place].span.end:
            return self.sentences[place]
        return None

    def surface(self, span: Span) -> str:
        """The cleaned characters of a span (soft hyphens, look-alikes and the like mended)."""
        sentence = self.sentence_at(span.start)
        if sentence is None:
            return self.quote(span)
        return "".join(
            char
            for char, start in zip(sentence.text, sentence.starts, strict=True)
            if span.start <= start < span.end
        )


# --------------------------------------------------------------------------- extract


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names or describes something; `label` is a NEREL entity type.

    `normal` is the nominative form; `found_by` names the extractor; `head` is the index of the
    syntactic head in sentence `sentence`.
    """

    id: str
    start: int
    end: int
    label: str
    normal: str
    sentence: int
    head: int
    confidence: float
    found_by: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_sure(self) -> bool:
        """More likely right than wrong; rule mentions serve events and claims and always count."""
        return self.confidence >= 0.5 or self.found_by != "model"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A DATE or TIME mention with its calendar value and where its anchor came from."""

    mention: str
    start: int
    end: int
    value: TimeValue | None
    anchor_source: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions of one article that name the same thing, and why."""

    first: str
    second: str
    reason: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A NEREL relation between two mentions.

    `anchor` is the offset at which the relation is stated (verb or noun): a claim whose content
    holds it says it. `presupposed` marks relations that live inside a noun phrase («президент
    России Владимир Путин»): the author stands behind them even in reported speech.
    """

    label: str
    head: str
    tail: str
    start: int
    end: int
    anchor: int
    confidence: float
    found_by: str
    presupposed: bool = False
    negated: bool = False
    irrealis: bool = False
    past: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, order=True)
class Role:
    """A participant of an event: an ontology role name (agent, patient, …) and a mention id."""

    role: str
    mention: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something reported to happen. `mention` is its trigger, `kind` an ontology event class."""

    mention: str
    kind: str
    realis: str
    start: int
    end: int
    time: TimeValue | None = None
    anchor_source: str | None = None
    place: str | None = None
    roles: tuple[Role, ...] = ()
    figures: tuple[tuple[str, int], ...] = ()
    confidence: float = 0.7

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says something, somehow surely, at a place in the text.

    `start`/`end` span what is said; `speaker` is a mention id (the antecedent, when the text has
    a pronoun at `speaker_span`) or None; `speaker_name` is set for speakers that are no mention
    («источник», «эксперты»); `parent` is the claim that this one is nested in; `together` are the mentions of
    people who speak as one («Лямин и Рябов заявили»). `speaker_confidence` is how likely the speaker is the right one, where the
    trained reader says it.
    """

    id: str
    start: int
    end: int
    cue: Span | None
    cue_text: str
    speaker: str | None
    speaker_name: str | None
    speaker_span: Span | None
    speaker_kind: str
    via: str | None
    via_name: str | None
    modality: str
    polarity: str
    about: tuple[str, ...]
    confidence: float
    parent: str | None = None
    together: tuple[str, ...] = ()
    speaker_confidence: float | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Facts:
    """All that was read out of one article."""

    article: Article
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    links: tuple[Link, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()

    def mention(self, mention_id: str) -> Mention:
        """Raises KeyError for an id that this article does not have."""
        return self.index[mention_id]

    @cached_property
    def index(self) -> dict[str, Mention]:
        return {m.id: m for m in self.mentions}

    def sentence_of(self, span: Span) -> Span:
        """The sentence that holds the start of a span (the span itself if none does)."""
        for sentence in self.sentences:
            if sentence.start <= span.start < sentence.end:
                return sentence
        return span


# --------------------------------------------------------------------------- resolve


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why two names were taken for one thing: a named comparison and what it compared."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, gathered from mentions of one or many articles; `iso` is a place's ISO 3166 code, or empty."""

    key: str
    kind: str
    label: str
    names: tuple[str, ...]
    surfaces: tuple[str, ...]
    mentions: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...] = ()
    links: tuple[ExternalLink, ...] = ()
    iso: str = ""


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """An entity's counterpart in Wikidata or GeoNames, with method and score."""

    iri: str
    method: str
    score: float


@dataclass(frozen=True, slots=True, order=True)
class Doubtful:
    """Two mentions whose entities may be one, and why: neither same nor different, but for people to decide."""

    one: tuple[str, str]
    other: tuple[str, str]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities of a corpus, and which entity each (article sha256, mention id) belongs to."""

    entities: tuple[Entity, ...]
    of: Mapping[tuple[str, str], str] = field(default_factory=dict)
    doubts: tuple[Doubtful, ...] = ()

    @property
    def by_key(self) -> dict[str, Entity]:
        return {e.key: e for e in self.entities}
