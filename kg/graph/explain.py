"""Who says what about somebody: a graph read back as an analyst's notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.ids import ONTOLOGY
from kg.ontology import label as term_label
from kg.ontology import terms

_RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_ALT = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
_MATCH = ox.NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(frozen=True, slots=True)
class Note:
    """One claim: what is said in words, by whom, how, where; who disagrees, and how many independent sources affirm it."""

    said: tuple[str, ...]
    quote: str
    speaker: str
    author: bool
    via: str
    modality: str
    polarity: str
    confidence: str
    speaker_confidence: str
    file: str
    begin: int
    end: int
    cue: str
    against: tuple[str, ...]
    support: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a graph knows about one node."""

    iri: str
    name: str
    kinds: tuple[str, ...]
    other_names: tuple[str, ...]
    links: tuple[str, ...]
    merges: tuple[str, ...]
    facts: tuple[Note, ...]
    claims: tuple[Note, ...]


class Reader:
    """Small look-ups over a loaded graph."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def objects(self, node: ox.NamedNode, predicate: ox.NamedNode | str) -> list[ox.NamedNode | ox.Literal]:
        if isinstance(predicate, str):
            predicate = ox.NamedNode(ONTOLOGY + predicate)
        found = [q.object for q in self._store.quads_for_pattern(node, predicate, None)]
        return sorted((o for o in found if isinstance(o, ox.NamedNode | ox.Literal)), key=lambda o: o.value)

    def subjects(self, predicate: str, node: ox.NamedNode) -> list[ox.NamedNode]:
        found = [q.subject for q in self._store.quads_for_pattern(None, ox.NamedNode(ONTOLOGY + predicate), node)]
        return sorted((s for s in found if isinstance(s, ox.NamedNode)), key=lambda s: s.value)

    def text(self, node: ox.NamedNode, predicate: ox.NamedNode | str) -> str:
        found = self.objects(node, predicate)
        return found[0].value if found else ""

    def name(self, node: ox.NamedNode | ox.Literal) -> str:
        if isinstance(node, ox.Literal):
            return node.value
        return self.text(node, _RDFS_LABEL) or node.value

    def is_a(self, node: ox.NamedNode, kind: str) -> bool:
        return any(o.value == ONTOLOGY + kind for o in self.objects(node, _TYPE))

    def local(self, node: ox.NamedNode, predicate: str) -> str:
        return self.text(node, predicate).removeprefix(ONTOLOGY)


def explain(store: ox.Store, iri: str) -> Dossier:
    """Everything about one node: its names and merges, what articles assert, what others claim."""
    reader = Reader(store)
    node = ox.NamedNode(iri)
    claims = {c.value: c for c in _claims_about(reader, node)}
    notes = sorted(
        ((c, _note(reader, c)) for c in claims.values()), key=lambda pair: (pair[1].file, pair[1].begin, pair[1].end, pair[0].value)
    )
    kinds = [o.value.removeprefix(ONTOLOGY) for o in reader.objects(node, _TYPE) if o.value.startswith(ONTOLOGY)]
    return Dossier(
        iri=iri,
        name=reader.name(node),
        kinds=tuple(term_label(k) for k in kinds),
        other_names=tuple(o.value for o in reader.objects(node, _ALT)),
        links=tuple(o.value for o in reader.objects(node, _MATCH)),
        merges=tuple(o.value for o in reader.objects(node, "mergeReason")),
        facts=tuple(note for _, note in notes if note.author and note.said and note.modality == "asserted"),
        claims=tuple(note for _, note in notes if not note.author or note.modality != "asserted"),
    )


def _claims_about(reader: Reader, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    yield from reader.subjects("about", node)
    for speaker in (node, *reader.subjects("member", node)):
        yield from reader.subjects("saidBy", speaker)
    yield from reader.subjects("claims", node)


def _note(reader: Reader, claim: ox.NamedNode) -> Note:
    speaker = next((o for o in reader.objects(claim, "saidBy") if isinstance(o, ox.NamedNode)), claim)
    via = reader.objects(claim, "via")
    article = next((o for o in reader.objects(claim, "inArticle") if isinstance(o, ox.NamedNode)), claim)
    return Note(
        said=tuple(said_in_words(reader, o) for o in reader.objects(claim, "claims") if isinstance(o, ox.NamedNode) and not reader.is_a(o, "Claim")),
        quote=reader.text(claim, "quote"),
        speaker=reader.name(speaker),
        author=reader.is_a(speaker, "Article"),
        via=reader.name(via[0]) if via else "",
        modality=reader.local(claim, "modality"),
        polarity=reader.local(claim, "polarity"),
        confidence=reader.text(claim, "confidence"),
        speaker_confidence=reader.text(claim, "speakerConfidence"),
        file=reader.text(article, "fileName"),
        begin=int(reader.text(claim, "begin") or 0),
        end=int(reader.text(claim, "end") or 0),
        cue=reader.text(claim, "cue"),
        against=tuple(dict.fromkeys(_against(reader, o) for o in reader.objects(claim, "contradicts") if isinstance(o, ox.NamedNode))),
        support=max((int(reader.text(o, "support") or 0) for o in reader.objects(claim, "claims") if isinstance(o, ox.NamedNode)), default=0),
    )


def _against(reader: Reader, claim: ox.NamedNode) -> str:
    speaker = next((o for o in reader.objects(claim, "saidBy")), claim)
    who = "автор" if isinstance(speaker, ox.NamedNode) and reader.is_a(speaker, "Article") else reader.name(speaker)
    return f"{who}: «{reader.text(claim, 'quote')}»"


def said_in_words(reader: Reader, node: ox.NamedNode) -> str:
    """A statement or an event in words."""
    if reader.is_a(node, "Statement"):
        predicate = reader.local(node, "predicate")
        phrase = terms()[predicate].phrases.get("ru", term_label(predicate)) if predicate in terms() else predicate
        ends = [reader.name(o) for side in ("subject", "object") for o in reader.objects(node, side)]
        past = " (в прошлом)" if reader.text(node, "past") == "true" else ""
        return f"{ends[0]} — {phrase} — {ends[-1]}{past}"
    parts = [reader.name(node)]
    realis = reader.local(node, "realis")
    parts += [term_label(realis)] if realis not in ("", "happened") else []
    parts += [reader.text(node, "time")] if reader.text(node, "time") else []
    parts += [f"{term_label(f)} {reader.text(node, f)}" for f in ("deaths", "injured", "count") if reader.text(node, f)]
    return ", ".join(parts)


def names_like(store: ox.Store, name: str, most: int = 5) -> Sequence[str]:
    """Labels close to a name, for «did you mean»."""
    import difflib

    labels = {q.object.value for q in store.quads_for_pattern(None, _RDFS_LABEL, None) if isinstance(q.object, ox.Literal)}
    inside = sorted(label for label in labels if name.casefold() in label.casefold() and len(label) < 80)
    return (inside or difflib.get_close_matches(name, sorted(labels), n=most, cutoff=0.6))[:most]
