"""What is said: the span of a claim's content, by the frame of its cue.

`content_of` asks the finders that fit the cue's kind; for verbs they are tried in the order of
how plainly they show a proposition: quotation, that-clause, infinitive, colon, parenthesis,
topic, object.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract import clause
from kg.extract.claims.complements import charge_of, infinitive, object_of, predicated, subject_of, that_clause, topic
from kg.extract.claims.cues import Cue
from kg.extract.claims.scopes import adverb_scope, around_group, noun_content, noun_phrase, own_clause
from kg.extract.claims.speech import Quotation
from kg.extract.claims.stretch import block_after, trim, words
from kg.records import Document, Sentence, Span, Token

_BLANK = " \t\n\r\u00a0"


def content_of(document: Document, cue: Cue, speaker: Span | None, quotes: Sequence[Quotation]) -> Span | None:
    """The content span of a cue, or None when the cue reports no proposition."""
    match cue.kind:
        case "prep":
            found = _announced(document, cue) or around_group(cue, speaker)
        case "particle" | "modal":
            found = own_clause(cue)
        case "adverb":
            found = adverb_scope(cue)
        case "adjective":
            found = noun_phrase(cue)
        case "noun":
            found = noun_content(cue) or _after_colon(document, cue, quotes)
        case _:
            found = _predicate_content(document, cue, speaker, quotes)
    return trim(document.article.text, found) if found else None


def _announced(document: Document, cue: Cue) -> Span | None:
    """«По её словам:» at the end of a line announces the next one."""
    rest = cue.sentence.tokens[cue.words[-1] + 1 :]
    return block_after(document, cue.sentence) if len(rest) < 4 and rest and rest[-1].text == ":" and cue.words[0] == 0 else None


def _predicate_content(document: Document, cue: Cue, speaker: Span | None, quotes: Sequence[Quotation]) -> Span | None:
    frames = cue.frames
    if _is_done_to(cue) or _is_play(cue):
        return None
    tells = "quote" in frames or "that" in frames
    if tells and (spoken := direct_speech(document, cue, quotes)) is not None:
        return spoken
    if "that" in frames and (told := that_clause(cue)) is not None:
        block = block_after(document, cue.sentence)
        return told.cover(block) if block is not None and cue.head.rel == "root" else told
    if "inf" in frames and (deed := infinitive(cue)) is not None:
        return deed
    if tells or "paren" in frames:
        rest = (_after_colon(document, cue, quotes) if tells else None) or (parenthetical(cue, speaker) if "paren" in frames else None)
        if rest is not None:
            return rest
    if "about" in frames and (about := topic(cue)) is not None:
        return about
    if "charge" in frames and (charge := charge_of(cue)) is not None:
        return charge
    if "subject" in frames:
        return subject_of(cue)
    if "obj" in frames and (thing := object_of(cue)) is not None:
        return thing
    return predicated(cue) if "pred" in frames else None


def _is_done_to(cue: Cue) -> bool:
    """«фрагмент написан», «певец осуждён на год»: a passive with a subject of its own, done by nobody named."""
    head, sentence = cue.head, cue.sentence
    if cue.kind != "verb" or head.feats.get("Variant") != "Short" or cue.row["modality"] not in ("reported", "opinion"):
        return False
    own = any(t.is_noun or t.pos == "PRON" for t in sentence.below(head.index, "nsubj")) or head.gender != "Neut"
    return own and clause.agent(sentence, head) is None


def _is_play(cue: Cue) -> bool:
    """«выступать за сборную», «за «Милан»», «за Армению»: whom one plays for."""
    noun = cue.sentence.tokens[cue.words[-1]]
    noun = cue.sentence.tokens[noun.head] if noun.pos == "ADP" and noun.head > noun.index else noun
    quoted = cue.sentence.tokens[noun.index - 1].text in ("«", '"', "“")
    return cue.row["cue"] == "выступать за" and (noun.is_title or noun.lemma in _TEAMS or quoted)


_TEAMS = frozenset({"клуб", "команда", "сборная", "университет"})


def direct_speech(document: Document, cue: Cue, quotes: Sequence[Quotation]) -> Span | None:
    """The quotation right before the cue's clause, or after its colon."""
    text, head = document.article.text, cue.head
    for quote in quotes:
        if quote.outer.start <= head.start < quote.outer.end:
            if _breaks(text, quote, head):
                return quote.inner
            continue
        if quote.outer.end <= cue.span.start:
            between = text[quote.outer.end : cue.span.start]
            if len(between) < 60 and re.match(r"[\s,.!?…]{0,3}[—–-]", between) and "." not in between.strip(" ,.!?…—–-"):
                return quote.inner
        elif quote.outer.start >= cue.span.end:
            between = text[cue.span.end : quote.outer.start]
            colon = cue.span.end + between.rfind(":")
            if len(between) < 120 and between.rstrip().endswith(":") and cue.sentence.span.start <= colon < cue.sentence.span.end:
                return quote.inner
    return None


def _breaks(text: str, quote: Quotation, head: Token) -> bool:
    """«Я поручил швее, — рассказал Марко, — сделать маски»: the telling stands inside the marks."""
    before = text[max(quote.inner.start, head.start - 4) : head.start]
    after = re.match(r"[^.!?—–«»]{2,80}?[,.] ?[—–-] ", text[head.end : quote.inner.end])
    return bool(re.search(r"[,.!?] ?[—–-] ?$", before)) and after is not None


def _after_colon(document: Document, cue: Cue, quotes: Sequence[Quotation]) -> Span | None:
    """«Он заявил: война кончится.»; a colon at the end of the line announces the next one."""
    sentence = cue.sentence
    colon = next((t for t in sentence.tokens[cue.words[-1] + 1 :] if t.text == ":"), None)
    if colon is None or any(t.is_finite for t in sentence.tokens[cue.words[-1] + 1 : colon.index]):
        return None
    if colon.index + 1 < len(sentence.tokens):
        quoted = next((q for q in quotes if not document.article.text[colon.end : q.outer.start].strip(_BLANK) and q.outer.start >= colon.end), None)
        return quoted.inner if quoted else words(sentence, colon.index + 1, len(sentence.tokens) - 1)
    return block_after(document, sentence)


def parenthetical(cue: Cue, speaker: Span | None) -> Span | None:
    """«…, считает источник», «как пишет газета, …»: the cue with its speaker stands apart."""
    sentence, tokens = cue.sentence, cue.sentence.tokens
    if cue.head.is_participle and cue.head.feats.get("Variant") != "Short":
        return None
    first, last = cue.words[0], cue.words[-1]
    if speaker is not None and sentence.span.holds(speaker):
        inside = sentence.within(speaker)
        if inside:
            first, last = min(first, inside[0].index), max(last, inside[-1].index)
    if any(t.is_noun for t in sentence.below(cue.head.index, "obj", "iobj", "xcomp", "ccomp")) and not _is_telling(cue):
        return None
    left, right = first, last
    while left > 0 and tokens[left - 1].text not in (",", "(", "—", "–", "-"):
        left -= 1
    right = _right_bound(tokens, last)
    if any(t.lemma == "который" for t in tokens[left:first]):
        return None
    opened = left > 0
    closed = right + 1 < len(tokens) and tokens[right + 1].text in (",", ")", "—", "–")
    as_clause = any(t.lemma == "как" for t in tokens[left : min(first, left + 2)])
    heads = first == 0 and last == 0 and cue.head.is_finite and (cue.head.number == "Plur" or cue.kind == "impersonal")
    if (as_clause or heads) and not opened and closed and right - left < _OPENING:
        return Span(tokens[right + 2].start, sentence.span.end) if right + 2 < len(tokens) else None
    if opened and not closed and _is_small(tokens[left : right + 1]) and first <= left + 3 and _has_predicate(tokens[: left - 1]):
        return Span(sentence.span.start, tokens[left - 1].start)
    if opened and closed and (as_clause or _is_small(tokens[left : right + 1], 8)) and not _is_main(sentence, cue):
        return sentence.span
    return None


_OPENING = 12
"""Words that «Как пишет газета …,» or «Говорят,» may have before its comma."""


def _right_bound(tokens: Sequence[Token], last: int) -> int:
    """The last word before the next comma, dash or end; brackets are passed over."""
    right, depth = last, 0
    while right + 1 < len(tokens):
        text = tokens[right + 1].text
        if text == "(":
            depth += 1
        elif text == ")" and depth:
            depth -= 1
        elif not depth and text in (",", ")", "—", "–", ".", "!", "?"):
            break
        right += 1
    return right


def _is_telling(cue: Cue) -> bool:
    """«…, сообщает агентство Рейтер со ссылкой на полицию»: what hangs on the verb is no object."""
    return cue.row["modality"] == "reported" and "quote" in cue.frames


def _has_predicate(tokens: Sequence[Token]) -> bool:
    """Something that can be said: a verb, a short adjective, or a dash in place of the copula; «выступая в суде» alone is nothing."""
    return any((t.is_verb and t.feats.get("VerbForm") != "Conv") or t.feats.get("Variant") == "Short" or t.pos == "ADV" or t.text in ("—", "–") for t in tokens)


def _is_small(tokens: Sequence[Token], most: int = 16) -> bool:
    """A stretch with one predicate only: cue, speaker and where it was said."""
    return len(tokens) <= most and sum(t.is_finite for t in tokens) <= 1


def _is_main(sentence: Sentence, cue: Cue) -> bool:
    return cue.head.rel == "root" and any(sentence.below(cue.head.index, "ccomp", "xcomp", "obj"))
