"""Decisions of people, made and recorded: pairs that may be one thing, names, types, links, claims.

What is recorded goes to a file of JSON lines that lies beside the articles, in git; builds replay it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import UsageError
from kg.export.files import write_all
from kg.graph.model import GraphClaim
from kg.ontology import label, terms
from kg.pipeline import Built
from kg.records import Entity, Facts
from kg.resolve.curation import ClaimMark, Curation, Decision, Key, Mark, line_of, mark_of, read_decisions


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention as a person needs to see it to decide."""

    name: str
    kind: str
    iri: str
    file: str
    offset: int
    sentence: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions whose entities may be one thing, and why they may."""

    one: Seen
    other: Seen
    reason: str


def curation_of(path: Path | None) -> Curation:
    """The decisions of a file; none when no file is given."""
    return Curation(read_decisions(path), path.name) if path is not None else Curation()


def pairs(built: Built) -> Iterator[Pair]:
    """What resolution could not settle, most often mentioned first."""
    by_key = built.resolution.by_key
    facts = {f.article.sha256: f for f in built.read.facts}

    def weight(key: Key) -> int:
        return len(by_key[built.resolution.of[key]].mentions)

    for doubt in sorted(built.resolution.doubts, key=lambda d: (-weight(d.one) * weight(d.other), d)):
        one, other = (_seen(facts[key[0]], key[1], by_key[built.resolution.of[key]]) for key in (doubt.one, doubt.other))
        yield Pair(one, other, f"{doubt.reason.rule}: {doubt.reason.detail}")


def _seen(facts: Facts, mention: str, entity: Entity) -> Seen:
    span = facts.mention(mention).span
    sentence = facts.sentence_of(span)
    text = " ".join(facts.article.text[sentence.start : sentence.end].split())
    return Seen(entity.label, label(entity.kind), entity.key, facts.article.name, span.start, text, mark_of(facts.article.text, span))


def on_pair(pair: Pair, same: bool) -> Decision:
    return Decision(0, "same" if same else "never-same", pair.one.mark, pair.other.mark)


def on_entities(built: Built, verdict: str, one: str, other: str) -> Decision:
    """«same» or «never-same» for two entities, by name or IRI."""
    return Decision(0, verdict, _mark(built, one), _mark(built, other))


def on_entity(built: Built, verdict: str, name: str, to: str) -> Decision:
    """«rename», «retype» or «link» for an entity, by name or IRI. Raises UsageError for what cannot be."""
    if verdict == "rename" and not to.strip():
        raise UsageError("the new name is empty")
    if verdict == "retype" and (to not in terms() or not terms()[to].nerel):
        known = sorted(name for name, term in terms().items() if term.nerel and name[:1].isupper())
        raise UsageError(f"{to!r} is no class of entities; there are: {', '.join(known)}")
    if verdict == "link" and to and not to.startswith(("http://", "https://")):
        to = f"http://www.wikidata.org/entity/{to}"
    return Decision(0, verdict, _mark(built, name), to=to)


def on_claim(built: Built, iri: str, verdict: str, modality: str = "", polarity: str = "") -> Decision:
    """«reject-claim» or «correct-claim» for a claim, by IRI; what was put right in it before stays. Raises UsageError when there is no such claim."""
    mark = _claim_mark(built, _claim(built, iri))
    return Decision(0, verdict, claim=mark) if verdict == "reject-claim" else _put_right(built, mark, modality, polarity)


def on_speaker(built: Built, iri: str, who: str) -> Decision:
    """Who says a claim, by name or IRI: the mention in its article that is nearest to what is said; what was put right before stays. Raises UsageError when the claim
    is not there, is the article's own statement, or its article does not name the speaker."""
    claim = _claim(built, iri)
    if not claim.cue:
        raise UsageError(f"{iri} is what the article states itself; nobody else says it")
    article = built.graph.articles[claim.article]
    facts = next(f for f in built.read.facts if f.article.sha256 == article.sha256)
    spans = [facts.mention(mention).span for sha256, mention in _entity(built, who).mentions if sha256 == article.sha256]
    if not spans:
        raise UsageError(f"{article.name} does not name {who!r}, so the claim cannot be said by it")
    nearest = min(spans, key=lambda span: (abs(span.start - claim.begin), span.start))
    return _put_right(built, _claim_mark(built, claim), speaker=mark_of(article.text, nearest))


def _put_right(built: Built, claim: ClaimMark, modality: str = "", polarity: str = "", speaker: Mark | None = None) -> Decision:
    """A correction, with what an earlier one of the same claim says and this one leaves open."""
    before = built.curation.claim(claim)
    if before is not None and before.verdict == "correct-claim":
        speaker = speaker or before.speaker
        modality, polarity = (modality, polarity) if modality else (before.modality, before.polarity)
    return Decision(0, "correct-claim", claim=claim, modality=modality, polarity=polarity, speaker=speaker)


def _claim(built: Built, iri: str) -> GraphClaim:
    claim = next((c for c in built.graph.claims if c.iri == iri), None)
    if claim is None:
        raise UsageError(f"no claim of these articles has the IRI {iri!r}; kg query 'SELECT ?c {{ ?c a kg:Claim }}' lists them")
    return claim


def _claim_mark(built: Built, claim: GraphClaim) -> ClaimMark:
    article = built.graph.articles[claim.article]
    place = mark_of(article.text, replace(article.lines[0], start=claim.begin, end=claim.end))
    return ClaimMark(place, " ".join(claim.cue.split()), claim.says)


def _entity(built: Built, name: str) -> Entity:
    """The one entity of that name or IRI."""
    found = [e for e in built.resolution.entities if name in (e.key, e.label)] or [e for e in built.resolution.entities if name in e.names]
    if len(found) != 1:
        what = "nothing" if not found else f"{len(found)} things"
        told = "".join(f"\n  {e.key}" for e in found)
        raise UsageError(f"{what} in these articles {'is' if len(found) < 2 else 'are'} named {name!r}; give one IRI{told}")
    return found[0]


def _mark(built: Built, name: str) -> Mark:
    """The mark of an entity: of its first mention under its own name, else of its first mention."""
    entity = _entity(built, name)
    facts = {f.article.sha256: f for f in built.read.facts}
    keys = entity.mentions
    chosen = next((k for k in keys if facts[k[0]].mention(k[1]).normal == entity.label), keys[0])
    return mark_of(facts[chosen[0]].article.text, facts[chosen[0]].mention(chosen[1]).span)


def record(path: Path, decisions: Sequence[Decision]) -> None:
    """Add decisions to the end of a file, which is whole before and after."""
    old = path.read_bytes() if path.exists() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    lines = "".join(line_of(decision) + "\n" for decision in decisions)
    write_all(path.parent, {path.name: old + lines.encode("utf-8", "backslashreplace")})


def told(curation: Curation) -> Iterator[str]:
    """One line for every decision that did not take effect."""
    for decision in curation.unmatched:
        mark = decision.claim.place if decision.claim else decision.one
        yield f"{curation.source}, line {decision.line}: {decision.verdict} of «{mark.quote if mark else ''}» matches nothing in these articles"
    for decision in curation.overruled:
        yield f"{curation.source}, line {decision.line}: {decision.verdict} contradicts a later line and was left out"
