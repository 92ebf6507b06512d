"""An article as the trained reader has read it: its units, what it thinks of a cue, and of a word that may stand for somebody."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.anaphora import Referents
from kg.extract.claims.learned.features import MODALITIES, Pairs, manner, pairs, see
from kg.extract.claims.learned.head import Judgement, Reader
from kg.extract.claims.learned.referring import Naming
from kg.extract.claims.speaker import Speaker, kind_of
from kg.extract.claims.speakers import describe
from kg.extract.neural.model import Encoded
from kg.records import Claim, Document, Mention, Sentence, Span, Token
from kg.text.clean import fold


@dataclass(frozen=True, slots=True)
class Judged:
    """A cue with its candidates and what the reader thinks of them."""

    about: Pairs
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a word may stand for: how likely it is what the rules make of it, and how likely each mention is meant."""

    itself: float
    mentions: Sequence[Mention]
    chances: Sequence[float]


@dataclass(frozen=True, slots=True)
class Known:
    """A mention's full name, folded, the kind of speaker that it is, and its units."""

    name: str
    kind: str
    units: frozenset[int]


class Sight:
    """One article with the rules' claims. There must be units."""

    def __init__(self, document: Document, mentions: Sequence[Mention], referents: Referents, claims: Sequence[Claim],
                 reader: Reader, encoded: Encoded) -> None:  # fmt: skip
        self.document = document
        self.referents = referents
        self.claims = claims
        self.reader = reader
        self.seen = see(document, encoded.units, mentions, claims)
        self.text = reader.read(encoded.states, self.seen)
        self._states = encoded.states
        self._naming = Naming(document, self.seen, referents)
        self._known: dict[str, Known] = {}
        self._speakers: dict[tuple[int, int], Speaker] = {}
        self._judged: dict[tuple[Span, str], Judged | None] = {}
        self._by_cue = {c.cue: c for c in reversed(claims) if c.cue is not None}
        self._told = [c for c in claims if c.cue is not None and not _is_nobodys(c)]

    def known(self, mention: Mention) -> Known:
        """A mention as a speaker, looked up once."""
        if mention.id not in self._known:
            name = fold(self.referents.fullest(mention))
            self._known[mention.id] = Known(name, kind_of(mention, self.referents), frozenset(self.seen.inside(mention.span)))
        return self._known[mention.id]

    def judge(self, cue: Span, ruled: Claim | None) -> Judged | None:
        """A cue and the units around it; `ruled` is the rules' claim of that cue. None when no unit is in the cue."""
        key = (cue, ruled.id if ruled is not None else "")
        if key not in self._judged:
            about = pairs(self.document, self.seen, cue, ruled)
            self._judged[key] = Judged(about, self.reader.judge(self.text, about)) if about is not None else None
        return self._judged[key]

    def ruled(self, cue: Span) -> Claim | None:
        """The rules' claim of a cue."""
        return self._by_cue.get(cue)

    def modality(self, cue: Span, content: Span) -> str:
        """The likeliest one; a plain report where no unit is in the cue."""
        how = manner(self.seen, cue, content)
        return MODALITIES[int(self.reader.modality(self._states, how).argmax())] if how is not None else "reported"

    def word(self, unit: int) -> tuple[Sentence, Token]:
        """The noun whose adjective, preposition or later name a unit is, or its own token."""
        sentence, token = self.document.sentences[self.seen.units[unit].sentence], self.seen.tokens[unit]
        while token.rel in _BELONGS and token.head >= 0:
            token = sentence.tokens[token.head]
        return sentence, token

    def described(self, unit: int) -> Speaker:
        """What the rules make of a word as a speaker; «По словам Лямина, завод могут закрыть»: «словам» is whoever tells the claim around."""
        sentence, token = self.word(unit)
        around = next((c for c in self._told_from(token.start) if c.cue is not None and c.cue.holds(token.span)), None)
        if around is not None:
            return Speaker(around.speaker, around.speaker_name, around.speaker_kind, around.speaker_span, together=around.together)
        return self._describe(sentence, token)

    def _describe(self, sentence: Sentence, token: Token) -> Speaker:
        key = (sentence.index, token.index)
        if key not in self._speakers:
            self._speakers[key] = replace(describe(sentence, token, self.referents), span=token.span)
        return self._speakers[key]

    def meant(self, unit: int, claim: Claim) -> Meant | None:
        """Whom a speaker's word may stand for. None when no unit is in it."""
        sentence, token = self.word(unit)
        inside = self.seen.inside(token.span)
        if not inside:
            return None
        options = self._naming.candidates(inside[0], self._describe(sentence, token), claim, self._told_before(claim))
        chances = self.reader.refer(self._states, options).tolist()
        return Meant(chances[0], options.mentions, chances[1:])

    def _told_from(self, start: int) -> Sequence[Claim]:
        """The last claims that somebody tells whose cues begin at a place or before it."""
        at = bisect_right(self._told, start, key=lambda c: c.cue.start if c.cue is not None else 0)
        return self._told[max(0, at - _NEAR) : at]

    def _told_before(self, claim: Claim) -> Claim | None:
        """The rules' last claim before this one that somebody tells."""
        if claim.cue is None:
            return None
        at = bisect_left(self._told, claim.cue.start, key=lambda c: c.cue.start if c.cue is not None else 0)
        return self._told[at - 1] if at else None


def _is_nobodys(claim: Claim) -> bool:
    """A claim of the author."""
    return claim.speaker is None and claim.speaker_name is None


_NEAR = 5
"""Cues that may begin before a word and still hold it."""
_BELONGS = frozenset({"flat", "flat:name", "flat:foreign", "amod", "det", "case", "nummod"})
