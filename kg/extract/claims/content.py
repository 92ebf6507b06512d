"""What is said: the span of a claim's content, by the frame of its cue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract import clause
from kg.extract.claims.cues import Cue
from kg.extract.claims.speech import Quotation
from kg.records import Document, Sentence, Span, Token

_COMPLEMENTIZERS = frozenset({"что", "чтобы", "будто", "как", "якобы", "ли", "когда", "где", "почему", "кто", "какой", "сколько"})
_REAL_COMPLEMENTS = frozenset({"что", "чтобы", "будто", "якобы", "ли"})
_TRIM = " \t,.:;—–-\u00a0\n\r"
_NEAR = 40


def trim(text: str, span: Span) -> Span | None:
    """Without outer blanks, commas, dashes and final full stops; None when nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    if end - start < 2:
        return None
    return Span(start, end)


def content_of(document: Document, cue: Cue, speaker: Span | None, quotes: Sequence[Quotation]) -> Span | None:
    """The content span of a cue, or None when the cue reports no proposition."""
    finders = {
        "prep": _around_group, "particle": _own_clause, "adverb": _adverb_scope, "modal": _own_clause,
        "adjective": _noun_phrase, "noun": _noun_content,
    }  # fmt: skip
    if cue.kind in finders:
        found = finders[cue.kind](document, cue, speaker)
    else:
        found = _predicate_content(document, cue, speaker, quotes)
    return trim(document.article.text, found) if found else None


# ------------------------------------------------------------------ verbs


def _predicate_content(document: Document, cue: Cue, speaker: Span | None, quotes: Sequence[Quotation]) -> Span | None:
    frames, sentence = cue.frames, cue.sentence
    if "quote" in frames or "that" in frames:
        spoken = _direct_speech(document, cue, quotes)
        if spoken is not None:
            return spoken
    if "that" in frames:
        told = _complement(sentence, cue)
        if told is not None:
            return told
    if "inf" in frames:
        deed = _infinitive(sentence, cue)
        if deed is not None:
            return deed
    if "quote" in frames or "that" in frames or "paren" in frames:
        rest = _after_colon(sentence, cue) or _parenthetical(document, cue, speaker)
        if rest is not None:
            return rest
    if "about" in frames:
        topic = _topic(sentence, cue)
        if topic is not None:
            return topic
    if "obj" in frames:
        return _object(sentence, cue)
    return None


def _direct_speech(document: Document, cue: Cue, quotes: Sequence[Quotation]) -> Span | None:
    """The quotation right before the cue's clause, or after its colon."""
    text, head = document.article.text, cue.head
    for quote in quotes:
        if quote.outer.start <= head.start < quote.outer.end:
            continue
        if quote.outer.end <= cue.span.start:
            between = text[quote.outer.end : cue.span.start]
            if len(between) < 60 and re.match(r"[\s,.!?…]{0,3}[—–-]", between) and "." not in between.strip(" ,.!?…—–-"):
                return quote.inner
        elif quote.outer.start >= cue.span.end:
            between = text[cue.span.end : quote.outer.start]
            if len(between) < 120 and between.rstrip().endswith(":") and "\n" not in between:
                return quote.inner
    return None


def _complement(sentence: Sentence, cue: Cue) -> Span | None:
    """«…, что Россия передала данные»: the clause that hangs on the cue, or follows «что»."""
    head = cue.head
    following = sentence.tokens[cue.words[-1] + 1 :]
    mark = next((t for t in following if t.lemma in _REAL_COMPLEMENTS and _after_comma(sentence, t)), None)
    for child in sentence.below(head.index, "ccomp", "csubj", "advcl", "acl", "xcomp"):
        own = [t for t in sentence.below(child.index, "mark", "obj", "nsubj", "advmod") if t.lemma in _COMPLEMENTIZERS]
        if child.feats.get("VerbForm") == "Inf" and not own:
            continue
        if child.index > head.index and (own or child.rel in ("ccomp", "csubj")) and child.rel != "xcomp":
            if own and own[0].lemma not in _REAL_COMPLEMENTS:
                continue
            return _clause_span(sentence, child, after=own[0] if own else None)
    if mark is not None and _near(sentence, cue.words[-1], mark.index):
        return _to_clause_end(sentence, mark.index + 1)
    return None


def _after_comma(sentence: Sentence, token: Token) -> bool:
    return token.index > 0 and sentence.tokens[token.index - 1].text in (",", "и", ":", "о", "том")


def _near(sentence: Sentence, first: int, last: int) -> bool:
    """No other clause may open between a cue and its «что»."""
    between = sentence.tokens[first + 1 : last]
    return len(between) < 14 and not any(t.is_finite for t in between) and sum(t.text == "," for t in between) < 4


def _clause_span(sentence: Sentence, child: Token, after: Token | None) -> Span:
    """The subordinate clause; up to the end of the sentence when no other clause follows it."""
    ids = sentence.subtree(child.index)
    start = min(i for i in ids if after is None or i > after.index)
    last = max(ids)
    if not any(t.is_finite for t in sentence.tokens[last + 1 :]):
        last = len(sentence.tokens) - 1
    return Span(sentence.tokens[start].start, sentence.tokens[_closing_quote(sentence, last)].end)


def _closing_quote(sentence: Sentence, last: int) -> int:
    following = last + 1
    while following < len(sentence.tokens) and sentence.tokens[following].text in ("»", '"', "”"):
        last, following = following, following + 1
    return last


def _to_clause_end(sentence: Sentence, start: int) -> Span | None:
    """From a word to the end of the sentence, or to a dash that leads back to the speaker."""
    if start >= len(sentence.tokens):
        return None
    return Span(sentence.tokens[start].start, sentence.tokens[-1].end)


def _infinitive(sentence: Sentence, cue: Cue) -> Span | None:
    head = cue.head
    holders = [head.index, *cue.words]
    for child in sentence.tokens:
        if child.feats.get("VerbForm") == "Inf" and child.head in holders and child.index > cue.words[0] and child.index not in cue.words:
            ids = [i for i in sentence.subtree(child.index) if i > cue.words[-1]]
            return Span(sentence.tokens[ids[0]].start, sentence.tokens[ids[-1]].end) if ids else None
    return None


def _after_colon(sentence: Sentence, cue: Cue) -> Span | None:
    """«Он заявил: война кончится.»"""
    for token in sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 10]:
        if token.text == ":" and token.index + 1 < len(sentence.tokens):
            return Span(sentence.tokens[token.index + 1].start, sentence.tokens[-1].end)
        if token.is_finite:
            return None
    return None


def _parenthetical(document: Document, cue: Cue, speaker: Span | None) -> Span | None:
    """«…, считает источник», «как пишет газета, …»: the cue with its speaker stands apart."""
    sentence, tokens = cue.sentence, cue.sentence.tokens
    first, last = cue.words[0], cue.words[-1]
    if speaker is not None and sentence.span.holds(speaker):
        inside = sentence.within(speaker)
        if inside:
            first, last = min(first, inside[0].index), max(last, inside[-1].index)
    if any(t.is_noun for t in sentence.below(cue.head.index, "obj", "iobj", "xcomp", "ccomp")):
        return None
    left, right = first, last
    while left > 0 and tokens[left - 1].text not in (",", "(", "—", "–", "-"):
        left -= 1
    while right + 1 < len(tokens) and tokens[right + 1].text not in (",", ")", "—", "–", ".", "!", "?"):
        right += 1
    opened = left > 0
    closed = right + 1 < len(tokens) and tokens[right + 1].text in (",", ")", "—", "–")
    as_clause = tokens[left].lemma == "как" or (tokens[left].text in ("(", "—", "–"))
    if as_clause and not opened and closed:
        return Span(tokens[right + 2].start, sentence.span.end) if right + 2 < len(tokens) else None
    if opened and not closed and _is_small(tokens[left : right + 1]) and first <= left + 3 and _has_predicate(tokens[: left - 1]):
        return Span(sentence.span.start, tokens[left - 1].start)
    if opened and closed and (as_clause or _is_small(tokens[left : right + 1], 5)) and not _is_main(sentence, cue):
        return sentence.span
    return None


def _has_predicate(tokens: Sequence[Token]) -> bool:
    """Something that can be said: a verb, a short adjective, or a dash in place of the copula."""
    return any(t.is_verb or t.feats.get("Variant") == "Short" or t.pos == "ADV" or t.text in ("—", "–") for t in tokens)


def _is_small(tokens: Sequence[Token], most: int = 16) -> bool:
    """A stretch with one predicate only: cue, speaker and where it was said."""
    return len(tokens) <= most and sum(t.is_finite for t in tokens) <= 1


def _is_main(sentence: Sentence, cue: Cue) -> bool:
    return cue.head.rel == "root" and any(sentence.below(cue.head.index, "ccomp", "xcomp", "obj"))


def _topic(sentence: Sentence, cue: Cue) -> Span | None:
    """«заявил о готовности к переговорам», «выразил надежду на то, что …»."""
    wanted = {"о", "об", "на", "к", "за", "против", "в"} if len(cue.words) > 1 else {"о", "об", "к", "за", "против"}
    for holder in dict.fromkeys([cue.head.index, *cue.words]):
        for child in sentence.below(holder, "obl", "nmod", "iobj"):
            if child.index < cue.words[0] or clause.preposition(sentence, child) not in wanted:
                continue
            if (child.pos == "PRON" and child.lemma in ("это", "он", "она", "они")) or child.lemma == "все":
                continue
            if child.lemma in ("то", "тот"):
                told = _complement_below(sentence, child)
                if told is not None:
                    return told
            ids = [i for i in sentence.subtree(child.index) if i >= min(child.index, child.index - 4)]
            case = [t.index for t in sentence.below(child.index, "case")]
            ids = [i for i in ids if i not in case and i > cue.words[0]]
            if ids:
                return Span(sentence.tokens[ids[0]].start, sentence.tokens[ids[-1]].end)
    return None


def _complement_below(sentence: Sentence, pronoun: Token) -> Span | None:
    """«… на то, что эмоции остались в прошлом»: all after «что»."""
    for token in sentence.tokens[pronoun.index + 1 : pronoun.index + 4]:
        if token.lemma in _REAL_COMPLEMENTS:
            return _to_clause_end(sentence, token.index + 1)
    return None


def _object(sentence: Sentence, cue: Cue) -> Span | None:
    """«опроверг слухи о продаже», «обвинили в государственной измене»."""
    if cue.row["speaker"] == "acc-target" or cue.row["modality"] == "alleged":
        for oblique in clause.obliques(sentence, cue.head):
            if oblique.preposition in ("в", "во", "на", "за") and oblique.token.index > cue.words[0]:
                ids = [i for i in sentence.subtree(oblique.token.index) if i > cue.words[0]]
                case = [t.index for t in sentence.below(oblique.token.index, "case")]
                ids = [i for i in ids if i not in case]
                return Span(sentence.tokens[ids[0]].start, sentence.tokens[ids[-1]].end) if ids else None
        if cue.row["speaker"] == "acc-target":
            return None
    thing = clause.direct_object(sentence, cue.head)
    if thing is None and clause.is_passive(cue.head):
        thing = clause.subject(sentence, cue.head)
    if thing is None:
        thing = next((t for t in sentence.below(cue.head.index, "obl", "nmod", "iobj") if t.case == "Gen" and t.index > cue.words[-1]), None)
    if thing is None or thing.pos in ("PRON", "DET") or thing.index in cue.words:
        return None
    if thing.index < cue.words[0] and not clause.is_passive(cue.head) and thing.case != "Acc":
        return None
    ids = sentence.subtree(thing.index)
    ids = [i for i in ids if i not in cue.words and (i > cue.words[-1]) == (thing.index > cue.words[-1])]
    return Span(sentence.tokens[ids[0]].start, sentence.tokens[ids[-1]].end) if ids else None


# ------------------------------------------------------------------ groups, particles, nouns


def _around_group(document: Document, cue: Cue, speaker: Span | None) -> Span | None:
    """The clause that «по словам …» stands in, without the group where that can be cut."""
    sentence, tokens = cue.sentence, cue.sentence.tokens
    first, last = cue.words[0], cue.words[-1]
    ids = [i for i in sentence.subtree(cue.head.index, "parataxis") if tokens[i].is_noun or tokens[i].pos in ("ADJ", "PROPN", "PRON", "X")]
    if speaker is not None:
        ids += [t.index for t in sentence.within(speaker)]
    run = last
    while run + 1 < len(tokens) and (run + 1 in ids or tokens[run + 1].text in ("«", "»", '"', "“", "”")):
        run += 1
    last = max(run, last)
    before = tokens[first - 1].text if first > 0 else ""
    after = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if first == 0 or (first == 1 and tokens[0].pos in ("CCONJ", "PUNCT", "ADV", "PART")):
        start = last + 1
        comma = next((t.index for t in tokens[last + 1 : last + 12] if t.text == ","), None)
        if comma is not None and after != ",":
            between = tokens[last + 1 : comma]
            if not any(t.is_finite for t in between) and len(between) <= 8:
                start = comma + 1
        return Span(tokens[start].start, sentence.span.end) if start < len(tokens) else None
    if after in (".", "") or last >= len(tokens) - 2:
        return Span(sentence.span.start, tokens[first].start)
    if before == "," and after != ",":
        return Span(tokens[last + 1].start, sentence.span.end)
    head = clause.clause_head(sentence, cue.head)
    ids = sentence.subtree(head.index)
    span = Span(tokens[ids[0]].start, tokens[ids[-1]].end)
    return span if len(ids) > 6 else sentence.span


def _own_clause(document: Document, cue: Cue, speaker: Span | None) -> Span | None:
    """The clause of a particle or modal verb; a modal counts only with an infinitive."""
    sentence = cue.sentence
    head = cue.head
    if cue.kind == "modal":
        infinitive = next((t for t in sentence.tokens if t.feats.get("VerbForm") == "Inf" and (
            t.head == head.index or (head.head == t.index and head.rel in ("aux", "advmod", "parataxis", "cop")))), None)  # fmt: skip
        if infinitive is None:
            infinitive = next((t for t in sentence.tokens[head.index + 1 : head.index + 4] if t.feats.get("VerbForm") == "Inf"), None)
        if infinitive is None:
            return None
        top = head if infinitive.head == head.index else infinitive
        return _span_without_marks(sentence, top)
    above = clause.clause_head(sentence, head)
    return _span_without_marks(sentence, above)


def _span_without_marks(sentence: Sentence, head: Token) -> Span:
    """A clause without its opening conjunction and without clauses set beside it."""
    ids = sentence.subtree(head.index, "parataxis")
    conj = [t for t in sentence.below(head.index, "conj") if t.is_finite]
    drop = {i for t in conj if any(sentence.below(t.index, "nsubj")) for i in sentence.subtree(t.index)}
    ids = [i for i in ids if i not in drop]
    while len(ids) > 1 and (sentence.tokens[ids[0]].pos in ("PUNCT", "SCONJ", "CCONJ") or sentence.tokens[ids[0]].rel == "mark"):
        ids.pop(0)
    return Span(sentence.tokens[ids[0]].start, sentence.tokens[ids[-1]].end)


def _adverb_scope(document: Document, cue: Cue, speaker: Span | None) -> Span | None:
    sentence, tokens = cue.sentence, cue.sentence.tokens
    if cue.words[0] == 0 and cue.words[-1] + 1 < len(tokens):
        return Span(tokens[cue.words[-1] + 1].start, sentence.span.end)
    return _own_clause(document, cue, speaker)


def _noun_phrase(document: Document, cue: Cue, speaker: Span | None) -> Span | None:
    sentence = cue.sentence
    if cue.head.head < 0:
        return None
    noun = sentence.tokens[cue.head.head]
    if not noun.is_noun:
        return None
    ids = [i for i in sentence.subtree(noun.index, "acl:relcl", "acl", "parataxis", "conj") if i > cue.words[-1] or i < cue.words[0] - 3]
    ids = [i for i in ids if i > cue.words[-1]]
    return Span(sentence.tokens[ids[0]].start, sentence.tokens[ids[-1]].end) if ids else None


def _noun_content(document: Document, cue: Cue, speaker: Span | None) -> Span | None:
    """«слухи о продаже», «заявление, что …», «намерение уйти»."""
    sentence, noun = cue.sentence, cue.head
    for child in sentence.below(noun.index, "acl", "ccomp", "csubj", "xcomp"):
        if child.index < noun.index:
            continue
        mark = next((t for t in sentence.below(child.index, "mark") if t.lemma in _REAL_COMPLEMENTS), None)
        if mark is not None and "that" in cue.frames:
            return _clause_span(sentence, child, after=mark)
        if child.feats.get("VerbForm") == "Inf" and "inf" in cue.frames:
            ids = sentence.subtree(child.index)
            return Span(sentence.tokens[ids[0]].start, sentence.tokens[ids[-1]].end)
    owned = any(t.is_noun and t.case == "Gen" for t in sentence.below(noun.index, "nmod"))
    if "about" in cue.frames and (owned or cue.row["modality"] not in ("reported", "opinion")):
        return _topic(sentence, cue)
    return None
