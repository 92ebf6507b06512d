"""Mentions of one article that are one thing, gathered into `Local` entities, with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.ontology import class_of_label
from kg.records import Facts, Mention, Reason
from kg.resolve.curation import Ruling
from kg.resolve.groups import Groups
from kg.resolve.organization import abbreviates, known_id
from kg.resolve.person import best_of_person, compatible, parse_person, relatives
from kg.resolve.seats import place_id
from kg.text import gazetteer
from kg.text.clean import fold
from kg.text.normal import is_given_name, lemma
from kg.text.words import column

_NOT_ENTITIES = frozenset({"EVENT"})
PLACES = frozenset({"Country", "City", "Region", "District", "Location"})


@dataclass(frozen=True, slots=True)
class Local:
    """One article's entity: class, best name, other names, mentions, and why they are one.

    `ties` are the posts and bodies that the article gives its holder; `bare` tells that the article also
    calls a person by surname alone.
    """

    sha256: str
    kind: str
    name: str
    names: tuple[str, ...]
    surfaces: tuple[str, ...]
    mentions: tuple[str, ...]
    first: int
    reasons: tuple[Reason, ...]
    bare: bool = False
    ties: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[str, int]:
        return (self.sha256, self.first)


_LINK_REASONS = {"ALTERNATIVE_NAME": "другое имя в тексте", "ABBREVIATION": "сокращение в тексте"}


class _Groups:
    """Mentions of one article brought together; a reason is kept where it says something: the names differ."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        order = {m.id: i for i, m in enumerate(mentions)}
        self.of = Groups([m.id for m in mentions], order.__getitem__)
        self.index = {m.id: m for m in mentions}

    def join(self, one: Mention, other: Mention, rule: str) -> None:
        reason = Reason(rule, f"{one.normal} = {other.normal}") if one.normal != other.normal else None
        self.of.join(one.id, other.id, reason)

    def decide(self, rulings: Sequence[Ruling]) -> None:
        """What people decided about two mentions of this article comes before any rule."""
        for ruling in rulings:
            one, other = ruling.one[1], ruling.other[1]
            if one in self.of and other in self.of:
                done = self.of.join(one, other, ruling.reason) if ruling.same else self.of.forbid(one, other)
                ruling.heard(done or (ruling.same and self.of.find(one) == self.of.find(other)))


def gather(facts: Facts, rulings: Sequence[Ruling] = ()) -> list[Local]:
    """Local entities of an article, in text order; `rulings` are about pairs of its mentions."""
    mentions = [m for m in facts.mentions if m.label in class_of_label() and m.label not in _NOT_ENTITIES and m.is_sure]
    places: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.label in _STRIPPED:
            places.setdefault(mention.end, []).append(mention)
    mentions = [replace(m, normal=_position_name(m, places.get(m.end, ()))) if m.label == "PROFESSION" else m for m in mentions]
    mentions = [replace(m, label=_known_type(m)) for m in mentions]
    groups = _Groups(mentions)
    groups.decide(rulings)
    heads = _nested(mentions, groups)
    free = [m for m in mentions if m.id not in heads]
    _same_name(free, groups)
    _bare_nouns(free, groups)
    _people([m for m in mentions if m.label == "PERSON"], groups, facts.article.text)
    _organizations([m for m in free if m.label == "ORGANIZATION"], groups)
    index = facts.index
    for link in facts.links:
        if link.first in groups.index and link.second in groups.index and not _known_apart(index[link.first], index[link.second]):
            groups.join(index[link.first], index[link.second], _LINK_REASONS[link.reason])
    inner = {i for i in heads if len(index[i].normal.split()) == 1 and (is_common(index[i].normal) or index[i].normal.isupper())}
    aliases = {link.second for link in facts.links if link.reason == "ALTERNATIVE_NAME"}
    ties = _ties(facts, groups.index)
    clusters = [[groups.index[i] for i in members] for members in groups.of.groups().values()]
    return [_local(facts, members, groups, aliases, inner, ties) for members in clusters]


def _ties(facts: Facts, index: Mapping[str, Mention]) -> dict[str, set[str]]:
    """What the article says of each mention's holder: «post:министр», «body:мид россии», by mention id."""
    found: dict[str, set[str]] = {}
    for relation in facts.relations:
        kind = _TIES.get(relation.label)
        if kind and relation.tail in index:
            found.setdefault(relation.head, set()).add(f"{kind}:{fold(index[relation.tail].normal)}")
    return found


_TIES = {"WORKS_AS": "post", "WORKPLACE": "body", "MEMBER_OF": "body"}


def _known_apart(one: Mention, other: Mention) -> bool:
    """Two names that the gazetteer gives to two different things are no two names of one."""
    if one.label in _STRIPPED and other.label in _STRIPPED:
        ids = (place_id(one.normal), place_id(other.normal))
    elif one.label == other.label == "ORGANIZATION":
        ids = (known_id(one.normal), known_id(other.normal))
    else:
        return False
    return ids[0] is not None and ids[1] is not None and ids[0] != ids[1]


def _position_name(mention: Mention, ending_there: Sequence[Mention]) -> str:
    """«президент России» → «президент»: the place is told by where the holder works."""
    inner = [m for m in ending_there if mention.start < m.start]
    if not inner:
        return mention.normal
    words = mention.normal.split()[: -max(len(m.normal.split()) for m in inner)]
    return " ".join(words) or mention.normal


_CONFUSED = frozenset({"PRODUCT", "ORGANIZATION", "FACILITY", "WORK_OF_ART"})


def _known_type(mention: Mention) -> str:
    """The type that the gazetteer gives a name, where it knows one only: «самолёт AZAL» names a company."""
    if mention.label not in _CONFUSED or is_common(mention.normal):
        return mention.label
    types = {e.type for e in gazetteer.lookup(mention.normal)}
    return "ORGANIZATION" if types == {"ORGANIZATION"} else mention.label


_STRIPPED = frozenset({"COUNTRY", "CITY", "STATE_OR_PROVINCE"})


def _same_name(mentions: Sequence[Mention], groups: _Groups) -> None:
    seen: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        key = (mention.label, fold(mention.normal))
        if (key in seen and mention.label != "PERSON") or (key in seen and parse_person(mention.normal).is_full):
            groups.join(seen[key], mention, "одно имя")
        else:
            seen.setdefault(key, mention)


def _nested(mentions: Sequence[Mention], groups: _Groups) -> set[str]:
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


def is_common(name: str) -> bool:
    """A name without any capital: «правительство», «полиция»."""
    return name == name.lower() and not any(c.isdigit() for c in name)


def _bare_nouns(mentions: Sequence[Mention], groups: _Groups) -> None:
    """«правительство», «МИД» point to the last named one before («правительство Мали», «МИД Италии», «британская
    полиция»), else to the only one that is named later."""
    seated = {(m.sentence, m.end) for m in mentions if m.label in _STRIPPED}
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


def _people(people: Sequence[Mention], groups: _Groups, text: str) -> None:
    """A bare surname or given name goes to the first person introduced with it in full."""
    parsed = {m.id: parse_person(m.normal) for m in people}
    full = [m for m in people if parsed[m.id].is_full]
    for i, one in enumerate(full):
        for other in full[:i]:
            if compatible(parsed[one.id], parsed[other.id]):
                groups.join(other, one, "имя и фамилия совпадают")
                break
            if _is_tail(one.normal, other.normal) or _is_tail(other.normal, one.normal):
                groups.join(other, one, "конец более полного имени")
                break
    for i, one in enumerate(full):
        for other in full[:i]:
            if relatives(parsed[one.id], parsed[other.id]):
                groups.of.forbid(one.id, other.id)
    for bare in people:
        if parsed[bare.id].is_full:
            continue
        bearers = [m for m in full if compatible(parsed[m.id], parsed[bare.id]) and _number_fits(bare, m)]
        bearers = [m for m in bearers if parsed[m.id].surname == parsed[bare.id].surname] or bearers
        bearers = bearers or _called_so([m for m in full if parsed[m.id].given == fold(bare.normal)], groups)
        before = [m for m in bearers if m.start < bare.start]
        chosen = _meant(before, bare, groups, text) if before else (bearers[0] if bearers else None)
        if chosen is not None:
            rule = "фамилия названного полностью" if parsed[bare.id].surname else "имя названного полностью"
            groups.join(chosen, bare, rule)
    bare_seen: dict[str, Mention] = {}
    for bare in people:
        name = parsed[bare.id]
        key = name.surname or name.given
        if not name.is_full and key:
            if key in bare_seen:
                groups.join(bare_seen[key], bare, "одна фамилия в одной статье")
            bare_seen.setdefault(key, bare)


def _is_tail(short: str, long: str) -> bool:
    """«Рамос Верде» of «Клара Рамос Верде»; not «Анна Лямина» of «Бегунья Анна Лямина»."""
    return " " in short and fold(long).endswith(f" {fold(short)}") and not is_given_name(short.split()[0])


def _called_so(bearers: list[Mention], groups: _Groups) -> list[Mention]:
    """Who has a lone word for a given name, when it is one person: «Лукеш» for «Лукеш Мартинеш»."""
    return bearers if len({groups.of.find(m.id) for m in bearers}) == 1 else []


def _meant(before: Sequence[Mention], bare: Mention, groups: _Groups, text: str) -> Mention:
    """The bearer who was introduced first, who is whom the article is about; of several, the one who has just acted: who
    was named in the nominative."""
    several = len({groups.of.find(m.id) for m in before}) > 1
    near = [m for m in before if bare.sentence - m.sentence <= _JUST_NOW and text[m.start : m.end] == m.normal]
    return near[-1] if several and near else before[0]


_JUST_NOW = 4


def _number_fits(bare: Mention, full: Mention) -> bool:
    """«Алиевы» are not Ильхам Алиев."""
    return not (fold(bare.normal).endswith(("овы", "евы", "ины", "ские")) and not fold(full.normal).endswith(("овы", "евы", "ины", "ские")))


def _organizations(organizations: Sequence[Mention], groups: _Groups) -> None:
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


def _of_one_place(organizations: Sequence[Mention], groups: _Groups) -> None:
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


def _shortened(organizations: Sequence[Mention], groups: _Groups) -> None:
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


def _local(facts: Facts, members: Sequence[Mention], groups: _Groups, aliases: set[str], inner: set[str], ties: Mapping[str, set[str]]) -> Local:
    members = [m for m in members if m.id not in inner] or members
    first = [parse_person(m.normal) for m in members if m.id not in aliases and m.label == "PERSON"]
    fuller = {m.id for m in members if m.label == "PERSON" and any(compatible(parse_person(m.normal), name) for name in first)}
    named = [m for m in members if m.id not in aliases or m.id in fuller] or list(members)
    counts = Counter(m.normal for m in named)
    label = Counter(m.label for m in named).most_common(1)[0][0]
    kind = class_of_label()[label]
    name = _best_name(counts, kind)
    return Local(
        sha256=facts.article.sha256,
        kind=kind,
        name=name,
        names=tuple(sorted({m.normal for m in members} - {name})),
        surfaces=tuple(sorted({facts.article.text[m.start : m.end] for m in members})),
        mentions=tuple(m.id for m in members),
        first=min(m.start for m in members),
        reasons=tuple(groups.of.reasons(members[0].id)),
        bare=kind == "Person" and any(not parse_person(m.normal).is_full for m in members) and parse_person(name).is_full,
        ties=frozenset().union(*(ties.get(m.id, ()) for m in members)),
    )


def _best_name(counts: Counter[str], kind: str) -> str:
    """Persons and organisations by their fullest name, the rest by the most frequent one."""
    if kind == "Person":
        return best_of_person(counts, lambda n: (len(n), counts[n]))
    if kind == "Organization":
        best = max(counts, key=lambda n: (not n.isupper() and " " in n, counts[n], len(n), n))
        return max((n for n in counts if fold(n).startswith(fold(best) + " ")), key=lambda n: (counts[n], len(n), n), default=best)
    return max(counts, key=lambda n: (counts[n], "ё" in n, n))
