"""Events: triggers from `words/events.tsv`, roles by syntax, realis, place, time and figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.proposal import Proposal
from kg.extract.realis import realis_of
from kg.extract.times import Found
from kg.extract.values import as_integer
from kg.records import Document, Event, Mention, Relation, Role, Sentence, TimeValue, Token
from kg.text.matching import keys_of, match_sequence
from kg.text.words import Row, column, rows, table

FOUND_BY = "event trigger"
ROLE_FOUND_BY = "event role"
ROLES = ("agent", "patient", "participant", "involves", "organizer")
_PLACES = frozenset({"CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY"})
_ACTORS = ("PERSON", "ORGANIZATION", "COUNTRY", "NATIONALITY", "FAMILY", "STATE_OR_PROVINCE", "CITY")
_THINGS = (*_ACTORS, "PRODUCT", "LAW", "WORK_OF_ART", "FACILITY", "AWARD", "MONEY", "PROFESSION", "EVENT")
_HARM = {"Death": "deaths", "Injury": "injured"}
_HARMFUL = frozenset({"Accident", "Attack", "Disaster", "Raid", "MilitaryOperation", "Protest", "Coup", "Competition"})


@cache
def _triggers() -> Mapping[tuple[str, str], tuple[Row, ...]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows("events.tsv"):
        found.setdefault((row["lemma"].split()[0], row["pos"]), []).append(row)
    return {key: tuple(group) for key, group in found.items()}


def trigger_row(sentence: Sentence, token: Token) -> Row | None:
    """The row of the trigger list that a word matches in its sentence, or None."""
    pos = "verb" if token.is_verb else "noun" if token.is_noun else ""
    found = {id(row): row for key in keys_of(token) for row in _triggers().get((key, pos), ())}
    for row in sorted(found.values(), key=lambda r: (-len(r["lemma"].split()), not r["needs"], r["lemma"], r["class"])):
        parts = row["lemma"].split()
        if match_sequence(sentence, token.index, parts, contiguous=False) is None or _is_light(parts):
            continue
        if row["class"] == "Visit" and token.is_verb and not _can_travel(sentence, token):
            continue
        if not row["needs"] or _has_needed(sentence, token, frozenset(row["needs"].split(","))):
            return row
    return None


def _can_travel(sentence: Sentence, verb: Token) -> bool:
    """Somebody: fire and planes go somewhere too, but do not pay a visit."""
    goer = clause.subject(sentence, verb)
    if goer is None or goer.feats.get("Animacy") != "Inan" or goer.is_title:
        return True
    bodies = column("groups.tsv", "lemma") | column("organizations.tsv", "lemma")
    return goer.lemma in bodies or goer.pos == "PRON"


def _is_light(parts: list[str]) -> bool:
    """«провести рейд»: the noun is a trigger itself, the verb only carries it."""
    return len(parts) == 2 and parts[0] in column("lightverbs.tsv", "lemma") and (parts[1], "noun") in _triggers()


def _has_needed(sentence: Sentence, token: Token, wanted: frozenset[str]) -> bool:
    near = [*sentence.below(token.index)]
    if token.is_verb:
        near += [t for t in (clause.subject(sentence, token),) if t is not None]
    return any(t.lemma in wanted for child in near for t in (child, *sentence.below(child.index, "conj", "nmod", "amod")))


def triggers(document: Document) -> Iterator[Proposal]:
    """EVENT proposals, one word each."""
    for sentence in document.sentences:
        for token in sentence.tokens:
            if trigger_row(sentence, token) is not None:
                yield Proposal(token.start, token.end, "EVENT", 0.6, FOUND_BY, token.lemma)


@dataclass(frozen=True, slots=True)
class _Trigger:
    """A trigger with its row and, for a noun under a light verb, that verb."""

    sentence: Sentence
    token: Token
    row: Row
    mention: Mention
    light: Token | None


def happenings(
    document: Document, mentions: Sequence[Mention], referents: Referents, times: Sequence[Found], learned: Sequence[Relation]
) -> list[Event]:
    """Events of the article, in text order; roles by syntax, completed by learned relations.

    A mention that only the model takes for an event becomes one of class Other, when the model
    also knows who or what took part.
    """
    found = []
    sure = [r for r in learned if r.confidence >= _SURE]
    taking_part = {r.tail for r in sure if r.label in _LEARNED_ROLES}
    for mention in mentions:
        if mention.label != "EVENT":
            continue
        sentence = document.sentences[mention.sentence]
        token = sentence.tokens[mention.head]
        row = trigger_row(sentence, token) or (_OTHER if mention.id in taking_part and mention.confidence >= _SURE else None)
        if row is not None:
            found.append(_Trigger(sentence, token, row, mention, _light_verb(sentence, token)))
    events = [_with_learned(_event(document, one, referents, times), sure, mentions) for one in found]
    return _share_figures(document, _complete(events, found, document, referents))


_SURE = 0.5
_LEARNED_ROLES = {"AGENT": "agent", "PARTICIPANT_IN": "participant", "INANIMATE_INVOLVED": "involves", "ORGANIZES": "organizer"}
_ROLE_LABELS = {"agent": "AGENT", "patient": "PARTICIPANT_IN", "participant": "PARTICIPANT_IN", "involves": "INANIMATE_INVOLVED",
                "organizer": "ORGANIZES"}  # fmt: skip
_OTHER: Row = dict.fromkeys(("lemma", "pos", "subj", "obj", "gen", "instr", "with", "in", "needs", "example"), "") | {"class": "Other"}


def _with_learned(event: Event, sure: Sequence[Relation], mentions: Sequence[Mention]) -> Event:
    """Roles and the place that syntax did not show, but the model is sure of."""
    labels = {m.id: m.label for m in mentions}
    held = {r.mention for r in event.roles}
    named = any(labels[r.mention] != "PROFESSION" for r in event.roles)
    roles = set(event.roles)
    for relation in sure:
        role = _LEARNED_ROLES.get(relation.label)
        if role and relation.tail == event.mention and relation.head not in held and not (named and labels[relation.head] == "PROFESSION"):
            roles.add(Role(role, relation.head))
    places = [r.tail for r in sure if r.label == "TAKES_PLACE_IN" and r.head == event.mention and labels[r.tail] in _PLACES]
    return replace(event, roles=tuple(sorted(roles)), place=event.place or (places[0] if places else None))


def role_relations(
    document: Document, events: Sequence[Event], mentions: Sequence[Mention], times: Sequence[Found]
) -> list[Relation]:
    """Roles, places and times of events as NEREL relations."""
    index = {m.id: m for m in mentions}
    dates = {m.end: m for m in mentions if m.label == "DATE"}
    found = []
    for event in events:
        pairs = [(_ROLE_LABELS[r.role], r.mention, event.mention) for r in event.roles if r.role in _ROLE_LABELS]
        pairs += [("TAKES_PLACE_IN", event.mention, event.place)] if event.place else []
        sentence = document.sentence_at(event.start)
        when = next((t for t in times if sentence and sentence.span.holds(t.span) and t.value == event.time and t.span.end in dates), None)
        pairs += [("POINT_IN_TIME", event.mention, dates[when.span.end].id)] if when and event.time else []
        for label, head, tail in pairs:
            if index[head].label in ("EVENT", "CRIME") and label not in ("TAKES_PLACE_IN", "POINT_IN_TIME"):
                continue
            span = index[head].span.cover(index[tail].span)
            found.append(Relation(label, head, tail, span.start, span.end, index[event.mention].start, 0.5, ROLE_FOUND_BY))
    return found


def _light_verb(sentence: Sentence, token: Token) -> Token | None:
    """«были проведены рейды»: the verb that only says that its noun took place."""
    if not token.is_noun or token.head < 0:
        return None
    above = sentence.tokens[token.head]
    if above.is_verb and above.lemma in column("lightverbs.tsv", "lemma") and token.rel in ("nsubj", "nsubj:pass", "obj", "obl", "nmod"):
        return above
    return None


def _event(document: Document, one: _Trigger, referents: Referents, times: Sequence[Found]) -> Event:
    roles = _roles(one, referents)
    place, value, source = _place(one, referents), None, None
    time = _time(one, referents, times)
    if time is not None:
        value, source = time.value, time.source
    span = one.mention.span
    for role in roles:
        other = next(m for m in referents.mentions_in(one.sentence) if m.id == role.mention) if role.mention in {
            m.id for m in referents.mentions_in(one.sentence)} else None  # fmt: skip
        span = span.cover(other.span) if other else span
    figures = _figures(one)
    return Event(
        mention=one.mention.id,
        kind=one.row["class"],
        realis=realis_of(one.sentence, one.token, one.light),
        start=span.start,
        end=span.end,
        time=value,
        anchor_source=source,
        place=place.id if place else None,
        roles=tuple(sorted(set(roles))),
        figures=figures,
        confidence=0.75 if roles else 0.55,
    )


# ------------------------------------------------------------------ roles


def _roles(one: _Trigger, referents: Referents) -> list[Role]:
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
    for oblique in _obliques(one):
        if one.row["in"] == "crime" and oblique.preposition in ("в", "во", "за"):
            inside = set(one.sentence.subtree(oblique.token.index))
            crimes = [m for m in referents.mentions_in(one.sentence) if m.label == "CRIME" and m.head in inside]
            crimes = [m for m in crimes if not any(o is not m and m.span.holds(o.span) for o in crimes)]
            roles += [Role("crime", crime.id) for crime in crimes if Role("crime", crime.id) not in roles]
    return roles


def _actors(one: _Trigger, noun: Token, referents: Referents) -> list[Mention]:
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


def _coordinated_names(one: _Trigger, noun: Token, mention: Mention, referents: Referents) -> list[Mention]:
    """«президента Владимира Путина и Алиева»: names coordinated to the name in apposition."""
    if mention.sentence != one.sentence.index or mention.head == noun.index:
        return []
    found = []
    for other in clause.conjuncts(one.sentence, one.sentence.tokens[mention.head])[1:]:
        named = referents.of(one.sentence, other, *_THINGS)
        if named is not None and named.id != mention.id:
            found.append(named)
    return found


def _named_inside(one: _Trigger, noun: Token, referents: Referents) -> Mention | None:
    """«агентства RT»: the name in apposition to a genitive noun."""
    for child in one.sentence.below(noun.index, "appos", "flat", "nmod"):
        named = referents.direct(one.sentence, child, "ORGANIZATION")
        if named is not None:
            return named
    return None


def _verb_roles(one: _Trigger) -> Iterator[tuple[str, Token]]:
    sentence, verb, row = one.sentence, one.token, one.row
    doer, undergoer = clause.subject(sentence, verb), clause.direct_object(sentence, verb)
    if clause.is_passive(verb):
        doer, undergoer = clause.agent(sentence, verb), doer
    if doer is not None:
        yield row["subj"], doer
    if undergoer is not None and undergoer is not doer:
        yield row["obj"], undergoer
    for oblique in _obliques(one):
        if oblique.preposition in ("с", "со") and oblique.case == "Ins":
            yield row["with"], oblique.token


def _noun_roles(one: _Trigger) -> Iterator[tuple[str, Token]]:
    sentence, noun, row = one.sentence, one.token, one.row
    for genitive in clause.genitives(sentence, noun):
        yield row["gen"], genitive
    for oblique in _obliques(one):
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


def _light_roles(one: _Trigger, light: Token) -> Iterator[tuple[str, Token]]:
    sentence = one.sentence
    doer = clause.agent(sentence, light) if clause.is_passive(light) else clause.subject(sentence, light)
    if doer is not None and doer.index != one.token.index:
        yield _light_role(one, light), doer


def _light_role(one: _Trigger, light: Token) -> str:
    role = table("lightverbs.tsv", "lemma", "subj").get(light.lemma, "agent")
    subject_role = one.row["instr"] or one.row["subj"] or role
    return subject_role if role in ("agent", "event", "") else role


def _obliques(one: _Trigger) -> list[clause.Oblique]:
    found = list(clause.obliques(one.sentence, one.token))
    if one.light is not None:
        found += [o for o in clause.obliques(one.sentence, one.light) if o.token.index != one.token.index]
    return found


# ------------------------------------------------------------------ place and time


def _place(one: _Trigger, referents: Referents) -> Mention | None:
    """A place with «в», «на» (or the target of a journey): the nearest in the tree."""
    for oblique in _obliques(one):
        if oblique.preposition not in ("в", "во", "на", "у", "под", "около"):
            continue
        if oblique.case == "Acc" and one.row["class"] not in ("Visit", "Cancellation", "Attack", "MilitaryOperation"):
            continue
        place = referents.direct(one.sentence, oblique.token)
        if place is not None and place.label in _PLACES:
            return place
    for other in _doer_places(one, referents):
        return other
    return None


def _doer_places(one: _Trigger, referents: Referents) -> Iterator[Mention]:
    """«Суд в Баку арестовал»: the seat of the doer is where it was done."""
    if not one.token.is_verb:
        return
    doer = clause.subject(one.sentence, one.token)
    if doer is None:
        return
    for oblique in clause.obliques(one.sentence, doer):
        if oblique.preposition in ("в", "во") and oblique.case in ("Loc", ""):
            place = referents.direct(one.sentence, oblique.token)
            if place is not None and place.label in _PLACES:
                yield place


def _time(one: _Trigger, referents: Referents, times: Sequence[Found]) -> Found | None:
    """The time expression that hangs nearest to the trigger, or the one that «когда» explains."""
    here = [t for t in times if one.sentence.span.holds(t.span)]
    hung = [(distance, t.span.start, t) for t in here if (distance := _distance(one, t)) is not None]
    if hung:
        return min(hung, key=lambda item: item[:2])[2]
    explained = _explained_by_when(one, here)
    if explained is not None:
        return explained
    return None


def _distance(one: _Trigger, time: Found) -> int | None:
    """Steps up the tree from a time expression to the trigger or its light verb; None if elsewhere."""
    head = one.sentence.head_of(time.span)
    if head is None:
        return None
    goals = {one.token.index} | ({one.light.index} if one.light else set())
    steps = 0
    for above in one.sentence.ancestors(head.index):
        steps += 1
        if above.index in goals:
            return steps
        if above.pos == "NOUN" and above.lemma not in _CARRIERS:
            return None
        if above.is_verb and not (above.rel == "xcomp" or above.lemma in ("быть", "мочь")):
            below = one.token
            governed = below.head == above.index and below.is_noun
            return steps + 3 if governed else None
    return None


_CARRIERS = frozenset({"ход", "результат", "время", "начало", "конец", "год", "месяц", "день", "число", "лицо", "итог"})


def _explained_by_when(one: _Trigger, times: Sequence[Found]) -> Found | None:
    """«… с декабря 2024 года, когда …»: the clause tells what happened at that time."""
    for token in one.sentence.tokens:
        if token.lemma != "когда" or token.index > one.token.index:
            continue
        for time in times:
            gap = token.start - time.span.end
            if 0 < gap < 4 and _is_in_clause(one, token):
                return Found(time.span, time.expression, _closed(time.value), time.source)
    return None


def _is_in_clause(one: _Trigger, mark: Token) -> bool:
    if mark.head == one.token.index:
        return True
    return any(above.index == mark.head for above in one.sentence.ancestors(one.token.index))


def _closed(value: TimeValue | None) -> TimeValue | None:
    """The point that an open interval starts at."""
    if value is None or not value.edtf.endswith("/.."):
        return value
    from kg.text import calendar

    parts = value.edtf.removesuffix("/..").split("-")
    numbers = [int(p) for p in parts]
    if len(numbers) == 1:
        return calendar.year(numbers[0])
    if len(numbers) == 2:
        return calendar.month(numbers[0], numbers[1])
    return TimeValue("-".join(parts), value.earliest, value.earliest)


# ------------------------------------------------------------------ figures


def _figures(one: _Trigger) -> tuple[tuple[str, int], ...]:
    """«погибло 38 пассажиров» → deaths 38; «задержаны два сотрудника» → count 2."""
    undergoers = [clause.subject(one.sentence, one.token), clause.direct_object(one.sentence, one.token)] if one.token.is_verb else []
    undergoers += clause.genitives(one.sentence, one.token)
    for noun in undergoers:
        if noun is None:
            continue
        for token in [noun, *one.sentence.below(noun.index, "nummod", "nummod:gov", "nummod:entity", "amod")]:
            number = as_integer(token.text) if token.pos in ("NUM", "ADJ") or token.text.isdigit() else None
            if number is not None and 0 < number < 10_000_000 and not 1900 < number < 2100:
                return ((_HARM.get(one.row["class"], "count"), number),)
    return ()


def _share_figures(document: Document, events: list[Event]) -> list[Event]:
    """The dead and injured of a sentence belong to what caused it, too."""
    out = list(events)
    for event in events:
        harm = [f for f in event.figures if f[0] in ("deaths", "injured")]
        if not harm:
            continue
        sentence = document.sentence_at(event.start)
        causes = [
            i for i, other in enumerate(events)
            if other.kind in _HARMFUL and other is not event and sentence is not None
            and document.sentence_at(other.start) is sentence and other.realis == event.realis
        ]  # fmt: skip
        if causes and sentence is not None:
            best = min(causes, key=lambda i: (_depth(sentence, events[i].start), abs(events[i].start - event.start)))
            cause = out[best]
            if not any(f[0] in ("deaths", "injured") for f in cause.figures):
                out[best] = replace(cause, figures=tuple(sorted({*cause.figures, *harm})))
    return out


def _depth(sentence: Sentence, offset: int) -> int:
    token = sentence.at(offset)
    return len(list(sentence.ancestors(token.index))) if token else 99



# ------------------------------------------------------------------ events about events


def _complete(events: list[Event], found: list[_Trigger], document: Document, referents: Referents) -> list[Event]:
    """What is called off lends its place and time; «готовил его» tells who stood behind an event."""
    out = list(events)
    for position, (event, one) in enumerate(zip(events, found, strict=True)):
        if one.row["class"] == "Cancellation":
            out[position] = _called_off(event, one, events, found)
    for sentence in document.sentences:
        for verb in sentence.tokens:
            if verb.is_verb and verb.lemma in _BEHIND:
                _add_organizer(sentence, verb, out, found, referents)
    return [_within(event, one, out, found) for event, one in zip(out, found, strict=True)]


_INSIDE = frozenset({"ход", "результат", "время", "рамка", "итог"})


def _within(event: Event, one: _Trigger, events: list[Event], found: list[_Trigger]) -> Event:
    """«…, в ходе которых были задержаны двое»: time and place of the larger event, and its doer
    when both are of one class."""
    below = [one.sentence.tokens[i] for i in one.sentence.subtree(one.token.index)]
    relative = next((t for t in below if t.lemma == "который" and one.sentence.tokens[t.index - 1].lemma in _INSIDE), None)
    if relative is None:
        return event
    for whole, trigger in zip(events, found, strict=True):
        if trigger.sentence is one.sentence and trigger.token.index < one.token.index and trigger.token.is_noun and (
            trigger.token.number == relative.number or trigger.token.number == "Plur"):  # fmt: skip
            doers = [r for r in whole.roles if r.role == "agent"] if trigger.row["class"] == one.row["class"] else []
            return replace(
                event, place=event.place or whole.place, time=event.time or whole.time,
                anchor_source=event.anchor_source or whole.anchor_source, roles=tuple(sorted({*event.roles, *doers})),
            )  # fmt: skip
    return event


_BEHIND = frozenset(["готовить", "подготовить", "организовать", "организовывать", "планировать", "спланировать", "устроить", "совершить", "возглавить"])


def _called_off(event: Event, one: _Trigger, events: list[Event], found: list[_Trigger]) -> Event:
    thing = clause.direct_object(one.sentence, one.token) if one.token.is_verb else None
    genitives = clause.genitives(one.sentence, one.token) if not one.token.is_verb else []
    for token in [thing, *genitives]:
        for other, trigger in zip(events, found, strict=True):
            if token is not None and trigger.sentence is one.sentence and trigger.token.index == token.index:
                return replace(
                    event, realis="cancelled", place=event.place or other.place, time=event.time or other.time,
                    anchor_source=event.anchor_source or other.anchor_source,
                )  # fmt: skip
    return replace(event, realis="cancelled" if event.realis == "happened" else event.realis)


def _add_organizer(sentence: Sentence, verb: Token, out: list[Event], found: list[_Trigger], referents: Referents) -> None:
    """The subject of «готовил переворот» or «готовил его» stands behind that event."""
    doer = clause.agent(sentence, verb) if clause.is_passive(verb) else clause.subject(sentence, verb)
    thing = clause.direct_object(sentence, verb)
    after = sentence.tokens[verb.index + 1] if verb.index + 1 < len(sentence.tokens) else None
    pronoun = after is not None and after.pos == "PRON" and after.case == "Acc"
    if doer is None or not (thing is not None or pronoun):
        return
    who = referents.of(sentence, doer, *_ACTORS)
    if who is None:
        return
    for position, one in enumerate(found):
        direct = thing is not None and one.sentence is sentence and one.token.index == thing.index
        meant = pronoun and one.sentence is sentence and one.token.is_noun and one.token.index < verb.index and (
            after is not None and (after.gender or one.token.gender) == one.token.gender)  # fmt: skip
        if direct or meant:
            role = Role("organizer", who.id)
            if all(r.mention != who.id for r in out[position].roles):
                out[position] = replace(out[position], roles=tuple(sorted({*out[position].roles, role})))
            return
