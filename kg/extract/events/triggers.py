"""Triggers: the words that tell of an event, by `words/events.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract import clause
from kg.extract.proposal import Proposal
from kg.records import Document, Mention, Sentence, Token
from kg.text.matching import keys_of, match_sequence
from kg.text.words import Row, column, rows

FOUND_BY = "event trigger"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger with its row and, for a noun under a light verb, that verb."""

    sentence: Sentence
    token: Token
    row: Row
    mention: Mention
    light: Token | None


@cache
def _triggers() -> Mapping[tuple[str, str], tuple[Row, ...]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows("events.tsv"):
        found.setdefault((row["lemma"].split()[0], row["pos"]), []).append(row)
    return {key: tuple(group) for key, group in found.items()}


def trigger_row(sentence: Sentence, token: Token) -> Row | None:
    """The row of the trigger list that a word matches in its sentence, or None."""
    pos = "verb" if token.is_verb else "noun" if token.is_noun else ""
    found = {id(row): row for key in keys_of(token) for row in _triggers().get((key, pos), ())}
    for row in sorted(found.values(), key=lambda r: (-len(r["lemma"].split()), not r["needs"], r["lemma"], r["class"])):
        parts = row["lemma"].split()
        if match_sequence(sentence, token.index, parts, contiguous=False) is None or _is_light(parts):
            continue
        if row["class"] == "Visit" and token.is_verb and not _can_travel(sentence, token):
            continue
        if not row["needs"] or _has_needed(sentence, token, frozenset(row["needs"].split(","))):
            return row
    return None


def _can_travel(sentence: Sentence, verb: Token) -> bool:
    """Somebody: fire and planes go somewhere too, but do not pay a visit."""
    goer = clause.subject(sentence, verb)
    if goer is None or goer.feats.get("Animacy") != "Inan" or goer.is_title:
        return True
    bodies = column("groups.tsv", "lemma") | column("organizations.tsv", "lemma")
    return goer.lemma in bodies or goer.pos == "PRON"


def _is_light(parts: list[str]) -> bool:
    """«провести рейд»: the noun is a trigger itself, the verb only carries it."""
    return len(parts) == 2 and parts[0] in column("lightverbs.tsv", "lemma") and (parts[1], "noun") in _triggers()


def _has_needed(sentence: Sentence, token: Token, wanted: frozenset[str]) -> bool:
    near = [*sentence.below(token.index)]
    if token.is_verb:
        near += [t for t in (clause.subject(sentence, token),) if t is not None]
    return any(t.lemma in wanted for child in near for t in (child, *sentence.below(child.index, "conj", "nmod", "amod")))


def triggers(document: Document) -> Iterator[Proposal]:
    """EVENT proposals, one word each."""
    for sentence in document.sentences:
        for token in sentence.tokens:
            if trigger_row(sentence, token) is not None:
                yield Proposal(token.start, token.end, "EVENT", 0.6, FOUND_BY, token.lemma)


def light_verb(sentence: Sentence, token: Token) -> Token | None:
    """«были проведены рейды»: the verb that only says that its noun took place."""
    if not token.is_noun or token.head < 0:
        return None
    above = sentence.tokens[token.head]
    if above.is_verb and above.lemma in column("lightverbs.tsv", "lemma") and token.rel in ("nsubj", "nsubj:pass", "obj", "obl", "nmod"):
        return above
    return None
