"""What happens in a work only: «В фильме Лямин убивает Рябова», «По сюжету он министр»."""

from __future__ import annotations

from kg.extract.clause import clause_head, preposition
from kg.records import Sentence, Token
from kg.text.matching import keys_of
from kg.text.words import column

_INSIDE = frozenset({"в", "во"})


def is_told_of(sentence: Sentence, token: Token) -> bool:
    """The clause of a word says what goes on in a work; not who made it or plays in it («В фильме снялся Лямин»)."""
    verb = clause_head(sentence, token)
    heads = [verb, *(t for t in sentence.ancestors(verb.index))]
    if any(keys_of(head) & column("fiction_making.tsv", "lemma") for head in heads):
        return False
    ids = {h.index for h in heads}
    return any(_is_plot(sentence, t) for t in sentence.tokens if t.head in ids and t.is_noun)


def _is_plot(sentence: Sentence, noun: Token) -> bool:
    """«по сюжету», «в романе»."""
    before = preposition(sentence, noun)
    if before == "по" and noun.lemma in ("сюжет", "сценарий"):
        return True
    return before in _INSIDE and noun.lemma in column("fiction.tsv", "lemma")
