"""Which word of the sentence tells who speaks: the subject of a verb, the genitive behind «по словам», the place in «в Кремле»."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.cues import Cue, cue_verbs
from kg.extract.claims.naming import folded_possessive
from kg.records import Sentence, Token
from kg.text.words import column

_CHANNELS = frozenset(
    ["интервью", "эфир", "сайт", "комментарий", "беседа", "разговор", "ход", "рамка", "конференция", "пресс-конференция", "брифинг", "twitter", "твиттер", "facebook", "фейсбук", "instagram", "инстаграм", "telegram", "телеграм", "вконтакте", "youtube", "микроблог", "блог", "страница", "соцсеть", "сеть", "группа", "канал", "суд"]
)


def doer(cue: Cue, referents: Referents) -> Token | None:
    """Who does what a verb says: its subject, the agent of a passive, the place of «в Кремле заявили», the name beside it."""
    sentence, head = cue.sentence, cue.head
    if clause.is_passive(head) and head.is_verb and (head.feats.get("Variant") == "Short" or head.is_participle):
        return clause.agent(sentence, head)
    found = clause.subject(sentence, head)
    if found is not None and found.index not in cue.words:
        found = _before_insert(cue, found, referents) or found
        return _told_an_outlet(cue, found, referents) or _named_at_verb(cue, found, referents) or found
    for holder in cue.words:
        for child in sentence.below(holder, "nsubj"):
            if child.index not in cue.words:
                return child
    place = where_said(sentence, head, referents)
    if place is None and head.rel == "conj" and sentence.tokens[head.head].is_finite:
        place = where_said(sentence, sentence.tokens[head.head], referents)  # «В институте подтвердили … и подчеркнули»
    if place is not None and head.number == "Plur" and can_speak(sentence, place, referents):
        return place
    there = next((t for t in sentence.below(head.index, "advmod") if t.lemma == "там"), None)
    if there is not None and head.number == "Plur" and head.is_finite:
        return there
    return _beside(cue, referents)


def _before_insert(cue: Cue, found: Token, referents: Referents) -> Token | None:
    """«Пётр Лямин, хозяин лодки, которую искал Рябов, заявил»: the name before the insert, when the tree's subject lies in it."""
    tokens = cue.sentence.tokens
    if cue.kind != "verb" or cue.words[0] == 0 or tokens[cue.words[0] - 1].text != ",":
        return None
    opening = next((t for t in tokens[: cue.words[0]] if t.lemma == "который" and t.index < found.index), None)
    if opening is None or found.index > cue.words[0] or found.lemma == "который":
        return None
    for mention in sorted(referents.mentions_in(cue.sentence), key=lambda m: m.start):
        head = tokens[mention.head]
        if mention.label == "PERSON" and mention.end < opening.start and head.case == "Nom" and referents.fits(cue.sentence, mention, cue.head.gender):
            return head
    return None


def _told_an_outlet(cue: Cue, noun: Token, referents: Referents) -> Token | None:
    """«В мэрии «Заре» сообщили», «сообщили РБК в министерстве»: the outlet is told; it tells nothing itself."""
    outlet = referents.direct(cue.sentence, noun, "ORGANIZATION") if cue.head.number == "Plur" and noun.number != "Plur" else None
    if outlet is None or cue.kind != "verb" or any(t.rel == "conj" for t in cue.sentence.below(noun.index)):
        return None
    place = where_said(cue.sentence, cue.head, referents)
    return place if place is not None and place.index != noun.index and can_speak(cue.sentence, place, referents) else None


def cited(sentence: Sentence, verb: Token) -> Token | None:
    """«цитирует Лямина издание», «приводит слова министра»: whose words they are."""
    thing = clause.direct_object(sentence, verb)
    if thing is not None and thing.lemma in ("слово", "высказывание", "заявление", "мнение"):
        return next(iter(clause.genitives(sentence, thing)), None)
    return thing


def _named_at_verb(cue: Cue, noun: Token, referents: Referents) -> Token | None:
    """«Пресс-секретарь управления по охране лесов (Рослесхоза) Вадим Лямин сообщил»: the name that stands right
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


def can_speak(sentence: Sentence, place: Token, referents: Referents) -> bool:
    """«в Кремле заявили», «в институте рассказали»; but not «в интервью», «на сайте»."""
    if place.lemma in _CHANNELS:
        return False
    seats = column("organizations.tsv", "lemma") | column("facilities.tsv", "lemma") | {"офис", "штаб", "аппарат", "руководство", "окружение", "редакция", "круг"}
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
    if referents.is_inflected(named) and cue.head.number == "Plur":
        return None  # «Лямина подозревают»
    if holder is not None and not head.case and holder.case not in ("Nom", ""):
        return None  # «на страницах издания Daily Star призналась»
    return head if head.case in ("Nom", "") and head.number in ("", cue.head.number) else None


def governed(sentence: Sentence, cue: Cue) -> Token | None:
    """The noun behind «по словам», «согласно»; for nouns, the genitive or possessive."""
    inside = set(cue.words)
    if any(t.lemma in _SEVERAL for t in sentence.below(cue.head.index, "amod", "det")):
        return None
    possessives = [sentence.tokens[i] for i in cue.words if folded_possessive(sentence.tokens[i])]
    if possessives:
        return possessives[0]
    for token in sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 2]:
        if token.lemma in ("который", "один"):
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
            if token.pos not in ("ADJ", "DET", "NUM") and not token.is_participle and not quoted:
                return None
    return None


_SEVERAL = frozenset({"разный", "различный", "некоторый"})


def _where_from(sentence: Sentence, verb: Token, referents: Referents) -> Token | None:
    """«В прессе появились слухи», «на сайте газеты появилась информация»."""
    for oblique in clause.obliques(sentence, verb):
        if oblique.preposition in ("в", "на", "из", "от", "со") and referents.direct(sentence, oblique.token, "DATE", "TIME") is None:
            return oblique.token
    return None


def issuer(sentence: Sentence, noun: Token, referents: Referents) -> Token | None:
    """«Ватикан опубликовал заявление о том, что …»: whoever made it public."""
    above = sentence.tokens[noun.head] if noun.head >= 0 else None
    if above is not None and above.is_noun and above.rel == "obj" and clause.preposition(sentence, noun) == "с":
        noun, above = above, sentence.tokens[above.head]  # «направил заявление с просьбой»
    if above is None or not above.is_verb:
        return None
    if noun.rel == "nsubj" and above.lemma in ("появиться", "появляться", "поступить", "поступать", "прозвучать", "прийти", "циркулировать", "ходить"):
        return _where_from(sentence, above, referents)
    if clause.preposition(sentence, noun) == "по" and not clause.is_passive(above) and clause.direct_object(sentence, above) is not None:
        return clause.subject(sentence, above)
    if clause.preposition(sentence, noun) in ("о", "об", "с") and not clause.is_passive(above) and (above.lemma in _ADDRESSING or above.lemma in cue_verbs()):
        return clause.subject(sentence, above)  # «обратился с предложением провести выборы», «говорил о намерении уйти»
    if noun.rel not in ("obj", "nsubj:pass") or above.lemma not in _ISSUING:
        return None
    return clause.agent(sentence, above) if clause.is_passive(above) else clause.subject(sentence, above)


_ADDRESSING = frozenset({"обратиться", "обращаться", "выступить", "выступать", "прийти", "выйти", "приехать"})
_ISSUING = frozenset(
    ["опубликовать", "публиковать", "распространить", "распространять", "сделать", "выпустить", "обнародовать", "предъявить", "предъявлять", "выдвинуть", "выдвигать", "издать", "дать", "давать", "подать", "озвучить", "прислать", "направить", "передать", "высказать"]
)


_OF_WHAT = frozenset({"обвинять", "обвинить", "обвиняться", "подозревать", "заподозрить", "подозреваться", "винить", "уличить", "упрекать", "признать", "признавать"})
"""Verbs with «в» of what somebody is blamed for: «обвиняют в организации убийства»."""


def where_said(sentence: Sentence, verb: Token, referents: Referents) -> Token | None:
    """«в докладе говорится», «в Кремле заявили»: the place or document speaks."""
    nearest = sorted(clause.obliques(sentence, verb), key=lambda o: abs(o.token.index - verb.index))
    if verb.lemma in _OF_WHAT:
        return None
    for oblique in nearest:
        outside = oblique.preposition == "из" and oblique.token.is_title
        if outside or (oblique.preposition in ("в", "во", "на") and oblique.case in ("Loc", "")):
            if oblique.token.pos != "PRON" and referents.direct(sentence, oblique.token, "DATE", "TIME") is None:
                return oblique.token
    return None
