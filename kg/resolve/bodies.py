"""Organisations of one article under several names: shortened, bare, in the gazetteer, with their place in front or behind."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import Mention
from kg.resolve.joined import Joined
from kg.resolve.organization import abbreviates, is_common, known_id
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.normal import lemma
from kg.text.words import column

SEATS = frozenset({"COUNTRY", "CITY", "STATE_OR_PROVINCE"})


def join_nested(mentions: Sequence[Mention], groups: Joined) -> set[str]:
    """«Следственный комитет» inside «Следственный комитет России», with one head: one thing.

    Returns the ids of such inner mentions: their shorter names say nothing beyond their place.
    """
    heads: set[str] = set()
    by_head: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        if mention.label == "ORGANIZATION":
            by_head.setdefault((mention.sentence, mention.head), []).append(mention)
    for outer, inner in ((a, b) for same in by_head.values() for a in same for b in same):
        if inner is not outer and outer.span.holds(inner.span):
            groups.join(outer, inner, "начало более полного названия")
            heads.add(inner.id)
    return heads


def join_bare_nouns(mentions: Sequence[Mention], groups: Joined) -> None:
    """«правительство», «МИД» point to the last named one before («правительство Мали», «МИД Италии», «британская
    полиция»), else to the only one that is named later."""
    seated = {(m.sentence, m.end) for m in mentions if m.label in SEATS}
    named: dict[str, list[tuple[int, Mention]]] = {}
    for position, mention in enumerate(mentions):
        if mention.label == "ORGANIZATION" and " " in mention.normal:
            for word in _heads(mention.normal):
                named.setdefault(word, []).append((position, mention))
    for position, bare in enumerate(mentions):
        known_noun = bare.normal.lower() in column("organizations.tsv", "lemma")
        if bare.label != "ORGANIZATION" or " " in bare.normal or not (is_common(bare.normal) or bare.normal.isupper() or known_noun):
            continue
        full = [(at, m) for at, m in named.get(fold(bare.normal), ()) if not bare.normal.isupper() or (m.sentence, m.end) in seated]
        before = [m for at, m in full if at < position]
        after = {fold(m.normal): m for at, m in full if at > position}
        if before:
            groups.join(before[-1], bare, "организация названа выше")
        elif len(after) == 1:
            groups.join(bare, next(iter(after.values())), "организация названа ниже")


def _heads(name: str) -> set[str]:
    """The word that a name may be shortened to: the first («правительство Мали»), or the noun behind an adjective."""
    words = fold(name).split()
    return {words[0], words[1]} if len(words) == 2 and words[0].endswith(_ADJECTIVES) else {words[0]}


_ADJECTIVES = ("ая", "ое", "ий", "ый", "ой", "ие", "ые")


def join_bodies(organizations: Sequence[Mention], groups: Joined) -> None:
    known: dict[str, Mention] = {}
    for mention in organizations:
        identity = known_id(mention.normal)
        if identity is not None:
            if identity in known:
                groups.join(known[identity], mention, "названия одной организации в справочнике")
            known.setdefault(identity, mention)
    _shortened(organizations, groups)
    _of_one_place(organizations, groups)
    first = {m.normal: m for m in reversed(organizations)}
    for short in first.values():
        for long in first.values():
            if len(long.normal) > len(short.normal) and " " in long.normal and abbreviates(short.normal, long.normal):
                groups.join(long, short, "сокращение по первым буквам")


def _of_one_place(organizations: Sequence[Mention], groups: Joined) -> None:
    """«бельгийская полиция» and «полиция Бельгии»."""
    first: dict[tuple[str, str], Mention] = {}
    for mention in organizations:
        key = _body_and_place(mention.normal)
        if key is not None:
            other = first.setdefault(key, mention)
            ids = {known_id(other.normal), known_id(mention.normal)} - {None}
            if fold(other.normal) != fold(mention.normal) and len(ids) < len((other, mention)):
                groups.join(other, mention, "одно учреждение одного места")


def _body_and_place(name: str) -> tuple[str, str] | None:
    """The noun and the place of a name of two words, one of which names a place."""
    words = [lemma(word) for word in name.split()]
    if len(words) != _BODY_AND_PLACE:
        return None
    nouns = column("organizations.tsv", "lemma")
    place = gazetteer.place_of_adjective(words[0])
    if place is not None and words[1] in nouns:
        return words[1], fold(place[0])
    known = gazetteer.lookup(words[1], "COUNTRY", "CITY", "STATE_OR_PROVINCE") if words[0] in nouns else ()
    return (words[0], fold(known[0].label)) if len({e.label for e in known}) == 1 else None


_BODY_AND_PLACE = 2


def _shortened(organizations: Sequence[Mention], groups: Joined) -> None:
    """«Верховный суд» for «Верховный суд Израиля», where the article has one such name that goes on from the short one."""
    nouns = column("organizations.tsv", "lemma")
    names = {fold(m.normal): m for m in reversed(organizations)}
    for short, mention in names.items():
        words = short.split()
        if len(words) < 2 or not any(lemma(word) in nouns for word in words[:2]) or known_id(mention.normal) is not None:
            continue
        longer = [other for name, other in names.items() if name.startswith(short + " ")]
        if longer and len({groups.of.find(other.id) for other in longer}) == 1:
            for same in organizations:
                if fold(same.normal) == short:
                    groups.join(longer[0], same, "начало более полного названия")
