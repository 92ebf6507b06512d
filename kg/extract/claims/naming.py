"""Names of speakers that are no mention: a noun phrase in the nominative, with whose it is in full."""

from __future__ import annotations

from bisect import bisect_left

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.phrase import OPENING, adjectives_edge, left_edge, noun_phrase, right_edge, tree_edge, words_span
from kg.records import Mention, Sentence, Token
from kg.text.matching import folded
from kg.text.models import vocabulary
from kg.text.normal import inflect, nominative
from kg.text.words import column

_LONGEST_NAME = 7


def folded_possessive(token: Token) -> bool:
    return token.lemma in ("его", "ее", "их") or (token.pos in ("PRON", "DET") and folded(token) in ("его", "ее", "их"))


def possessive_of(sentence: Sentence, noun: Token) -> Token | None:
    """«её» of «её муж», wherever the tree hangs it."""
    hung = next((t for t in sentence.below(noun.index) if folded_possessive(t) and t.index < noun.index), None)
    before = sentence.tokens[max(0, adjectives_edge(sentence, noun.index) - 1)]
    return hung or (before if before.index < noun.index and folded_possessive(before) else None)


def _edges(sentence: Sentence, noun: Token) -> tuple[int, int]:
    """First and last word of all that describes a noun, without what says nothing of who it is: «неназванный», «этот», «различные»."""
    first = adjectives_edge(sentence, noun.index)
    while first < noun.index and sentence.tokens[first].lemma in _VAGUE:
        first += 1
    return first, tree_edge(sentence, noun.index, noun_phrase(sentence, noun.index)[1])


def group_name(sentence: Sentence, token: Token, referents: Referents) -> str:
    """The noun phrase in the nominative: «опрошенные политологи» → «политологи», «местных властей» →
    «местные власти», «её адвокаты» → «адвокаты Веры Лужиной»."""
    if token.lemma == "источник":
        return inflect(token).lower() + (_seat(sentence, token) or _acquaintance(sentence, token))
    first, last = _edges(sentence, token)
    if first and sentence.tokens[first - 1].lemma in _SOME and sentence.tokens[first - 1].case == token.case:
        first -= 1
    counted = _counted(sentence, token, first)
    if counted is not None:
        return counted
    last = _coordinated(sentence, token, last)
    if _is_too_long(sentence, first, last):
        first, last = token.index, token.index
    name = _phrase(sentence, token, first, last, referents)
    return name if " " in name else _described_elsewhere(sentence, token, referents) or name


def _described_elsewhere(sentence: Sentence, noun: Token, referents: Referents) -> str | None:
    """«Суд признал …» for «суд присяжных в Туле»: the last fuller description before, or the first one right below, that the
    article has for a bare noun; None for nouns that stand by themselves: «СМИ», «следствие»."""
    if noun.lemma in _BY_ITSELF:
        return None
    if noun.lemma == "документ" and noun.number == "Sing":
        return _act_before(noun, referents)
    places = referents.nouns(noun.lemma)
    at = bisect_left(places, noun.start, key=lambda place: place[1].start)
    below = [(s, t) for s, t in places[at : at + _NEAREST] if t.start > noun.start and s.index <= sentence.index + _BELOW]
    for other, token in [*reversed(places[max(0, at - _NEAREST) : at]), *below]:
        if token.number == noun.number and (found := _description(other, token, referents)) is not None:
            return found
    return None


def _description(sentence: Sentence, noun: Token, referents: Referents) -> str | None:
    """A noun with all that describes it; None when nothing does."""
    law = referents.direct(sentence, noun, "LAW")
    if law is not None and law.head == noun.index and law.end > noun.end:
        return law.normal
    first, last = _edges(sentence, noun)
    return _phrase(sentence, noun, first, last, referents) if last > first and not _is_too_long(sentence, first, last) else None


def _act_before(document: Token, referents: Referents) -> str | None:
    """«документ»: the last law, order or treaty before."""
    before = [(s, t) for lemma in _ACTS for s, t in referents.nouns(lemma) if t.start < document.start and t.number == "Sing"]
    if not before:
        return None
    sentence, noun = max(before, key=lambda place: place[1].start)
    return _description(sentence, noun, referents) or _described_elsewhere(sentence, noun, referents) or inflect(noun).lower()


_ACTS = ("указ", "приказ", "закон", "законопроект", "договор", "соглашение", "постановление", "распоряжение", "резолюция", "меморандум", "декларация", "конвенция")


def _is_too_long(sentence: Sentence, first: int, last: int) -> bool:
    """No name any more; a title in quotation marks counts as one word."""
    words = [t.text for t in sentence.tokens[first : last + 1]]
    opening = next((i for i, word in enumerate(words) if word in OPENING), len(words))
    return opening > _LONGEST_NAME


_NEAREST, _BELOW = 40, 2
"""How many places of the noun are looked at on each side, and how many sentences below."""
_BY_ITSELF = frozenset({"сми", "власть", "следствие", "обвинение", "защита", "источник", "собеседник"})


def _seat(sentence: Sentence, token: Token) -> str:
    """« в правительстве Белоруссии» of «источники РБК в правительстве Белоруссии»."""
    for child in sentence.below(token.index, "nmod"):
        if clause.preposition(sentence, child) in ("в", "во", "из", "при") and token.index < child.index <= token.index + _LONGEST_NAME:
            opening = next(t for t in sentence.below(child.index, "case"))
            return " " + " ".join(t.text for t in sentence.tokens[opening.index : right_edge(sentence, child.index) + 1])
    return ""


def _acquaintance(sentence: Sentence, token: Token) -> str:
    """«, близкий к ситуации» of «источника, близкого к ситуации»."""
    behind = sentence.tokens[token.index + 1 : token.index + 3]
    if len(behind) < 2 or behind[0].text != "," or behind[1].lemma not in _ACQUAINTED or behind[1].case not in (token.case, ""):
        return ""
    last = max(sentence.subtree(behind[1].index))
    words = sentence.tokens[behind[1].index + 1 : last + 1]
    if words and words[-1].pos == "PUNCT":
        words = words[:-1]
    return f", {inflect(behind[1]).lower()} {' '.join(t.text for t in words)}" if 1 < len(words) <= _LONGEST_NAME else ""


_ACQUAINTED = frozenset({"близкий", "знакомый", "осведомленный"})


def _phrase(sentence: Sentence, token: Token, first: int, last: int, referents: Referents) -> str:
    """The words of a phrase in the nominative, with the full name of the person that it ends with."""
    last = _with_owner(sentence, token, last, referents)
    owner = sentence.tokens[last]
    whose = referents.direct(sentence, owner, "PERSON") if last > token.index else None
    if whose is not None and (whose.start < token.end or " " in whose.normal or not (sentence.tokens[whose.head].case == "Gen" or referents.is_inflected(whose))):
        whose = None
    elif whose is None and last == token.index + 1 and owner.case == "Gen" and owner.lemma in column("descriptors.tsv", "lemma") and token.lemma not in column("organizations.tsv", "lemma"):
        whose = referents.of(sentence, owner, "PERSON")  # «адвокаты политика»
    full = referents.genitive(whose) if whose is not None else None
    if whose is None and last == token.index + 1 and owner.case == "Gen" and owner.number == "Sing":
        full = _body_behind(sentence, owner, referents)  # «пилоты компании»
    end = last - 1 if full else last
    named = referents.direct(sentence, owner, "PERSON") if last > token.index and token.feats.get("Animacy") == "Anim" else None
    title = _title_of(sentence, token, named) if named is not None else None
    if title is not None and named is not None:
        full = full or " ".join(t.text for t in sentence.within(named.span))
        end = left_edge(sentence, title.index) - 1
    name = nominative(sentence, words_span(sentence, first, end))
    opening = sentence.tokens[first]
    if not (opening.text.isupper() or (opening.pos == "PROPN" and not _is_common(opening))):
        name = name[:1].lower() + name[1:]
    return f"{name} {full}" if full else name + _owner(sentence, token, last, referents)


def _is_common(opening: Token) -> bool:
    """The first word of a sentence, taken for a name, that the dictionary knows as a noun and as no name: «Педиатр»."""
    forms = [f.tag.grammemes for f in vocabulary().parse(opening.text.lower()) if f.is_known]
    return opening.index == 0 and any("NOUN" in marks for marks in forms) and not any(marks & {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"} for marks in forms)


def _body_behind(sentence: Sentence, owner: Token, referents: Referents) -> str | None:
    """The name of a company that is called so only, where it has no cases: «компании» → «Philips», «партии» → «партии «Рассвет»»."""
    if owner.lemma not in column("organizations.tsv", "lemma") or owner.is_title:
        return None
    body = referents.of(sentence, owner, "ORGANIZATION")
    if body is None or (body.sentence == sentence.index and body.start <= owner.start < body.end):
        return None
    if body.normal.isascii() or (body.normal.isupper() and " " not in body.normal):
        return body.normal
    return f"{owner.text} «{body.normal}»" if referents.is_quoted(body) else None


def _title_of(sentence: Sentence, token: Token, named: Mention) -> Token | None:
    """«актёра» in «семья английского актёра Пола Ремтона»: what the owner is, between a noun and the name."""
    head = sentence.tokens[named.head]
    title = sentence.tokens[head.head] if head.rel in ("appos", "flat") and head.head > token.index else None
    return title if title is not None and title.case == "Gen" and title.feats.get("Animacy") == "Anim" and left_edge(sentence, title.index) > token.index else None


def _with_owner(sentence: Sentence, token: Token, last: int, referents: Referents) -> int:
    """«Адвокат Бондарчука»: the inflected name right behind, whatever case the tagger gives it."""
    if last != token.index or last + 1 >= len(sentence.tokens):
        return last
    behind = sentence.tokens[last + 1]
    person = referents.direct(sentence, behind, "PERSON")
    owned = person is not None and person.span == behind.span and behind.head == token.index and (
        referents.is_inflected(person) or referents.acts_as_another(sentence, token, person)
    )  # fmt: skip
    return last + 1 if owned else last


def _coordinated(sentence: Sentence, token: Token, last: int) -> int:
    """«противники и правозащитники», «семья и близкие Политковской»."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].text != "и":
        return last
    other = tokens[last + 2]
    if other.head == token.index and other.rel == "conj" and other.is_noun and other.case == token.case and not other.is_title:
        return noun_phrase(sentence, other.index)[1]
    return last


def _owner(sentence: Sentence, token: Token, last: int, referents: Referents) -> str:
    """« Веры Лужиной» for «её адвокаты»: whose they are, in the genitive that the article has."""
    if last != token.index:
        return ""
    possessive = possessive_of(sentence, token)
    whose = None
    if possessive is not None:
        person = referents.of(sentence, possessive, "PERSON") if token.feats.get("Animacy") == "Anim" else None
        whose = person or referents.of(sentence, possessive, "PERSON", "ORGANIZATION")
    genitive = referents.genitive(whose) if whose is not None else None
    return f" {genitive}" if genitive else ""


def _counted(sentence: Sentence, token: Token, first: int) -> str | None:
    """«двое сенаторов», «восемь депутатов», «обе стороны»: the number and what the text has behind it."""
    number = sentence.tokens[first - 1] if first else None
    if number is None or number.head != token.index or not number.rel.startswith("nummod") or number.case not in ("Nom", ""):
        return None
    last = noun_phrase(sentence, token.index)[1]
    words = [t.text for t in sentence.tokens[number.index : last + 1]]
    return " ".join([words[0].lower(), *words[1:]])


_SOME = frozenset({"некоторый", "многий"})
_VAGUE = frozenset({"соответствующий", "данный", "неназванный", "анонимный", "осведомленный", "другой", "многий", "этот", "весь", "такой", "остальной", "различный", "разный", "отдельный", "сам"})


def as_written(sentence: Sentence, noun: Token, counted: Token | None = None) -> str:
    """A noun phrase in the form that the text has, from the number before `counted` on."""
    first, last = noun_phrase(sentence, noun.index)
    words = sentence.tokens[first if counted is None else max(0, counted.index - 1) : last + 1]
    return "".join(f"{' ' if i and words[i - 1].end < t.start else ''}{t.text}" for i, t in enumerate(words))


def post_name(sentence: Sentence, token: Token, own: Mention, referents: Referents) -> str:
    """A person known by post only: «представитель МВД»."""
    first, last = noun_phrase(sentence, token.index)
    inside = [t.index for t in sentence.within(own.span)]
    first, last = min([first, *inside]), max([last, *inside])
    while first < token.index and sentence.tokens[first].lemma in _VAGUE:
        first += 1
    verb = sentence.tokens[token.head] if token.head >= 0 else None
    if token.number == "Plur" or (token.rel.startswith("nsubj") and verb is not None and verb.number == "Plur"):
        last = _coordinated(sentence, token, last)  # not «председатель и главный тренер заявил»
    return _counted(sentence, token, first) or _phrase(sentence, token, first, last, referents)
