"""Claims inside claims: what is nested, what is said twice, and what passes from the outer one to the inner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract import clause
from kg.extract.anaphora import Referents
from kg.extract.claims.speaker import told_as
from kg.extract.claims.speech import Quotation
from kg.records import Claim, Document, Span


def nest(claims: Sequence[Claim]) -> list[Claim]:
    """A claim whose cue lies in another claim's content is said inside that claim."""
    out = []
    for claim in claims:
        holders = [
            o for o in claims
            if o is not claim and claim.cue is not None and o.span.holds(claim.cue)
            and not (o.cue is not None and claim.span.holds(o.cue) and len(claim.span) >= len(o.span))
        ]  # fmt: skip
        parent = min(holders, key=lambda o: (len(o.span), o.id), default=None)
        out.append(replace(claim, parent=parent.id if parent else None))
    return out


def without_echoes(claims: Sequence[Claim], kinds: Mapping[Span, str]) -> list[Claim]:
    """«опасались, что вирус может быть смертельным», «вероятно, может»: one doubt, one claim."""
    by_id = {c.id: c for c in claims}
    out = []
    for claim in claims:
        parent = by_id.get(claim.parent or "")
        echo = parent is not None and claim.modality == parent.modality == "possible" and _kind(claim, kinds) in ("modal", "adverb")
        if not echo or parent is None or claim.start - parent.start > _ECHO_REACH:
            out.append(claim)
    gone = {c.id: c.parent for c in claims} if len(out) < len(claims) else {}
    kept = {c.id for c in out}
    return [replace(c, parent=gone[c.parent]) if c.parent and c.parent not in kept else c for c in out]


def _kind(claim: Claim, kinds: Mapping[Span, str]) -> str:
    return kinds.get(claim.cue, "") if claim.cue else ""


_ECHO_REACH = 60


def own_voice_out(document: Document, claims: Sequence[Claim], quotes: Sequence[Quotation]) -> list[Claim]:
    """«Отметим, что …»: a first person outside all speech is the author, who asserts."""
    def is_author(claim: Claim) -> bool:
        if claim.modality != "reported" or claim.cue is None or claim.parent is not None or any(q.outer.holds(claim.cue) for q in quotes):
            return False
        sentence = document.sentence_at(claim.cue.start)
        return sentence is not None and any(
            t.feats.get("Person") == "1" and t.number == "Plur" and t.is_finite for t in sentence.within(claim.cue)
        )

    return [c for c in claims if not is_author(c)]


def through_outlets(claims: Sequence[Claim], referents: Referents) -> list[Claim]:
    """What an outlet reports of others reached us through it: «…, сообщает агентство Рейтер»."""
    by_id = {c.id: c for c in claims}
    out = []
    for claim in claims:
        parent = by_id.get(claim.parent or "")
        if parent is not None and claim.via is None and claim.via_name is None and parent.modality == "reported":
            own = claim.speaker or claim.speaker_name
            if own and parent.speaker and parent.speaker != claim.speaker and referents.is_outlet(parent.speaker):
                claim = replace(claim, via=parent.speaker)
        out.append(claim)
    return out




def inherit_speakers(document: Document, claims: Sequence[Claim], quotes: Sequence[Quotation], kinds: Mapping[Span, str]) -> list[Claim]:
    """A hedge inside somebody's speech is that speaker's; one that goes on from it, too.

    But «ожидается», «обвинение» and «обвинённый» are others' than whoever tells of them.
    """
    by_id = {c.id: c for c in claims}
    out: list[Claim] = []
    for claim in claims:
        of_others = _kind(claim, kinds) == "impersonal" or (_kind(claim, kinds) == "noun" and claim.modality == "alleged") or _is_attribute(document, claim)
        if claim.speaker is None and claim.speaker_name is None and claim.speaker_kind == "author" and not of_others:
            source = _spoken_parent(claim, by_id) or _goes_on(document, claim, out) or _quoted_by(document, claim, claims, quotes)
            if source is not None:
                claim = replace(told_as(claim, source), via=source.via, via_name=source.via_name)
        by_id[claim.id] = claim
        out.append(claim)
    return out


def _is_attribute(document: Document, claim: Claim) -> bool:
    sentence = document.sentence_at(claim.cue.start) if claim.cue is not None else None
    return sentence is not None and claim.cue is not None and any(clause.is_undergone(sentence, word) for word in sentence.within(claim.cue))


def _quoted_by(document: Document, claim: Claim, claims: Sequence[Claim], quotes: Sequence[Quotation]) -> Claim | None:
    """Whoever speaks in the quotation that a cue stands in: «Я хотел …, — рассказал Марко, — …», or before it, when «я» goes on."""
    quote = next((q for q in quotes if claim.cue is not None and q.inner.holds(claim.cue)), None)
    if quote is None:
        return None
    told = [c for c in claims if c.cue is not None and c.cue != claim.cue and (c.speaker or c.speaker_name)]
    spoken = [c for c in told if c.span.meets(quote.inner) and c.cue is not None and (not quote.inner.holds(c.cue) or _interrupts(document, c))]
    if spoken:
        return min(spoken, key=lambda c: (abs(c.start - claim.start), c.id))
    if not _is_first_person(document, claim):
        return None
    before = [c for c in told if c.cue is not None and c.cue.start < quote.outer.start and quote.outer.start - c.end < _SPEECH_REACH and c.speaker_kind == "person"]
    return before[-1] if before else None


def _interrupts(document: Document, claim: Claim) -> bool:
    """A verb of telling between two dashes inside a quotation."""
    before = document.article.text[max(0, claim.cue.start - 4) : claim.cue.start] if claim.cue else ""
    return before.rstrip().endswith(("—", "–", "-")) and "," in before


def _is_first_person(document: Document, claim: Claim) -> bool:
    sentence = document.sentence_at(claim.cue.start) if claim.cue else None
    if sentence is None or claim.cue is None:
        return False
    words = sentence.within(claim.cue)
    return any(w.feats.get("Person") == "1" for w in words) or any(
        t.lemma in ("я", "мы") and t.rel.startswith("nsubj") and t.head in {w.index for w in words} for t in sentence.tokens
    )


_SPEECH_REACH = 300


def _spoken_parent(claim: Claim, by_id: Mapping[str, Claim]) -> Claim | None:
    parent = by_id.get(claim.parent or "")
    for _ in range(len(by_id)):
        if parent is None or parent.speaker or parent.speaker_name:
            return parent
        parent = by_id.get(parent.parent or "")
    return None


def _goes_on(document: Document, claim: Claim, earlier: Sequence[Claim]) -> Claim | None:
    """«Предположительно, это произошло …»: «это» takes up what the sentence before reports."""
    sentence = document.sentence_at(claim.cue.start if claim.cue else claim.start)
    if sentence is None or sentence.index == 0 or not earlier:
        return None
    points_back = any(t.lemma == "это" and t.rel.startswith("nsubj") for t in sentence.tokens[:6])
    if not points_back:
        return None
    before = document.sentences[sentence.index - 1]
    spoken = [c for c in earlier if before.span.meets(c.span) and (c.speaker or c.speaker_name) and c.parent is None]
    return spoken[-1] if spoken and before.line >= sentence.line - 1 else None
