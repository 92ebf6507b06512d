"""Names found by natasha's tagger, with NEREL's finer types and longer organisation names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.phrase import words_span
from kg.extract.proposal import Proposal, strip_quotes, without_brackets
from kg.records import Document, Sentence, Span
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.models import tag_names
from kg.text.normal import nominative
from kg.text.words import rows, table

FOUND_BY = "natasha"
_PLACES = ("COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY")
_MODEL = re.compile(r"[A-ZА-ЯЁ][A-ZА-ЯЁa-zа-яё]{0,4}-\d{1,4}[A-ZА-Я]{0,3}")
_LABELS = {"PER": "PERSON", "ORG": "ORGANIZATION", "LOC": "CITY"}


def names(document: Document) -> Iterator[Proposal]:
    """PERSON, ORGANIZATION and place names, line by line; an ORG with its genitive country as well."""
    lines: dict[int, list[Sentence]] = {}
    for sentence in document.sentences:
        lines.setdefault(sentence.line, []).append(sentence)
    tagged = tag_names([[t.text for s in group for t in s.tokens] for group in lines.values()])
    for group, tags in zip(lines.values(), tagged, strict=True):
        for sentence in group:
            own, tags = tags[: len(sentence.tokens)], tags[len(sentence.tokens) :]
            yield from _sentence_names(sentence, own)


def _sentence_names(sentence: Sentence, tags: list[str]) -> Iterator[Proposal]:
    spans = list(_spans(tags))
    for position, (first, last, kind) in enumerate(spans):
        span = words_span(sentence, first, last)
        if _MODEL.fullmatch(sentence.tokens[last].text) and kind == "ORG":
            yield Proposal(sentence.tokens[last].start, span.end, "PRODUCT", 0.8, f"{FOUND_BY}, model number")
            continue
        if not any(char.isalpha() for token in sentence.tokens[first : last + 1] for char in token.text):
            continue
        yield _typed(sentence, span, kind)
        if kind != "ORG" or position + 1 == len(spans):
            continue
        nfirst, nlast, nkind = spans[position + 1]
        follows = nfirst == last + 1 and nkind in ("LOC", "ORG")
        if follows and sentence.tokens[nfirst].case in ("Gen", "") and sentence.tokens[last].text != ".":
            yield Proposal(span.start, sentence.tokens[nlast].end, "ORGANIZATION", 0.75, f"{FOUND_BY}+genitive")


def _spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """First and last word and kind of every BIO span."""
    first, kind = -1, ""
    for at, tag in enumerate([*tags, "O"]):
        if first >= 0 and tag != f"I-{kind}":
            yield first, at - 1, kind
            first = -1
        if tag.startswith("B-") or (tag.startswith("I-") and first < 0):
            first, kind = at, tag[2:]


def _typed(sentence: Sentence, span: Span, kind: str) -> Proposal:
    """Give a tagger's name its NEREL type: by the gazetteer, else by its head noun."""
    normal = strip_quotes(nominative(sentence, without_brackets(sentence, span), person=kind == "PER"))
    known = gazetteer.lookup(normal)
    label = _LABELS[kind]
    if kind == "LOC":
        label = place_label(sentence, span, normal)
    elif kind == "PER" and " " not in normal and known and not any(e.type == "PERSON" for e in known):
        label = known[0].type if known[0].type in _PLACES else label
    if label == "FACILITY" and fold(normal) in _institutions():
        label = "ORGANIZATION"
    elif kind == "ORG" and known and known[0].type in ("PRODUCT", "DISEASE", "COUNTRY", "CITY"):
        label = known[0].type
    way = f"{FOUND_BY}, known name" if any(e.type == label for e in known) else FOUND_BY
    return Proposal(span.start, span.end, label, 0.85, way, normal)


@cache
def _institutions() -> frozenset[str]:
    """Seats that stand for who sits in them: «Кремль», «Белый дом»."""
    return frozenset(fold(row["name"]) for row in rows("metonyms.tsv"))


def place_label(sentence: Sentence, span: Span, normal: str) -> str:
    """NEREL's type of a place name."""
    known = gazetteer.lookup(normal, *_PLACES)
    if known:
        return known[0].type
    kinds = table("places.tsv", "lemma", "label")
    head = sentence.head_of(span)
    for token in ([head] if head else []) + sentence.within(span):
        if token.lemma in kinds:
            return kinds[token.lemma]
    before = sentence.at(span.start)
    if before is not None and before.index > 0:
        previous = sentence.tokens[before.index - 1].lemma
        if previous in kinds:
            return kinds[previous]
    return "CITY"
