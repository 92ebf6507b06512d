"""Links to Wikidata on NEREL's gold mentions and types, «not in Wikidata» included.

The gold mentions stand in for those that kg finds; kg puts them in the nominative, resolves them and
links the entities. No link is right where NEREL says NULL.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.evaluate.given import with_given
from kg.evaluate.scores import Row, Table
from kg.evaluate.standoff import Gold
from kg.ids import Minter
from kg.ontology import class_of_label
from kg.records import Facts, Span
from kg.resolve import resolve
from kg.resolve.linking import links_of
from kg.text.annotate import annotate

NIL = "NULL"
_WIKIDATA = "http://www.wikidata.org/entity/"


def table(gold: Sequence[Gold], facts: dict[str, Facts]) -> Table:
    """Accuracy with NIL, and precision and recall of the links that were made."""
    given: dict[str, Facts] = {}
    places: dict[str, dict[str, str]] = {}
    for text in gold:
        if text.name in facts:
            known = [(i, label, Span(start, end)) for i, (label, start, end) in sorted(text.mentions.items()) if label in class_of_label()]
            given[text.name] = with_given(annotate(facts[text.name].article), facts[text.name], [(span, label) for _, label, span in known])
            places[text.name] = {i: f"g{number}" for number, (i, _, _) in enumerate(known)}
    resolution = resolve(list(given.values()), Minter())
    by_key = resolution.by_key
    pairs: list[tuple[str, str, str]] = []
    for text in gold:
        read = given.get(text.name)
        for identifier, wanted in sorted(text.links.items()):
            if identifier not in text.mentions or text.mentions[identifier][0] not in class_of_label():
                continue
            mention = read.index.get(places[text.name][identifier]) if read else None
            iri = resolution.of.get((read.article.sha256, mention.id)) if read and mention else None
            found = next((x.iri for x in links_of(mention, by_key[iri])), "") if iri and mention else ""
            pairs.append((text.mentions[identifier][0], wanted, found.removeprefix(_WIKIDATA) or NIL))
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
