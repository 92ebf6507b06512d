"""Links to Wikidata on NEREL's gold mentions, «not in Wikidata» included.

A gold mention takes the link of the entity that kg makes of it: of its own mention where it found
the same span, else of the gold span's normal form. No link is right where NEREL says NULL.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.evaluate.scores import Row, Table
from kg.evaluate.standoff import Gold
from kg.extract.proposal import Proposal, normal_form
from kg.ids import Minter
from kg.ontology import class_of_label
from kg.records import Facts
from kg.resolve import resolve
from kg.resolve.linking import link, links_of
from kg.text.annotate import annotate

NIL = "NULL"
_WIKIDATA = "http://www.wikidata.org/entity/"


def table(gold: Sequence[Gold], facts: dict[str, Facts]) -> Table:
    """Accuracy with NIL, and precision and recall of the links that were made."""
    resolution = resolve(list(facts.values()), Minter())
    by_key = resolution.by_key
    pairs: list[tuple[str, str, str]] = []
    for text in gold:
        read = facts.get(text.name)
        own = {(m.start, m.end): m for m in read.mentions} if read else {}
        document = annotate(read.article) if read else None
        for identifier, wanted in sorted(text.links.items()):
            if identifier not in text.mentions or text.mentions[identifier][0] not in class_of_label():
                continue
            label, start, end = text.mentions[identifier]
            mention = own.get((start, end))
            iri = resolution.of.get((read.article.sha256, mention.id)) if read and mention else None
            found = next((x.iri for x in links_of(mention, by_key[iri])), "") if iri and mention else ""
            if not iri and document is not None and (sentence := document.sentence_at(start)) is not None:
                name = normal_form(sentence, Proposal(start, end, label, 1.0, "gold"))
                found = next((x.iri for x in link(class_of_label()[label], [name])), "")
            pairs.append((label, wanted, found.removeprefix(_WIKIDATA) or NIL))
    labels = sorted({p[0] for p in pairs}, key=lambda n: (-sum(p[0] == n for p in pairs), n))
    linked = [p for p in pairs if p[1] != NIL]
    made = [p for p in pairs if p[2] != NIL]
    return Table(
        "Links to Wikidata on gold mentions",
        (
            Row("accuracy with NIL", len(pairs), len(pairs), sum(w == f for _, w, f in pairs)),
            Row("links", len(linked), len(made), sum(w == f for _, w, f in made)),
            *(Row(f"  {n}", sum(p[0] == n for p in linked), sum(p[0] == n for p in made), sum(p[0] == n and p[1] == p[2] for p in made)) for n in labels),
        ),
    )
