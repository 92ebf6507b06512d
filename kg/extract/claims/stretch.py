"""Stretches of text that a content may be: trimmed, and led to where its clause really ends.

The parser closes long clauses early. So a content goes on to the end of the sentence, unless a
clause opens there that belongs to whoever tells, and not to what is told.
"""

from __future__ import annotations

from kg.extract import clause
from kg.records import Document, Sentence, Span, Token

_TRIM = " \t,.:;—–-\u00a0\n\r"
_ADVERSATIVE = frozenset({"но", "однако", "зато", "тогда"})


def trim(text: str, span: Span) -> Span | None:
    """Without outer blanks, commas, dashes and final full stops; None when nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end) if end - start > 1 else None


def words(sentence: Sentence, first: int, last: int) -> Span:
    return Span(sentence.tokens[first].start, sentence.tokens[last].end)


def onward(sentence: Sentence, first: int, last: int, teller: Token) -> Span:
    """From word `first` to where the clause ends that the tree ends at word `last`."""
    return words(sentence, first, reach(sentence, first, last, teller))


def reach(sentence: Sentence, first: int, last: int, teller: Token) -> int:
    """Index of the last word of a content whose teller (the cue's head) stands outside it."""
    tokens = sentence.tokens
    inside = set(range(first, last + 1)) - {teller.index}
    for token in tokens[last + 1 :]:
        if _opens_clause(token) and token.index != teller.index:
            if _is_outside(sentence, token, inside, teller):
                return _border(sentence, token, last)
            inside |= set(range(last + 1, token.index + 1)) - {teller.index}
        if token.index == teller.index:
            return last
    return len(tokens) - 1


def coordinated_border(sentence: Sentence, first: int, last: int, teller: Token) -> int:
    """The last word before a verb inside `first..last` that goes on from the teller's own verb:
    «заявил, что обвинения сняты и попросил …»."""
    tokens = sentence.tokens
    heads = [t for t in tokens[first : last + 1] if _opens_clause(t)]
    for token in heads[1:]:
        if token.rel == "conj" and _goes_on_from(sentence, token, heads[0], teller):
            return _border(sentence, token, first)
    return last


def _opens_clause(token: Token) -> bool:
    return token.is_finite or token.feats.get("Variant") == "Short" or token.feats.get("VerbForm") == "Conv"


def _is_outside(sentence: Sentence, token: Token, inside: set[int], teller: Token) -> bool:
    if token.rel.startswith("parataxis"):
        return True
    if any(t.lemma == "который" for t in sentence.below(token.index)):
        return False
    if token.feats.get("VerbForm") == "Conv":
        return token.head == teller.index
    for above in sentence.ancestors(token.index):
        if above.index in inside:
            top = sentence.tokens[min(inside)]
            told = next((t for t in sentence.tokens[min(inside) : max(inside) + 1] if _opens_clause(t)), top)
            return token.rel == "conj" and _goes_on_from(sentence, token, told, teller)
        if above.index == teller.index:
            return True
    return not any(sentence.below(token.index, "mark"))


def _goes_on_from(sentence: Sentence, token: Token, told: Token, teller: Token) -> bool:
    """A verb without a subject that agrees with the teller's verb and not with what is told."""
    if any(sentence.below(token.index, "nsubj", "mark")) or not teller.is_finite:
        return False
    return _form(token) == _form(teller) != _form(told)


def _form(verb: Token) -> tuple[str, str, str]:
    return verb.feats.get("Tense", ""), verb.number, verb.gender


def _border(sentence: Sentence, token: Token, least: int) -> int:
    """Last word before the clause of `token`: behind the nearest comma or conjunction to its left."""
    tokens = sentence.tokens
    start = min((i for i in sentence.subtree(token.index) if i > least), default=token.index)
    subject = clause.subject(sentence, token)
    if start <= least + 1 and subject is not None and subject.index > least:
        start = min(start, subject.index)
    mark = next((i for i in range(token.index, least, -1) if tokens[i].text in (",", ";", "и", "а", "—", "–") or tokens[i].lemma in _ADVERSATIVE), None)
    if start <= least + 1 and mark is not None:
        start = mark
    while start - 1 > least and (tokens[start - 1].pos in ("PUNCT", "CCONJ") or tokens[start - 1].lemma in _ADVERSATIVE):
        start -= 1
    return max(least, start - 1)


def block_after(document: Document, sentence: Sentence) -> Span | None:
    """What stands behind a colon that ends its sentence: the next line, whole, or the rest of this one."""
    if sentence.tokens[-1].text != ":" or sentence.index + 1 >= len(document.sentences):
        return None
    following = document.sentences[sentence.index + 1]
    last = following
    for later in document.sentences[following.index + 1 :]:
        if later.line != following.line:
            break
        last = later
    return Span(following.span.start, last.span.end)
