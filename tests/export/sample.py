"""A small graph with a record of every kind and standing, for the tests of the exports."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.export.turtle import turtle
from kg.graph.model import Graph, GraphClaim, GraphEvent, GraphStory, Source, Statement, Value
from kg.graph.store import triples_of
from kg.graph.values import EDTF, XSD
from kg.ids import DEFAULT_BASE as BASE
from kg.records import Article, Entity, ExternalLink, TimeValue

SHA = ("ab" * 32, "cd" * 32)
ARTICLES = tuple(f"{BASE}article/{sha[:16]}" for sha in SHA)
PETR, ANNA, IVAN = (f"{BASE}person/{name}" for name in ("petr-lugovoy", "anna-ryabova", "ivan-lugovoy"))
MOST, UNION = f"{BASE}organization/most", f"{BASE}organization/soyuz"
BAKU, CRIME, HEAD, BUDDHISM = f"{BASE}city/baku", f"{BASE}crime/vzyatka", f"{BASE}position/glava", f"{BASE}religion/buddizm"
STORY = f"{BASE}story/{SHA[0][:16]}"
GROUP = f"{BASE}source/group-eksperty-abababab"
MEETING, ARREST, VISIT = (f"{BASE}event/{name}" for name in ("meeting-1", "arrest-1", "visit-1"))
RUMOUR = "Луговой якобы владеет «Мостом»"
EXTRA = f"""
<{BASE}statement/works> <https://w3id.org/ru-news-kg/ontology#validFrom> "2019-02-01"^^<{XSD}date> ;
  <https://w3id.org/ru-news-kg/ontology#validUntil> "2021-03-12"^^<{XSD}date> .
<{BASE}statement/member> <https://w3id.org/ru-news-kg/ontology#validFrom> "2020-01-01"^^<{XSD}date> .
"""
"""What the ontology has and no record carries yet."""


def statements() -> tuple[Statement, ...]:
    def one(name: str, subject: str, predicate: str, value: str | Value, status: str, past: bool = False) -> Statement:
        return Statement(f"{BASE}statement/{name}", subject, predicate, value, past, status)

    return (
        one("works", PETR, "worksFor", MOST, "accepted", past=True),
        one("member", MOST, "memberOf", UNION, "accepted"),
        one("post", PETR, "position", HEAD, "accepted"),
        one("parent", PETR, "parentOf", IVAN, "accepted"),
        one("married", PETR, "spouse", ANNA, "disputed"),
        one("owns", PETR, "owns", MOST, "unverified"),
        one("has", ANNA, "owns", UNION, "accepted"),
        one("home", MOST, "headquarters", BAKU, "accepted"),
        one("faith", ANNA, "religion", BUDDHISM, "accepted"),
        one("guilty", PETR, "convictedOf", CRIME, "unverified"),
        one("born", PETR, "birthDate", Value("1971-05", EDTF), "accepted"),
        one("age", PETR, "age", Value("50", XSD + "integer"), "accepted"),
        one("rich", PETR, "income", Value("2 млн рублей", language="ru"), "unverified"),
    )


def events() -> tuple[GraphEvent, ...]:
    day = TimeValue("2021-03-14", "2021-03-14", "2021-03-14")
    open_end = TimeValue("2021-04/..", "2021-04-01", None)
    return (
        GraphEvent(MEETING, "Meeting", "встреча: Пётр Луговой, Анна Рябова, Баку", "happened", True,
                   (("agent", PETR), ("organizer", MOST), ("participant", ANNA)), BAKU, day, "stated", (("count", 2),), "accepted"),
        GraphEvent(ARREST, "Arrest", "арест: Пётр Луговой", "possible", False, (("patient", PETR),), None, None, None, (), "disputed"),
        GraphEvent(VISIT, "Visit", "визит: Баку", "planned", False, (("agent", ANNA),), BAKU, open_end, "article", (), "unverified"),
    )  # fmt: skip


def claims(quote: str) -> tuple[GraphClaim, ...]:
    def one(name: str, content: tuple[str, ...], by: str, kind: str, modality: str, about: tuple[str, ...], **more: object) -> GraphClaim:
        home = ARTICLES[1] if more.get("second") else ARTICLES[0]
        return GraphClaim(
            f"{BASE}claim/{name}", content, by, kind, UNION if more.get("via") else None, modality, str(more.get("polarity", "affirmed")),
            float(str(more.get("sure", 0.75))), about, home, 0, len(quote), quote, "якобы" if more.get("cue") else "",
            (f"{BASE}claim/{more['against']}",) if more.get("against") else (),
            speaker_confidence=float(str(more["speaker"])) if "speaker" in more else None,
        )  # fmt: skip

    said = tuple(s.iri for s in statements() if s.status == "accepted")
    return (
        one("facts", said, ARTICLES[0], "author", "asserted", (PETR, MOST)),
        one("again", said[:1], ARTICLES[1], "author", "asserted", (PETR, MOST), second=True, sure=0.9),
        one("met", (MEETING,), ARTICLES[0], "author", "asserted", (PETR, ANNA)),
        one("owns", (f"{BASE}statement/owns", f"{BASE}statement/rich"), GROUP, "group", "alleged", (PETR, MOST), cue=True, via=True, speaker=0.43),
        one("guilty", (f"{BASE}statement/guilty",), ANNA, "person", "reported", (PETR, ANNA)),
        one("married", (f"{BASE}statement/married",), ANNA, "person", "denied", (PETR,), polarity="negated", against="told", sure=0.5),
        one("told", (f"{BASE}statement/married",), MOST, "organization", "reported", (PETR, ANNA), against="married"),
        one("arrest", (ARREST,), MOST, "organization", "possible", (PETR,)),
        one("visit", (VISIT,), ARTICLES[0], "author", "planned", (ANNA, BAKU)),
        one("hint", (), ARTICLES[0], "author", "opinion", (MOST,)),
        one("nested", (f"{BASE}claim/hint",), GROUP, "group", "reported", ()),
        one("aside", (), ARTICLES[1], "author", "possible", (), second=True),
    )


def records(label: str = "Пётр Луговой", quote: str = RUMOUR) -> Graph:
    """The graph; `label` names a person, an article and a source."""
    name = label.encode("utf-8", "backslashreplace").decode()  # as kg.read shows file names
    baku = (ExternalLink("http://www.wikidata.org/entity/Q9248", "table", 0.95),)
    entities = (
        Entity(PETR, "Person", label, (label, "Луговой"), ("Лугового",), ()),
        Entity(ANNA, "Person", "Анна Рябова", (), (), ()),
        Entity(IVAN, "Person", "Иван Луговой", (), (), ()),
        Entity(MOST, "Organization", "=СУММ(1;2)", ("-Мост",), (), ()),
        Entity(UNION, "Organization", "'Союз'", (), (), ()),
        Entity(BAKU, "City", "Баку", (), (), (), (), baku),
        Entity(CRIME, "Crime", "взятка", (), (), ()),
        Entity(HEAD, "Position", "глава", (), (), ()),
        Entity(BUDDHISM, "Religion", "буддизм", (), (), ()),
    )
    articles = {
        ARTICLES[0]: Article(name, quote, SHA[0], "utf-8", label, (), "2021-03-15", "dateline"),
        ARTICLES[1]: Article("b.txt", quote, SHA[1], "utf-8", "Второй", ()),
    }
    mentioned = {ARTICLES[0]: (PETR, ANNA, MOST, BAKU), ARTICLES[1]: (PETR, MOST)}
    stories = dict.fromkeys(ARTICLES, GraphStory(STORY, label))
    return Graph(BASE, articles, entities, (Source(GROUP, "Group", label),), statements(), events(), claims(quote), mentioned, stories, (("kg", "0"),))


def written(folder: Path, label: str = "Пётр Луговой", quote: str = RUMOUR) -> Path:
    """The graph as the Turtle that a build writes."""
    path = folder / "graph.ttl"
    path.write_bytes(turtle(records(label, quote)) + EXTRA.encode())
    return path


def read(folder: Path, label: str = "Пётр Луговой", quote: str = RUMOUR) -> list[ox.Triple]:
    return triples_of(written(folder, label, quote))
