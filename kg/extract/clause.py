"""Who does what to whom: the arguments of a verb or an event noun in the dependency tree.

The trees come from a parser that confuses look-alike nominative and accusative, so a subject or
object is also checked for agreement with the verb in number and gender.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Sentence, Token

_PASSIVE = re.compile(r"(?:нн|[её]м|им|[^с]т)(?:ый|ая|ое|ые|ого|ому|ым|ом|ой|ою|ую|ых|ыми)$")
_NEGATIONS = frozenset({"не", "ни", "нет"})
_RELATIVE = frozenset({"который", "кто", "что", "чей"})
_REFLEXIVE_PASSIVE = ("ся", "сь")


@dataclass(frozen=True, slots=True)
class Oblique:
    """A prepositional or bare-case dependent: preposition lemma («» for none), case, noun."""

    preposition: str
    case: str
    token: Token


def conjuncts(sentence: Sentence, token: Token) -> list[Token]:
    """A noun with the nouns coordinated to it: «ФСБ, МВД и Следственного комитета»."""
    found, stack = [token], [token]
    while stack:
        for child in sentence.below(stack.pop().index, "conj"):
            if child.pos in ("NOUN", "PROPN", "PRON", "NUM", "X") and child not in found:
                found.append(child)
                stack.append(child)
    return sorted(found, key=lambda t: t.index)


def is_negated(sentence: Sentence, token: Token) -> bool:
    """«не» right on the word, or on the auxiliary, modal or light verb that governs it."""
    if any(child.lemma in _NEGATIONS for child in sentence.below(token.index, "advmod", "dep", "parataxis")):
        return True
    if token.rel in ("xcomp", "csubj") and token.head >= 0:
        return is_negated(sentence, sentence.tokens[token.head])
    return any(child.lemma == "быть" and _has_not(sentence, child) for child in sentence.below(token.index, "aux", "cop"))


def _has_not(sentence: Sentence, token: Token) -> bool:
    return any(child.lemma in _NEGATIONS for child in sentence.below(token.index))


def is_passive(token: Token) -> bool:
    """«был задержан», «сообщается», «обвинённой»: the subject undergoes; the ending of a participle counts more than the tagger."""
    return token.feats.get("Voice") == "Pass" or (token.is_participle and _PASSIVE.search(token.text) is not None)


def is_undergone(sentence: Sentence, token: Token) -> bool:
    """«обвинённый в краже», «предполагаемый убийца»: a passive participle that describes a noun, with nobody as its agent."""
    return is_passive(token) and token.rel in ("acl", "amod") and not any(t.case == "Ins" for t in sentence.below(token.index))


def subject(sentence: Sentence, verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject, also of coordinated, subordinate and relative verbs."""
    own = [t for t in sentence.below(verb.index, "nsubj", "csubj") if t.is_noun or t.pos in ("PRON", "NUM", "DET", "ADJ", "X")]
    own = [t for t in own if _agrees(t, verb)] or [t for t in own if t.case in ("Nom", "")]
    if own:
        nearest = min(own, key=lambda t: abs(t.index - verb.index))
        if nearest.pos == "PRON" and nearest.lemma not in _RELATIVE and not _agrees(nearest, verb):
            nearest = _agreeing_before(sentence, verb) or nearest
        if nearest.lemma in _RELATIVE and verb.rel.startswith("acl"):
            return _relative_noun(sentence, nearest, sentence.tokens[verb.head])
        return nearest
    swapped = [t for t in sentence.below(verb.index, "obj") if t.case in ("Nom", "") and _agrees(t, verb)]
    if swapped and not is_passive(verb) and verb.is_finite and any(_agrees(t, verb) and t.index < verb.index for t in swapped):
        return swapped[0]
    if verb.head < 0 and depth == 0 and verb.is_finite:
        return _agreeing_before(sentence, verb)
    if depth > 3 or verb.head < 0:
        return None
    if is_passive(verb) and depth == 0:
        strayed = _strayed_subject(sentence, verb)
        if strayed is not None:
            return strayed
    above = sentence.tokens[verb.head]
    if verb.rel in ("amod", "acl") and verb.is_participle:
        return above
    if verb.rel in ("conj", "xcomp", "advcl", "parataxis", "dep") and above.is_verb:
        found = subject(sentence, above, depth + 1)
        if found is not None and verb.is_finite and not _agrees(found, verb):
            # «заявил, что обвинения сняты и попросил»: coordinated with the verb further up
            higher = sentence.tokens[above.head] if verb.rel == "conj" and above.head >= 0 else None
            found = subject(sentence, higher, depth + 1) if higher is not None and higher.is_verb else None
            return found if found is not None and _agrees(found, verb) else None
        return found
    if verb.feats.get("VerbForm") == "Inf" and above.pos in ("ADJ", "VERB"):
        return subject(sentence, above, depth + 1)
    return None


def _agreeing_before(sentence: Sentence, verb: Token) -> Token | None:
    """«Она держит пост, и Рябов сообщил»: the subject that the parser hung on the verb before."""
    for token in reversed(sentence.tokens[: verb.index]):
        if token.is_finite:
            return None
        if token.rel == "nsubj" and token.case == "Nom" and _agrees(token, verb):
            return token
    return None


def _relative_noun(sentence: Sentence, relative: Token, noun: Token) -> Token:
    """The noun of a relative pronoun; the nearest one of its number where the tree's choice does not agree."""
    if _fits(relative, noun):
        return noun
    for token in reversed(sentence.tokens[noun.index + 1 : relative.index]):
        if token.is_noun and _fits(relative, token) and (token.case != "Gen" or token.is_title):
            return token
    return noun


def _fits(relative: Token, noun: Token) -> bool:
    if relative.number and noun.number and relative.number != noun.number:
        return False
    return relative.number != "Sing" or not relative.gender or not noun.gender or relative.gender == noun.gender


def _strayed_subject(sentence: Sentence, verb: Token) -> Token | None:
    """The subject of a passive that the parser hung on a verb further up: the next one to its right."""
    above = {t.index for t in sentence.ancestors(verb.index)}
    for token in sentence.tokens[verb.index + 1 :]:
        if token.rel == "nsubj:pass" and token.head in above:
            return token
        if token.is_verb:
            return None
    return None


def _agrees(noun: Token, verb: Token) -> bool:
    """Number, and gender in the past singular; a group counted in words agrees with both numbers."""
    if not verb.is_finite and verb.feats.get("Variant") != "Short":
        return True
    if noun.case not in ("Nom", ""):
        return noun.pos == "NUM" or noun.case == "Gen"
    if noun.number and verb.number and noun.number != verb.number:
        return noun.pos == "NUM"
    return not (verb.number == "Sing" and noun.gender and verb.gender and noun.gender != verb.gender)


def direct_object(sentence: Sentence, verb: Token) -> Token | None:
    """The direct object; for a relative pronoun, the noun that it stands for."""
    taken = subject(sentence, verb)
    for child in sentence.below(verb.index, "obj"):
        if taken is not None and child.index == taken.index:
            continue
        if child.lemma in _RELATIVE and verb.rel.startswith("acl"):
            return sentence.tokens[verb.head]
        return child
    for child in sentence.below(verb.index, "nmod", "iobj", "obl"):
        if child.case in ("Acc",) and not preposition(sentence, child):
            return child
    # «Суд … Мехтиева уже арестовал»: an animate accusative that looks like a genitive to its left
    for child in sentence.below(verb.index, "nsubj"):
        if child.case in ("Gen", "Acc") and child.feats.get("Animacy") == "Anim" and taken is not child:
            return child
    return None


def preposition(sentence: Sentence, noun: Token) -> str:
    """Lemma of the preposition of a noun; «» when it has none."""
    return next((t.lemma for t in sentence.below(noun.index, "case") if t.pos == "ADP"), "")


def obliques(sentence: Sentence, governor: Token) -> Iterator[Oblique]:
    """Dependents with a preposition or in an oblique case, coordinated ones included."""
    for child in sentence.below(governor.index, "obl", "nmod", "iobj", "parataxis", "advmod", "orphan"):
        if not (child.is_noun or child.pos in ("PRON", "X", "NUM", "ADJ")):
            continue
        own = preposition(sentence, child)
        for noun in conjuncts(sentence, child):
            yield Oblique(preposition(sentence, noun) or own, noun.case or child.case, noun)


def agent(sentence: Sentence, verb: Token) -> Token | None:
    """The doer of a passive: an instrumental without preposition, or «силами» with a genitive."""
    for child in sentence.below(verb.index, "obl"):
        if child.case == "Ins" and not preposition(sentence, child):
            if child.lemma == "сила":
                below = [t for t in sentence.below(child.index, "nmod") if t.case == "Gen"]
                if below:
                    return below[0]
                continue
            if not _is_predicate(sentence, child):
                return child
    return None


def _is_predicate(sentence: Sentence, noun: Token) -> bool:
    """«являющимися сотрудниками»: an instrumental behind a copula is no doer."""
    before = sentence.tokens[max(0, noun.index - 2) : noun.index]
    return any(t.lemma in ("являться", "быть", "стать", "оказаться", "считаться", "назначить", "избрать") for t in before)


def genitives(sentence: Sentence, noun: Token) -> list[Token]:
    """Genitive dependents of a noun, coordinated ones included: «встреча Путина и Алиева»."""
    found: list[Token] = []
    for child in sentence.below(noun.index, "nmod"):
        if child.case == "Gen" and not preposition(sentence, child):
            found.extend(conjuncts(sentence, child))
    return found


def clause_head(sentence: Sentence, token: Token) -> Token:
    """The verb (or other predicate) of the clause that a token stands in."""
    if token.is_verb and not token.is_participle:
        return token
    for above in sentence.ancestors(token.index):
        if above.is_verb and (not above.is_participle or above.rel not in ("amod", "acl")):
            return above
    last = token
    for above in sentence.ancestors(token.index):
        last = above
    return last
