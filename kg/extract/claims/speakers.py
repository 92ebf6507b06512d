"""Who says it: a person, an organisation, a document, a group, an unnamed source, or the author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.channels import channel_of
from kg.extract.claims.cues import Cue
from kg.extract.claims.naming import folded_possessive, group_name, post_name
from kg.records import Mention, Sentence, Span, Token
from kg.text.matching import folded, keys_of
from kg.text.normal import inflect, lemma
from kg.text.words import column, rows

_SPEAKING = ("PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "FACILITY", "FAMILY", "NATIONALITY", "LAW", "WORK_OF_ART")
_KINDS = {"PERSON": "person", "ORGANIZATION": "organization", "FAMILY": "group", "NATIONALITY": "group", "LAW": "document", "WORK_OF_ART": "document"}
_SOME = {"многие": "group", "некоторые": "anonymous", "другие": "group", "все": "group", "кто-то": "anonymous"}
_CHANNELS = frozenset(
    ["интервью", "эфир", "сайт", "комментарий", "беседа", "разговор", "ход", "рамка", "конференция", "пресс-конференция", "брифинг", "twitter", "твиттер", "facebook", "фейсбук", "instagram", "инстаграм", "telegram", "телеграм", "вконтакте", "youtube", "микроблог", "блог", "страница", "соцсеть", "сеть", "группа", "канал", "суд"]
)
_QUANTITIES = frozenset({"ряд", "часть", "большинство", "множество", "меньшинство", "половина"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker: a mention, or a name of its own; its kind, its place, its channel."""

    mention: str | None
    name: str | None
    kind: str
    span: Span | None
    via: str | None = None
    via_name: str | None = None


AUTHOR = Speaker(None, None, "author", None)


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


def speaker_of(cue: Cue, referents: Referents) -> Speaker:
    """The speaker of a cue, by the slot that its row names."""
    sentence, head = cue.sentence, cue.head
    slot = cue.row["speaker"]
    token: Token | None = None
    if slot == "gen":
        token = _governed(sentence, cue) or (_issuer(sentence, head) if cue.kind == "noun" else None)
    elif slot == "instr":
        token = clause.agent(sentence, head)
    elif slot in ("subj", "acc-target"):
        token = _doer(cue, referents)
    elif slot == "obj":
        token = _cited(sentence, head)
    if token is None and cue.kind == "impersonal":
        token = _where_said(sentence, head, referents)
    if token is None or (token.index in cue.words and not folded_possessive(token)):
        dropped = referents.dropped(sentence, head) if slot == "subj" and cue.kind == "verb" else None
        found = AUTHOR if dropped is None else Speaker(dropped.id, None, kind_of(dropped, referents), None)
    else:
        found = (_together(cue, token, referents) if slot == "subj" else None) or describe(sentence, token, referents)
        if token.lemma in _PAGES and token.case == "Nom":
            found = Speaker(None, group_name(sentence, token, referents), "document", token.span)
        elif cue.kind in ("impersonal", "verb") and (found.kind == "document" or token.lemma in _PAGES):
            found = _behind_document(sentence, token, found, referents)
    if slot == "obj":
        citing = clause.subject(sentence, head)
        outlet = referents.of(sentence, citing, "ORGANIZATION") if citing is not None else None
        return replace(found, via=outlet.id if outlet is not None else None)
    if found.via is None and found.via_name is None:
        via, via_name = channel_of(cue, found.span, referents)
        found = replace(found, via=via, via_name=via_name)
    return found


def _doer(cue: Cue, referents: Referents) -> Token | None:
    sentence, head = cue.sentence, cue.head
    if clause.is_passive(head) and head.is_verb and (head.feats.get("Variant") == "Short" or head.is_participle):
        return clause.agent(sentence, head)
    found = clause.subject(sentence, head)
    if found is not None and found.index not in cue.words:
        return _named_at_verb(cue, found, referents) or found
    for holder in cue.words:
        for child in sentence.below(holder, "nsubj"):
            if child.index not in cue.words:
                return child
    place = _where_said(sentence, head, referents)
    if place is None and head.rel == "conj" and sentence.tokens[head.head].is_finite:
        place = _where_said(sentence, sentence.tokens[head.head], referents)  # «В институте подтвердили … и подчеркнули»
    if place is not None and head.number == "Plur" and _can_speak(sentence, place, referents):
        return place
    return _beside(cue, referents)


def _together(cue: Cue, token: Token, referents: Referents) -> Speaker | None:
    """«Трамп и Путин заявили»: several people, by name."""
    if cue.head.number != "Plur" or token.number == "Plur":
        return None
    named = _names(cue.sentence, token, referents)
    return Speaker(None, named, "group", token.span) if named else None


def _names(sentence: Sentence, token: Token, referents: Referents) -> str | None:
    """The full names of coordinated people; None where somebody has none, or is alone."""
    people = [referents.of(sentence, t, "PERSON") for t in clause.conjuncts(sentence, token)]
    if len(people) < 2 or not all(people):
        return None
    names = [referents.fullest(p) for p in people if p is not None]
    if len(set(names)) < len(names):
        return None
    return f"{', '.join(names[:-1])} и {names[-1]}"


def _cited(sentence: Sentence, verb: Token) -> Token | None:
    """«цитирует Челаха издание», «приводит слова министра»: whose words they are."""
    cited = clause.direct_object(sentence, verb)
    if cited is not None and cited.lemma in ("слово", "высказывание", "заявление", "мнение"):
        return next(iter(clause.genitives(sentence, cited)), None)
    return cited


def _named_at_verb(cue: Cue, noun: Token, referents: Referents) -> Token | None:
    """«Пресс-секретарь службы по надзору (Роскомнадзора) Вадим Ампелонский сообщил»: the name that stands right
    before the verb, behind a post with all that hangs on it."""
    beside = _beside(cue, referents) if cue.kind == "verb" else None
    if beside is None or noun.index not in (beside.head, *(t.index for t in cue.sentence.ancestors(beside.index))) or beside.rel != "appos":
        return None
    if noun.pos != "NOUN" or referents.direct(cue.sentence, noun, "PERSON") is not None:
        return None
    between = cue.sentence.tokens[noun.index + 1 : beside.index]
    named = referents.direct(cue.sentence, beside, "PERSON")
    if named is not None and referents.is_owner(cue.sentence, named, noun):
        return None
    return beside if named is not None and between and not _has_open_comma(between) else None


def _has_open_comma(tokens: Sequence[Token]) -> bool:
    """A comma that separates no members of one list."""
    return any(t.text == "," and not any(later.rel == "conj" for later in tokens[at + 1 :]) for at, t in enumerate(tokens))


def _can_speak(sentence: Sentence, place: Token, referents: Referents) -> bool:
    """«в Кремле заявили», «в институте рассказали»; but not «в интервью», «на сайте»."""
    if place.lemma in _CHANNELS:
        return False
    seats = column("organizations.tsv", "lemma") | column("facilities.tsv", "lemma") | {"офис", "штаб", "аппарат", "руководство", "окружение", "редакция"}
    return place.is_title or place.lemma in seats or referents.direct(sentence, place, "ORGANIZATION") is not None


def _beside(cue: Cue, referents: Referents) -> Token | None:
    """The name that stands right beside a verb for which the tree knows no subject."""
    sentence, tokens = cue.sentence, cue.sentence.tokens
    following = tokens[cue.words[-1] + 1 : cue.words[-1] + 2]
    after = next((t for t in following if t.pos in ("PROPN", "X") and t.case in ("Nom", "")), None)
    if after is not None or cue.kind != "verb" or not cue.head.is_finite:
        return after
    at = cue.words[0] - 1
    while at >= 0 and (tokens[at].pos in ("ADV", "PART") or tokens[at].lemma == "также"):
        at -= 1
    named = referents.direct(sentence, tokens[at], "PERSON", "ORGANIZATION") if at >= 0 else None
    if named is None or named.end != tokens[at].end:
        return None
    head = tokens[named.head]
    holder = tokens[head.head] if head.head >= 0 and head.rel in ("appos", "nmod", "flat") else None
    if holder is not None and not head.case and holder.case not in ("Nom", ""):
        return None  # «на страницах издания The New York Times призналась»
    return head if head.case in ("Nom", "") and head.number in ("", cue.head.number) else None


def _governed(sentence: Sentence, cue: Cue) -> Token | None:
    """The noun behind «по словам», «согласно»; for nouns, the genitive or possessive."""
    inside = set(cue.words)
    if any(t.lemma in _SEVERAL for t in sentence.below(cue.head.index, "amod", "det")):
        return None
    possessives = [sentence.tokens[i] for i in cue.words if folded_possessive(sentence.tokens[i])]
    if possessives:
        return possessives[0]
    for token in sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 2]:
        if token.lemma == "который":
            return token
    for holder in dict.fromkeys([cue.head.index, *cue.words]):
        for child in sentence.below(holder, "nmod", "obl", "det", "amod", "appos", "nsubj", "iobj"):
            if child.index in inside:
                continue
            possessive = folded_possessive(child)
            beyond = any(t.text in (",", "—", "–") for t in sentence.tokens[cue.words[-1] + 1 : child.index])
            if child.rel.startswith("nsubj") and child.case == "Nom" and not child.is_title:
                continue
            if child.index > cue.words[0] and (child.is_noun or child.pos in ("PRON", "X")) and clause.preposition(sentence, child) in ("", "от", "из") and not beyond:
                return child
            if possessive:
                return child
    if cue.kind == "prep":
        for token in sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 4]:
            if folded_possessive(token):
                continue
            if token.is_noun or token.pos in ("PRON", "X"):
                return token if token.case in ("Gen", "Dat", "Acc", "") or token.is_title else None
            quoted = token.text in ("«", '"', "“", "„")
            if token.pos not in ("ADJ", "DET") and not token.is_participle and not quoted:
                return None
    return None


_SEVERAL = frozenset({"разный", "различный", "некоторый"})


def _issuer(sentence: Sentence, noun: Token) -> Token | None:
    """«Ватикан опубликовал заявление о том, что …»: whoever made it public."""
    above = sentence.tokens[noun.head] if noun.head >= 0 else None
    if above is None or not above.is_verb:
        return None
    if noun.rel == "nsubj" and above.lemma in ("появиться", "появляться", "поступить", "поступать", "прозвучать", "прийти"):
        return next((o.token for o in clause.obliques(sentence, above) if o.preposition in ("в", "из", "от", "со")), None)
    if clause.preposition(sentence, noun) == "по" and not clause.is_passive(above) and clause.direct_object(sentence, above) is not None:
        return clause.subject(sentence, above)
    if noun.rel not in ("obj", "nsubj:pass") or above.lemma not in _ISSUING:
        return None
    return clause.agent(sentence, above) if clause.is_passive(above) else clause.subject(sentence, above)


_ISSUING = frozenset(
    ["опубликовать", "публиковать", "распространить", "распространять", "сделать", "выпустить", "обнародовать", "предъявить", "предъявлять", "выдвинуть", "выдвигать", "издать", "дать", "давать", "подать", "озвучить", "прислать", "направить", "передать", "высказать"]
)


def _where_said(sentence: Sentence, verb: Token, referents: Referents) -> Token | None:
    """«в докладе говорится», «в Кремле заявили»: the place or document speaks."""
    nearest = sorted(clause.obliques(sentence, verb), key=lambda o: abs(o.token.index - verb.index))
    for oblique in nearest:
        outside = oblique.preposition == "из" and oblique.token.is_title
        if outside or (oblique.preposition in ("в", "во", "на") and oblique.case in ("Loc", "")):
            if oblique.token.pos != "PRON" and referents.direct(sentence, oblique.token, "DATE", "TIME") is None:
                return oblique.token
    return None


def describe(sentence: Sentence, token: Token, referents: Referents) -> Speaker:
    """Resolve a speaker noun or pronoun."""
    span = token.span
    if folded(token) in _SOME:
        return Speaker(None, folded(token), _SOME[folded(token)], span)
    if token.lemma == "один" and (of_them := _one_of(sentence, token, referents)) is not None:
        return replace(of_them, span=span)
    if token.lemma in _QUANTITIES:
        counted = next(iter(clause.genitives(sentence, token)), None)
        if counted is not None and counted.feats.get("Animacy") == "Anim":
            return Speaker(None, group_name(sentence, token, referents), "group", span)
    if token.lemma == "который" and token.head >= 0:
        noun = referents.relative_noun(sentence, token)
        if noun is not None:
            return replace(describe(sentence, noun, referents), span=span)
    key = next((k for k in sorted(keys_of(token)) if k in _groups()), None)
    kind = _groups().get(key or "", "")
    nameless = any(t.lemma in ("неназванный", "анонимный") for t in sentence.below(token.index, "amod", "acl"))
    if nameless or any(t.lemma == "анонимность" for t in sentence.tokens):
        kind = "anonymous"
    via, via_name = _channel(sentence, token, referents) if kind in ("anonymous", "group") else (None, None)
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
        mention = None  # «защитники Алёхиной»: whose they are, not who they are
    if (kind == "anonymous" or (kind == "group" and token.number == "Plur") or key in ("пресса", "сми")) and not named_beside:
        if mention is None or mention.label != "PERSON" or mention.head != token.index:
            return Speaker(None, group_name(sentence, token, referents), kind, span, via, via_name)
    if kind == "document" and mention is not None and mention.head != token.index:
        return Speaker(None, group_name(sentence, token, referents), kind, span)
    if mention is not None and mention.label == "NATIONALITY" and token.number == "Sing":
        return Speaker(None, group_name(sentence, token, referents), "person", span)
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


def _one_of(sentence: Sentence, token: Token, referents: Referents) -> Speaker | None:
    """«один из собеседников РБК» → «собеседник РБК»; «один из участников, генерал Питер Цвак» by his name."""
    for below in sentence.subtree(token.index)[1:]:
        if sentence.tokens[below].rel == "appos" and (named := referents.direct(sentence, sentence.tokens[below], "PERSON")) is not None:
            return Speaker(named.id, None, "person", None)
    many = next((t for t in sentence.below(token.index, "nmod") if clause.preposition(sentence, t) == "из" and t.number == "Plur"), None)
    if many is None:
        return None
    found = describe(sentence, many, referents)
    if found.mention is not None:
        return found
    words = group_name(sentence, many, referents).split(" ")
    at = next((i for i, word in enumerate(words) if word == inflect(many).lower()), 0)
    return replace(found, name=" ".join([inflect(many, number="Sing").lower(), *words[at + 1 :]]), kind="person" if found.kind == "group" else found.kind)


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
    for back in range(min(sentence.index, _THEY_REACH) + 1):
        earlier = referents.sentence(sentence.index - back)
        for noun in reversed([t for t in earlier.tokens if t.rel.startswith("nsubj") and (back or t.end <= token.start)]):
            named = _names(earlier, noun, referents)
            if named is not None:
                return Speaker(None, named, "group", token.span)
            if noun.number == "Plur" and noun.is_noun and noun.feats.get("Animacy") == "Anim":
                return replace(describe(earlier, noun, referents), span=token.span)
    return Speaker(None, None, "author", token.span)


_THEY_REACH = 2


def _is_named_beside(sentence: Sentence, token: Token, mention: Mention | None) -> bool:
    """«житель Калифорнии Эдвин Хардман»; not «защитники Алёхиной»."""
    if mention is None or mention.label != "PERSON" or mention.sentence != sentence.index or mention.start <= token.start:
        return False
    head = sentence.tokens[mention.head]
    if head.rel == "appos" and head.head == token.index and token.lemma in column("posts.tsv", "lemma"):
        return head.number in (token.number, "")
    hung = head.head == token.index or not any(t.is_noun and t.case == "Gen" for t in sentence.tokens[token.index + 1 : head.index])
    return head.number in (token.number, "") and (head.case == token.case or (head.case == "" and hung))


def kind_of(mention: Mention, referents: Referents) -> str:
    """By the label that most mentions of the name have; a capital that speaks is its government."""
    if mention.normal in column("metonyms.tsv", "name"):
        return "organization"
    return _KINDS.get(referents.label_of(mention), "organization")


def _behind_document(sentence: Sentence, token: Token, found: Speaker, referents: Referents) -> Speaker:
    """«В заявлении Ватикана говорится»: the Vatican says it, through the statement."""
    if found.mention is not None:
        return found
    possessives = [t for t in sentence.below(token.index) if folded_possessive(t) and t.index < token.index]
    for owner in [*possessives, *clause.genitives(sentence, token)]:
        said = describe(sentence, owner, referents)
        if said.kind in ("organization", "person", "group") and (said.mention or said.name):
            return replace(said, via=None, via_name=found.name)
    return found


_PAGES = frozenset({"сайт", "страница", "аккаунт", "портал"})


def _place_of(mention: Mention, sentence: Sentence, span: Span) -> Span:
    return mention.span if mention.sentence == sentence.index and mention.span.meets(span) else span


def _channel(sentence: Sentence, token: Token, referents: Referents) -> tuple[str | None, str | None]:
    """«источники APA», «опрошенные «Коммерсантом» политологи»: through whom it reached us."""
    for genitive in clause.genitives(sentence, token):
        outlet = referents.direct(sentence, genitive, "ORGANIZATION")
        if outlet is not None:
            return outlet.id, None
    for child in sentence.below(token.index, "appos", "flat", "nmod"):
        outlet = referents.direct(sentence, child, "ORGANIZATION")
        if outlet is not None and not clause.preposition(sentence, child):
            return outlet.id, None
    for participle in sentence.below(token.index, "acl", "amod"):
        if participle.is_participle:
            doer = clause.agent(sentence, participle)
            outlet = referents.direct(sentence, doer, "ORGANIZATION") if doer is not None else None
            if outlet is not None:
                return outlet.id, None
    return None, None
