"""Who says it: a person, an organisation, a document, a group, an unnamed source, or the author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.cues import Cue
from kg.extract.phrase import left_edge, right_edge, words_span
from kg.records import Mention, Sentence, Span, Token
from kg.text.matching import keys_of
from kg.text.normal import inflect, nominative
from kg.text.words import rows

_SPEAKING = ("PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "FACILITY", "FAMILY", "NATIONALITY", "LAW", "WORK_OF_ART")
_KINDS = {"PERSON": "person", "ORGANIZATION": "organization", "FAMILY": "group", "NATIONALITY": "group", "LAW": "document", "WORK_OF_ART": "document"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker: a mention, or a name of its own; its kind, its place, its channel."""

    mention: str | None
    name: str | None
    kind: str
    span: Span | None
    via: str | None = None
    via_name: str | None = None


AUTHOR = Speaker(None, None, "author", None)


@cache
def _groups() -> Mapping[str, str]:
    """Kind of a source noun; «media» counts as an organisation, a group when in the plural."""
    found: dict[str, str] = {}
    for row in rows("groups.tsv"):
        found.setdefault(row["lemma"], row["kind"])
    return found


def speaker_of(cue: Cue, referents: Referents) -> Speaker:
    """The speaker of a cue, by the slot that its row names."""
    sentence, head = cue.sentence, cue.head
    slot = cue.row["speaker"]
    token: Token | None = None
    if slot == "gen":
        token = _governed(sentence, cue)
    elif slot == "instr":
        token = clause.agent(sentence, head)
    elif slot in ("subj", "acc-target"):
        token = _doer(cue)
    if token is None and cue.kind == "impersonal":
        token = _where_said(sentence, head)
    if token is None or token.index in cue.words:
        return AUTHOR
    return describe(sentence, token, referents)


def _doer(cue: Cue) -> Token | None:
    sentence, head = cue.sentence, cue.head
    if clause.is_passive(head) and head.is_verb and (head.feats.get("Variant") == "Short" or head.is_participle):
        return clause.agent(sentence, head)
    found = clause.subject(sentence, head)
    if found is not None and found.index not in cue.words:
        return found
    for holder in cue.words:
        for child in sentence.below(holder, "nsubj"):
            if child.index not in cue.words:
                return child
    place = _where_said(sentence, head)
    if place is not None and head.number == "Plur" and cue.row["speaker"] == "subj" and place.is_title:
        return place
    following = sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 2]
    return next((t for t in following if t.pos in ("PROPN", "X") and t.case in ("Nom", "")), None)


def _governed(sentence: Sentence, cue: Cue) -> Token | None:
    """The noun behind «по словам», «согласно»; for nouns, the genitive or possessive."""
    inside = set(cue.words)
    for holder in dict.fromkeys([cue.head.index, *cue.words]):
        for child in sentence.below(holder, "nmod", "obl", "det", "amod", "appos", "nsubj", "iobj"):
            if child.index in inside:
                continue
            possessive = folded_possessive(child)
            if child.index > cue.words[0] and (child.is_noun or child.pos in ("PRON", "X")) and not clause.preposition(sentence, child):
                return child
            if possessive:
                return child
    if cue.kind == "prep":
        for token in sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 4]:
            if token.is_noun or token.pos in ("PRON", "X"):
                return token
            if token.pos not in ("ADJ", "DET", "PUNCT"):
                return None
    return None


def folded_possessive(token: Token) -> bool:
    return token.lemma in ("его", "ее", "их") or (token.pos in ("PRON", "DET") and token.text.lower() in ("его", "её", "ее", "их"))


def _where_said(sentence: Sentence, verb: Token) -> Token | None:
    """«в докладе говорится», «в Кремле заявили»: the place or document speaks."""
    for oblique in clause.obliques(sentence, verb):
        if oblique.preposition in ("в", "во", "на") and oblique.case in ("Loc", ""):
            if oblique.token.pos != "PRON":
                return oblique.token
    return None


def describe(sentence: Sentence, token: Token, referents: Referents) -> Speaker:
    """Resolve a speaker noun or pronoun."""
    span = token.span
    key = next((k for k in sorted(keys_of(token)) if k in _groups()), None)
    kind = _groups().get(key or "", "")
    via, via_name = _channel(sentence, token, referents) if kind in ("anonymous", "group") else (None, None)
    mention = referents.of(sentence, token, *_SPEAKING)
    own = referents.direct(sentence, token)
    if kind == "anonymous" or (kind == "group" and token.number == "Plur") or key in ("пресса", "сми"):
        if mention is None or mention.label != "PERSON" or mention.head != token.index:
            return Speaker(None, group_name(sentence, token), kind, span, via, via_name)
    if mention is not None and not (own is not None and own.label == "PROFESSION" and mention.label == "COUNTRY"):
        return Speaker(mention.id, None, _kind_of(mention), _place_of(mention, sentence, span))
    if kind in ("group", "document", "media"):
        return Speaker(None, group_name(sentence, token), {"media": "organization"}.get(kind, kind), span, via, via_name)
    if own is not None and own.label == "PROFESSION":
        many = token.number == "Plur"
        name = post_name(sentence, token, own)
        return Speaker(None, name, "group" if many else "person", own.span)
    if token.pos == "PRON" or not token.is_noun:
        return Speaker(None, None, "author", token.span)
    return Speaker(None, group_name(sentence, token), "group" if token.number == "Plur" else "person", span)


def _kind_of(mention: Mention) -> str:
    return _KINDS.get(mention.label, "organization")


def _place_of(mention: Mention, sentence: Sentence, span: Span) -> Span:
    return mention.span if mention.sentence == sentence.index and mention.span.meets(span) else span


def group_name(sentence: Sentence, token: Token) -> str:
    """«опрошенные политологи» → «политологи»; the noun alone, in the nominative, own number."""
    return inflect(token).lower() if not token.text.isupper() else token.text


def post_name(sentence: Sentence, token: Token, own: Mention) -> str:
    """A person known by post only: «представитель МВД»."""
    first = left_edge(sentence, token.index)
    last = max(right_edge(sentence, token.index), token.index)
    span = words_span(sentence, first, last).cover(own.span)
    return nominative(sentence, span)


def _channel(sentence: Sentence, token: Token, referents: Referents) -> tuple[str | None, str | None]:
    """«источники APA», «опрошенные «Коммерсантом» политологи»: through whom it reached us."""
    for genitive in clause.genitives(sentence, token):
        outlet = referents.direct(sentence, genitive, "ORGANIZATION")
        if outlet is not None:
            return outlet.id, None
    for child in sentence.below(token.index, "appos", "flat", "nmod"):
        outlet = referents.direct(sentence, child, "ORGANIZATION")
        if outlet is not None and not clause.preposition(sentence, child):
            return outlet.id, None
    for participle in sentence.below(token.index, "acl", "amod"):
        if participle.is_participle:
            doer = clause.agent(sentence, participle)
            outlet = referents.direct(sentence, doer, "ORGANIZATION") if doer is not None else None
            if outlet is not None:
                return outlet.id, None
    return None, None
