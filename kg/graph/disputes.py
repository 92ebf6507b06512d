"""Claims that meet: denial against assertion, other figures or doers, doubt about what somebody else says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from kg.graph.model import GraphClaim, GraphEvent, Statement
from kg.text.models import vocabulary
from kg.text.words import column

_WORD = re.compile(r"[а-яё]{4,}", re.IGNORECASE)
_AFFIRMING = frozenset({"asserted", "reported", "alleged"})
_STOP = frozenset(["который", "этот", "такой", "весь", "быть", "мочь", "один", "свой", "для", "при", "после"])


def contradictions(
    claims: Mapping[str, GraphClaim], statements: Mapping[str, Statement], events: Mapping[str, GraphEvent]
) -> tuple[dict[str, GraphClaim], set[str]]:
    """Claims with `contradicts` filled in, and the statements and events that are disputed."""
    pairs: set[tuple[str, str]] = set()
    disputed: set[str] = set()
    by_content: defaultdict[str, list[GraphClaim]] = defaultdict(list)
    for claim in claims.values():
        for node in claim.claims:
            by_content[node].append(claim)
    for node, group in by_content.items():
        for one in group:
            for other in group:
                if one.iri < other.iri and _oppose(one, other):
                    pairs.add((one.iri, other.iri))
                    disputed.add(node)
    for one_event, other_event in _differing(events.values()):
        for one in by_content[one_event.iri]:
            for other in by_content[other_event.iri]:
                if one.said_by != other.said_by and _affirms(one) and _affirms(other):
                    pairs.add((min(one.iri, other.iri), max(one.iri, other.iri)))
                    disputed.update((one_event.iri, other_event.iri))
    for doubt, claim in _doubted(claims.values()):
        pairs.add((min(doubt.iri, claim.iri), max(doubt.iri, claim.iri)))
        disputed.update(node for node in claim.claims if node in statements or node in events)
    against: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        against[a].add(b)
        against[b].add(a)
    return {iri: replace(claim, contradicts=tuple(sorted(against[iri]))) for iri, claim in claims.items()}, disputed


def _oppose(one: GraphClaim, other: GraphClaim) -> bool:
    """Different speakers, one of whom denies or negates what the other affirms."""
    if one.said_by == other.said_by:
        return False
    return (_denies(one) and _affirms(other)) or (_denies(other) and _affirms(one))


def _denies(claim: GraphClaim) -> bool:
    return (claim.modality == "denied") != (claim.polarity == "negated")


def _affirms(claim: GraphClaim) -> bool:
    return claim.modality in _AFFIRMING and claim.polarity == "affirmed"


def _differing(events: Iterable[GraphEvent]) -> Iterable[tuple[GraphEvent, GraphEvent]]:
    """Two tellings of one event that cannot both be right: other figures, or another doer."""
    blocks: defaultdict[tuple[str, str], list[GraphEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda e: e.iri):
        if event.realis in ("happened", "possible"):
            for iri in {iri for role, iri in event.roles if role != "agent"} | ({event.place} if event.place else set()):
                blocks[event.kind, iri].append(event)
    seen: set[tuple[str, str]] = set()
    for _, members in sorted(blocks.items()):
        for position, one in enumerate(members[:_LARGEST_BLOCK]):
            for other in members[position + 1 : _LARGEST_BLOCK]:
                if (one.iri, other.iri) not in seen and _same_time(one, other) and (_other_figures(one, other) or _other_doer(one, other)):
                    seen.add((one.iri, other.iri))
                    yield one, other


_LARGEST_BLOCK = 200


def _same_time(one: GraphEvent, other: GraphEvent) -> bool:
    """Both are placed on the calendar, in one stretch of it."""
    a, b = one.time, other.time
    if a is None or b is None or not a.resolved or not b.resolved:
        return False
    return (a.earliest or "0000") <= (b.latest or "9999") and (b.earliest or "0000") <= (a.latest or "9999")


def _other_figures(one: GraphEvent, other: GraphEvent) -> bool:
    figures = dict(one.figures)
    return any(name != "count" and figures.get(name, number) != number for name, number in other.figures)


def _other_doer(one: GraphEvent, other: GraphEvent) -> bool:
    """The same thing was done to the same one, and two different doers are named."""
    doers = [{iri for role, iri in e.roles if role == "agent"} for e in (one, other)]
    undergoers = [{iri for role, iri in e.roles if role == "patient"} for e in (one, other)]
    return bool(doers[0] and doers[1] and not doers[0] & doers[1] and undergoers[0] & undergoers[1])


def _doubted(claims: Iterable[GraphClaim]) -> Iterable[tuple[GraphClaim, GraphClaim]]:
    """A doubting or denying claim, and another speaker's claim on the same persons and the same deed."""
    ordered = sorted(claims, key=lambda c: c.iri)
    by_about: defaultdict[str, list[GraphClaim]] = defaultdict(list)
    for claim in ordered:
        for entity in claim.about:
            by_about[entity].append(claim)
    for doubt in ordered:
        if doubt.speaker_kind == "author" or not _is_doubt(doubt):
            continue
        near = {c.iri: c for entity in doubt.about for c in by_about[entity]}
        for claim in near.values():
            if claim.said_by != doubt.said_by and claim.iri != doubt.iri and _affirms(claim) and not _is_doubt(claim):
                shared = set(claim.about) & set(doubt.about)
                if len(shared) >= 2 and _deeds(claim.quote) & _deeds(doubt.quote):
                    yield doubt, claim


def _is_doubt(claim: GraphClaim) -> bool:
    if claim.modality == "denied":
        return True
    words = {lemma for _, lemma in _lemmas(claim.quote)}
    text = claim.quote.lower()
    return claim.modality in ("opinion", "reported") and any(
        all(part in words or part in text for part in cue.split()) for cue in column("doubts.tsv", "cue")
    )


@cache
def _lemmas(text: str) -> frozenset[tuple[str, str]]:
    """Part of speech and lemma of the words of a short text."""
    found = set()
    for word in _WORD.findall(text)[:80]:
        form = vocabulary().parse(word.lower())[0]
        found.add((form.pos, str(form.normal_form)))
    return frozenset(found)


def _deeds(text: str) -> set[str]:
    """Lemmas of its verbs and participles, up to aspect: «продвигать» and «продвинуть» share a stem."""
    return {lemma[:6] for pos, lemma in _lemmas(text) if pos == "VERB" and lemma not in _STOP and len(lemma) > 5}
