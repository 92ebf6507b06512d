"""Through what it was said: an interview, a site, an outlet that was told."""

from __future__ import annotations

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.cues import Cue
from kg.extract.phrase import right_edge, words_span
from kg.records import Sentence, Span, Token
from kg.text.normal import nominative
from kg.text.words import rows

_TALKS = frozenset({"интервью", "эфир", "комментарий", "беседа", "разговор"})
_PAGES = frozenset({"сайт", "страница", "блог", "микроблог", "пост", "письмо", "послание", "обращение", "сообщение", "заявление", "пресс-релиз", "telegram-канал", "телеграм-канал", "колонка", "статья", "твит", "аккаунт"})


def channel_of(cue: Cue, speaker: Span | None, referents: Referents) -> tuple[str | None, str | None]:
    """Mention id or name of the channel of a verb of telling: («рассказал Reuters», «в интервью газете»)."""
    if cue.kind not in ("verb", "impersonal"):
        return None, None
    sentence = cue.sentence
    for child in sentence.below(cue.head.index, "obl", "iobj", "nmod", "obj", "parataxis"):
        if speaker is not None and speaker.start <= child.start < speaker.end:
            continue
        preposition = clause.preposition(sentence, child)
        if preposition in ("в", "во", "на") and child.case in ("Loc", ""):
            found = _place(sentence, child, referents)
            if found != (None, None):
                return found
        elif not preposition and child.case in ("Dat", "") and cue.kind == "verb" and child.is_title:
            outlet = referents.direct(sentence, child, "ORGANIZATION")
            if outlet is not None and outlet.head == child.index and child.rel in ("iobj", "obl"):
                return outlet.id, None
        elif preposition in ("через", "посредством") and child.is_title:
            return _network(sentence, child, referents)
    return None, None


def _place(sentence: Sentence, token: Token, referents: Referents) -> tuple[str | None, str | None]:
    if token.lemma in _TALKS:
        for below in sentence.subtree(token.index)[1:]:
            outlet = referents.direct(sentence, sentence.tokens[below], "ORGANIZATION")
            if outlet is not None:
                return outlet.id, None
        return None, None
    if token.lemma in _PAGES:
        span = words_span(sentence, token.index, right_edge(sentence, token.index))
        return None, nominative(sentence, span)
    if token.is_title and token.text.casefold() in _networks():
        return _network(sentence, token, referents)
    return None, None


def _networks() -> frozenset[str]:
    return frozenset(row["name"].casefold() for row in rows("networks.tsv"))


def _network(sentence: Sentence, token: Token, referents: Referents) -> tuple[str | None, str | None]:
    named = referents.direct(sentence, token, "ORGANIZATION", "PRODUCT")
    return (named.id, None) if named is not None else (None, token.text)
