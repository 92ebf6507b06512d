"""kg against SlavicNER: normal forms of names, and identities across the documents of a topic.

Both are measured on the gold mentions, so that finding them is not part of the score: a normal form
is right when it equals the annotators' but for case, ё and quotation marks; clusters are compared
by B-cubed and by pairs of mentions of different documents. End to end kg's own mentions are clustered:
one that is no gold mention (the same place and kind) costs precision, a gold one not found costs recall.

Piskorski et al., Cross-lingual Named Entity Corpus for Slavic Languages (LREC-COLING 2024); B-cubed:
Bagga and Baldwin, Algorithms for Scoring Coreference Chains (1998).
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.evaluate.claims import folded
from kg.evaluate.given import with_given
from kg.evaluate.scores import Row, Table
from kg.extract import extract
from kg.ids import Minter
from kg.records import Article, Document, Facts, Span
from kg.resolve import resolve
from kg.text.annotate import annotate

LABELS = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}


@dataclass(frozen=True, slots=True)
class GoldName:
    """An annotated name: place, kind, base form, and who or what it is."""

    span: Span
    kind: str
    lemma: str
    identity: str


@dataclass(frozen=True, slots=True)
class GoldText:
    name: str
    text: str
    names: tuple[GoldName, ...]


def evaluate(
    folder: Path, jobs: int = 1, tick: Callable[[str], None] = lambda _: None, extractor: str | None = None
) -> tuple[Table, ...]:
    """Score tables of a topic folder (with `ann` and `raw`), or of a folder of topics."""
    topics = [folder] if (folder / "ann").is_dir() else sorted(p.parent for p in folder.glob("*/ann"))
    if not topics:
        raise DataError(folder, None, "holds no ann and raw folders; give a topic of SlavicNER or the folder of its topics")
    forms: list[tuple[str, str, bool]] = []
    clusters = []
    alone = []
    for topic in topics:
        facts, own = [], []
        places: dict[Place, str] = {}
        wanted: dict[tuple[str, str], GoldName] = {}
        for gold in read_topic(topic):
            tick(gold.name)
            read, names, found = named_facts(gold, extractor)
            facts.append(read)
            own.append(found)
            places |= {(found.article.sha256, n.span, n.kind): n.identity for n in gold.names}
            for mention, name in names.items():
                wanted[read.article.sha256, mention] = name
                forms.append((topic.name, name.kind, folded(read.mention(mention).normal) == folded(name.lemma)))
        of = resolve(facts, Minter()).of
        pairs = [(name.identity, of.get(key, f"{key}"), key[0]) for key, name in wanted.items()]
        clusters.append((topic.name, pairs))
        alone.append(_end_to_end(topic.name, places, _own_places(own)))
    return (
        Table("SlavicNER normal forms on gold mentions", tuple(
            Row(name, len(right), len(right), sum(right))
            for name, right in [("all", [r for _, _, r in forms])]
            + [(kind, [r for _, k, r in forms if k == kind]) for kind in LABELS]
            + [(topic.name, [r for t, _, r in forms if t == topic.name]) for topic in topics]
        )),
        Table("SlavicNER identities on gold mentions, B-cubed", tuple(_cubed(name, pairs) for name, pairs in clusters)),
        Table("SlavicNER identities on gold mentions, pairs across documents", tuple(_pairs(name, pairs) for name, pairs in clusters)),
        Table("SlavicNER identities end to end, B-cubed", tuple(alone)),
    )  # fmt: skip


Place = tuple[str, Span, str]
"""Of a mention: the article's sha256, the span, PER, LOC or ORG."""


def _own_places(own: Sequence[Facts]) -> dict[Place, str]:
    """The entity of each outermost named mention that kg finds by itself."""
    of = resolve(own, Minter()).of
    found: dict[Place, str] = {}
    for facts in own:
        named = [m for m in facts.mentions if m.is_sure and _kind(m.label) and any(c.isupper() for c in facts.article.text[m.start : m.end])]
        for mention in named:
            outer = any(o.span.holds(mention.span) and o.span != mention.span for o in named)
            iri = of.get((facts.article.sha256, mention.id))
            if iri and not outer:
                found[facts.article.sha256, mention.span, _kind(mention.label)] = iri
    return found


def _kind(label: str) -> str:
    return next((kind for kind in LABELS if _fits(label, kind)), "")


def _end_to_end(name: str, gold: Mapping[Place, str], found: Mapping[Place, str]) -> Row:
    """B-cubed where each side has mentions that the other lacks: these have nothing right."""
    size, own, both = Counter(gold.values()), Counter(found.values()), Counter((gold[p], found[p]) for p in gold.keys() & found.keys())
    shared = [(gold[p], found[p]) for p in sorted(gold.keys() & found.keys())]
    precision, recall = sum(both[g, f] / own[f] for g, f in shared), sum(both[g, f] / size[g] for g, f in shared)
    return Row(name, len(gold), len(found), precision, (0.0, 0.0), recall)


def read_topic(topic: Path) -> list[GoldText]:
    """Texts with their names, by file name. Raises DataError where an offset does not fit."""
    found = []
    for path in sorted((topic / "ann").glob("*.tsv")):
        raw = topic / "raw" / f"{path.stem}.txt"
        if not raw.is_file():
            raw = topic / "raw" / path.stem
        if not raw.is_file():
            raise DataError(path, None, "has no text of its name in raw")
        text = raw.read_bytes().decode("utf-8")
        names = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            cells = line.split("\t")
            if len(cells) != 6 or cells[4] not in LABELS:
                continue
            span = Span(int(cells[0]), int(cells[1]))
            if text[span.start : span.end] != cells[2]:
                raise DataError(path, number, f"{cells[2]!r} does not stand at {span.start}")
            names.append(GoldName(span, cells[4], cells[3], cells[5]))
        found.append(GoldText(path.stem, text, tuple(names)))
    return found


def document_of(gold: GoldText) -> Document:
    """The whole text annotated, every line of it."""
    lines, at = [], 0
    for line in gold.text.split("\n"):
        if line.strip():
            lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    sha = hashlib.sha256(f"{gold.name}\n{gold.text}".encode()).hexdigest()
    title = gold.text[lines[0].start : lines[0].end] if lines else ""
    return annotate(Article(gold.name, gold.text, sha, "utf-8", title, tuple(lines)))


def named_facts(gold: GoldText, extractor: str | None) -> tuple[Facts, Mapping[str, GoldName], Facts]:
    """Facts of a text whose mentions are the gold ones, these by their ids, and the facts that kg finds by itself.

    A gold mention takes the label that kg gives the same span.
    """
    document = document_of(gold)
    own = extract(document, extractor)
    labels = {(m.start, m.end): m.label for m in own.mentions}
    given = []
    for name in gold.names:
        label = labels.get((name.span.start, name.span.end), LABELS[name.kind])
        given.append((name.span, label if _fits(label, name.kind) else LABELS[name.kind]))
    read = with_given(document, own, given)
    return read, {f"g{i}": name for i, name in enumerate(gold.names) if f"g{i}" in read.index}, own


_KINDS = {
    "PER": frozenset({"PERSON", "FAMILY"}), "ORG": frozenset({"ORGANIZATION"}),
    "LOC": frozenset({"LOCATION", "CITY", "COUNTRY", "STATE_OR_PROVINCE", "DISTRICT", "FACILITY"}),
}  # fmt: skip


def _fits(label: str, kind: str) -> bool:
    return label in _KINDS[kind]


def _cubed(name: str, pairs: Sequence[tuple[str, str, str]]) -> Row:
    """B-cubed: for each mention the share of its found cluster that is right, and of its gold cluster that was found."""
    gold, found, both = Counter(g for g, _, _ in pairs), Counter(f for _, f, _ in pairs), Counter((g, f) for g, f, _ in pairs)
    precision = sum(both[g, f] / found[f] for g, f, _ in pairs)
    recall = sum(both[g, f] / gold[g] for g, f, _ in pairs)
    return _measured(name, precision / len(pairs), recall / len(pairs), len(pairs)) if pairs else Row(name, 0, 0, 0)


def _measured(name: str, precision: float, recall: float, count: int) -> Row:
    """A row whose precision and recall are averages over mentions."""
    return Row(name, count, count, precision * count, (0.0, 0.0), recall * count)


def _pairs(name: str, mentions: Sequence[tuple[str, str, str]]) -> Row:
    """Pairs of mentions of different documents that are one thing: by gold, by kg, by both."""
    def across(key: Callable[[tuple[str, str, str]], object]) -> int:
        groups: defaultdict[object, Counter[str]] = defaultdict(Counter)
        for mention in mentions:
            groups[key(mention)][mention[2]] += 1
        return sum((sum(c.values()) ** 2 - sum(n * n for n in c.values())) // 2 for c in groups.values())

    return Row(name, across(lambda m: m[0]), across(lambda m: m[1]), across(lambda m: (m[0], m[1])))
