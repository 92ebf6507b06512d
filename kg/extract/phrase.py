"""Noun phrases as stretches of neighbouring words."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import Sentence, Span, Token

OPENING, _CLOSING = "«\"„“", "»\"“”"
_LONGEST_QUOTE = 8


def left_edge(sentence: Sentence, head: int) -> int:
    """First word of the adjectives that stand right before a noun and agree with it."""
    noun = sentence.tokens[head]
    start = head
    while start > 0:
        before = sentence.tokens[start - 1]
        agrees = before.pos == "ADJ" and before.case == noun.case and before.number == noun.number
        if not agrees:
            break
        start -= 1
    return start


def right_edge(sentence: Sentence, head: int, blocked: Sequence[Span] = (), around: bool = False) -> int:
    """Last word of the chain of genitives after a noun: «комитет государственной безопасности СССР».

    `around` also takes «по» with its dative («комитет по делам молодёжи»). The chain stops before
    any span of `blocked`. A quoted name ends the chain and belongs to it.
    """
    tokens = sentence.tokens
    end, at = head, head + 1
    while at < len(tokens):
        token = tokens[at]
        if any(span.start <= token.start < span.end for span in blocked):
            break
        if token.text in OPENING:
            closing = _closing(tokens, at)
            return closing if closing else end
        if token.is_noun and token.case == "Gen":
            if token.rel == "obj" and tokens[token.head].is_verb and token.head > token.index:
                break  # «президент обвинения отрицал»: an object, not a complement
            end = at
        elif _leads_genitive(tokens, at):
            pass
        elif around and token.lemma == "по" and end == at - 1 and _dative_after(tokens, at):
            at = _dative_after(tokens, at)
            end = at
        else:
            break
        at += 1
    return end


def noun_phrase(sentence: Sentence, head: int) -> tuple[int, int]:
    """First and last word of a noun with what describes it: «местные власти», «суд в Сан-Франциско»,
    «эксперты лаборатории Портон-Даун»; participles and relative clauses stay outside."""
    tokens = sentence.tokens
    last = right_edge(sentence, head)
    while last + 1 < len(tokens):
        token = tokens[last + 1]
        if _continues(sentence, token, head, last):
            last += 1
        elif token.pos == "ADP" and (end := _placed(sentence, token, head, last)):
            last = end
        else:
            break
    return left_edge(sentence, head), last


def adjectives_edge(sentence: Sentence, head: int) -> int:
    """First word of all that describes a noun before it, participles and their adverbs too: «недавно найденное письмо»."""
    tokens = sentence.tokens
    first = left_edge(sentence, head)
    while first:
        before = tokens[first - 1]
        describes = before.head == head and ((before.rel == "amod" and before.pos == "ADJ") or (before.is_participle and before.case == tokens[head].case))
        if not describes and not (before.pos == "ADV" and before.head == first and before.rel == "advmod"):
            break
        first -= 1
    return first


def tree_edge(sentence: Sentence, head: int, last: int) -> int:
    """Last word of a phrase that ends at `last` with the nouns and prepositions that the tree hangs on it, and what is coordinated with
    its head: «знакомые из окружения певца», «эксперты и журналисты»; clauses stay outside."""
    tokens, inside = sentence.tokens, set(sentence.subtree(head, "acl", "acl:relcl", "parataxis", "nsubj"))
    while last + 2 < len(tokens) and tokens[last + 1].index in inside and (tokens[last + 1].pos == "ADP" or tokens[last + 1].text == "и"):
        noun = tokens[tokens[last + 1].head]
        if not noun.is_noun or noun.index not in inside or noun.index - last > _LONGEST_STEP or noun.index <= last:
            break
        if tokens[last + 1].pos == "ADP" and (tokens[last + 1].lemma not in _DESCRIBING or not noun.rel.startswith("nmod")):
            break
        last = right_edge(sentence, noun.index)
    return last


_LONGEST_STEP = 5
_DESCRIBING = frozenset({"о", "об", "из", "от", "между", "при", "для", "к", "ко", "по", "против"})


def _continues(sentence: Sentence, token: Token, head: int, last: int) -> bool:
    """A name right behind the phrase, hung inside it."""
    if not (token.is_noun or token.pos == "X") or not (token.is_title or token.pos == "X") or not head <= token.head <= last:
        return False
    return token.rel in ("appos", "flat", "flat:name", "flat:foreign", "nmod") and (token.head > head or token.case in ("Gen", "") or token.text.isascii())


def _placed(sentence: Sentence, preposition: Token, head: int, last: int) -> int:
    """«в Генштабе», «по радиационной безопасности»: the last word of a place or field hung on the noun."""
    tokens = sentence.tokens
    if preposition.lemma not in ("в", "во", "на", "по", "из", "при") or preposition.head < 0:
        return 0
    noun = tokens[preposition.head]
    if not head <= noun.head <= last or not noun.rel.startswith("nmod") or noun.index - preposition.index > 3:
        return 0
    if preposition.lemma != "по" and not tokens[preposition.index + 1].is_title:
        return 0
    return right_edge(sentence, noun.index)


def _closing(tokens: Sequence[Token], opening: int) -> int | None:
    for at in range(opening + 1, min(len(tokens), opening + 1 + _LONGEST_QUOTE)):
        if tokens[at].text in _CLOSING:
            return at if at > opening + 1 else None
    return None


def _leads_genitive(tokens: Sequence[Token], at: int) -> bool:
    """An adjective or «и» on the way to one more genitive noun."""
    token = tokens[at]
    describes = token.pos == "ADJ" or (token.is_participle and token.rel == "amod")
    if not (describes and token.case == "Gen") and token.text != "и":
        return False
    if token.text == "и" and (tokens[at - 1].is_title or at + 1 >= len(tokens) or tokens[at + 1].is_title):
        return False
    for later in tokens[at + 1 : at + 4]:
        if later.is_noun and later.case == "Gen":
            return True
        if not (later.pos == "ADJ" and later.case == "Gen"):
            return False
    return False


def _dative_after(tokens: Sequence[Token], at: int) -> int:
    for later in range(at + 1, min(at + 4, len(tokens))):
        if tokens[later].is_noun and tokens[later].case in ("Dat", ""):
            return later
        if tokens[later].pos != "ADJ":
            return 0
    return 0


def words_span(sentence: Sentence, first: int, last: int) -> Span:
    """Offsets of words `first` to `last`, both included."""
    return Span(sentence.tokens[first].start, sentence.tokens[last].end)
