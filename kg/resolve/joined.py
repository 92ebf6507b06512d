"""Mentions of one article brought together, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence

from kg.records import Mention, Reason
from kg.resolve.curation import Ruling
from kg.resolve.groups import Groups


class Joined:
    """A reason is kept where it says something: the names differ."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        order = {m.id: i for i, m in enumerate(mentions)}
        self.of = Groups([m.id for m in mentions], order.__getitem__)
        self.index = {m.id: m for m in mentions}

    def join(self, one: Mention, other: Mention, rule: str) -> None:
        reason = Reason(rule, f"{one.normal} = {other.normal}") if one.normal != other.normal else None
        self.of.join(one.id, other.id, reason)

    def decide(self, rulings: Sequence[Ruling]) -> None:
        """What people decided about two mentions of this article comes before any rule."""
        for ruling in rulings:
            one, other = ruling.one[1], ruling.other[1]
            if one in self.of and other in self.of:
                done = self.of.join(one, other, ruling.reason) if ruling.same else self.of.forbid(one, other)
                ruling.heard(done or (ruling.same and self.of.find(one) == self.of.find(other)))
