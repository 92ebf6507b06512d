"""Contents that a cue stands in or before: the clause of a group, a particle, a modal; a noun's complement."""

from __future__ import annotations

from kg.extract import clause
from kg.extract.claims.complements import REAL_COMPLEMENTS, charge_of, clause_below, told_below, topic
from kg.extract.claims.cues import Cue
from kg.extract.claims.stretch import onward, words
from kg.records import Sentence, Span, Token

_QUOTES = ("«", "»", '"', "“", "”")


def around_group(cue: Cue, speaker: Span | None) -> Span | None:
    """The clause that «по словам …» stands in, without the group where that can be cut."""
    sentence, tokens = cue.sentence, cue.sentence.tokens
    relative = next((t for t in tokens[cue.words[-1] + 1 : cue.words[-1] + 3] if t.lemma == "который"), None)
    if relative is not None:
        return _relative_rest(sentence, relative)
    first, last = cue.words[0], cue.words[-1]
    ids = [i for i in sentence.subtree(cue.head.index, "parataxis") if tokens[i].is_noun or tokens[i].pos in ("ADJ", "PROPN", "PRON", "X")]
    if speaker is not None:
        ids += [t.index for t in sentence.within(speaker)]
    run = last
    while run + 1 < len(tokens) and (run + 1 in ids or tokens[run + 1].text in _QUOTES):
        run += 1
    last = max(run, last)
    before = tokens[first - 1].text if first > 0 else ""
    after = tokens[last + 1].text if last + 1 < len(tokens) else ""
    if first == 0 or (first == 1 and tokens[0].pos in ("CCONJ", "PUNCT", "ADV", "PART")):
        start = _behind_appositions(sentence, last + 1)
        return words(sentence, start, len(tokens) - 1) if start < len(tokens) else None
    if after in (".", "") or last >= len(tokens) - 2:
        return Span(sentence.span.start, tokens[first].start)
    if before == "," and after != ",":
        return words(sentence, last + 1, len(tokens) - 1)
    verb = next((t for t in sentence.ancestors(cue.head.index) if t.index not in cue.words and (t.is_finite or t.feats.get("Variant") == "Short")), None)
    if verb is None:
        return sentence.span
    inside = [i for i in sentence.subtree(verb.index) if not (tokens[i].rel == "mark" and tokens[i].head == verb.index)]
    while len(inside) > 1 and tokens[inside[0]].pos in ("PUNCT", "SCONJ", "CCONJ"):
        inside.pop(0)
    return words(sentence, inside[0], inside[-1]) if len(inside) > 6 else sentence.span


def _relative_rest(sentence: Sentence, relative: Token) -> Span | None:
    """«приговор, согласно которому футболисты будут переведены»: the rest of the relative clause."""
    start = relative.index + 1
    if start >= len(sentence.tokens):
        return None
    verb = next((t for t in sentence.tokens[start:] if t.is_finite or t.feats.get("Variant") == "Short"), None)
    last = max(sentence.subtree(verb.index)) if verb is not None else len(sentence.tokens) - 1
    return onward(sentence, start, max(last, start), relative)


def _behind_appositions(sentence: Sentence, start: int) -> int:
    """«По словам Лео, секретаря союза, крупнейшего в стране, в тюрьмах …»: where the telling ends.

    Stretches between commas that have no verb and open with a genitive still describe the speaker.
    """
    tokens = sentence.tokens
    commas = [t.index for t in tokens[start:] if t.text == ","]
    for position, comma in enumerate(commas):
        opened = comma if position == 0 else commas[position - 1]
        stretch = tokens[opened + 1 : comma] if position else tokens[start:comma]
        if any(t.is_finite or t.feats.get("Variant") == "Short" for t in stretch):
            return start
        start = comma + 1
        following = tokens[comma + 1] if comma + 1 < len(tokens) else None
        if following is None or not (following.case == "Gen" or following.lemma == "который") or len(stretch) > 12:
            return start
    return start


def own_clause(cue: Cue) -> Span | None:
    """The clause of a particle or modal verb; a modal counts only with an infinitive."""
    sentence, head = cue.sentence, cue.head
    if cue.kind != "modal":
        return _clause(sentence, clause.clause_head(sentence, head))
    deed = next((t for t in sentence.tokens if t.feats.get("VerbForm") == "Inf" and (
        t.head == head.index or (head.head == t.index and head.rel in ("aux", "advmod", "parataxis", "cop")))), None)  # fmt: skip
    if deed is None:
        deed = next((t for t in sentence.tokens[head.index + 1 : head.index + 4] if t.feats.get("VerbForm") == "Inf"), None)
    if deed is None:
        return None
    top = head if deed.head == head.index else deed
    if deed.lemma == "быть" and top is deed and deed.head >= 0 and deed.rel in ("aux", "aux:pass", "cop"):
        top = sentence.tokens[deed.head]
    while head.index not in sentence.subtree(top.index) and top.head >= 0 and (sentence.tokens[top.head].is_verb or top.rel in ("aux", "cop")):
        top = sentence.tokens[top.head]
    if top.rel.startswith("acl") and top.head >= 0 and _is_relative(sentence, top):
        noun = sentence.tokens[top.head]
        ids = [i for i in sentence.subtree(noun.index) if i >= noun.index - 3]
        return onward(sentence, ids[0], ids[-1], sentence.tokens[noun.head] if noun.head >= 0 else noun)
    return _clause(sentence, top)


def _is_relative(sentence: Sentence, verb: Token) -> bool:
    return any(t.lemma == "который" for t in (sentence.tokens[i] for i in sentence.subtree(verb.index)))


def _clause(sentence: Sentence, head: Token) -> Span:
    """A clause without its opening conjunction and without clauses set beside it."""
    ids = sentence.subtree(head.index, "parataxis")
    beside = [t for t in sentence.below(head.index, "conj") if t.is_finite and any(sentence.below(t.index, "nsubj"))]
    beside += [t for t in sentence.below(head.index, "advcl") if t.index < head.index and any(sentence.below(t.index, "mark"))]
    drop = {i for t in beside for i in sentence.subtree(t.index)}
    ids = [i for i in ids if i not in drop]
    while len(ids) > 1 and (sentence.tokens[ids[0]].pos in ("PUNCT", "SCONJ", "CCONJ") or sentence.tokens[ids[0]].rel == "mark" or sentence.tokens[ids[0]].text == "то"):
        ids.pop(0)
    return words(sentence, ids[0], ids[-1])


def adverb_scope(cue: Cue) -> Span | None:
    """«Вероятно, поезд опоздает»: all that follows; in the middle, the clause or the phrase it stands before."""
    sentence, tokens = cue.sentence, cue.sentence.tokens
    if cue.words[0] == 0 and cue.words[-1] + 1 < len(tokens):
        return words(sentence, cue.words[-1] + 1, len(tokens) - 1)
    after = next((t for t in tokens[cue.words[-1] + 1 : cue.words[-1] + 3] if t.pos != "PUNCT"), None)
    if after is not None and after.feats.get("VerbForm") == "Conv":
        ids = [i for i in sentence.subtree(after.index) if i >= after.index]
        return words(sentence, ids[0], ids[-1])
    above = tokens[cue.head.head] if cue.head.head >= 0 else None
    if above is not None and above.index > cue.head.index and (above.is_noun or above.pos == "ADJ") and cue.head.rel in ("advmod", "parataxis"):
        ids = [i for i in sentence.subtree(above.index, "conj", "parataxis") if i > cue.words[-1]]
        if ids and not any(t.is_finite for t in sentence.below(above.index)):
            return words(sentence, ids[0], ids[-1])
    return _clause(sentence, clause.clause_head(sentence, cue.head))


def noun_phrase(cue: Cue) -> Span | None:
    """«предполагаемое преступление»: the noun phrase that the adjective belongs to."""
    sentence = cue.sentence
    if cue.head.head < 0:
        return None
    noun = sentence.tokens[cue.head.head]
    if not noun.is_noun:
        return None
    ids = [i for i in sentence.subtree(noun.index, "acl:relcl", "acl", "parataxis") if i > cue.words[-1]]
    return words(sentence, ids[0], ids[-1]) if ids else None


def noun_content(cue: Cue) -> Span | None:
    """«слухи о продаже», «заявление, что …», «намерение уйти», «обвинение в измене»."""
    sentence, noun = cue.sentence, cue.head
    for child in sentence.below(noun.index, "acl", "ccomp", "csubj", "xcomp", "nmod"):
        if child.index < noun.index:
            continue
        if child.rel.startswith("nmod") and child.feats.get("VerbForm") != "Inf":
            continue
        mark = next((t for t in sentence.below(child.index, "mark") if t.lemma in REAL_COMPLEMENTS), None)
        if mark is not None and "that" in cue.frames:
            return clause_below(sentence, child, mark, noun)
        if child.feats.get("VerbForm") == "Inf" and "inf" in cue.frames:
            ids = sentence.subtree(child.index)
            return onward(sentence, ids[0], ids[-1], noun)
    told = _told(sentence, noun)
    if told is not None and "that" in cue.frames:
        return told
    if "charge" in cue.frames:
        return charge_of(cue)
    owned = any(t.is_noun and t.case == "Gen" for t in sentence.below(noun.index, "nmod"))
    if "about" in cue.frames and (owned or cue.row["modality"] not in ("reported", "opinion")):
        return topic(cue)
    return None


def _told(sentence: Sentence, noun: Token) -> Span | None:
    """«заявление о том, что …»."""
    for token in sentence.tokens[noun.index + 1 : noun.index + 4]:
        if token.lemma in ("то", "тот") and token.case in ("Loc", "Acc", "Gen", "Ins", ""):
            return told_below(sentence, token, noun)
    return None
