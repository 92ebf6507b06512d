"""FactRuEval files read: tokens, spans, mentions (`.objects`), entities (`.coref`) and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import DataError

TAGS = {"Person": "per", "Org": "org", "Organization": "org", "Location": "loc", "LocOrg": "loc"}
"""LocOrg counts as a location, as in the published figures of track 1."""

_SPECIAL = frozenset({"модальность", "фаза", "сложность"})
_NAME_ORDERS = ("lfp", "fpl", "fp", "fl", "lf", "n", "f", "p", "l", "fn")


@dataclass(frozen=True, slots=True)
class TextSpan:
    """A marked stretch: its tag (`org_name`, `job`, …), the ids of its tokens, its text."""

    tag: str
    tokens: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention made of spans; `surface` is the text from its first token to its last."""

    tag: str
    spans: tuple[TextSpan, ...]
    surface: str

    @property
    def tokens(self) -> frozenset[int]:
        return frozenset(t for s in self.spans for t in s.tokens)


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity: tag, attributes with all accepted spellings, and whether it need not be found."""

    tag: str
    attributes: tuple[tuple[str, frozenset[str]], ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a gold fact with all spellings that are accepted for it."""

    name: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact: its kind, its arguments, and the marks that decide in which mode it counts."""

    kind: str
    arguments: tuple[Argument, ...]
    modality: str = ""
    phase: str = ""
    difficult: bool = False


@dataclass(frozen=True)
class GoldText:
    """One text with its annotation; `facts` is None where the text has no such layer."""

    name: str
    tokens: Mapping[int, tuple[int, int, str]]
    mentions: tuple[GoldMention, ...]
    facts: tuple[GoldFact, ...] | None = field(default=None)
    people: tuple[tuple[tuple[int, int], ...], ...] = ()
    """For each person the places of the mentions."""
    entities: tuple[GoldEntity, ...] = ()

    def tokens_in(self, start: int, end: int) -> frozenset[int]:
        """Ids of the word tokens inside `[start, end)`."""
        return frozenset(i for i, (a, b, text) in self.tokens.items() if start <= a and b <= end and any(c.isalnum() for c in text))


def normalized(text: str) -> str:
    """Case, ё and the kind of quotation marks do not matter in comparison."""
    out = text.lower().strip().replace("ё", "е")
    for char in "«»“”„":
        out = out.replace(char, '"')
    return out.replace("’", "'").replace("`", "'")


def read_corpus(folder: Path) -> list[GoldText]:
    """All texts of a folder, by name. Raises DataError when there are none or a file is broken."""
    names = sorted(p.stem for p in folder.glob("*.objects"))
    if not names:
        raise DataError(folder, None, "holds no .objects files; give the folder of a FactRuEval set")
    return [_read(folder, name) for name in names]


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            yield number, line.split()


def _read(folder: Path, name: str) -> GoldText:
    base = folder / name
    place = base.with_suffix(".tokens"), 0
    try:
        with (folder / f"{name}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        tokens: dict[int, tuple[int, int, str]] = {}
        for number, cells in _lines(base.with_suffix(".tokens")):
            place = base.with_suffix(".tokens"), number
            tokens[int(cells[0])] = (int(cells[1]), int(cells[1]) + int(cells[2]), cells[3])
        spans: dict[str, TextSpan] = {}
        for number, cells in _lines(base.with_suffix(".spans")):
            place = base.with_suffix(".spans"), number
            count, rest = int(cells[5]), cells[cells.index("#") + 1 :]
            spans[cells[0]] = TextSpan(cells[1], tuple(int(i) for i in rest[:count]), " ".join(rest[count:]))
        mentions: dict[str, GoldMention] = {}
        for number, cells in _lines(base.with_suffix(".objects")):
            place = base.with_suffix(".objects"), number
            parts = tuple(spans[i] for i in cells[2 : cells.index("#") if "#" in cells else None])
            if cells[1] in TAGS:
                ids = [t for s in parts for t in s.tokens]
                surface = text[min(tokens[i][0] for i in ids) : max(tokens[i][1] for i in ids)]
                mentions[cells[0]] = GoldMention(TAGS[cells[1]], parts, surface)
        place = base.with_suffix(".coref"), 0
        people = _people(base, mentions, tokens)
        entities = _entities(base, mentions)
        place = base.with_suffix(".facts"), 0
        facts = _facts(base, mentions, spans)
    except (ValueError, KeyError, IndexError, OSError) as error:
        raise DataError(place[0], place[1] or None, f"cannot be read: {type(error).__name__} {error}") from error
    return GoldText(name, tokens, tuple(mentions.values()), facts, people, entities)


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []


def _people(
    base: Path, mentions: Mapping[str, GoldMention], tokens: Mapping[int, tuple[int, int, str]]
) -> tuple[tuple[tuple[int, int], ...], ...]:
    if not base.with_suffix(".coref").is_file():
        return ()
    people = []
    for block in _blocks(base.with_suffix(".coref")):
        own = [mentions[i] for i in block[0].split()[1:] if i in mentions and mentions[i].tag == "per"]
        if own:
            people.append(tuple(sorted({(min(tokens[t][0] for t in m.tokens), max(tokens[t][1] for t in m.tokens)) for m in own})))
    return tuple(people)


def _entities(base: Path, mentions: Mapping[str, GoldMention]) -> tuple[GoldEntity, ...]:
    if not base.with_suffix(".coref").is_file():
        return ()
    found = []
    for block in _blocks(base.with_suffix(".coref")):
        own = [mentions[i] for i in block[0].split()[1:] if i in mentions]
        tags = {m.tag for m in own}
        if tags:
            optional = all(_is_inside(m, mentions) for m in own) or all(_is_hint(m) for m in own)
            found.append(GoldEntity("loc" if "loc" in tags else min(tags), _attributes(block[1:]), optional))
    return tuple(found)


def _attributes(lines: list[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Values of one attribute are alternatives; a descriptor may stand before or after any of them."""
    named: dict[str, set[str]] = {}
    for line in lines:
        name, _, value = line.partition(" ")
        named.setdefault(name.lower(), set()).add(normalized(value))
    descriptors = {value for name in named if name.endswith(("descr", "descriptor")) for value in named[name]}
    found = []
    for name, values in sorted(named.items()):
        if name != "wikidata" and not name.endswith(("descr", "descriptor")):
            longer = {text for v in values for d in descriptors if f" {d} " not in f" {v} " for text in (f"{v} {d}", f"{d} {v}")}
            found.append((name.rstrip("0123456789"), frozenset(values | longer)))
    return tuple(found)


HOLDERS = {"per": ("loc", "org"), "loc": ("loc", "org"), "org": ("org",)}
"""Tags of larger mentions inside which a mention of each tag need not be found."""


def _is_inside(mention: GoldMention, mentions: Mapping[str, GoldMention]) -> bool:
    first, last = min(mention.tokens), max(mention.tokens)
    for other in mentions.values():
        a, b = min(other.tokens), max(other.tokens)
        if other is not mention and other.tag in HOLDERS[mention.tag] and a <= first and last <= b:
            if (a, b) != (first, last) or (mention.tag != "org" and other.tag == "org"):
                return True
    return False


def _is_hint(mention: GoldMention) -> bool:
    """Only an adjective («российский») or only descriptors («компания»)."""
    tags = {s.tag for s in mention.spans}
    return tags == {"geo_adj"} or all("descr" in tag for tag in tags)


def _facts(base: Path, mentions: Mapping[str, GoldMention], spans: Mapping[str, TextSpan]) -> tuple[GoldFact, ...] | None:
    if not base.with_suffix(".facts").is_file() or not base.with_suffix(".coref").is_file():
        return None
    entities = {block[0].split()[0]: _spellings(block, mentions, spans) for block in _blocks(base.with_suffix(".coref"))}
    parts: dict[str, set[str]] = {}
    raw = []
    for block in _blocks(base.with_suffix(".facts")):
        kind = block[0].split()[1].lower()
        cells = [(line.split()[0].lower(), line.split()[1:]) for line in block[1:]]
        if kind == "ispartof":
            ids = [c[0].removeprefix("obj") for _, c in cells]
            for one in ids:
                parts.setdefault(one, set()).update(i for i in ids if i != one)
        else:
            raw.append((kind, cells))
    return tuple(_fact(kind, cells, entities, spans, parts) for kind, cells in raw)


def _fact(
    kind: str, cells: list[tuple[str, list[str]]], entities: Mapping[str, frozenset[str]],
    spans: Mapping[str, TextSpan], parts: Mapping[str, set[str]],
) -> GoldFact:  # fmt: skip
    marks = {name: " ".join(words).lower() for name, words in cells if name in _SPECIAL}
    arguments = []
    for name, words in cells:
        if name in _SPECIAL:
            continue
        values: set[str] = set()
        for alternative in " ".join(words).split("|"):
            first, *rest = alternative.split() or [""]
            if first.startswith("span") and first[4:] in spans:
                values.add(normalized(spans[first[4:]].text))
            elif first.startswith("obj") and first[3:] in entities:
                values |= entities[first[3:]] | {normalized(" ".join(rest))}
                if kind == "occupation" and name == "where":
                    for whole in parts.get(first[3:], ()):
                        values |= entities[whole]
            else:
                values.add(normalized(alternative))
        arguments.append(Argument("position" if name == "job" else name, frozenset(values - {""})))
    return GoldFact(kind, tuple(arguments), marks.get("модальность", ""), marks.get("фаза", ""), marks.get("сложность", "") == "повышенная")


def _spellings(block: list[str], mentions: Mapping[str, GoldMention], spans: Mapping[str, TextSpan]) -> frozenset[str]:
    """Everything that an entity may be called: its mentions as they stand, its names, a person's
    name parts in every accepted order, a name with a descriptor before or after it."""
    named: dict[str, list[str]] = {}
    for line in block[1:]:
        name, _, value = line.partition(" ")
        named.setdefault(name.rstrip("0123456789"), []).append(normalized(value))
    values: set[str] = set()
    for identifier in block[0].split()[1:]:
        if identifier in mentions:
            mention = mentions[identifier]
            values.add(normalized(mention.surface))
            values.add(normalized(" ".join(s.text for s in mention.spans)))
        elif identifier in spans:
            values.add(normalized(spans[identifier].text))
    pools = {"f": named.get("firstname", []), "l": named.get("lastname", []), "p": named.get("patronymic", []), "n": named.get("nickname", [])}
    for order in _NAME_ORDERS:
        found = [""]
        for letter in order:
            found = [f"{head} {tail}".strip() for head in found for tail in pools[letter]]
        values.update(found)
    names, descriptors = named.get("name", []), named.get("descriptor", [])
    values.update(names)
    values.update(f"{n} {d}" for n in names for d in descriptors)
    values.update(f"{d} {n}" for n in names for d in descriptors)
    return frozenset(v for v in values if v)
