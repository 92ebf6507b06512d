"""brat standoff with NEREL's labels: mentions, relations, event roles and links."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.trust import trust
from kg.records import Facts, Mention, Resolution
from kg.resolve.linking import links_of

LEAST_CONFIDENCE = 0.4
"""What is less sure serves events and claims, but is not written out as an annotation."""

_WIKIDATA = "http://www.wikidata.org/entity/"


def standoff(facts: Facts, resolution: Resolution) -> str:
    """The `.ann` file of an article. Offsets count code points of the article's text."""
    return "".join(f"{line}\n" for line in _lines(facts, resolution))


def _lines(facts: Facts, resolution: Resolution) -> Iterator[str]:
    mentions = shown(facts)
    numbers = {m.id: f"T{i}" for i, m in enumerate(mentions, 1)}
    text = facts.article.text
    for mention in mentions:
        surface = " ".join(text[mention.start : mention.end].split("\n"))
        yield f"{numbers[mention.id]}\t{mention.label} {mention.start} {mention.end}\t{surface}"
    for i, (label, head, tail) in enumerate(relation_triples(facts), 1):
        yield f"R{i}\t{label} Arg1:{numbers[head]} Arg2:{numbers[tail]}"
    by_key = resolution.by_key
    count = 0
    for mention in mentions:
        iri = resolution.of.get((facts.article.sha256, mention.id))
        links = links_of(mention, by_key[iri]) if iri else ()
        for link in links:
            if link.iri.startswith(_WIKIDATA):
                count += 1
                qid = link.iri.removeprefix(_WIKIDATA)
                yield f"N{count}\tReference {numbers[mention.id]} Wikidata:{qid}\t{by_key[str(iri)].label}"


def relation_triples(facts: Facts) -> list[tuple[str, str, str]]:
    """Relations as NEREL triples (label, head, tail) between mentions that are written out."""
    kept = {m.id for m in shown(facts)}
    with_model = any(m.found_by == "model" for m in facts.mentions)
    return [
        (r.label, r.head, r.tail) for r in facts.relations
        if not r.negated and r.head in kept and r.tail in kept
        and trust(r.found_by, r.label, with_model, r.confidence) >= RELATION_LEAST
    ]  # fmt: skip


RELATION_LEAST = 0.2


def shown(facts: Facts) -> list[Mention]:
    """Mentions that are sure enough to be written out."""
    return [m for m in facts.mentions if m.confidence >= LEAST_CONFIDENCE]
