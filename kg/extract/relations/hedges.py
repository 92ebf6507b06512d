"""Hedges inside the phrase or clause that states a relation: «вероятный министр», «может быть министром».

What a claim's content holds is judged by its claim; these hedges have no claim of their own. Words that take
reality from what they describe or govern are in `words/realis.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.extract.fiction import is_told_of
from kg.extract.realis import UNREAL, hedges_as, is_nearly
from kg.records import Document, Mention, Relation, Sentence, Token

_CARRIES = frozenset({"xcomp", "ccomp", "csubj", "aux", "cop", "aux:pass"})


def hedged(document: Document, relations: Iterable[Relation], mentions: Mapping[str, Mention]) -> Iterator[Relation]:
    """The relations; those whose own words hedge them are marked as irrealis."""
    for relation in relations:
        head, tail = mentions[relation.head], mentions[relation.tail]
        if not relation.irrealis and head.sentence == tail.sentence and _is_hedged(document.sentences[head.sentence], head, tail, relation.presupposed):
            relation = replace(relation, irrealis=True)
        yield relation


def _is_hedged(sentence: Sentence, head: Mention, tail: Mention, presupposed: bool) -> bool:
    way = _way(sentence, head.head, tail.head)
    stretch = sentence.within(head.span.cover(tail.span))
    before = sentence.tokens[max(0, stretch[0].index - 1) : stretch[0].index] if stretch else ()
    if any(t.lemma == "якобы" for t in (*before, *stretch)):
        return True
    inside = [*way, *(t for m in (head, tail) for t in sentence.within(m.span) if t not in way and t.head in {w.index for w in way})]
    if any(_unmakes(sentence, child) for token in way for child in sentence.below(token.index, "amod", "acl", "advmod", "det")):
        return True
    if any(_unmakes(sentence, token) for token in inside if token.pos == "ADJ" or token.is_participle):
        return True
    if is_told_of(sentence, sentence.tokens[head.head]):
        return True
    if presupposed and any(t.is_verb and not t.is_participle for t in way):
        return False  # inside a noun phrase that the tree tears apart
    return _is_under_if(sentence, way) or any(_takes_reality(sentence, token) or _is_undone(sentence, token) for token in way)


def _unmakes(sentence: Sentence, word: Token) -> bool:
    """«вероятный», «мнимый», «так называемый»."""
    so_called = word.lemma in ("называть", "называемый") and any(t.lemma == "так" for t in sentence.below(word.index))
    return hedges_as(word, "adj") or so_called


def _is_under_if(sentence: Sentence, way: list[Token]) -> bool:
    """«Если Ларин министр, то …»: the conjunction opens the clause, wherever the parser hangs it."""
    first = min(t.index for t in way)
    for token in reversed(sentence.tokens[:first]):
        if token.text in (",", ";", ":", "—", "«"):
            return False
        if token.lemma == "если":
            return True
    return False


def _is_undone(sentence: Sentence, token: Token) -> bool:
    """«был бы министром», «если он министр», «будет министром», «не министр», «почти купил»: a particle, or the copula."""
    below = list(sentence.below(token.index))
    if any(t.lemma in UNREAL for t in below) or any(t.lemma == "быть" and t.text.lower().startswith("буд") for t in below):
        return True
    return is_nearly(sentence, token) or (token.is_noun and any(t.lemma == "не" for t in sentence.below(token.index, "advmod")))


def _way(sentence: Sentence, one: int, other: int) -> list[Token]:
    """The words from one to the other in the tree, both included, and the verbs that carry their clause."""
    up = [one, *(t.index for t in sentence.ancestors(one))]
    down = [other, *(t.index for t in sentence.ancestors(other))]
    common = next((i for i in up if i in down), None)
    if common is None:
        return [sentence.tokens[one], sentence.tokens[other]]
    way = [*up[: up.index(common) + 1], *down[: down.index(common)]]
    top = sentence.tokens[common]
    states = any(sentence.tokens[i].is_verb for i in way) or any(sentence.below(common, "nsubj", "cop"))
    while states and top.head >= 0 and (top.rel in _CARRIES or (top.rel == "conj" and top.feats.get("VerbForm") == "Inf")):
        top = sentence.tokens[top.head]
        way.append(top.index)
    return [sentence.tokens[i] for i in dict.fromkeys(way)]


def _takes_reality(sentence: Sentence, token: Token) -> bool:
    """A verb or noun on the way that governs what is said: «хочет стать министром», «претендент на пост»; or its modal."""
    if (token.is_verb or token.feats.get("Variant") == "Short") and (hedges_as(token, "verb") or hedges_as(token, "link")):
        return True
    if token.is_noun and hedges_as(token, "noun"):
        return True
    return any(hedges_as(child, "verb") for child in sentence.below(token.index, "aux", "cop", "aux:pass"))
