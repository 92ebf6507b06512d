"""What kg read, in FactRuEval's terms."""

from __future__ import annotations

from collections.abc import Iterator

from kg.evaluate.factrueval.entities import Answer as EntityAnswer
from kg.evaluate.factrueval.facts import Answer
from kg.evaluate.factrueval.mentions import Answer as MentionAnswer
from kg.export.brat import shown
from kg.ids import Minter
from kg.records import Event, Facts, Mention, Resolution
from kg.resolve import resolve
from kg.resolve.person import parse_person

_TAGS = {
    "PERSON": "per", "ORGANIZATION": "org", "COUNTRY": "loc", "CITY": "loc", "STATE_OR_PROVINCE": "loc", "DISTRICT": "loc",
    "LOCATION": "loc", "FACILITY": "loc",
}  # fmt: skip


_OF_KIND = {"Person": "per", "Organization": "org"}


def mentions(facts: Facts) -> list[MentionAnswer]:
    """The outermost mentions of people, organisations and places that are named."""
    named = [m for m in shown(facts) if m.label in _TAGS and any(c.isupper() for c in facts.article.text[m.start : m.end])]
    outer = [m for m in named if not any(o is not m and o.span.holds(m.span) and o.span != m.span for o in named)]
    return [MentionAnswer(_TAGS[m.label], m.start, m.end) for m in outer]


def entities(facts_: Facts) -> list[EntityAnswer]:
    """Each person, organisation and place that is named, once; a person by the parts of the name."""
    names = _Names(facts_)
    told: dict[str, EntityAnswer] = {}
    places = {(a.start, a.end) for a in mentions(facts_)}
    for mention in facts_.mentions:
        iri = names.resolution.of.get((facts_.article.sha256, mention.id))
        if iri and (mention.start, mention.end) in places and mention.label in _TAGS and not _is_adjective(facts_, mention):
            entity = names.resolution.by_key[iri]
            tag = _OF_KIND.get(entity.kind, _TAGS[mention.label])
            told.setdefault(iri, EntityAnswer(tag, _parts(entity.label) if tag == "per" else (("name", entity.label),)))
    return list(told.values())


def _is_adjective(facts_: Facts, mention: Mention) -> bool:
    """«российский»: the place is hinted at, not named."""
    text = facts_.article.text[mention.start : mention.end].lower()
    return mention.label != "PERSON" and " " not in text and text.endswith(_ADJECTIVE) and not mention.normal.lower().endswith(_ADJECTIVE)


_ADJECTIVE = ("ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских", "скими")


def _parts(name: str) -> tuple[tuple[str, str], ...]:
    person = parse_person(name)
    found = (("firstname", person.given), ("patronymic", person.patronymic), ("lastname", person.surname))
    return tuple((part, value) for part, value in found if value)


class _Names:
    """Names of one article's entities."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.resolution: Resolution = resolve([facts], Minter())

    def entity(self, mention: Mention) -> str:
        return self.resolution.of.get((self.facts.article.sha256, mention.id), mention.id)

    def name(self, mention: Mention) -> str:
        """People by their fullest name, all else as it stands in the text."""
        if mention.label == "PERSON":
            iri = self.resolution.of.get((self.facts.article.sha256, mention.id))
            return self.resolution.by_key[iri].label if iri else mention.normal
        return self.facts.article.text[mention.start : mention.end]


def facts(facts_: Facts) -> list[Answer]:
    names = _Names(facts_)
    found = [*_occupations(names), *_ownerships(names), *_meetings(names), *_deals(names)]
    return list(dict.fromkeys(found))


def _occupations(names: _Names) -> Iterator[Answer]:
    facts_ = names.facts
    index = facts_.index
    places: dict[str, list[Mention]] = {}
    for relation in facts_.relations:
        if relation.label == "WORKPLACE" and not relation.negated:
            places.setdefault(relation.head, []).append(index[relation.tail])
    told: set[tuple[str, str, str]] = set()
    for relation in facts_.relations:
        if relation.label != "WORKS_AS" or relation.negated:
            continue
        person, post = index[relation.head], index[relation.tail]
        if person.label != "PERSON":
            continue
        nested = [m for m in facts_.mentions if m is not post and post.span.holds(m.span) and m.label in _TAGS and m.label != "PERSON"]
        where = places.get(post.id, []) or nested or places.get(person.id, [])
        outer = [m for m in where if not any(o is not m and o.span.holds(m.span) for o in where)]
        for place in outer[:1]:
            position = _bare(facts_, post, place)
            key = (names.entity(person), position.lower()[:6], names.entity(place))
            if key not in told:
                told.add(key)
                yield Answer("occupation", (("who", names.name(person)), ("position", position), ("where", names.name(place))))


def _bare(facts_: Facts, post: Mention, place: Mention) -> str:
    """The post without the place that it is a post of: «министр энергетики Белоруссии» → «министр энергетики»."""
    text = facts_.article.text
    if not post.span.meets(place.span):
        return text[post.start : post.end]
    before, after = text[post.start : place.start].strip(), text[place.end : post.end].strip()
    return " ".join(part for part in (before, after) if part)


def _ownerships(names: _Names) -> Iterator[Answer]:
    index = names.facts.index
    for relation in names.facts.relations:
        if relation.label == "OWNER_OF" and not relation.negated:
            owner, thing = index[relation.head], index[relation.tail]
            yield Answer("ownership", (("owner", names.name(owner)), ("property", names.name(thing))))


def _participants(names: _Names, event: Event, *labels: str) -> list[str]:
    index = names.facts.index
    found: dict[str, str] = {}
    for role in event.roles:
        mention = index[role.mention]
        if mention.label in labels:
            found.setdefault(names.entity(mention), names.name(mention))
    return list(found.values())


def _meetings(names: _Names) -> Iterator[Answer]:
    for event in names.facts.events:
        if event.kind in ("Meeting", "Negotiation"):
            people = _participants(names, event, "PERSON")
            if len(people) > 1:
                yield Answer("meeting", tuple(("participant", p) for p in people))


def _deals(names: _Names) -> Iterator[Answer]:
    for event in names.facts.events:
        if event.kind == "Transaction":
            parties = _participants(names, event, "PERSON", "ORGANIZATION", "COUNTRY", "CITY")
            if len(parties) > 1:
                yield Answer("deal", (*(("participant", p) for p in parties), ("type", "купля/продажа")))
