"""Relations inside a noun phrase: «бывший пресс-секретарь президента США Джо Локхарт (65 лет)».

They are presupposed: whoever speaks in the sentence, the phrase is the author's, unless it
stands inside quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.relations.kin import kin_relations
from kg.extract.relations.made import made
from kg.records import Document, Mention, Relation, Sentence
from kg.text.words import column, table

_PLACES = frozenset({"COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"})
_EMPLOYERS = _PLACES | {"ORGANIZATION", "FACILITY"}
_FORMER = frozenset({"бывший", "экс"})


def phrase_relations(
    document: Document, sentence: Sentence, mentions: Sequence[Mention], referents: Referents
) -> Iterator[Relation]:
    people = [m for m in mentions if m.label == "PERSON"]
    posts = _outermost([m for m in mentions if m.label == "PROFESSION" and not _is_kin(sentence, m)])
    holders = _holders(document, sentence, posts, people)
    for post in posts:
        yield from _post_relations(document, sentence, post, holders.get(post.id), mentions, people)
    for organization in (m for m in mentions if m.label == "ORGANIZATION"):
        yield from _organization_relations(document, sentence, organization, mentions)
    for age in (m for m in mentions if m.label == "AGE"):
        yield from _age(document, sentence, age, people, posts)
    yield from kin_relations(document, sentence, people, referents)
    yield from _places(document, mentions)
    yield from _origins(document, sentence, mentions)
    yield from _abbreviations(document, mentions)


def _is_kin(sentence: Sentence, post: Mention) -> bool:
    """«сын», «мать», «девушка»: nouns for persons that are no posts."""
    lemma = sentence.tokens[post.head].lemma
    return lemma in column("kin.tsv", "lemma") or table("posts.tsv", "lemma", "kind").get(lemma) in ("person", "victim")


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if not any(o is not m and o.span.holds(m.span) and o.label == m.label for o in mentions)]


_AND_NOW = re.compile(r"\s{0,2},?\s{0,2}(?:(?:а|и)\s)?(?:(?:ныне|теперь|сейчас|также|затем|потом|позже|ранее|одновременно|по совместительству)\s)?")


def _holders(
    document: Document, sentence: Sentence, posts: Sequence[Mention], people: Sequence[Mention]
) -> dict[str, Mention]:
    """Who holds each post; «бывший адъютант, а ныне министр Иванов» gives both to Иванов."""
    found = {post.id: holder for post in posts if (holder := _holder(document, sentence, post, people))}
    for post, following in reversed(list(pairwise(posts))):
        between = document.article.text[post.end : following.start]
        same_case = sentence.tokens[post.head].case == sentence.tokens[following.head].case
        if post.id not in found and following.id in found and same_case and _AND_NOW.fullmatch(between):
            found[post.id] = found[following.id]
    return found


def _post_relations(
    document: Document, sentence: Sentence, post: Mention, holder: Mention | None,
    mentions: Sequence[Mention], people: Sequence[Mention],
) -> Iterator[Relation]:  # fmt: skip
    past = is_former(sentence, post)
    if holder is not None:
        yield made(document, "WORKS_AS", holder, post, 0.85, past)
    for employer in _employers(sentence, post, mentions):
        yield made(document, "WORKPLACE", post, employer, 0.7, past)
        if holder is not None:
            yield made(document, "WORKPLACE", holder, employer, 0.7, past)
    for boss in people:
        if post.span.holds(boss.span):
            yield made(document, "SUBORDINATE_OF", holder or post, boss, 0.6, past)


def is_former(sentence: Sentence, post: Mention) -> bool:
    """«бывший», «экс-» before or in a post."""
    inside = sentence.within(post.span)
    first = inside[0].index if inside else post.head
    before = sentence.tokens[max(0, first - 3) : first + 1]
    return any(t.lemma in _FORMER for t in before) or sentence.tokens[post.head].lemma.startswith(("экс-", "бывш"))


def _holder(document: Document, sentence: Sentence, post: Mention, people: Sequence[Mention]) -> Mention | None:
    """The person right behind the post, in apposition to it, or set off by a comma before it."""
    head = sentence.tokens[post.head]
    for person in people:
        between = document.article.text[post.end : person.start] if post.end <= person.start else None
        name = sentence.tokens[person.head]
        if between is not None and not between.strip() and len(between) < 3:
            if name.case == head.case or not name.case or not head.case or head.head == name.index or name.head == head.index:
                return person
        if between is not None and between.strip() in ("—", "–", ",") and name.rel == "appos" and name.head == head.index:
            return person
    for person in people:
        if person.end <= post.start:
            between = document.article.text[person.end : post.start].strip()
            after = document.article.text[post.end : post.end + 1]
            name = sentence.tokens[person.head]
            if between == "," and head.case == name.case and after in (",", ".", ")", ""):
                return person
            if between in ("—", "–") and head.case == "Nom" and name.case == "Nom":
                return person
    return None


def _employers(sentence: Sentence, post: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """What the post belongs to: inside it («президента России»), or the adjective before it."""
    inside = [m for m in mentions if m.label in _EMPLOYERS and post.span.holds(m.span)]
    inside = [m for m in inside if not any(o is not m and o.span.holds(m.span) for o in inside)]
    if inside:
        return inside
    kinds = table("posts.tsv", "lemma", "kind")
    if kinds.get(sentence.tokens[post.head].lemma) not in ("office", "role", "member"):
        return []
    return [
        m for m in mentions
        if m.label in ("COUNTRY", "STATE_OR_PROVINCE", "CITY") and 0 <= post.start - m.end <= 1 and sentence.tokens[m.head].pos == "ADJ"
    ]  # fmt: skip


def _organization_relations(
    document: Document, sentence: Sentence, organization: Mention, mentions: Sequence[Mention]
) -> Iterator[Relation]:
    """«Следственный комитет России» → Россия; «пресс-служба МВД» is part of МВД."""
    inner = [m for m in mentions if m is not organization and organization.span.holds(m.span)]
    wholes = [m for m in inner if m.label == "ORGANIZATION" and m.end == organization.end and m.start > organization.start]
    for whole in wholes:
        if not any(o.span.holds(whole.span) and o is not whole for o in wholes):
            yield made(document, "PART_OF", organization, whole, 0.6)
    for place in inner:
        adjective = sentence.tokens[place.head].pos == "ADJ"
        if place.label in _PLACES and not any(w.span.holds(place.span) for w in wholes) and (place.label == "COUNTRY" or not adjective):
            yield made(document, "HEADQUARTERED_IN", organization, place, 0.75)
    for place in mentions:
        gap = document.article.text[organization.end : place.start].strip() if 0 < place.start - organization.end < 6 else ""
        if place.label in _PLACES and gap in ("в", "во") and organization.label == "ORGANIZATION":
            first = document.article.text[organization.start : organization.start + 1]
            if first.islower() or organization.found_by != "natasha":
                yield made(document, "HEADQUARTERED_IN", organization, place, 0.5)


def _age(
    document: Document, sentence: Sentence, age: Mention, people: Sequence[Mention], posts: Sequence[Mention]
) -> Iterator[Relation]:
    """«87-летнего Рамиза Мехтиева», «Иванов, 45 лет,»."""
    for holder in [*people, *posts]:
        before = document.article.text[age.end : holder.start].strip() if holder.start >= age.end else None
        after = document.article.text[holder.end : age.start].strip() if holder.end <= age.start else None
        adjective = sentence.tokens[age.head]
        if before is not None and len(before.split()) <= 3 and "," not in before and adjective.text.count("-"):
            yield made(document, "AGE_IS", holder, age, 0.8)
            return
        if after in (",", "(") and holder in people:
            yield made(document, "AGE_IS", holder, age, 0.8)
            return


def _places(document: Document, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """«в Туле, Россия», «район Калорама в Вашингтоне», «столица Афганистана Кабул»."""
    order = [m for m in mentions if m.label in _PLACES or m.label == "FACILITY"]
    sizes = {"FACILITY": 0, "DISTRICT": 1, "CITY": 2, "LOCATION": 2, "STATE_OR_PROVINCE": 3, "COUNTRY": 4}
    for first, second in pairwise(order):
        if second.start < first.end:
            if first.label == "FACILITY" and first.span.holds(second.span) and first.head != second.head:
                yield made(document, "LOCATED_IN", first, second, 0.6)
            continue
        between = document.article.text[first.end : second.start].strip()
        if sizes[first.label] < sizes[second.label] and between in ("", ",", "(", "в", "во") and not is_journey(document, first, second):
            yield made(document, "LOCATED_IN", first, second, 0.6 if between else 0.5)


def is_journey(document: Document, first: Mention, second: Mention) -> bool:
    """«из Тулы в Литву»: one place is left for the other."""
    sentence = document.sentences[first.sentence]
    leaving = clause.preposition(sentence, sentence.tokens[first.head]) in ("из", "от", "с", "со")
    there = document.sentences[second.sentence]
    return leaving and first.end <= second.start and clause.preposition(there, there.tokens[second.head]) in ("в", "во", "на", "до", "к")


def _origins(document: Document, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """«британский актёр Джуд Лоу»: the adjective of a country before a post or a name."""
    for country in (m for m in mentions if m.label == "COUNTRY" and sentence.tokens[m.head].pos == "ADJ"):
        for post in (m for m in mentions if m.label == "PROFESSION" and 0 <= m.start - country.end <= 1):
            kind = table("posts.tsv", "lemma", "kind").get(sentence.tokens[post.head].lemma)
            if kind == "profession":
                person = next((p for p in mentions if p.label == "PERSON" and 0 <= p.start - post.end <= 2), None)
                yield made(document, "ORIGINS_FROM", person or post, country, 0.6)


def _abbreviations(document: Document, mentions: Sequence[Mention]) -> Iterator[Relation]:
    """«Следственный комитет (СК)», «Организация Объединённых Наций (ООН)»."""
    for long in mentions:
        for short in mentions:
            gap = document.article.text[long.end : short.start] if 0 < short.start - long.end < 4 else ""
            if gap.strip() in ("(", "(«") and long.label == short.label:
                name = document.article.text[short.start : short.end]
                if name.isupper() and len(name) < 9 and " " in long.normal:
                    yield made(document, "ABBREVIATION", long, short, 0.85)
