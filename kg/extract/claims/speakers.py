"""Who says it: a person, an organisation, a document, a group, an unnamed source, or the author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.channels import channel_of
from kg.extract.claims.cues import Cue
from kg.extract.claims.naming import as_written, folded_possessive, group_name, possessive_of, post_name
from kg.extract.claims.pointing import pointed_at
from kg.extract.claims.several import REACH, both, several, together
from kg.extract.claims.slots import can_speak, cited, doer, governed, issuer, where_said
from kg.extract.claims.speaker import AUTHOR, Speaker, kind_of
from kg.records import Mention, Sentence, Span, Token
from kg.text.matching import folded, keys_of
from kg.text.normal import inflect, lemma
from kg.text.words import column, rows

_SPEAKING = ("PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "FACILITY", "FAMILY", "NATIONALITY", "LAW", "WORK_OF_ART")
_SOME = {"многие": "group", "некоторые": "anonymous", "другие": "group", "все": "group", "кто-то": "anonymous"}
_QUANTITIES = frozenset({"ряд", "часть", "большинство", "множество", "меньшинство", "половина"})


@cache
def _groups() -> Mapping[str, str]:
    """Kind of a source noun; «media» counts as an organisation, a group when in the plural."""
    found: dict[str, str] = {}
    for row in rows("groups.tsv"):
        found.setdefault(row["lemma"], row["kind"])
    return found


def is_source(name: str) -> bool:
    """A name with a noun in it that the list has for sources: «пресс-релиз компании»."""
    return any(lemma(word) in _groups() for word in name.split())


def _is_source_noun(token: Token) -> bool:
    """A noun that the list has for sources."""
    return any(key in _groups() for key in keys_of(token))


def speaker_of(cue: Cue, referents: Referents) -> Speaker:
    """The speaker of a cue, by the slot that its row names."""
    sentence, head = cue.sentence, cue.head
    slot = cue.row["speaker"]
    token: Token | None = None
    if slot == "gen":
        token = governed(sentence, cue) or (issuer(sentence, head, referents) if cue.kind == "noun" else None)
    elif slot == "instr":
        token = clause.agent(sentence, head)
    elif slot in ("subj", "acc-target"):
        token = doer(cue, referents)
    elif slot == "obj":
        token = cited(sentence, head)
    if token is None and cue.kind == "impersonal":
        place = where_said(sentence, head, referents)
        tells = cue.row["modality"] == "reported"  # «в некрологе говорится»; «на выборах ожидалось» is no speaker
        token = place if place is not None and (tells or _is_source_noun(place) or can_speak(sentence, place, referents)) else None
    if token is None or (token.index in cue.words and not folded_possessive(token)):
        dropped = referents.dropped(sentence, head) if slot == "subj" and cue.kind == "verb" else None
        found = AUTHOR if dropped is None else Speaker(dropped.id, None, kind_of(dropped, referents), None)
    else:
        found = describe(sentence, token, referents)
        if token.lemma in _PAGES and token.case == "Nom" and not _is_called(sentence, token, found, referents):
            found = Speaker(None, group_name(sentence, token, referents), "document", token.span)
        elif cue.kind == "prep" and token.lemma in _WHAT_IS_TOLD:
            found = replace(_behind_document(sentence, token, found, referents), via=None, via_name=None)
        elif cue.kind in ("impersonal", "verb", "noun") and (found.kind == "document" or token.lemma in _PAGES):
            found = _behind_document(sentence, token, found, referents)
    if slot == "obj":
        citing = clause.subject(sentence, head)
        outlet = referents.of(sentence, citing, "ORGANIZATION") if citing is not None else None
        return replace(found, via=outlet.id if outlet is not None else None)
    if found.via is None and found.via_name is None:
        via, via_name = channel_of(cue, found.span, referents)
        found = replace(found, via=via, via_name=via_name)
    return found


def describe(sentence: Sentence, token: Token, referents: Referents) -> Speaker:
    """Resolve a speaker noun or pronoun."""
    span = token.span
    if (along := together(sentence, token, referents)) is not None:
        return along
    if folded(token) in _SOME and not _is_everything(sentence, token):
        return Speaker(None, folded(token), _SOME[folded(token)], span)
    if token.lemma == "последний" and token.pos == "ADJ":
        last = referents.last_before(sentence, token)
        return Speaker(last.id, None, kind_of(last, referents), span) if last is not None else Speaker(None, None, "author", span)
    if (two := both(sentence, token, referents)) is not None:
        return two
    if (pointed := pointed_at(sentence, token, referents)) is not None:
        named = referents.of(*pointed, "PERSON", "ORGANIZATION")
        return Speaker(named.id, None, kind_of(named, referents), span) if named is not None else replace(describe(*pointed, referents), span=span)
    if token.lemma == "один" and (of_them := _one_of(sentence, token, referents)) is not None:
        return replace(of_them, span=span)
    if token.lemma in _QUANTITIES:
        counted = next(iter(clause.genitives(sentence, token)), None)
        if counted is not None and counted.feats.get("Animacy") == "Anim":
            return Speaker(None, group_name(sentence, token, referents), "group", span)
    if (token.text == "%" or token.lemma == "процент") and (answered := next(iter(clause.genitives(sentence, token)), None)) is not None:
        return Speaker(None, as_written(sentence, answered, token), "group", span)  # «52 % опрошенных жителей»
    if token.lemma == "который" and token.head >= 0:
        noun = referents.relative_noun(sentence, token)
        if noun is not None:
            return replace(describe(sentence, noun, referents), span=span)
    key = next((k for k in sorted(keys_of(token)) if k in _groups()), None)
    kind = _groups().get(key or "", "")
    nameless = any(t.lemma in ("неназванный", "анонимный") for t in sentence.below(token.index, "amod", "acl"))
    if nameless or any(t.lemma == "анонимность" for t in sentence.tokens):
        kind = "anonymous"
    via, via_name = _channel(sentence, token, kind, referents) if kind in ("anonymous", "group") else (None, None)
    if token.lemma == "они" or (token.lemma == "их" and folded_possessive(token)):
        return _they(sentence, token, referents)
    if token.lemma in ("он", "она") and token.pos == "PRON":
        mention = referents.of(sentence, token, "PERSON") or referents.of(sentence, token, "ORGANIZATION")
        unnamed = _unnamed_before(sentence, token, mention, referents)
        if unnamed is not None:
            return replace(unnamed, span=span)
    else:
        mention = referents.of(sentence, token, *_SPEAKING)
    own = referents.direct(sentence, token)
    named_beside = _is_named_beside(sentence, token, mention)
    if mention is not None and mention.label == "PERSON" and mention.sentence == sentence.index and mention.start > token.end and not named_beside:
        mention = None  # «защитники Рябовой»: whose they are, not who they are
    if (kind == "anonymous" or (kind == "group" and token.number == "Plur") or key in ("пресса", "сми")) and not named_beside:
        if mention is None or mention.label != "PERSON" or mention.head != token.index:
            return Speaker(None, group_name(sentence, token, referents), kind, span, via, via_name)
    if kind == "document" and mention is not None and mention.head != token.index:
        return Speaker(None, group_name(sentence, token, referents), kind, span)
    if mention is not None and mention.label == "NATIONALITY" and token.number == "Sing":
        person = referents.person_before(sentence, token)
        return Speaker(person.id, None, "person", span) if person is not None else Speaker(None, group_name(sentence, token, referents), "person", span)
    by_post = own is not None and own.label == "PROFESSION" and own.head == token.index
    if mention is not None and not (by_post and mention.label in ("COUNTRY", "ORGANIZATION")):
        return Speaker(mention.id, None, kind_of(mention, referents), _place_of(mention, sentence, span))
    if kind == "group" and token.number == "Sing" and token.feats.get("Animacy") == "Anim":
        kind = "person"
    if kind in ("person", "group", "document", "media", "body"):
        return Speaker(None, group_name(sentence, token, referents), {"media": "organization", "body": "organization"}.get(kind, kind), span, via, via_name)
    if token.lemma in column("organizations.tsv", "lemma"):
        return Speaker(None, group_name(sentence, token, referents), "organization", span)
    if own is not None and own.label == "PROFESSION":
        many = token.number == "Plur"
        name = post_name(sentence, token, own, referents)
        return Speaker(None, name, "group" if many else "person", own.span)
    if token.pos == "PRON" or not token.is_noun:
        return Speaker(None, None, "author", token.span)
    if token.feats.get("Animacy") == "Inan":
        return Speaker(None, group_name(sentence, token, referents), "document", span)
    return Speaker(None, group_name(sentence, token, referents), "group" if token.number == "Plur" else "person", span)


def _is_everything(sentence: Sentence, token: Token) -> bool:
    """«всё указывает на то, что …»: no people."""
    verb = sentence.tokens[token.head] if token.head >= 0 else None
    return token.lemma in ("все", "весь") and verb is not None and verb.number == "Sing"


def _one_of(sentence: Sentence, token: Token, referents: Referents) -> Speaker | None:
    """«один из советников губернатора» as he is called, «один из собеседников газеты» → «собеседник газеты»; «один из участников, генерал Джон Ланг» by his name."""
    for below in sentence.subtree(token.index)[1:]:
        if sentence.tokens[below].rel == "appos" and (named := referents.direct(sentence, sentence.tokens[below], "PERSON")) is not None:
            return Speaker(named.id, None, "person", None)
    many = next((t for t in sentence.below(token.index, "nmod") if clause.preposition(sentence, t) == "из" and t.number == "Plur"), None)
    if many is None:
        return None
    found = describe(sentence, many, referents)
    if found.mention is not None:
        return found
    if found.kind != "anonymous":
        return replace(found, name=f"{'одна' if token.gender == 'Fem' else 'один'} из {as_written(sentence, many)}", kind="person" if found.kind == "group" else found.kind)
    words = group_name(sentence, many, referents).split(" ")
    at = next((i for i, word in enumerate(words) if word == inflect(many).lower()), 0)
    return replace(found, name=" ".join([inflect(many, number="Sing").lower(), *words[at + 1 :]]))


def _unnamed_before(sentence: Sentence, pronoun: Token, named: Mention | None, referents: Referents) -> Speaker | None:
    """«33-летний мужчина вышел во двор. Он сообщил …»: the subject before, when it is a person without a name."""
    for earlier in [sentence, *([referents.sentence(sentence.index - 1)] if sentence.index else [])]:
        for noun in reversed([t for t in earlier.tokens if t.rel.startswith("nsubj") and (earlier is not sentence or t.end <= pronoun.start)]):
            if noun.pos != "NOUN" or (noun.is_title and noun.index > 0) or noun.feats.get("Animacy") != "Anim" or noun.number != "Sing":
                return None
            if noun.gender != pronoun.gender or (named is not None and named.sentence == earlier.index and named.start > noun.start):
                return None
            return describe(earlier, noun, referents)
    return None


def _they(sentence: Sentence, token: Token, referents: Referents) -> Speaker:
    """«Родители приехали на суд. Они умоляли …»: the people that were the subject before, several by name or a group."""
    for back in range(min(sentence.index, REACH) + 1):
        earlier = referents.sentence(sentence.index - back)
        for noun in reversed([t for t in earlier.tokens if t.rel.startswith("nsubj") and (back or t.end <= token.start)]):
            if (people := several(earlier, noun, token.span, referents)) is not None:
                return people
            if noun.number == "Plur" and noun.is_noun and noun.feats.get("Animacy") == "Anim":
                return replace(describe(earlier, noun, referents), span=token.span)
    return Speaker(None, None, "author", token.span)


def _is_named_beside(sentence: Sentence, token: Token, mention: Mention | None) -> bool:
    """«житель Калифорнии Эдвин Хардман»; not «защитники Рябовой»."""
    if mention is None or mention.label != "PERSON" or mention.sentence != sentence.index or mention.start <= token.start:
        return False
    head = sentence.tokens[mention.head]
    if head.rel == "appos" and head.head == token.index and token.lemma in column("posts.tsv", "lemma"):
        return head.number in (token.number, "")
    hung = head.head == token.index or not any(t.is_noun and t.case == "Gen" for t in sentence.tokens[token.index + 1 : head.index])
    return head.number in (token.number, "") and (head.case == token.case or (head.case == "" and hung))


def _behind_document(sentence: Sentence, token: Token, found: Speaker, referents: Referents) -> Speaker:
    """«В заявлении Ватикана говорится»: the Vatican says it, through the statement."""
    if found.mention is not None:
        return found
    possessive = possessive_of(sentence, token)
    issuers = [doer for t in sentence.below(token.index, "acl", "amod") if t.is_participle and (doer := clause.agent(sentence, t)) is not None]
    inside = [t for t in sentence.below(token.index, "nmod", "obl") if clause.preposition(sentence, t) in ("в", "на", "из", "от")] if token.lemma in _WHAT_IS_TOLD else []
    for owner in [*([possessive] if possessive is not None else []), *clause.genitives(sentence, token), *issuers, *inside]:
        said = describe(sentence, owner, referents)
        if said.kind in ("organization", "person", "group") and (said.mention or said.name):
            return replace(said, via=None, via_name=found.name)
    return found


def _is_called(sentence: Sentence, page: Token, found: Speaker, referents: Referents) -> bool:
    """«портал «Заря»»: the page has the name; «сайт мэрии» is somebody's."""
    mention = referents.mention(found.mention) if found.mention is not None else None
    if mention is None or mention.sentence != sentence.index or mention.start < page.end:
        return False
    return sentence.tokens[mention.head].case in ("Nom", "") or sentence.tokens[page.index + 1].text in ("«", '"', "“", "„")


_WHAT_IS_TOLD = frozenset({"информация", "сообщение", "данные", "сведение", "публикация"})
_PAGES = frozenset({"сайт", "страница", "аккаунт", "портал"})


def _place_of(mention: Mention, sentence: Sentence, span: Span) -> Span:
    return mention.span if mention.sentence == sentence.index and mention.span.meets(span) else span


def _channel(sentence: Sentence, token: Token, kind: str, referents: Referents) -> tuple[str | None, str | None]:
    """«источники APA», «опрошенные «Коммерсантом» политологи»: through whom it reached us."""
    for genitive in clause.genitives(sentence, token):
        outlet = referents.direct(sentence, genitive, "ORGANIZATION")
        if outlet is not None and (kind == "anonymous" or referents.is_outlet(outlet.id)):
            return outlet.id, None
    for child in sentence.below(token.index, "appos", "flat", "nmod"):
        outlet = referents.direct(sentence, child, "ORGANIZATION")
        if outlet is not None and not clause.preposition(sentence, child) and (kind == "anonymous" or referents.is_outlet(outlet.id)):
            return outlet.id, None
    for participle in sentence.below(token.index, "acl", "amod"):
        if participle.is_participle:
            doer = clause.agent(sentence, participle)
            outlet = referents.direct(sentence, doer, "ORGANIZATION") if doer is not None else None
            if outlet is not None:
                return outlet.id, None
    return None, None
