"""Facts with given mentions in place of found ones, to measure what is made of mentions by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.people import by_surname
from kg.extract.proposal import Proposal, normal_form
from kg.records import Document, Facts, Mention, Span
from kg.text.normal import lemma, reshape


def with_given(document: Document, own: Facts, given: Sequence[tuple[Span, str]]) -> Facts:
    """Facts whose mentions are the given ones (span, NEREL label), with ids `g0`, `g1`, … in their order.

    What kg finds beside them is left out, but posts stay, since people are told apart by them. Links
    between two spans that were given are kept. A span outside all sentences has no mention.
    """
    mentions: list[Mention] = []
    for number, (span, label) in enumerate(given):
        sentence = document.sentence_at(span.start)
        head = (sentence.head_of(span) or sentence.at(span.start)) if sentence is not None else None
        if sentence is None or head is None:
            continue
        whole = sentence.within(span) and sentence.span.end >= span.end
        normal = normal_form(sentence, Proposal(span.start, span.end, label, 1.0, "given")) if whole else _as_written(document, span)
        mentions.append(Mention(f"g{number}", span.start, span.end, label, normal, sentence.index, head.index, 1.0, "given"))
    ids = {(m.start, m.end): m.id for m in mentions}
    index = own.index
    links = []
    for link in own.links:
        first, second = (ids.get((index[i].start, index[i].end)) for i in (link.first, link.second))
        if first is not None and second is not None:
            links.append(replace(link, first=first, second=second))
    posts = [m for m in own.mentions if m.label == "PROFESSION"]
    together = tuple(sorted([*by_surname(document, mentions), *posts], key=lambda m: (m.start, -m.end)))
    return replace(own, mentions=together, links=tuple(links), times=(), relations=(), events=(), claims=())


def _as_written(document: Document, span: Span) -> str:
    """A part of a word in its dictionary form («композитор» of «дирижёр-композитора»), a title of several sentences as it stands."""
    words = " ".join(document.quote(span).split())
    return words if " " in words else reshape(lemma(words), words)
