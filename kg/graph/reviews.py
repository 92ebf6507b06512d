"""Claims that people rejected, corrected or confirmed, before they reach the graph."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.claims.speaker import kind_by
from kg.graph.stance import Stance
from kg.records import Claim, Facts, Span
from kg.resolve.curation import ClaimMark, Curation, mark_of


@dataclass(frozen=True, slots=True)
class Review:
    """What was decided about an article's own statement."""

    stance: Stance
    rejected: bool = False
    reviewed: bool = False


class Reviews:
    """Decisions on claims, looked up by mark.

    A rejected claim takes what it says with it: that never becomes the article's own. A claim that is
    nested in a rejected one stands alone.
    """

    def __init__(self, curation: Curation) -> None:
        self._curation = curation
        self._any = any(d.claim for d in curation.decisions)
        self._rejected: set[tuple[str, str]] = set()
        self._checked: set[tuple[str, str]] = set()

    def corrected(self, facts: Facts) -> Facts:
        """The facts with the claims of others as people corrected them."""
        if not self._any:
            return facts
        claims = tuple(self._reviewed(facts, claim) for claim in facts.claims)
        gone = {claim.id for claim in claims if (facts.article.sha256, claim.id) in self._rejected}
        return replace(facts, claims=tuple(replace(c, parent=None) if c.parent in gone else c for c in claims))

    def _reviewed(self, facts: Facts, claim: Claim) -> Claim:
        mark = ClaimMark(mark_of(facts.article.text, claim.span), " ".join(claim.cue_text.split()), "")
        decision = self._curation.claim(mark)
        if decision is None:
            return claim
        key = (facts.article.sha256, claim.id)
        if decision.verdict == "reject-claim":
            self._rejected.add(key)
            return claim
        self._checked.add(key)
        claim = replace(claim, modality=decision.modality or claim.modality, polarity=decision.polarity or claim.polarity, confidence=1.0)
        if not decision.modality and not decision.polarity:
            claim = replace(claim, speaker_confidence=1.0)  # confirmed as it is
        speaker = self._curation.speakers.get(decision.line)
        if speaker is None or speaker[0] != facts.article.sha256:
            return claim
        mention = facts.mention(speaker[1])
        return replace(
            claim, speaker=mention.id, speaker_name=None, speaker_span=mention.span, speaker_kind=kind_by(mention, mention.label), together=(),
            speaker_confidence=1.0,
        )  # fmt: skip

    def rejects(self, facts: Facts, claim: Claim) -> bool:
        return (facts.article.sha256, claim.id) in self._rejected

    def checked(self, facts: Facts, claim: Claim) -> bool:
        return (facts.article.sha256, claim.id) in self._checked

    def of_statement(self, facts: Facts, sentence: Span, says: str, stance: Stance) -> Review:
        """The review of what an article says in its own voice."""
        decision = self._curation.claim(ClaimMark(mark_of(facts.article.text, sentence), "", says)) if self._any else None
        if decision is None:
            return Review(stance)
        if decision.verdict == "reject-claim":
            return Review(stance, rejected=True)
        return Review(Stance(None, decision.modality or stance.modality, decision.polarity or stance.polarity), reviewed=True)
