"""How it is said: the cue's own modality, refined by what stands in the content.

A neutral cue over a plan is a plan, over a call a demand, over an evaluation an opinion; a negated
report is a denial (`docs/evaluation.md` gives the definitions).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import clause
from kg.extract.claims.cues import Cue
from kg.records import Sentence, Span, Token
from kg.text.matching import folded
from kg.text.words import column

_TURNED_BY_NEGATION = frozenset({"reported", "opinion", "promised", "alleged"})
_NEUTRAL = frozenset({"verb", "prep", "impersonal", "short"})
_AROUND = frozenset({"prep", "impersonal"})
_INTENTS = frozenset({"готовность", "намерение", "план", "желание"})


def modality_of(cue: Cue, content: Span) -> tuple[str, str]:
    """Modality and polarity of a claim."""
    modality = cue.row["modality"]
    sentence = cue.sentence
    following = sentence.tokens[cue.words[-1] + 1 : cue.words[-1] + 2]
    if cue.row["cue"] == "должен" and any(t.lemma == "быть" and t.feats.get("Tense") == "Past" for t in following):
        modality = "planned"  # «концерт должен был пройти»
    negated_cue = cue.kind in ("verb", "short", "modal") and not cue.row["cue"].startswith("не ") and clause.is_negated(sentence, cue.head)
    if negated_cue and modality in _TURNED_BY_NEGATION:
        modality = "denied"
    elif negated_cue and modality == "denied":
        modality = "reported"
    inside = sentence.within(content)
    if modality == "reported" and cue.kind in _NEUTRAL:
        modality = _of_content(sentence, inside)
        if modality == "reported" and cue.kind in _AROUND and _speaks_of_future(inside):
            modality = "planned"
    negated = is_negated_content(sentence, inside) or (negated_cue and modality in ("planned", "demanded", "possible"))
    return modality, "negated" if negated else "affirmed"


def _of_content(sentence: Sentence, inside: Sequence[Token]) -> str:
    """What a neutral cue reports: a plan, a call, an opinion, or a plain statement."""
    top = _predicate(inside)
    if top is None:
        return "planned" if inside and inside[0].lemma in _INTENTS else "reported"
    if top.feats.get("Mood") == "Imp":
        return "demanded"
    if is_future(top) or any(is_future(t) for t in sentence.below(top.index, "aux", "aux:pass", "cop")):
        return "planned"
    if folded(top) in column("evaluations.tsv", "form") or top.lemma in column("evaluations.tsv", "form"):
        return "opinion"
    return "reported"


def _speaks_of_future(inside: Sequence[Token]) -> bool:
    """Somewhere the content speaks of the future, and nowhere of the past."""
    return any(is_future(t) for t in inside) and not any(t.is_finite and t.feats.get("Tense") == "Past" for t in inside)


def _predicate(inside: Sequence[Token]) -> Token | None:
    """The predicate of the content: its topmost verb, short adjective or predicative."""
    ids = {t.index for t in inside}
    tops = [t for t in inside if t.head not in ids and t.pos != "PUNCT"]
    for top in tops:
        if top.is_verb or top.feats.get("Variant") == "Short" or top.pos == "ADV":
            return top
    return next((t for t in inside if t.is_finite), None)


def is_future(verb: Token) -> bool:
    """«направится», «будет передано»; not the aorist-like present of a condition."""
    if verb.feats.get("Tense") == "Fut":
        return True
    return verb.is_finite and verb.feats.get("Aspect") == "Perf" and verb.feats.get("Tense") == "Pres"


def is_negated_content(sentence: Sentence, inside: Sequence[Token]) -> bool:
    """The predicate of what is said stands under a negation."""
    ids = {t.index for t in inside}
    tops = [t for t in inside if t.head not in ids and t.pos != "PUNCT"]
    return any(clause.is_negated(sentence, t) for t in tops[:1])
