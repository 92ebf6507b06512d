"""Cues: the words that report or hedge, found by `words/cues.tsv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.records import Sentence, Span, Token
from kg.text.matching import folded, keys_of, match_sequence
from kg.text.words import Row, rows

_BY_FORM = frozenset({"prep", "particle", "adverb", "modal", "short"})
_PREDICATES = frozenset({"verb", "impersonal"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in its sentence: its row, the words that make it, and the word that carries it."""

    row: Row
    sentence: Sentence
    words: tuple[int, ...]

    @property
    def head(self) -> Token:
        """The word on which speaker and content hang: the last noun of a group, else the first word."""
        if self.kind == "prep":
            nouns = [i for i in self.words if self.sentence.tokens[i].is_noun]
            return self.sentence.tokens[nouns[-1] if nouns else self.words[-1]]
        if self.kind == "particle":
            return self.sentence.tokens[self.words[0]]  # «вроде бы»: no verb, whatever the tagger says of «бы»
        verbs = [i for i in self.words if self.sentence.tokens[i].is_verb or self.sentence.tokens[i].pos == "ADJ"]
        return self.sentence.tokens[verbs[0] if verbs else self.words[0]]

    @property
    def kind(self) -> str:
        return self.row["kind"]

    @property
    def frames(self) -> frozenset[str]:
        return frozenset(self.row["frames"].split(","))

    @property
    def span(self) -> Span:
        tokens = self.sentence.tokens
        if self.words[-1] < self.words[0]:
            return tokens[self.words[0]].span
        return Span(tokens[self.words[0]].start, tokens[self.words[-1]].end)


@cache
def _by_first_word() -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows("cues.tsv"):
        found.setdefault(row["cue"].split()[0], []).append(row)
    return {word: tuple(sorted(group, key=lambda r: -len(r["cue"].split()))) for word, group in found.items()}


@cache
def noun_cues() -> frozenset[str]:
    """Nouns that tell something themselves: «заявление», «слух»."""
    return frozenset(row["cue"] for row in rows("cues.tsv") if row["kind"] == "noun")


@cache
def cue_verbs() -> frozenset[str]:
    """Verbs that tell: «заявить», «сообщать», «высказаться»."""
    return frozenset(row["cue"] for row in rows("cues.tsv") if row["kind"] == "verb" and row["modality"] in ("reported", "opinion"))


@cache
def _traps() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """By first word, sequences that look like cues and are none, where the cue list does not know better."""
    known = {row["cue"] for row in rows("cues.tsv")}
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows("cues_never.tsv"):
        if row["cue"] not in known:
            parts = tuple(row["cue"].split())
            found.setdefault(parts[0], []).append(parts)
    return {word: tuple(group) for word, group in found.items()}


def find_cues(sentence: Sentence) -> list[Cue]:
    """All cues of a sentence, longest first at each place, in text order."""
    found: list[Cue] = []
    taken: set[int] = set()
    for start, token in enumerate(sentence.tokens):
        if start in taken:
            continue
        cue = _at(sentence, start, token)
        if cue is None:
            taken.update(_trap_at(sentence, start))
        elif not taken & set(cue.words):
            found.append(cue)
            taken.update(cue.words)
    return found


def _trap_at(sentence: Sentence, start: int) -> tuple[int, ...]:
    """Words of the longest group that looks like a cue and is none: «стоит отметить»."""
    keys = keys_of(sentence.tokens[start])
    if any(key in _by_first_word() for key in keys):
        return ()  # the cue's own rows have weighed the traps
    traps = [words for key in keys for trap in _traps().get(key, ()) if (words := match_sequence(sentence, start, trap, contiguous=False))]
    return max(traps, key=len, default=())


def _at(sentence: Sentence, start: int, token: Token) -> Cue | None:
    keys = keys_of(token)
    candidates = sorted(
        {id(row): row for key in keys for row in _by_first_word().get(key, ())}.values(),
        key=lambda r: (-len(r["cue"].split()), r["cue"], r["kind"]),
    )
    if not candidates:
        return None
    traps = [trap for key in keys for trap in _traps().get(key, ())]
    trapped = max((len(t) for t in traps if match_sequence(sentence, start, t, contiguous=False)), default=0)
    for row in candidates:
        parts = row["cue"].split()
        words = match_sequence(sentence, start, parts, contiguous=row["kind"] in _BY_FORM)
        if words is None and row["kind"] == "prep":
            words = _parted_group(sentence, start, parts)
        if words is None and row["kind"] == "verb" and len(parts) == 2:
            words = _object_first(sentence, token, parts)
        if words is None or len(parts) < trapped or not _fits(sentence, row, words):
            continue
        return Cue(row, sentence, words)
    return None


def _parted_group(sentence: Sentence, start: int, parts: list[str]) -> tuple[int, ...] | None:
    """«по её словам», «по неподтверждённым данным»: words that agree may part the group; they belong to it."""
    tokens = sentence.tokens
    if len(parts) != 2 or parts[0] not in keys_of(tokens[start]):
        return None
    for index in range(start + 1, min(start + 4, len(tokens))):
        if parts[1] in keys_of(tokens[index]):
            return tuple(range(start, index + 1))
        if tokens[index].pos not in ("ADJ", "DET") and not tokens[index].is_participle and folded(tokens[index]) not in _POSSESSIVES:
            return None
    return None


def _object_first(sentence: Sentence, verb: Token, parts: list[str]) -> tuple[int, ...] | None:
    """«озабоченность выражали и послы»: the noun of a two-word cue before its verb."""
    if parts[0] not in keys_of(verb):
        return None
    noun = next((t for t in sentence.below(verb.index, "obj") if t.index < verb.index and parts[1] in keys_of(t)), None)
    return (verb.index, noun.index) if noun is not None else None


_POSSESSIVES = frozenset({"его", "ее", "их"})


def _fits(sentence: Sentence, row: Row, words: tuple[int, ...]) -> bool:
    """Part of speech; «-ся» verbs are impersonal only without a personal subject."""
    first = sentence.tokens[words[0]]
    kind = row["kind"]
    if kind == "verb":
        carrier = next((sentence.tokens[i] for i in words if sentence.tokens[i].is_verb), None)
        if carrier is None or carrier.feats.get("Mood") == "Imp":
            return False
        return carrier.feats.get("VerbForm") != "Part" or carrier.feats.get("Variant") == "Short" or carrier.rel != "amod"
    if kind == "noun":
        return any(sentence.tokens[i].is_noun for i in words)
    if kind == "adjective":
        if row["modality"] not in ("alleged", "possible"):
            return False
        return (first.pos == "ADJ" or first.is_participle) and first.rel in ("amod", "acl", "conj")
    if kind == "particle":
        return True
    if kind == "modal":
        return not first.is_noun
    if kind == "short":
        return first.pos != "ADP" and not first.is_noun and not first.case
    return True
