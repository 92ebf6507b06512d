"""Who may have said a claim: the speakers that the rules and the reader think of, each with what speaks for it.

For every claim: the speaker of the rules; what the rules make of the word that the reader takes for
the speaker, and the phrase of that word as a name; the names that the word may stand for; other
words that the reader finds likely. Reasons for one name make one option.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract import clause
from kg.extract.claims.learned.sight import Judged, Sight
from kg.extract.claims.naming import group_name
from kg.extract.claims.speaker import Speaker, kind_of
from kg.records import Claim, Mention, Sentence, Token
from kg.text.clean import fold
from kg.text.declension import forms
from kg.text.words import column

WAYS = ("ruled", "described", "phrase", "named", "other")
"""As the rules have it, as they describe the word, by the word's phrase, as a name that it stands for, in another word."""

_MOST_NAMES, _MOST_OTHERS = 8, 4
_LEAST, _LIKELY, _MORE = 0.02, 0.05, 0.1
"""Chances from which a word is another option, and a mention one whatever the word; how much likelier than the rules' word another must be."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody may have said it; `units` are the words that would speak, `chance` is that the word stands for this mention."""

    way: str
    name: str
    speaker: Speaker
    units: frozenset[int]
    mention: Mention | None = None
    chance: float = 0.0


@dataclass(frozen=True)
class Option:
    """A speaker by one name («» is nobody), with all reasons for it."""

    name: str
    reasons: Sequence[Reason]

    @property
    def speaker(self) -> Speaker:
        """As the first reason has it."""
        return self.reasons[0].speaker

    @cached_property
    def ways(self) -> frozenset[str]:
        return frozenset(r.way for r in self.reasons)

    @cached_property
    def units(self) -> frozenset[int]:
        return frozenset().union(*(r.units for r in self.reasons))

    @cached_property
    def mentions(self) -> Sequence[Mention]:
        return [r.mention for r in self.reasons if r.mention is not None]

    @cached_property
    def chance(self) -> float:
        """That the word stands for this name."""
        return sum(r.chance for r in self.reasons)


@dataclass(frozen=True, slots=True)
class Word:
    """The word that the reader takes for the speaker, and how likely it is what the rules make of it."""

    unit: int
    sentence: Sentence
    token: Token
    itself: float


@dataclass(frozen=True, slots=True)
class Options:
    """A claim's options, the rules' first; `said` are the chances of units to be the speaker's."""

    judged: Judged
    said: Mapping[int, float]
    word: Word | None
    found: Sequence[Option]


def options(sight: Sight, claim: Claim) -> Options | None:
    """None for a claim without a cue that any unit is in."""
    judged = sight.judge(claim.cue, sight.ruled(claim.cue)) if claim.cue is not None else None
    if judged is None:
        return None
    undergone = _undergone(sight, judged)
    said = {u: c for u, c in zip(judged.about.units.tolist(), judged.judgement.speaker.tolist(), strict=True) if u not in undergone}
    reasons = [_reason(sight, "ruled", speaker_of(claim), _places(sight, claim))]
    word, named = _word(sight, claim, judged, said)
    if word is not None:
        reasons += _described(sight, word)
    reasons += _elsewhere(sight, said, word)
    reasons += _likely(named, said, {r.name for r in reasons})
    return Options(judged, said, word, [Option(name, [r for r in reasons if r.name == name]) for name in dict.fromkeys(r.name for r in reasons)])


def speaker_of(claim: Claim) -> Speaker:
    """A claim's own speaker."""
    return Speaker(claim.speaker, claim.speaker_name, claim.speaker_kind, claim.speaker_span, together=claim.together)


def called(sight: Sight, speaker: Speaker) -> str:
    """A speaker's name as the article has it; «» for nobody."""
    return sight.referents.fullest(sight.referents.mention(speaker.mention)) if speaker.mention is not None else speaker.name or ""


def _reason(sight: Sight, way: str, speaker: Speaker, units: Sequence[int], mention: Mention | None = None, chance: float = 0.0) -> Reason:
    meant = mention if mention is not None or speaker.mention is None else sight.referents.mention(speaker.mention)
    return Reason(way, fold(called(sight, speaker)), speaker, frozenset(units), meant, chance)


def _places(sight: Sight, claim: Claim) -> list[int]:
    """Units of the rules' speaker."""
    return sight.seen.inside(claim.speaker_span) if claim.speaker_span is not None else []


def _word(sight: Sight, claim: Claim, judged: Judged, said: Mapping[int, float]) -> tuple[Word | None, list[Reason]]:
    """The rules' word for the speaker, or a likelier one, and all names that it may stand for."""
    own = _head(sight, _places(sight, claim))
    best = max(said, key=lambda u: (said[u], -u), default=None)
    if best is None:
        return None, []
    mine = sum(said.get(u, 0.0) for u in sight.seen.inside(sight.word(own)[1].span)) if own is not None else 0.0
    unit = best if said[best] > mine + _MORE and (own is not None or said[best] > judged.judgement.nobody) else own
    meant = sight.meant(unit, claim) if unit is not None else None
    if unit is None or meant is None:
        return None, []
    sentence, token = sight.word(unit)
    named = [
        _reason(sight, "named", Speaker(mention.id, None, kind_of(mention, sight.referents), token.span), sight.seen.inside(mention.span), mention, chance)
        for mention, chance in zip(meant.mentions, meant.chances, strict=True) if _may_mean(sight, token, mention, claim)
    ]  # fmt: skip
    return Word(unit, sentence, token, meant.itself), named


def _head(sight: Sight, inside: Sequence[int]) -> int | None:
    """The unit of a phrase that hangs on none of the others."""
    words = [u for u in inside if sight.seen.tokens[u].pos not in ("PUNCT", "ADP")]
    places = {(sight.seen.units[u].sentence, sight.seen.tokens[u].index) for u in words}
    return next((u for u in words if (sight.seen.units[u].sentence, sight.seen.tokens[u].head) not in places), None)


def _may_mean(sight: Sight, token: Token, mention: Mention, claim: Claim) -> bool:
    """«врач» is nobody of whom one has spoken; «она» is no man; «он» whom the rules take for somebody without a name («Пожилой мужчина вышел. Он сообщил …») is nobody with one; nor is
    «адвокат Анны Рябовой» she herself."""
    if token.lemma in _PRONOUNS and token.pos == "PRON":
        known = sight.referents.gender_by_name(mention) if mention.label == "PERSON" else ""
        return claim.speaker_name is None and known in ("", _PRONOUNS[token.lemma])
    if claim.speaker is None and token.lemma in column("newcomers.tsv", "lemma"):
        return False
    last = mention.normal.split()[-1]
    whose = claim.speaker_name is not None and bool((forms(last) - {last}) & set(claim.speaker_name.split()))
    return not (mention.label == "PERSON" and whose)


_PRONOUNS = {"он": "Masc", "она": "Fem"}


def _undergone(sight: Sight, judged: Judged) -> set[int]:
    """«Петра Лямина подозревают», «Лямин обвинён», «Анну Ланг критикуют»: words for whom the verb of the cue is about."""
    found = set()
    cue = {(sight.seen.units[u].sentence, sight.seen.tokens[u].index) for u in judged.about.cue}
    for unit in judged.about.units.tolist():
        token, sentence = sight.seen.tokens[unit], sight.document.sentences[sight.seen.units[unit].sentence]
        if (sentence.index, token.head) in cue and sentence.tokens[token.head].is_verb and _undergoes(sentence, token, sentence.tokens[token.head]):
            found.add(unit)
    return found


def _undergoes(sentence: Sentence, token: Token, verb: Token) -> bool:
    if token.rel == "nsubj":
        alone = token.number == "Sing" and not any(True for _ in sentence.below(token.index, "conj", "nummod", "nummod:gov"))
        return clause.is_passive(verb) or (verb.number == "Plur" and verb.is_finite and alone)
    return token.rel == "nsubj:pass" or (token.rel == "obj" and token.case != "Nom")


def _described(sight: Sight, word: Word) -> Iterator[Reason]:
    """What the rules make of the word, and its phrase as a name."""
    units = sight.seen.inside(word.token.span)
    speaker = sight.described(word.unit)
    if called(sight, speaker):
        yield _reason(sight, "described", speaker, units)
    if word.token.pos == "NOUN":
        name = group_name(word.sentence, word.token, sight.referents)
        yield _reason(sight, "phrase", replace(speaker, mention=None, name=name, together=()), units)


def _elsewhere(sight: Sight, said: Mapping[int, float], word: Word | None) -> Iterator[Reason]:
    """What the rules make of the likeliest other words."""
    taken = set(sight.seen.inside(word.token.span)) if word is not None else set()
    for unit in sorted(said, key=lambda u: (-said[u], u))[:_MOST_OTHERS]:
        if said[unit] > _LEAST and unit not in taken:
            speaker = sight.described(unit)
            if called(sight, speaker):
                yield _reason(sight, "other", speaker, [unit])


def _likely(named: Sequence[Reason], said: Mapping[int, float], known: set[str]) -> list[Reason]:
    """Of the names that the word may stand for the likeliest, those that are options anyway, and those of which a mention is likely to speak."""
    chances: dict[str, float] = {}
    for reason in named:
        chances[reason.name] = chances.get(reason.name, 0.0) + reason.chance
    kept = known | set(sorted(chances, key=lambda n: (-chances[n], n))[:_MOST_NAMES])
    kept |= {r.name for r in named if sum(said.get(u, 0.0) for u in r.units) > _LIKELY}
    return [r for r in named if r.name in kept]
