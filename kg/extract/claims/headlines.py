"""Headlines and captions whose punctuation attributes: «Аксёнов: …», «… – Bloomberg»."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.anaphora import Referents
from kg.extract.claims.speakers import describe
from kg.extract.claims.stretch import trim
from kg.records import Claim, Document, Mention, Sentence, Span, Token

_LONGEST_SPEAKER = 6
_SHORTEST = 4
_DASHES = frozenset({"—", "–", "-"})
_SPEAKERS = ("PERSON", "ORGANIZATION", "COUNTRY", "FACILITY")


def headline_claims(document: Document, referents: Referents) -> Iterator[Claim]:
    """Claims of lines without a final full stop, and of quoted attributions after a dash."""
    for sentence in document.sentences:
        if _is_headline(document, sentence):
            colon = _before_colon(document, sentence, referents)
            if colon is not None:
                yield colon
        dash = _after_dash(document, sentence, referents)
        if dash is not None:
            yield dash


def _is_headline(document: Document, sentence: Sentence) -> bool:
    last = sentence.tokens[-1].text
    return sentence.line == 0 or last not in (".", "…", "!", "?")


def _before_colon(document: Document, sentence: Sentence, referents: Referents) -> Claim | None:
    colon = next((t for t in sentence.tokens[: _LONGEST_SPEAKER + 1] if t.text == ":"), None)
    if colon is None or colon.index == 0 or colon.index + 2 >= len(sentence.tokens):
        return None
    before = sentence.tokens[: colon.index]
    if any(t.is_verb for t in before) or before[-1].lemma in _NO_SPEAKERS or not _has_predicate(sentence.tokens[colon.index + 1 :]):
        return None
    return _claim(document, sentence, referents, before, colon, Span(sentence.tokens[colon.index + 1].start, sentence.span.end))


def _after_dash(document: Document, sentence: Sentence, referents: Referents) -> Claim | None:
    tokens = list(sentence.tokens)
    if len(tokens) < _SHORTEST:
        return None
    if not _is_headline(document, sentence) and tokens[-2].text not in ("»", '"') and not _opens_with_quote(sentence):
        return None
    tokens = [t for t in tokens if t.text != "."]
    dash = next((t for t in reversed(tokens) if t.text in _DASHES), None)
    if dash is None or not 0 < len(tokens) - tokens.index(dash) - 1 <= _LONGEST_SPEAKER or dash.index < 3:
        return None
    after = tokens[tokens.index(dash) + 1 :]
    named = referents.direct(sentence, after[0], "ORGANIZATION", "PERSON")
    if any(t.is_verb for t in after) or named is None or not _has_predicate(sentence.tokens[: dash.index]):
        return None
    if _names_the_subject(sentence, dash, named):
        return None
    if named.end < after[-1].end and after[-1].text not in ("»", '"'):
        return None
    return _claim(document, sentence, referents, tuple(after), dash, Span(sentence.span.start, dash.start))


def _names_the_subject(sentence: Sentence, dash: Token, named: Mention) -> bool:
    """«Уволился старейший лесник края — Пётр Лямин»: the name of whoever the sentence ends with."""
    doer = next((t for t in reversed(sentence.tokens[: dash.index]) if t.rel.startswith("nsubj")), None)
    if doer is None or named.label != "PERSON" or doer.feats.get("Animacy") != "Anim" or doer.is_title or doer.head > doer.index:
        return False
    return sentence.subtree(doer.index)[-1] >= dash.index - 1


_NO_SPEAKERS = frozenset({"рекорд", "итог", "подробность", "причина", "факт", "обзор", "хроника", "дело"})


def _opens_with_quote(sentence: Sentence) -> bool:
    return sentence.tokens[0].text in ("«", '"', "“")


def _has_predicate(tokens: tuple[Token, ...]) -> bool:
    return any(t.is_verb or t.pos == "ADV" for t in tokens) or len(tokens) > 4


def _claim(
    document: Document, sentence: Sentence, referents: Referents, who: tuple[Token, ...], mark: Token, content: Span
) -> Claim | None:
    ids = {t.index for t in who}
    nouns = [t for t in who if t.is_noun or t.pos == "X"]
    head = next((t for t in nouns if t.head not in ids), nouns[0] if nouns else None)
    span = trim(document.article.text, content)
    if head is None or span is None:
        return None
    speaker = describe(sentence, head, referents)
    named = referents.direct(sentence, head, *_SPEAKERS)
    if speaker.mention is None and speaker.kind not in ("group", "anonymous", "organization", "document") and named is None:
        return None
    if speaker.kind == "author" or (speaker.mention is None and speaker.kind == "person"):
        return None
    return Claim(
        id="", start=span.start, end=span.end, cue=mark.span, cue_text=mark.text, speaker=speaker.mention,
        speaker_name=speaker.name, speaker_span=speaker.span, speaker_kind=speaker.kind, via=speaker.via,
        via_name=speaker.via_name, modality="reported", polarity="affirmed", about=(), confidence=0.8,
    )  # fmt: skip
