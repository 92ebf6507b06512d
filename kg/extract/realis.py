"""Did it happen? The realis of a verb or event noun, by its form and by what governs it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.extract.clause import is_negated, preposition
from kg.extract.fiction import is_told_of
from kg.extract.relations.predicates import is_irrealis
from kg.records import Sentence, Token
from kg.text.matching import keys_of
from kg.text.words import column, rows, table


@cache
def _governors() -> Mapping[tuple[str, str], str]:
    return {(row["lemma"], row["where"]): row["realis"] for row in rows("realis.tsv")}


def hedges_as(token: Token, where: str) -> bool:
    """A word that takes reality from what it describes («adj») or governs («verb», «noun»)."""
    return any(_governors().get((key, where), "happened") != "happened" for key in keys_of(token))


UNREAL = frozenset({"бы", "б", "если", "чтобы", "ли", "пусть", "пускай", "якобы", "вроде"})
"""Particles and conjunctions below a predicate that take reality from it."""


def is_nearly(sentence: Sentence, verb: Token) -> bool:
    """«едва не возглавил», «чуть не купил», «почти купил»: it did not come to that."""
    for child in sentence.below(verb.index, "advmod", "discourse"):
        following = sentence.tokens[child.index + 1 : child.index + 3]
        if child.lemma in ("едва", "чуть") and any(t.lemma == "не" for t in following):
            return True
        if child.lemma == "почти" and child.index + 1 == verb.index:
            return True
    return False


def realis_of(sentence: Sentence, token: Token, light: Token | None) -> str:
    """happened, planned, possible, cancelled or denied.

    A verb happened when it is affirmed and in the indicative past or present; a noun needs a sign
    that it took place (a light verb, «после», «в ходе»), or a past verb that it is the subject of.
    """
    if is_told_of(sentence, light or token):
        return "possible"
    told = _told_by_governor(sentence, light or token) or (_told_by_governor(sentence, token) if light else None)
    if told and told != "happened":
        return told
    carrier = light or token
    if carrier.is_verb:
        return _of_verb(sentence, carrier)
    if told == "happened":
        return "happened"
    return _of_noun(sentence, token)


def _of_verb(sentence: Sentence, verb: Token) -> str:
    if is_negated(sentence, verb) or is_nearly(sentence, verb):
        return "denied"
    if verb.feats.get("VerbForm") == "Inf":
        return _of_infinitive(sentence, verb)
    if verb.feats.get("Tense") == "Fut" or (verb.is_finite and verb.feats.get("Aspect") == "Perf" and verb.feats.get("Tense") == "Pres"):
        return "planned"
    if is_irrealis(sentence, verb):
        future = any(t.lemma == "быть" and t.feats.get("Tense") == "Fut" for t in sentence.below(verb.index))
        return "planned" if future else "possible"
    return "happened"


def _of_infinitive(sentence: Sentence, verb: Token) -> str:
    """«начали бомбить», «удалось задержать» happened; other infinitives did not yet."""
    if verb.head >= 0 and verb.rel in ("xcomp", "csubj", "conj"):
        above = sentence.tokens[verb.head]
        if above.lemma in _REAL_PHASES and above.feats.get("Tense") == "Past" and not is_negated(sentence, above):
            return "happened"
    return "possible"


_REAL_PHASES = frozenset(["начать", "стать", "продолжить", "закончить", "прекратить", "удаться", "успеть", "начинать", "продолжать"])


def _of_noun(sentence: Sentence, noun: Token) -> str:
    if noun.head < 0:
        return "possible"
    above = sentence.tokens[noun.head]
    if above.is_verb and noun.rel in ("nsubj", "nsubj:pass") and above.feats.get("Tense") == "Past":
        return "denied" if is_negated(sentence, above) else _of_verb(sentence, above)
    if above.is_verb and preposition(sentence, noun) in _CAUSING and table("events.tsv", "lemma", "class").get(above.lemma) in ("Death", "Injury"):
        return _of_verb(sentence, above)  # «при взрыве погибли двое»: who died of it tells that it was
    return "possible"


_CAUSING = frozenset({"при", "в", "во", "от", "из-за"})


def _told_by_governor(sentence: Sentence, token: Token) -> str | None:
    """What an adjective, preposition, governing noun or verb says of the event."""
    signs = _governors()
    for child in sentence.below(token.index, "amod", "acl", "advmod"):
        if (child.lemma, "adj") in signs:
            return signs[child.lemma, "adj"]
    before = preposition(sentence, token)
    if (before, "prep") in signs:
        return signs[before, "prep"]
    if token.head < 0:
        return None
    above = sentence.tokens[token.head]
    if above.is_noun and token.rel in ("nmod", "conj") and (above.lemma, "noun") in signs:
        return signs[above.lemma, "noun"]
    if token.rel.startswith("nsubj") and (above.lemma, "subj") in signs:
        return signs[above.lemma, "subj"]
    if token.rel.startswith("nsubj") and above.lemma == "оказаться" and any(t.lemma in column("doubts.tsv", "cue") for t in sentence.below(above.index)):
        return "denied"  # «взрыв оказался вымыслом»
    managed = next((t for t in sentence.below(above.index, "csubj", "xcomp") if t.feats.get("VerbForm") == "Inf"), None) if above.lemma == "удаться" else None
    if managed is not None and (managed.lemma, "verb") in signs:
        return signs[managed.lemma, "verb"]  # «убийство удалось предотвратить»
    governed = token.rel in ("obj", "xcomp", "obl", "iobj", "csubj", "nmod", "ccomp") or (
        token.rel.startswith("nsubj") and above.feats.get("Voice") == "Pass"
    )
    if governed and (above.is_verb or above.pos == "ADJ") and (above.lemma, "verb") in signs:
        told = signs[above.lemma, "verb"]
        if told == "cancelled" and is_negated(sentence, above):
            return "planned"
        return told
    if token.rel == "conj" and token.is_verb and above.is_verb and token.feats.get("VerbForm") == "Inf":
        return _told_by_governor(sentence, above)
    return None
