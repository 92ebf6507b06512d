"""The rules' claims weighed by the trained reader: claims added and dropped, speakers and modalities put right.

The rules say what a claim is made of; the reader was shown, in training, what they find, and has
learnt where they err. A hedge of the rules is never dropped: what is not sure stays so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.learned.features import BEGIN, GOES_ON, MODALITIES, OUTSIDE, Pairs, Seen, manner, pairs, see
from kg.extract.claims.learned.head import Floats, Judgement, Reader
from kg.extract.claims.learned.referring import Naming
from kg.extract.claims.modality import is_negated_content
from kg.extract.claims.speaker import Speaker, kind_of, told_as
from kg.extract.claims.speakers import describe
from kg.extract.claims.stretch import trim
from kg.extract.neural.model import Encoded
from kg.extract.neural.units import Unit
from kg.records import Claim, Document, Mention, Span
from kg.text.declension import forms


def weigh(document: Document, mentions: Sequence[Mention], referents: Referents, claims: Sequence[Claim],
          reader: Reader, encoded: Encoded) -> list[Claim]:  # fmt: skip
    """The rules' claims as the reader leaves them, then those that only it finds. There must be units."""
    weighing = _Weighing(document, mentions, referents, claims, reader, encoded)
    return [*map(weighing.meant, weighing.kept()), *weighing.found()]


class _Weighing:
    """One article with what the rules and the reader think of it."""

    def __init__(self, document: Document, mentions: Sequence[Mention], referents: Referents, claims: Sequence[Claim],
                 reader: Reader, encoded: Encoded) -> None:  # fmt: skip
        self._document = document
        self._referents = referents
        self._claims = claims
        self._reader = reader
        self._states = encoded.states
        self._seen = see(document, encoded.units, mentions, claims)
        self._text = reader.read(encoded.states, self._seen)
        self._naming = Naming(document, self._seen, referents)
        self._told_claims = [c for c in claims if c.cue is not None and not _is_nobodys(c)]
        self._by_name: dict[str, list[Span]] = {}
        for mention in referents.by_id.values():
            self._by_name.setdefault(mention.normal, []).append(mention.span)

    def kept(self) -> Iterator[Claim]:
        """The rules' claims that the reader takes for claims, with the speaker that both together give."""
        for claim in self._claims:
            about = pairs(self._document, self._seen, claim.cue, claim) if claim.cue is not None else None
            if about is None:
                yield claim
            elif not self._is_dropped(claim, about):
                judged = self._reader.judge(self._text, about)
                yield self._told(self._widened(claim, about, judged), about, judged)

    def _widened(self, claim: Claim, about: Pairs, judged: Judgement) -> Claim:
        """With the reader's content where it is sure of one that goes beyond the rules'; never with less: what is hedged stays so."""
        first, last = _ends(judged)
        sure = float(np.exp(judged.first[first] + judged.last[last])) >= self._reader.thresholds.content
        content = _content(self._document, about, judged, self._seen) if sure else None
        return replace(claim, start=content.start, end=content.end) if content is not None and content.holds(claim.span) else claim

    def _is_dropped(self, claim: Claim, about: Pairs) -> bool:
        likely = float(1 - self._text.tags[about.cue, OUTSIDE].min())
        return claim.modality in _DROPPABLE and likely < self._reader.thresholds.no_cue

    def found(self) -> Iterator[Claim]:
        """Claims of cues that the rules lack."""
        taken = [c.cue for c in self._claims if c.cue is not None]
        for cue, chance in cues(self._text.tags, self._seen.units, self._reader.thresholds.cue):
            about = pairs(self._document, self._seen, cue, None)
            if about is None or any(cue.meets(other) for other in taken):
                continue
            judged = self._reader.judge(self._text, about)
            content = _content(self._document, about, judged, self._seen)
            if content is not None:
                polarity = "negated" if self._is_negated(content) else "affirmed"
                claim = Claim(
                    id="", start=content.start, end=content.end, cue=cue, cue_text=self._document.quote(cue), speaker=None, speaker_name=None,
                    speaker_span=None, speaker_kind="author", via=None, via_name=None, modality=self._likeliest(cue, content), polarity=polarity, about=(),
                    confidence=round(chance, 2),
                )  # fmt: skip
                yield self._told(claim, about, judged)

    def _is_negated(self, content: Span) -> bool:
        sentence = self._document.sentence_at(content.start)
        return sentence is not None and is_negated_content(sentence, sentence.within(content))

    # -- how it is said

    def meant(self, claim: Claim) -> Claim:
        """With the likeliest modality. What the rules take for a hedge, a plan, a demand or a denial never becomes a plain report."""
        likeliest = self._likeliest(claim.cue, claim.span) if claim.cue is not None else claim.modality
        return claim if likeliest == "reported" and claim.modality not in _DROPPABLE else replace(claim, modality=likeliest)

    def _likeliest(self, cue: Span, content: Span) -> str:
        """The modality that the reader hears; a plain report where no unit is in the cue."""
        how = manner(self._seen, cue, content)
        return MODALITIES[int(self._reader.modality(self._states, how).argmax())] if how is not None else "reported"

    # -- who says it

    def _told(self, claim: Claim, about: Pairs, judged: Judgement) -> Claim:
        """With the likeliest speaker, where it is likelier than the claim's own by the margin; then with its likeliest name.

        A speaker of the rules is never taken away: on development texts that was wrong more often than right.
        """
        own = self._places(claim, about)
        theirs = float(judged.speaker[own].sum()) if own else (judged.nobody if _is_nobodys(claim) else 0.0)
        best = int(judged.speaker.argmax())
        likeliest = max(float(judged.speaker[best]), judged.nobody)
        nobody = judged.nobody >= float(judged.speaker[best])
        if likeliest < theirs + self._reader.thresholds.speaker or (best in own and not nobody):
            here = set(self._seen.inside(claim.speaker_span)) if claim.speaker_span is not None else set()
            return self._named(claim, next((unit for unit in about.units[own].tolist() if unit in here), None))
        unit = int(about.units[best])
        if nobody or self._is_undergoing(claim, unit) or self._is_attribute(about):
            return claim
        around = self._told_by(claim, unit)
        if around is not None:
            return replace(told_as(claim, around), speaker_span=around.speaker_span)
        return self._named(_said_by(claim, self._speaker_at(unit)), unit)

    def _told_by(self, claim: Claim, unit: int) -> Claim | None:
        """«По словам Лямина, завод могут закрыть», where «словам» is taken for who says «могут»: the claim around, whose cue it is."""
        place = self._seen.tokens[unit].span
        return next((c for c in self._told_claims if c.cue is not None and c.cue.holds(place) and c.cue != claim.cue), None)

    def _is_undergoing(self, claim: Claim, unit: int) -> bool:
        """«Петра Лямина подозревают», «Лямин обвинён», «Анну Ланг критикуют»: whom the cue's verb is about does not say it."""
        token, sentence = self._seen.tokens[unit], self._document.sentences[self._seen.units[unit].sentence]
        verb = sentence.tokens[token.head] if token.head >= 0 else None
        if verb is None or claim.cue is None or not claim.cue.holds(verb.span):
            return False
        alone = token.number == "Sing" and not any(True for _ in sentence.below(token.index, "conj"))
        return token.rel in ("obj", "nsubj:pass") or (token.rel == "nsubj" and (clause.is_passive(verb) or (verb.number == "Plur" and verb.is_finite and alone)))

    def _is_attribute(self, about: Pairs) -> bool:
        """«обвинённый в краже» says of nobody that he says it."""
        return any(clause.is_undergone(self._document.sentences[self._seen.units[unit].sentence], self._seen.tokens[unit]) for unit in about.cue)

    def _places(self, claim: Claim, about: Pairs) -> list[int]:
        """Candidates that are the claim's speaker: where the rules see it, and every mention of the same name."""
        spans = [claim.speaker_span] if claim.speaker_span is not None and not _is_nobodys(claim) else []
        for one in (claim.speaker, *claim.together):
            if one is not None:
                spans += self._by_name[self._referents.mention(one).normal]
        theirs = {unit for span in spans for unit in self._seen.inside(span)}
        return [i for i, unit in enumerate(about.units.tolist()) if unit in theirs]

    def _speaker_at(self, unit: int) -> Speaker:
        """What the rules make of a word."""
        sentence = self._document.sentences[self._seen.units[unit].sentence]
        token = self._seen.tokens[unit]
        while token.rel in _BELONGS and token.head >= 0:
            token = sentence.tokens[token.head]
        return replace(describe(sentence, token, self._referents), span=token.span)

    def _named(self, claim: Claim, unit: int | None) -> Claim:
        """With the name that the speaker's word stands for."""
        if unit is None or claim.together:
            return claim
        speaker = self._speaker_at(unit)
        if speaker.span is None or (claim.speaker_name is not None and self._seen.tokens[unit].lemma in ("он", "она")):
            return claim  # «Пожилой мужчина вышел. Он сообщил …»: somebody without a name, whom no mention can be
        unit = self._seen.inside(speaker.span)[0]
        options = self._naming.candidates(unit, speaker, claim, self._told_before(claim))
        chances = self._reader.refer(self._states, options).tolist()
        called = [self._referents.fullest(m) for m in options.mentions]
        names: dict[str, float] = {}
        for mention, name, chance in zip(options.mentions, called, chances[1:], strict=True):
            if not self._is_other_gender(unit, mention) and not _is_owner(mention, speaker):
                names[name] = names.get(name, 0.0) + chance
        own = self._referents.fullest(self._referents.mention(claim.speaker)) if claim.speaker is not None else ""
        theirs = chances[0] + names.pop(own, 0.0)
        likeliest = max(names, key=lambda n: (names[n], n), default=None)
        if likeliest is None or names[likeliest] < theirs + self._reader.thresholds.name:
            return claim
        at = max((i for i, n in enumerate(called) if n == likeliest), key=lambda i: (chances[i + 1], -i))
        meant = options.mentions[at]
        return _said_by(claim, Speaker(meant.id, None, kind_of(meant, self._referents), speaker.span))

    def _is_other_gender(self, unit: int, mention: Mention) -> bool:
        """«она» is no man."""
        word = self._seen.tokens[unit]
        known = self._referents.gender_by_name(mention) if mention.label == "PERSON" and word.lemma in ("он", "она") else ""
        return bool(known) and known != {"он": "Masc", "она": "Fem"}[word.lemma]

    def _told_before(self, claim: Claim) -> Claim | None:
        """The rules' last claim before this one that somebody tells."""
        if claim.cue is None:
            return None
        at = bisect_left(self._told_claims, claim.cue.start, key=lambda c: c.cue.start if c.cue is not None else 0)
        return self._told_claims[at - 1] if at else None


_DROPPABLE = frozenset({"reported", "opinion"})
_BELONGS = frozenset({"flat", "flat:name", "flat:foreign", "amod", "det", "case", "nummod"})


def cues(tags: Floats, units: Sequence[Unit], least: float) -> Iterator[tuple[Span, float]]:
    """Spans whose first unit begins a cue with at least this probability, with it."""
    unit = 0
    while unit < len(units):
        chance = float(tags[unit, BEGIN])
        if chance < least:
            unit += 1
            continue
        last = unit
        while last + 1 < len(units) and tags[last + 1, GOES_ON] > 0.5 and units[last + 1].sentence == units[unit].sentence:
            last += 1
        yield Span(units[unit].start, units[last].end), chance
        unit = last + 1


def _is_nobodys(claim: Claim) -> bool:
    return claim.speaker is None and claim.speaker_name is None


def _is_owner(mention: Mention, speaker: Speaker) -> bool:
    """Whose «адвокат Анны Рябовой» is, not who."""
    last = mention.normal.split()[-1]
    return mention.label == "PERSON" and bool((forms(last) - {last}) & set((speaker.name or "").split()))


def _said_by(claim: Claim, speaker: Speaker) -> Claim:
    via = claim.via or speaker.via
    return replace(
        claim, speaker=speaker.mention, speaker_name=speaker.name, speaker_kind=speaker.kind, speaker_span=speaker.span,
        together=speaker.together, via=via if via != speaker.mention else None, via_name=claim.via_name or speaker.via_name,
    )  # fmt: skip


def _content(document: Document, about: Pairs, judged: Judgement, seen: Seen) -> Span | None:
    """The likeliest stretch of units."""
    first, last = _ends(judged)
    return trim(document.article.text, Span(seen.units[about.units[first]].start, seen.units[about.units[last]].end))


def _ends(judged: Judgement) -> tuple[int, int]:
    """Candidates that the likeliest content begins and ends with."""
    last = int((np.maximum.accumulate(judged.first) + judged.last).argmax())
    return int(judged.first[: last + 1].argmax()), last
