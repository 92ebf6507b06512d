"""Links to Wikidata from the shipped gazetteer. No safe choice, no link: never a guess."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ontology import terms
from kg.records import Entity, ExternalLink, Mention
from kg.resolve.person import parse_person
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.gazetteer import Entry
from kg.text.normal import lemma

_WIKIDATA = "http://www.wikidata.org/entity/"
_LINKED = frozenset(
    ["Person", "Organization", "Country", "City", "Region", "District", "Location", "Facility", "Product", "WorkOfArt", "Award", "Law", "Position", "Nationality", "Religion", "Ideology", "Language", "Disease"]
)


def link(kind: str, names: Sequence[str]) -> tuple[ExternalLink, ...]:
    """The one gazetteer entry of the kind's type that carries one of the names."""
    if kind not in _LINKED:
        return ()
    types = terms()[kind].nerel
    if kind in _COUNTED:
        names = list(dict.fromkeys([*names, *(singular(n) for n in names)]))
    for position, name in enumerate(names):
        found = [e for e in gazetteer.lookup(name, *types) if e.qid]
        if kind == "Person" and not parse_person(name).is_full:
            found = [e for e in found if fold(e.label) == fold(name)]  # «Мадонна» is a whole name, «Путин» is not
        entry = _unique(found)
        if entry is not None:
            score = 0.95 if position == 0 else 0.85
            return (ExternalLink(_WIKIDATA + entry.qid, f"gazetteer name, source {entry.source}", score),)
    return ()


def links_of(mention: Mention, entity: Entity) -> tuple[ExternalLink, ...]:
    """Links of one mention: those of its entity; for a post, those of the post as it is named here.

    «президент США» is another item than «президент», although the graph holds one post for both; where
    only the general one is known, the special one has no link.
    """
    if mention.label != "PROFESSION":
        return entity.links
    own = link("Position", (mention.normal,))
    if own or " " not in mention.normal or mention.normal in (entity.label, *entity.names):
        return own or entity.links
    return ()


_COUNTED = frozenset({"Position", "Nationality", "Religion"})


def singular(name: str) -> str:
    """«врачи» → «врач», «министры кабинета» → «министр кабинета»: the first word in its dictionary form."""
    first, *rest = name.split()
    return " ".join([lemma(first), *rest])


def _unique(found: Sequence[Entry]) -> Entry | None:
    """The only entry, or one that the counts put far ahead of its namesakes."""
    ids = list(dict.fromkeys(e.qid for e in found))
    if len(ids) == 1:
        return found[0]
    if found and found[0].weight >= 3 and found[0].weight > 3 * sum(e.weight for e in found if e.qid != found[0].qid):
        return found[0]
    return None
