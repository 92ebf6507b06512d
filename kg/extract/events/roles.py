"""Who and what took part: roles by syntax, completed by relations that the model is sure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.events.circumstances import PLACES, obliques
from kg.extract.events.triggers import Trigger
from kg.extract.realis import realis_of
from kg.records import Event, Mention, Relation, Role, Token
from kg.text.words import table

ROLES = ("agent", "patient", "participant", "involves", "organizer")
LEARNED_ROLES = {"AGENT": "agent", "PARTICIPANT_IN": "participant", "INANIMATE_INVOLVED": "involves", "ORGANIZES": "organizer"}
ACTORS = ("PERSON", "ORGANIZATION", "COUNTRY", "NATIONALITY", "FAMILY", "STATE_OR_PROVINCE", "CITY")
_THINGS = (*ACTORS, "PRODUCT", "LAW", "WORK_OF_ART", "FACILITY", "AWARD", "MONEY", "PROFESSION", "EVENT")


def roles_of(one: Trigger, referents: Referents) -> list[Role]:
    pairs = _verb_roles(one) if one.token.is_verb else _noun_roles(one)
    roles: list[Role] = []
    for role, token in pairs:
        if role not in ROLES:
            continue
        for noun in clause.conjuncts(one.sentence, token):
            for mention in _actors(one, noun, referents):
                if mention.id != one.mention.id and all(r.mention != mention.id for r in roles):
                    roles.append(Role(role, mention.id))
    people = {m.id for m in referents.mentions_in(one.sentence) if m.label == "PROFESSION"}
    if any(r.mention not in people for r in roles):
        roles = [r for r in roles if r.mention not in people]
    for oblique in obliques(one):
        if one.row["in"] == "crime" and oblique.preposition in ("в", "во", "за"):
            inside = set(one.sentence.subtree(oblique.token.index))
            crimes = [m for m in referents.mentions_in(one.sentence) if m.label == "CRIME" and m.head in inside]
            crimes = [m for m in crimes if not any(o is not m and m.span.holds(o.span) for o in crimes)]
            roles += [Role("crime", crime.id) for crime in crimes if Role("crime", crime.id) not in roles]
    return roles


def _actors(one: Trigger, noun: Token, referents: Referents) -> list[Mention]:
    """The mention of an argument; staff of an organisation bring the organisation with them."""
    mention = referents.of(one.sentence, noun, *_THINGS)
    members = table("posts.tsv", "lemma", "kind").get(noun.lemma) in ("member", "profession", "rank", "role")
    if (mention is not None and mention.label == "PROFESSION") or (mention is None and members):
        inside: list[Mention] = []
        for genitive in clause.genitives(one.sentence, noun):
            for each in clause.conjuncts(one.sentence, genitive):
                employer = referents.direct(one.sentence, each, "ORGANIZATION")
                named = employer or _named_inside(one, each, referents)
                if named is not None and named not in inside:
                    inside.append(named)
        return inside or ([mention] if mention else [])
    if mention is None:
        return [m for child in one.sentence.below(noun.index, "appos", "flat", "nmod")
                if not clause.preposition(one.sentence, child)
                and (m := referents.direct(one.sentence, child, "PRODUCT", "ORGANIZATION", "PERSON")) is not None]  # fmt: skip
    beside = _coordinated_names(one, noun, mention, referents)
    return [mention, *beside]


def _coordinated_names(one: Trigger, noun: Token, mention: Mention, referents: Referents) -> list[Mention]:
    """«президента Владимира Путина и Алиева»: names coordinated to the name in apposition."""
    if mention.sentence != one.sentence.index or mention.head == noun.index:
        return []
    found = []
    for other in clause.conjuncts(one.sentence, one.sentence.tokens[mention.head])[1:]:
        named = referents.of(one.sentence, other, *_THINGS)
        if named is not None and named.id != mention.id:
            found.append(named)
    return found


def _named_inside(one: Trigger, noun: Token, referents: Referents) -> Mention | None:
    """«агентства RT»: the name in apposition to a genitive noun."""
    for child in one.sentence.below(noun.index, "appos", "flat", "nmod"):
        named = referents.direct(one.sentence, child, "ORGANIZATION")
        if named is not None:
            return named
    return None


def _verb_roles(one: Trigger) -> Iterator[tuple[str, Token]]:
    sentence, verb, row = one.sentence, one.token, one.row
    doer, undergoer = clause.subject(sentence, verb), clause.direct_object(sentence, verb)
    if clause.is_passive(verb):
        doer, undergoer = clause.agent(sentence, verb), doer
    if doer is not None:
        yield row["subj"], doer
    if undergoer is not None and undergoer is not doer:
        yield row["obj"], undergoer
    for oblique in obliques(one):
        if oblique.preposition in ("с", "со") and oblique.case == "Ins":
            yield row["with"], oblique.token


def _noun_roles(one: Trigger) -> Iterator[tuple[str, Token]]:
    sentence, noun, row = one.sentence, one.token, one.row
    for genitive in clause.genitives(sentence, noun):
        yield row["gen"], genitive
    for oblique in obliques(one):
        if oblique.preposition in ("с", "со") and oblique.case == "Ins":
            yield row["with"], oblique.token
        elif oblique.preposition == "между":
            yield "participant", oblique.token
        elif not oblique.preposition and oblique.case == "Ins" and oblique.token.lemma != "сила":
            yield row["instr"] or "agent", oblique.token
    for participle in sentence.below(noun.index, "acl", "amod"):
        if participle.is_participle and clause.is_passive(participle):
            doer = clause.agent(sentence, participle)
            if doer is not None and realis_of(sentence, noun, None) == "happened":
                yield "agent", doer
    if one.light is not None:
        yield from _light_roles(one, one.light)


def _light_roles(one: Trigger, light: Token) -> Iterator[tuple[str, Token]]:
    sentence = one.sentence
    doer = clause.agent(sentence, light) if clause.is_passive(light) else clause.subject(sentence, light)
    if doer is not None and doer.index != one.token.index:
        yield _light_role(one, light), doer


def _light_role(one: Trigger, light: Token) -> str:
    role = table("lightverbs.tsv", "lemma", "subj").get(light.lemma, "agent")
    subject_role = one.row["instr"] or one.row["subj"] or role
    return subject_role if role in ("agent", "event", "") else role





def with_learned(event: Event, sure: Sequence[Relation], mentions: Sequence[Mention]) -> Event:
    """Roles and the place that syntax did not show, but the model is sure of."""
    labels = {m.id: m.label for m in mentions}
    held = {r.mention for r in event.roles}
    named = any(labels[r.mention] != "PROFESSION" for r in event.roles)
    roles = set(event.roles)
    for relation in sure:
        role = LEARNED_ROLES.get(relation.label)
        if role and relation.tail == event.mention and relation.head not in held and not (named and labels[relation.head] == "PROFESSION"):
            roles.add(Role(role, relation.head))
    taken = {r.mention for r in roles}  # «обстреляла Алеппо»: what it was done to is not where as well
    places = [
        r.tail for r in sure
        if r.label == "TAKES_PLACE_IN" and r.head == event.mention and labels[r.tail] in PLACES and r.tail not in taken
    ]  # fmt: skip
    return replace(event, roles=tuple(sorted(roles)), place=event.place or (places[0] if places else None))
