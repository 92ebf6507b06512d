"""One JSON object an article: what was read out of it, with offsets (the contract of `kg extract`)."""

from __future__ import annotations

import json
from typing import Any

from kg.records import Claim, Event, Facts, Mention, Resolution, TimeExpression


def line(facts: Facts, resolution: Resolution) -> str:
    """The article as one line of JSON."""
    index = facts.index
    sha = facts.article.sha256
    names = resolution.by_key

    def entity(mention: str | None) -> str | None:
        return resolution.of.get((sha, mention)) if mention else None

    def name(mention: str | None) -> str | None:
        iri = entity(mention)
        if iri is not None:
            return names[iri].label
        return index[mention].normal if mention else None

    content: dict[str, Any] = {
        "article": facts.article.name,
        "text_sha256": sha,
        "date": facts.article.date,
        "date_source": facts.article.date_source,
        "language": facts.article.language,
        "warnings": list(facts.article.warnings),
        "mentions": [_mention(m, entity(m.id)) for m in facts.mentions],
        "relations": [
            {"type": r.label, "head": r.head, "tail": r.tail, "confidence": r.confidence} for r in facts.relations
        ],
        "events": [_event(e, entity(e.place)) for e in facts.events],
        "claims": [_claim(c, name, entity) for c in facts.claims],
        "dates": [_date(t) for t in facts.times],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=False)


def _mention(mention: Mention, entity: str | None) -> dict[str, Any]:
    return {
        "id": mention.id, "start": mention.start, "end": mention.end, "type": mention.label,
        "normal": mention.normal, "entity": entity, "confidence": mention.confidence,
    }  # fmt: skip


def _event(event: Event, place: str | None) -> dict[str, Any]:
    return {
        "mention": event.mention, "class": event.kind, "realis": event.realis,
        "time": event.time.edtf if event.time else None, "place": place,
        "roles": [{"role": r.role, "mention": r.mention} for r in event.roles],
        "figures": dict(event.figures), "confidence": event.confidence,
    }  # fmt: skip


def _claim(claim: Claim, name: Any, entity: Any) -> dict[str, Any]:
    return {
        "start": claim.start, "end": claim.end,
        "cue": [claim.cue.start, claim.cue.end] if claim.cue else None,
        "speaker": name(claim.speaker) or claim.speaker_name,
        "speaker_kind": claim.speaker_kind,
        "speaker_span": [claim.speaker_span.start, claim.speaker_span.end] if claim.speaker_span else None,
        "via": name(claim.via) or claim.via_name,
        "modality": claim.modality, "polarity": claim.polarity,
        "about": list(dict.fromkeys(iri for m in claim.about if (iri := entity(m)))),
        "confidence": claim.confidence, "speaker_confidence": claim.speaker_confidence,
    }  # fmt: skip


def _date(time: TimeExpression) -> dict[str, Any]:
    """`edtf` is null for what cannot be placed; a day or month without a year is kept as `partial`."""
    value = time.value
    known = value is not None and value.resolved
    return {
        "start": time.start, "end": time.end,
        "edtf": value.edtf if value is not None and known else None,
        "partial": value.edtf if value is not None and not known else None,
        "earliest": value.earliest if value else None, "latest": value.latest if value else None,
        "anchor_source": time.anchor_source,
    }  # fmt: skip
