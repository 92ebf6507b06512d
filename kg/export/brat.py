"""brat standoff with NEREL's labels: mentions, relations, event roles and links."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Facts, Resolution

_ROLE_LABELS = {
    "agent": "AGENT",
    "patient": "PARTICIPANT_IN",
    "participant": "PARTICIPANT_IN",
    "involves": "INANIMATE_INVOLVED",
    "organizer": "ORGANIZES",
}
_WIKIDATA = "http://www.wikidata.org/entity/"


def annotations(facts: Facts, resolution: Resolution) -> str:
    """The `.ann` file of an article. Offsets count code points of the article's text."""
    return "".join(f"{line}\n" for line in _lines(facts, resolution))


def _lines(facts: Facts, resolution: Resolution) -> Iterator[str]:
    numbers = {m.id: f"T{i}" for i, m in enumerate(facts.mentions, 1)}
    text = facts.article.text
    for mention in facts.mentions:
        surface = " ".join(text[mention.start : mention.end].split("\n"))
        yield f"{numbers[mention.id]}\t{mention.label} {mention.start} {mention.end}\t{surface}"
    for i, (label, head, tail) in enumerate(relation_triples(facts), 1):
        yield f"R{i}\t{label} Arg1:{numbers[head]} Arg2:{numbers[tail]}"
    by_key = resolution.by_key
    count = 0
    for mention in facts.mentions:
        iri = resolution.of.get((facts.article.sha256, mention.id))
        links = by_key[iri].links if iri else ()
        for link in links:
            if link.iri.startswith(_WIKIDATA):
                count += 1
                qid = link.iri.removeprefix(_WIKIDATA)
                yield f"N{count}\tReference {numbers[mention.id]} Wikidata:{qid}\t{by_key[str(iri)].label}"


def relation_triples(facts: Facts) -> list[tuple[str, str, str]]:
    """Relations and event roles as NEREL triples (label, head, tail), each once."""
    index = facts.index
    found = [(r.label, r.head, r.tail) for r in facts.relations if not r.negated]
    for event in facts.events:
        for role in event.roles:
            label = _ROLE_LABELS.get(role.role)
            if label and index[role.mention].label not in ("EVENT", "CRIME"):
                found.append((label, role.mention, event.mention))
        if event.place:
            found.append(("TAKES_PLACE_IN", event.mention, event.place))
    dates = {(t.start, t.end): t for t in facts.times}
    for event in facts.events:
        for time in dates.values():
            if (
                event.time is not None
                and time.value == event.time
                and facts.sentence_of(event.span).holds(facts.mention(time.mention).span)
            ):
                found.append(("POINT_IN_TIME", event.mention, time.mention))
                break
    return list(dict.fromkeys(found))
