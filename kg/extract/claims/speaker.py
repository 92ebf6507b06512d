"""A speaker: who it is, of what kind, where the text has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.anaphora import Referents
from kg.records import Claim, Mention, Span
from kg.text.words import column

_KINDS = {"PERSON": "person", "ORGANIZATION": "organization", "FAMILY": "group", "NATIONALITY": "group", "LAW": "document", "WORK_OF_ART": "document"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved speaker: a mention, or a name of its own; its kind, its place, its channel; who speaks as one."""

    mention: str | None
    name: str | None
    kind: str
    span: Span | None
    via: str | None = None
    via_name: str | None = None
    together: tuple[str, ...] = ()


AUTHOR = Speaker(None, None, "author", None)


def kind_of(mention: Mention, referents: Referents) -> str:
    """By the label that most mentions of the name have; a capital that speaks is its government."""
    return kind_by(mention, referents.label_of(mention))


def kind_by(mention: Mention, label: str) -> str:
    """The kind of speaker that a mention with this label is."""
    return "organization" if mention.normal in column("metonyms.tsv", "name") else _KINDS.get(label, "organization")


def told_as(claim: Claim, other: Claim) -> Claim:
    """The claim in the mouth of whoever tells the other."""
    return replace(claim, speaker=other.speaker, speaker_name=other.speaker_name, speaker_kind=other.speaker_kind, together=other.together)
