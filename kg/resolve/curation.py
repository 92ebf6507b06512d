"""What people decided, kept in a file of JSON lines, and replayed on every build.

A decision names things by marks: the words of a mention or of a claim, with the words around them.
Marks survive new articles, new file names and new node ids; a decision whose mark is found no longer
is told, not dropped. Later lines outrank earlier ones.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.ontology import terms
from kg.records import Facts, Reason, Span

Key = tuple[str, str]
"""An article's sha256 and the id of one of its mentions."""

BETWEEN = "; "
"""Stands between the parts of `ClaimMark.says`, when one sentence states a thing twice."""

_AROUND = 24
MODALITIES = ("asserted", "reported", "alleged", "possible", "planned", "denied", "opinion", "promised", "demanded")
POLARITIES = ("affirmed", "negated")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "same": ("one", "other"),
    "never-same": ("one", "other"),
    "rename": ("of", "to"),
    "retype": ("of", "to"),
    "link": ("of", "to"),
    "reject-claim": ("claim",),
    "correct-claim": ("claim",),
}
_OPTIONAL = {"decision", "note", "article", "modality", "polarity", "speaker"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text known by its words and the words around it; spaces and line breaks are one."""

    quote: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """A claim: what is said, the cue, and for an article's own statement what it states («worksFor(он, банк)»)."""

    place: Mark
    cue: str
    says: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file. `to` is a name, a class or an IRI; empty where the verdict needs none."""

    line: int
    verdict: str
    one: Mark | None = None
    other: Mark | None = None
    claim: ClaimMark | None = None
    to: str = ""
    modality: str = ""
    polarity: str = ""
    speaker: Mark | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Two mentions that people declared one thing, or two; `heard` reports whether that could be kept."""

    line: int
    same: bool
    one: Key
    other: Key
    kept: dict[int, bool]

    @property
    def reason(self) -> Reason:
        return Reason("решение человека", f"строка {self.line}")

    def heard(self, done: bool) -> None:
        self.kept[self.line] = self.kept.get(self.line, True) and done


def mark_of(text: str, span: Span) -> Mark:
    """The mark of a stretch of an article's text."""
    before, quote, after = text[: span.start], text[span.start : span.end], text[span.end :]
    return Mark(_squeezed(quote), _squeezed(before[-4 * _AROUND :])[-_AROUND:].strip(), _squeezed(after[: 4 * _AROUND])[:_AROUND].strip())


def _squeezed(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------ the file


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Raises DataError, with the line, for what is no decision."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataError(path, None, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DataError(path, None, f"is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    return tuple(_decision(path, number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#"))


def _decision(path: Path, number: int, line: str) -> Decision:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise DataError(path, number, f"is no JSON object: {error.msg} at column {error.colno}") from None
    if not isinstance(record, dict) or record.get("decision") not in _FIELDS:
        raise DataError(path, number, f"\"decision\" must be one of: {', '.join(_FIELDS)}")
    verdict = record["decision"]
    wanted = _FIELDS[verdict]
    missing, strange = [f for f in wanted if f not in record], sorted(set(record) - set(wanted) - _OPTIONAL)
    if missing or strange:
        raise DataError(path, number, f"{verdict!r} needs {', '.join(wanted)}" + (f"; it knows no {', '.join(strange)}" if strange else ""))
    try:
        decision = Decision(
            line=number,
            verdict=verdict,
            one=_mark(record["one" if "one" in wanted else "of"]) if "claim" not in wanted else None,
            other=_mark(record["other"]) if "other" in wanted else None,
            claim=_claim_mark(record["claim"]) if "claim" in wanted else None,
            to=_text(record.get("to", "")),
            modality=_text(record.get("modality", "")),
            polarity=_text(record.get("polarity", "")),
            speaker=_mark(record["speaker"]) if record.get("speaker") else None,
            note=_text(record.get("note", "")),
        )
    except (TypeError, KeyError) as error:
        raise DataError(path, number, f"a mark is an object with quote, before and after, all text ({error})") from None
    _check(path, decision)
    return decision


def _mark(value: Any) -> Mark:
    return Mark(_text(value["quote"]), _text(value["before"]), _text(value["after"]))


def _claim_mark(value: Any) -> ClaimMark:
    return ClaimMark(_mark(value), _text(value.get("cue", "")), _text(value.get("says", "")))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return _squeezed(value)


def _check(path: Path, decision: Decision) -> None:
    def refuse(reason: str) -> None:
        raise DataError(path, decision.line, reason)

    if decision.verdict == "rename" and not decision.to:
        refuse("\"to\" must be the name that the entity shall have")
    if decision.verdict == "retype" and (decision.to not in terms() or not terms()[decision.to].nerel):
        refuse(f"{decision.to!r} is no class of entities; see docs/reference/ontology.md")
    if decision.verdict == "link" and decision.to and not decision.to.startswith(("http://", "https://")):
        refuse("\"to\" must be an IRI, or empty for «has no counterpart»")
    if decision.modality and decision.modality not in MODALITIES:
        refuse(f"\"modality\" must be one of: {', '.join(MODALITIES)}")
    if decision.polarity and decision.polarity not in POLARITIES:
        refuse(f"\"polarity\" must be one of: {', '.join(POLARITIES)}")


def line_of(decision: Decision) -> str:
    """The decision as a line of the file, without its line break."""
    record: dict[str, Any] = {"decision": decision.verdict}
    fields = _FIELDS[decision.verdict]
    if decision.one:
        record["one" if "one" in fields else "of"] = _record(decision.one)
    if decision.other:
        record["other"] = _record(decision.other)
    if decision.claim:
        record["claim"] = _record(decision.claim.place) | {"cue": decision.claim.cue, "says": decision.claim.says}
    if "to" in fields:
        record["to"] = decision.to
    for name in ("modality", "polarity", "note"):
        if value := getattr(decision, name):
            record[name] = value
    if decision.speaker:
        record["speaker"] = _record(decision.speaker)
    return json.dumps(record, ensure_ascii=False)


def _record(mark: Mark) -> dict[str, str]:
    return {"before": mark.before, "quote": mark.quote, "after": mark.after}


# ------------------------------------------------------------------ the replay


@dataclass
class Curation:
    """Decisions matched against the mentions of a corpus. Keeps account of which ones were heard."""

    decisions: tuple[Decision, ...] = ()
    source: str = ""
    kept: dict[int, bool] = field(default_factory=dict)
    rulings: list[Ruling] = field(default_factory=list)
    names: dict[Key, str] = field(default_factory=dict)
    kinds: dict[Key, str] = field(default_factory=dict)
    links: dict[Key, str] = field(default_factory=dict)
    speakers: dict[int, Key] = field(default_factory=dict)
    _claims: dict[ClaimMark, Decision] = field(default_factory=dict)

    def match(self, corpus: Sequence[Facts]) -> None:
        """Find the marks in a corpus; what a former corpus gave is forgotten."""
        for found in (self.kept, self.rulings, self.names, self.kinds, self.links, self.speakers, self._claims):
            found.clear()
        if not self.decisions:
            return
        where = _Index(corpus, {m.quote for d in self.decisions for m in (d.one, d.other, d.speaker) if m})
        for decision in sorted(self.decisions, key=lambda d: -d.line):
            self._match(decision, where)

    def _match(self, decision: Decision, where: _Index) -> None:
        if decision.claim:
            for says in decision.claim.says.split(BETWEEN):
                self._claims.setdefault(replace(decision.claim, says=says), decision)
            speakers = where.find(decision.speaker) if decision.speaker else []
            if speakers:
                self.speakers[decision.line] = speakers[0]
            return
        ones = where.find(decision.one) if decision.one else []
        if decision.other:
            for one in ones[:1]:
                for other in [*where.find(decision.other), *ones[1:]] if decision.verdict == "same" else where.find(decision.other):
                    if one != other:
                        self.rulings.append(Ruling(decision.line, decision.verdict == "same", one, other, self.kept))
            if decision.verdict == "never-same":
                for one in ones[1:]:
                    for other in where.find(decision.other):
                        self.rulings.append(Ruling(decision.line, False, one, other, self.kept))
            return
        chosen = {"rename": self.names, "retype": self.kinds, "link": self.links}[decision.verdict]
        for key in ones:
            chosen.setdefault(key, decision.to)
            self.kept[decision.line] = True

    def claim(self, mark: ClaimMark) -> Decision | None:
        """What was decided about a claim, if anything."""
        decision = self._claims.get(mark)
        if decision is not None:
            self.kept[decision.line] = True
        return decision

    @property
    def unmatched(self) -> tuple[Decision, ...]:
        """Decisions that no mention and no claim of the corpus answers to; not those on a claim that a later one decides anew."""
        return tuple(d for d in self.decisions if d.line not in self.kept and not self._is_renewed(d))

    def _is_renewed(self, decision: Decision) -> bool:
        if decision.claim is None:
            return False
        marks = (replace(decision.claim, says=says) for says in decision.claim.says.split(BETWEEN))
        return any((later := self._claims.get(mark)) is not None and later.line > decision.line and later.line in self.kept for mark in marks)

    @property
    def overruled(self) -> tuple[Decision, ...]:
        """Decisions that a later one contradicts."""
        return tuple(d for d in self.decisions if self.kept.get(d.line) is False)


class _Index:
    """Mentions by their marks; a mark that is not found whole is looked for with the words of one side."""

    def __init__(self, corpus: Sequence[Facts], quotes: set[str]) -> None:
        self._found: defaultdict[tuple[str | None, ...], list[Key]] = defaultdict(list)
        for facts in sorted(corpus, key=lambda f: f.article.sha256):
            for mention in facts.mentions:
                if mention.is_sure and _squeezed(facts.article.text[mention.start : mention.end]) in quotes:
                    mark = mark_of(facts.article.text, mention.span)
                    key = (facts.article.sha256, mention.id)
                    for sides in ((mark.before, mark.after), (mark.before, None), (None, mark.after)):
                        self._found[mark.quote, *sides].append(key)

    def find(self, mark: Mark) -> list[Key]:
        for sides in ((mark.before, mark.after), (mark.before, None), (None, mark.after)):
            if found := self._found.get((mark.quote, *sides)):
                return found
        return []


def within(rulings: Iterable[Ruling]) -> Mapping[str, Sequence[Ruling]]:
    """Rulings on two mentions of one article, by its sha256."""
    found: defaultdict[str, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        if ruling.one[0] == ruling.other[0]:
            found[ruling.one[0]].append(ruling)
    return found
