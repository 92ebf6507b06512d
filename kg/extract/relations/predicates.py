"""Relations stated by a verb, after the patterns of `words/relations.tsv`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.anaphora import Referents
from kg.extract.clause import agent, conjuncts, direct_object, is_negated, is_passive, obliques, subject
from kg.records import Document, Mention, Relation, Sentence, Token
from kg.text.words import Row, rows

FOUND_BY = "predicate"
_KNOWN_AS = frozenset({"знать", "известный", "прозвать", "именовать", "называть", "назвать"})


@cache
def _patterns() -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in rows("relations.tsv"):
        found.setdefault(row["lemma"], []).append(row)
    return {lemma: tuple(group) for lemma, group in found.items()}


def predicate_relations(document: Document, sentence: Sentence, referents: Referents) -> Iterator[Relation]:
    for verb in sentence.tokens:
        if verb.is_verb or verb.pos == "ADJ":
            for row in _patterns().get(verb.lemma, ()):
                yield from _matches(sentence, verb, row, referents)
            if verb.lemma in _KNOWN_AS:
                yield from _known_as(document, sentence, verb, referents)


def _matches(sentence: Sentence, verb: Token, row: Row, referents: Referents) -> Iterator[Relation]:
    heads = _slot(sentence, verb, row["head"], row["head_types"].split(), referents)
    if not heads:
        return
    tails = _slot(sentence, verb, row["tail"], row["tail_types"].split(), referents)
    for head in heads:
        for tail in tails:
            if head.id != tail.id:
                yield _relation(sentence, verb, row, head, tail)


def _relation(sentence: Sentence, verb: Token, row: Row, head: Mention, tail: Mention) -> Relation:
    spans = [m.span for m in (head, tail) if m.sentence == sentence.index]
    span = verb.span
    for other in spans:
        span = span.cover(other)
    past = row["past"] == "yes" and verb.feats.get("Tense") == "Past"
    return Relation(
        row["label"], head.id, tail.id, span.start, span.end, verb.start, 0.65, FOUND_BY,
        negated=is_negated(sentence, verb), irrealis=is_irrealis(sentence, verb), past=past,
    )  # fmt: skip


def is_irrealis(sentence: Sentence, verb: Token) -> bool:
    """Not stated as having happened: future, infinitive, imperative, conditional, question."""
    if verb.feats.get("Tense") == "Fut" or verb.feats.get("Mood") in ("Imp", "Cnd"):
        return True
    if verb.feats.get("VerbForm") == "Inf":
        return True
    if verb.is_finite and verb.feats.get("Aspect") == "Perf" and verb.feats.get("Tense") == "Pres":
        return True
    marks = [*sentence.below(verb.index, "mark", "advmod", "aux", "cc", "discourse", "parataxis")]
    if any(t.lemma in ("бы", "б", "если", "чтобы", "ли", "пусть", "пускай") for t in marks):
        return True
    if any(t.lemma == "быть" and t.feats.get("Tense") == "Fut" for t in marks):
        return True
    if sentence.tokens[-1].text.startswith("?"):
        return True
    for above in sentence.ancestors(verb.index):
        if above.is_verb and any(t.lemma == "если" for t in sentence.below(above.index, "mark")):
            return True
    return False


def _slot(sentence: Sentence, verb: Token, slot: str, types: list[str], referents: Referents) -> list[Mention]:
    """Mentions in an argument slot of a verb, of the wanted types."""
    if slot == "date":
        return [m for m in referents.mentions_in(sentence) if m.label == "DATE" and _governs(sentence, verb, m)]
    if slot == "age":
        return [m for m in referents.mentions_in(sentence) if m.label == "AGE" and _governs(sentence, verb, m)]
    found = []
    for token in _tokens(sentence, verb, slot):
        for noun in conjuncts(sentence, token):
            mention = referents.of(sentence, noun, *types)
            if mention is not None and mention.label in types and mention not in found:
                found.append(mention)
    return found


def _tokens(sentence: Sentence, verb: Token, slot: str) -> list[Token]:
    passive = (is_passive(verb) and verb.feats.get("Variant") == "Short") or (is_passive(verb) and verb.is_participle)
    if slot == "subj":
        token = agent(sentence, verb) if passive else subject(sentence, verb)
        return [token] if token is not None else []
    if slot == "obj":
        token = subject(sentence, verb) if passive else direct_object(sentence, verb)
        return [token] if token is not None else []
    preposition, _, case = slot.partition("+")
    if not case:
        preposition, case = "", {"ins": "Ins", "dat": "Dat", "gen": "Gen"}[slot]
    found = [o.token for o in obliques(sentence, verb) if o.preposition in (preposition, preposition + "о") and o.case == case]
    if slot == "ins":
        found += [t for t in sentence.below(verb.index, "xcomp", "obj", "cop") if t.case == "Ins" and t.is_noun]
    if verb.lemma == "быть" and verb.head >= 0 and verb.rel in ("cop", "aux"):
        predicate = sentence.tokens[verb.head]
        found += [predicate] if slot == "ins" and predicate.case == "Ins" else []
    return found


def _governs(sentence: Sentence, verb: Token, mention: Mention) -> bool:
    """The mention hangs on the verb with no other verb or common noun in between."""
    for above in sentence.ancestors(mention.head):
        if above.index == verb.index:
            return True
        if above.is_verb or above.pos == "NOUN":
            return False
    return False


def _known_as(document: Document, sentence: Sentence, verb: Token, referents: Referents) -> Iterator[Relation]:
    """«X знают как «серого кардинала»»: the quoted name becomes another name of X."""
    holder_token = subject(sentence, verb) if is_passive(verb) or verb.pos == "ADJ" else direct_object(sentence, verb)
    holder = referents.of(sentence, holder_token, "PERSON", "ORGANIZATION") if holder_token is not None else None
    if holder is None:
        people = [m for m in referents.mentions_in(sentence) if m.label == "PERSON" and m.start < verb.end + 40]
        holder = people[0] if len(people) == 1 else None
    if holder is None:
        return
    alias = next((m for m in referents.mentions_in(sentence) if m.found_by == "nickname"), None)
    if alias is not None and alias.id != holder.id:
        span = verb.span.cover(alias.span)
        yield Relation("ALTERNATIVE_NAME", holder.id, alias.id, span.start, span.end, verb.start, 0.8, FOUND_BY,
                       negated=is_negated(sentence, verb))  # fmt: skip
