"""Who may have said a claim: the speakers that the rules and the reader think of, each with what speaks for it.

For every claim: the speaker of the rules; what the rules make of the word that the reader takes for
the speaker, and the phrase of that word as a name; the names that the word may stand for; other
words that the reader finds likely. Reasons for one name make one option.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.extract import clause
from kg.extract.claims.learned.sight import Judged, Meant, Sight
from kg.extract.claims.naming import group_name
from kg.extract.claims.speaker import Speaker
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
    """The word that the reader takes for the speaker, what the rules make of it, and whom the reader thinks that it stands for."""

    unit: int
    sentence: Sentence
    token: Token
    units: frozenset[int]
    speaker: Speaker
    meant: Meant


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
    reasons = [_reason(sight, "ruled", speaker_of(claim), _places(sight, claim))]
    undergone = _undergone(sight, judged)
    said = {u: c for u, c in zip(judged.about.units.tolist(), judged.judgement.speaker.tolist(), strict=True) if u not in undergone}
    word = None
    if not _is_attribute(sight, judged):
        word = _word(sight, claim, judged, said)
        reasons += _described(sight, word) if word is not None else []
        reasons += _elsewhere(sight, said, word)
        reasons += _named(sight, word, said, undergone, {r.name for r in reasons}) if word is not None else []
    return Options(judged, said, word, [Option(name, [r for r in reasons if r.name == name]) for name in dict.fromkeys(r.name for r in reasons)])


def speaker_of(claim: Claim) -> Speaker:
    """A claim's own speaker."""
    return Speaker(claim.speaker, claim.speaker_name, claim.speaker_kind, claim.speaker_span, together=claim.together)


def called(sight: Sight, speaker: Speaker) -> str:
    """A speaker's name as the article has it; «» for nobody."""
    return sight.referents.fullest(sight.referents.mention(speaker.mention)) if speaker.mention is not None else speaker.name or ""


def _reason(sight: Sight, way: str, speaker: Speaker, units: Iterable[int]) -> Reason:
    mention = sight.referents.mention(speaker.mention) if speaker.mention is not None else None
    return Reason(way, fold(called(sight, speaker)), speaker, frozenset(units), mention)


def _places(sight: Sight, claim: Claim) -> list[int]:
    """Units of the rules' speaker."""
    return sight.seen.inside(claim.speaker_span) if claim.speaker_span is not None else []


def _word(sight: Sight, claim: Claim, judged: Judged, said: Mapping[int, float]) -> Word | None:
    """The rules' word for the speaker, or a likelier one."""
    own = _head(sight, _places(sight, claim))
    best = max(said, key=lambda u: (said[u], -u), default=None)
    if best is None:
        return None
    mine = sum(said.get(u, 0.0) for u in sight.seen.inside(sight.word(own)[1].span)) if own is not None else 0.0
    unit = best if said[best] > mine + _MORE and (own is not None or said[best] > judged.judgement.nobody) else own
    meant = sight.meant(unit, claim) if unit is not None else None
    if unit is None or meant is None:
        return None
    sentence, token = sight.word(unit)
    return Word(unit, sentence, token, frozenset(sight.seen.inside(token.span)), sight.described(unit), meant)


def _head(sight: Sight, inside: Sequence[int]) -> int | None:
    """The unit of a phrase that hangs on none of the others."""
    words = [u for u in inside if sight.seen.tokens[u].pos not in ("PUNCT", "ADP")]
    places = {(sight.seen.units[u].sentence, sight.seen.tokens[u].index) for u in words}
    return next((u for u in words if (sight.seen.units[u].sentence, sight.seen.tokens[u].head) not in places), None)


def _may_mean(sight: Sight, word: Word, mention: Mention) -> bool:
    """«врач» is nobody of whom one has spoken; «она» is no man; «он» that the rules take for somebody without a name («Пожилой мужчина вышел. Он
    сообщил …») is nobody with one; nor is «адвокат Анны Рябовой» she herself."""
    token, speaker = word.token, word.speaker
    if token.lemma in _PRONOUNS and token.pos == "PRON":
        known = sight.referents.gender_by_name(mention) if mention.label == "PERSON" else ""
        return speaker.name is None and known in ("", _PRONOUNS[token.lemma])
    if speaker.mention is None and token.lemma in column("newcomers.tsv", "lemma"):
        return False
    last = mention.normal.split()[-1]
    return mention.label != "PERSON" or speaker.name is None or not (forms(last) - {last}) & set(speaker.name.split())


_PRONOUNS = {"он": "Masc", "она": "Fem"}


def _is_attribute(sight: Sight, judged: Judged) -> bool:
    """«обвинённый в краже» says of nobody that he says it."""
    return any(clause.is_undergone(sight.document.sentences[sight.seen.units[u].sentence], sight.seen.tokens[u]) for u in judged.about.cue)


def _undergone(sight: Sight, judged: Judged) -> set[int]:
    """«Петра Лямина подозревают», «Лямин обвинён», «актрису Анну Ланг критикуют»: words for whom the verb of the cue is about."""
    found: set[int] = set()
    for unit in judged.about.cue:
        verb, sentence = sight.seen.tokens[unit], sight.document.sentences[sight.seen.units[unit].sentence]
        for token in sentence.below(verb.index) if verb.is_verb else ():
            if _undergoes(sentence, token, verb):
                names = sentence.subtree(token.index, *_NOT_HIS_NAME)
                found.update(unit for index in names for unit in sight.seen.inside(sentence.tokens[index].span))
    return found


_NOT_HIS_NAME = ("nsubj", "acl", "acl:relcl", "parataxis", "nmod", "amod", "nummod", "det")


def _undergoes(sentence: Sentence, token: Token, verb: Token) -> bool:
    if token.rel == "nsubj":
        alone = token.number == "Sing" and not any(True for _ in sentence.below(token.index, "conj", "nummod", "nummod:gov"))
        return clause.is_passive(verb) or (verb.number == "Plur" and verb.is_finite and alone)
    return token.rel == "nsubj:pass" or (token.rel == "obj" and token.case != "Nom")


def _described(sight: Sight, word: Word) -> Iterator[Reason]:
    """What the rules make of the word, and its phrase as a name."""
    if called(sight, word.speaker):
        yield _reason(sight, "described", word.speaker, word.units)
    if word.token.pos == "NOUN":
        name = group_name(word.sentence, word.token, sight.referents)
        yield _reason(sight, "phrase", replace(word.speaker, mention=None, name=name, together=()), word.units)


def _elsewhere(sight: Sight, said: Mapping[int, float], word: Word | None) -> Iterator[Reason]:
    """What the rules make of the likeliest other words."""
    taken = word.units if word is not None else frozenset()
    for unit in sorted(said, key=lambda u: (-said[u], u))[:_MOST_OTHERS]:
        if said[unit] > _LEAST and unit not in taken:
            speaker = sight.described(unit)
            if called(sight, speaker):
                yield _reason(sight, "other", speaker, [unit])


def _named(sight: Sight, word: Word, said: Mapping[int, float], undergone: set[int], known: set[str]) -> Iterator[Reason]:
    """Of the names that the word may stand for the likeliest, those that are options anyway, and those of which a mention is likely to speak."""
    meant = [(m, chance, sight.known(m)) for m, chance in zip(word.meant.mentions, word.meant.chances, strict=True)]
    never = {one.name for m, _, one in meant if one.units & undergone or not _may_mean(sight, word, m)}
    chances: dict[str, float] = {}
    for _, chance, one in meant:
        if one.name not in never:
            chances[one.name] = chances.get(one.name, 0.0) + chance
    kept = known | set(sorted(chances, key=lambda n: (-chances[n], n))[:_MOST_NAMES])
    for mention, chance, one in meant:
        if one.name not in never and (one.name in kept or sum(said.get(u, 0.0) for u in one.units) > _LIKELY):
            yield Reason("named", one.name, Speaker(mention.id, None, one.kind, word.token.span), one.units, mention, chance)
