"""What changed between two builds, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph.explain import Reader, said_in_words
from kg.ids import ONTOLOGY

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Change:
    """`what` is article, story, entity, statement, event or claim; `how` is added, removed or changed."""

    how: str
    what: str
    words: str


def difference(old: ox.Store, new: ox.Store) -> list[Change]:
    """Nodes that came, went, or say something else now; in a stable order."""
    before, after = dict(_nodes(old)), dict(_nodes(new))
    changes = [Change("removed", *before[iri]) for iri in before.keys() - after.keys()]
    changes += [Change("added", *after[iri]) for iri in after.keys() - before.keys()]
    for iri in before.keys() & after.keys():
        if before[iri] != after[iri]:
            changes.append(Change("changed", after[iri][0], f"{before[iri][1]} → {after[iri][1]}"))
    return sorted(changes, key=lambda c: (_ORDER.index(c.what), c.how, c.words))


_ORDER = ("article", "story", "entity", "statement", "event", "claim")
_KINDS = {"Article": "article", "Story": "story", "Statement": "statement", "Claim": "claim", "ClaimedEvent": "event", "Event": "event"}


def _nodes(store: ox.Store) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every node of the graph with its kind and what it says."""
    reader = Reader(store)
    seen: set[str] = set()
    for quad in store.quads_for_pattern(None, _TYPE, None):
        node = quad.subject
        if not isinstance(node, ox.NamedNode) or node.value in seen:
            continue
        types = {o.value.removeprefix(ONTOLOGY) for o in reader.objects(node, _TYPE) if o.value.startswith(ONTOLOGY)}
        if not types:
            continue
        seen.add(node.value)
        what = next((_KINDS[t] for t in sorted(types) if t in _KINDS), "entity")
        if what == "story" and len(reader.subjects("inStory", node)) < 2:
            continue  # as good as its article
        yield node.value, (what, _words(reader, node, what))


def _words(reader: Reader, node: ox.NamedNode, what: str) -> str:
    if what == "claim":
        speaker = next((o for o in reader.objects(node, "saidBy")), node)
        return f"{reader.name(speaker)} [{reader.local(node, 'modality')}]: «{reader.text(node, 'quote')}»"
    if what in ("statement", "event"):
        return f"{said_in_words(reader, node)} [{reader.local(node, 'status')}]"
    if what == "story":
        return f"{reader.name(node)} ({len(reader.subjects('inStory', node))} articles)"
    return reader.name(node)
