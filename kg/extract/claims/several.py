"""Several who speak as one: «Лямин и Рябов», «Лямин и его коллеги», «оба политика»."""

from __future__ import annotations

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.naming import as_written, group_name, possessive_of
from kg.extract.claims.speaker import Speaker, kind_of
from kg.records import Mention, Sentence, Span, Token

REACH = 2
"""Sentences before in which «они» and «оба» are looked for."""


def together(sentence: Sentence, token: Token, referents: Referents) -> Speaker | None:
    """«Лямин и Рябов заявили», «сообщили в ГИБДД и МЧС», «Лямин и представители союза призвали»: several, each as it is called."""
    if not (token.is_noun or token.pos == "X"):
        return None
    first = token
    while first.rel == "conj" and sentence.tokens[first.head].is_noun and first.head < first.index:
        first = sentence.tokens[first.head]
    verb = sentence.tokens[first.head] if first.head >= 0 else None
    if first.rel.startswith("nsubj") and verb is not None and verb.number == "Sing":
        return None  # «сообщил Лямин»: one of them alone
    if any(t.number == "Sing" or t.is_finite for t in sentence.below(token.index, "acl", "acl:relcl") if first is not token or t.is_participle):
        return None  # «Лямин и Рябов, обещавший уйти»
    return several(sentence, first, token.span, referents)


def several(sentence: Sentence, token: Token, place: Span, referents: Referents) -> Speaker | None:
    """Coordinated people, bodies and groups, by their full names or as they are described; None where none has a name, or is alone."""
    all_of_them = clause.conjuncts(sentence, token)
    act = _is_plural(sentence, token)
    named = {t.index: m for t in all_of_them if (m := _member(sentence, t, act, referents)) is not None}
    if len(all_of_them) < 2 or not named or (len(named) < len(all_of_them) and not act):
        return None
    names = [referents.fullest(named[t.index]) if t.index in named else _beside_named(sentence, t, referents) for t in all_of_them]
    if len(set(names)) < len(names):
        return None
    kinds = {kind_of(m, referents) for m in named.values()}
    kind = "organization" if kinds == {"organization"} and len(named) == len(all_of_them) else "group"
    return Speaker(None, f"{', '.join(names[:-1])} и {names[-1]}", kind, place, together=tuple(m.id for m in named.values()))


def _is_plural(sentence: Sentence, subject: Token) -> bool:
    """The subject of a verb in the plural."""
    verb = sentence.tokens[subject.head] if subject.head >= 0 else None
    return subject.rel.startswith("nsubj") and verb is not None and verb.number == "Plur"


def _beside_named(sentence: Sentence, token: Token, referents: Referents) -> str:
    """«Лямин и его коллеги»: somebody of several who has no name."""
    whose = possessive_of(sentence, token)
    return f"{whose.text} {as_written(sentence, token)}" if whose is not None else group_name(sentence, token, referents)


def _member(sentence: Sentence, token: Token, act: bool, referents: Referents) -> Mention | None:
    """Somebody of several: a person, or a body that is named itself; a town where they act."""
    person = referents.of(sentence, token, "PERSON")
    if person is not None:
        return person
    own = referents.direct(sentence, token, "ORGANIZATION", "COUNTRY", *(["CITY"] if act else []))
    return own if own is not None and own.head == token.index else None


def both(sentence: Sentence, token: Token, referents: Referents) -> Speaker | None:
    """«Лямин встретился с Рябовым. Оба политика считают …»: the two whom the nearest sentences before name."""
    if token.lemma != "оба" and not any(t.lemma == "оба" for t in sentence.below(token.index)):
        return None
    label = "COUNTRY" if token.lemma in ("страна", "государство") else "PERSON" if token.lemma == "оба" or token.feats.get("Animacy") == "Anim" else "ORGANIZATION"
    named: dict[str, Mention] = {}
    for back in range(min(sentence.index, REACH) + 1):
        earlier = referents.sentence(sentence.index - back)
        here = [m for m in referents.mentions_in(earlier) if m.label == label and (back or m.end <= token.start)]
        named = {referents.fullest(m): m for m in sorted(here, key=lambda m: m.start)} | named
        if len(named) > 1:
            break
    if len(named) != 2:
        return None
    return Speaker(None, " и ".join(named), "organization" if label != "PERSON" else "group", token.span, together=tuple(m.id for m in named.values()))
