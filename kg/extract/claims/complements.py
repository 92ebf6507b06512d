"""Contents that the cue governs: a that-clause, an infinitive, a topic, an object."""

from __future__ import annotations

from kg.extract import clause
from kg.extract.claims.cues import Cue, noun_cues
from kg.extract.claims.stretch import coordinated_border, onward, words
from kg.records import Sentence, Span, Token

_COMPLEMENTIZERS = frozenset({"что", "чтобы", "будто", "как", "якобы", "ли", "когда", "где", "почему", "кто", "какой", "сколько"})
REAL_COMPLEMENTS = frozenset({"что", "чтобы", "будто", "якобы"})
_TELLING = frozenset({"рассказать", "рассказывать"})
"""Verbs after which «как» tells that it happened: «рассказала, как она исчезла»."""
_TOPIC_PREPOSITIONS = frozenset({"о", "об", "к", "за", "против"})
_CHARGE_PREPOSITIONS = frozenset({"в", "во", "на", "за"})


def that_clause(cue: Cue) -> Span | None:
    """«…, что Россия передала данные»: the clause that hangs on the cue, or follows «что»."""
    sentence, head = cue.sentence, cue.head
    for child in sentence.below(head.index, "ccomp", "csubj", "advcl", "acl", "xcomp"):
        own = [t for t in sentence.below(child.index, "mark", "obj", "nsubj", "advmod") if t.lemma in _COMPLEMENTIZERS]
        if child.feats.get("VerbForm") == "Inf" and not own:
            continue
        if child.index > head.index and (own or child.rel in ("ccomp", "csubj")) and child.rel != "xcomp":
            how = bool(own) and own[0].lemma == "как" and cue.row["cue"] in _TELLING
            if own and own[0].lemma not in REAL_COMPLEMENTS and not how:
                continue
            if own and own[0].lemma == "чтобы" and cue.row["modality"] == "possible":
                continue
            return clause_below(sentence, child, own[0] if own else None, head)
    following = sentence.tokens[cue.words[-1] + 1 :]
    mark = next((t for t in following if t.lemma in REAL_COMPLEMENTS and _after_comma(sentence, t)), None)
    if mark is not None and mark.index + 1 < len(sentence.tokens) and _near(sentence, cue.words[-1], mark.index):
        return _from(sentence, mark.index + 1, head)
    return None


def _after_comma(sentence: Sentence, token: Token) -> bool:
    return token.index > 0 and sentence.tokens[token.index - 1].text in (",", "и", ":", "о", "том")


def _near(sentence: Sentence, first: int, last: int) -> bool:
    """No other clause, and no noun that tells something itself, may stand between a cue and its «что»."""
    between = sentence.tokens[first + 1 : last]
    return (
        len(between) < 14
        and not any(t.is_finite or t.lemma in noun_cues() for t in between)
        and sum(t.text == "," for t in between) < 4
    )


def clause_below(sentence: Sentence, child: Token, mark: Token | None, teller: Token) -> Span | None:
    """The subordinate clause of `child`, without its conjunction; None when nothing stands behind that."""
    ids = [i for i in sentence.subtree(child.index) if mark is None or i > mark.index]
    return _between(sentence, ids[0], ids[-1], teller) if ids else None


def _from(sentence: Sentence, first: int, teller: Token) -> Span:
    """From a word on, to where the clause ends."""
    verb = next((t for t in sentence.tokens[first:] if t.is_finite or t.feats.get("Variant") == "Short"), sentence.tokens[first])
    last = max([first, *(i for i in sentence.subtree(verb.index) if i > first)])
    return _between(sentence, first, last, teller)


def _between(sentence: Sentence, first: int, last: int, teller: Token) -> Span:
    cut = coordinated_border(sentence, first, last, teller)
    return words(sentence, first, cut) if cut < last else onward(sentence, first, last, teller)


def infinitive(cue: Cue) -> Span | None:
    """«намерен подать жалобу», «обязал компанию выплатить …» with the addressee in the accusative."""
    sentence, head = cue.sentence, cue.head
    holders = [head.index, *cue.words]
    for child in sentence.tokens:
        if child.feats.get("VerbForm") != "Inf" or child.index <= cue.words[0] or child.index in cue.words:
            continue
        if child.head in holders or _through_object(sentence, child, holders):
            ids = [i for i in sentence.subtree(child.index) if i > cue.words[-1]]
            if not ids:
                return None
            asked = clause.direct_object(sentence, head) if cue.row["modality"] == "demanded" else None
            first = ids[0]
            if asked is not None and cue.words[-1] < asked.index < first:
                first = min(i for i in sentence.subtree(asked.index) if i > cue.words[-1])
            return onward(sentence, first, ids[-1], head)
    return None


def _through_object(sentence: Sentence, child: Token, holders: list[int]) -> bool:
    """«обязал компанию выплатить»: the infinitive hung on the object."""
    above = sentence.tokens[child.head] if child.head >= 0 else None
    return above is not None and above.is_noun and above.rel in ("obj", "iobj") and above.head in holders


def topic(cue: Cue) -> Span | None:
    """«заявил о готовности к переговорам», «выразил надежду на то, что …»."""
    sentence = cue.sentence
    wanted = _TOPIC_PREPOSITIONS | {"на", "в", "по"} if len(cue.words) > 1 else _TOPIC_PREPOSITIONS
    for holder in dict.fromkeys([cue.head.index, *cue.words]):
        for child in sentence.below(holder, "obl", "nmod", "iobj"):
            preposition = clause.preposition(sentence, child)
            if preposition not in wanted:
                continue
            if child.index < cue.words[0]:
                fronted = _fronted(cue, child, preposition)
                if fronted is not None:
                    return fronted
                continue
            if (child.pos == "PRON" and child.lemma in ("это", "он", "она", "они")) or child.lemma == "все":
                continue
            if child.lemma in ("то", "тот"):
                told = told_below(sentence, child, cue.head)
                if told is not None:
                    return told
            case = [t.index for t in sentence.below(child.index, "case")]
            ids = [i for i in sentence.subtree(child.index) if i not in case and i > cue.words[0]]
            if ids:
                return onward(sentence, ids[0], ids[-1], cue.head)
    return None


def _fronted(cue: Cue, child: Token, preposition: str) -> Span | None:
    """«Об убийстве первыми сообщили СМИ», «озабоченность в связи с выборами выражали и послы»."""
    sentence = cue.sentence
    if child.pos in ("PRON", "DET") or child.lemma == "это" or not child.is_noun:
        return None
    if not (preposition in ("о", "об") or (len(cue.words) > 1 and cue.words[-1] < cue.words[0])):
        return None
    case = {t.index for t in sentence.below(child.index, "case")} | {i for t in sentence.below(child.index, "case") for i in sentence.subtree(t.index)}
    ids = [i for i in sentence.subtree(child.index) if i not in case and i < cue.head.index]
    return words(sentence, ids[0], ids[-1]) if ids else None


def subject_of(cue: Cue) -> Span | None:
    """«Возможна подача жалобы», «ему грозит штраф»: the subject is what may be."""
    thing = clause.subject(cue.sentence, cue.head)
    if thing is None or thing.pos in ("PRON", "DET") or thing.feats.get("Animacy") == "Anim":
        return None
    ids = [i for i in cue.sentence.subtree(thing.index) if (i > cue.words[-1]) == (thing.index > cue.words[-1]) and i not in cue.words]
    return words(cue.sentence, ids[0], ids[-1]) if ids else None


def told_below(sentence: Sentence, pronoun: Token, teller: Token) -> Span | None:
    """«… на то, что эмоции остались в прошлом»: all after «что»."""
    for token in sentence.tokens[pronoun.index + 1 : pronoun.index + 4]:
        if token.lemma in REAL_COMPLEMENTS and token.index + 1 < len(sentence.tokens):
            return _from(sentence, token.index + 1, teller)
    return None


def object_of(cue: Cue) -> Span | None:
    """«опроверг слухи о продаже», «обвинили в государственной измене», «назвал выборы обманом»."""
    sentence, head = cue.sentence, cue.head
    if cue.row["speaker"] == "acc-target" or cue.row["modality"] == "alleged":
        charge = charge_of(cue)
        if charge is not None or cue.row["speaker"] == "acc-target":
            return charge
    last_word = sentence.tokens[cue.words[-1]]
    if last_word.pos == "ADP" and last_word.head > last_word.index:
        below = [i for i in sentence.subtree(last_word.head) if i > last_word.index]
        return onward(sentence, below[0], below[-1], head) if below else None
    thing = clause.direct_object(sentence, head)
    if thing is None and clause.is_passive(head):
        thing = clause.subject(sentence, head)
    if thing is None:
        thing = next((t for t in sentence.below(head.index, "obl", "nmod", "iobj") if t.case == "Gen" and t.index > cue.words[-1]), None)
    if thing is None:
        thing = next((t for t in sentence.below(head.index, "obj") if t.index not in cue.words), None)
    if thing is None or thing.index in cue.words:
        return None
    if thing.pos in ("PRON", "DET") and not (cue.row["modality"] == "opinion" and _predicate_end(sentence, cue, thing.index) > thing.index):
        return None
    apart = any(t.text == "," for t in sentence.tokens[thing.index : cue.words[0]])
    if thing.index < cue.words[0] and not clause.is_passive(head) and (thing.case not in ("Acc", "Gen") or apart):
        return None
    ids = [i for i in sentence.subtree(thing.index) if i not in cue.words and (i > cue.words[-1]) == (thing.index > cue.words[-1])]
    if not ids:
        return None
    called = _predicate_end(sentence, cue, ids[-1]) > ids[-1] or _has_predicate_before(sentence, cue) or _is_predicated_of(sentence, thing)
    if cue.row["cue"] in _NAMING and not called:
        return None  # «сына назвали Иваном в честь деда»: a name, no opinion
    last = _predicate_end(sentence, cue, ids[-1]) if cue.row["modality"] == "opinion" and ids[0] > cue.words[-1] else ids[-1]
    return words(sentence, ids[0], last)


_NAMING = frozenset({"назвать", "называть"})


def _is_predicated_of(sentence: Sentence, thing: Token) -> bool:
    """«назвал это учение «руководящей идеей»»: the predicate that the parser hung on the object."""
    return any(t.case == "Ins" and t.is_noun and not clause.preposition(sentence, t) for t in sentence.below(thing.index, "nmod"))


def _has_predicate_before(sentence: Sentence, cue: Cue) -> bool:
    return any(t.case == "Ins" and t.is_noun for t in sentence.below(cue.head.index))


def predicated(cue: Cue) -> Span | None:
    """«альбомы, которые считаются лучшими», «фаворитом считается Сиссе»: the clause with its predicate."""
    sentence, head = cue.sentence, cue.head
    if not any(t.case == "Ins" or t.rel == "xcomp" for t in sentence.below(head.index)):
        return None
    ids = sentence.subtree(head.index, "parataxis")
    if head.rel.startswith("acl") and head.head >= 0:
        ids = sentence.subtree(head.head)
    while len(ids) > 1 and sentence.tokens[ids[0]].pos in ("CCONJ", "PUNCT", "SCONJ"):
        ids.pop(0)
    return words(sentence, ids[0], ids[-1])


def _predicate_end(sentence: Sentence, cue: Cue, last: int) -> int:
    """«назвал результаты «катастрофой» для партии»: what the thing is called belongs to the content."""
    ends = [last]
    for child in sentence.below(cue.head.index):
        predicate = child.case == "Ins" or child.rel in ("xcomp", "acl") or (child.is_noun and clause.preposition(sentence, child) in ("", "как", "за", "для"))
        if child.index > last and predicate and child.rel not in ("nsubj", "conj", "parataxis", "punct"):
            ends.append(max(sentence.subtree(child.index, "conj", "parataxis")))
    end = max(ends)
    following = sentence.tokens[end + 1 : end + 4]
    if end == last and following and following[0].text in ("«", '"', "“") and any(t.case == "Ins" for t in following[1:]):
        closing = next((t.index for t in sentence.tokens[end + 2 : end + 10] if t.text in ("»", '"', "”")), end)
        end = closing
    while end + 1 < len(sentence.tokens) and sentence.tokens[end + 1].text in ("»", '"', "”"):
        end += 1
    return end


def charge_of(cue: Cue) -> Span | None:
    """«обвинён в покушении на сбыт наркотиков», «по обвинению в измене»: what one is accused of."""
    sentence, head = cue.sentence, cue.head
    holders = [head, *(sentence.tokens[i] for i in cue.words if sentence.tokens[i].is_noun and i != head.index)]
    for oblique in (o for holder in holders for o in clause.obliques(sentence, holder)):
        ahead = oblique.token.index > cue.words[0] or cue.row["cue"].endswith("ся")
        if oblique.preposition in _CHARGE_PREPOSITIONS and oblique.case in ("Loc", "") and ahead:
            case = {t.index for t in sentence.below(oblique.token.index, "case")}
            if oblique.token.lemma in ("то", "тот"):
                return told_below(sentence, oblique.token, head)
            after = oblique.token.index > cue.words[0]
            ids = [i for i in sentence.subtree(oblique.token.index) if (i > cue.words[0]) == after and i not in case]
            return words(sentence, ids[0], ids[-1]) if ids else None
    return None
