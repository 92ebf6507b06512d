"""What the two seed articles must yield, asked of the written graph as a user would ask it."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.namespace import SKOS

KG = rdflib.Namespace("https://w3id.org/ru-news-kg/ontology#")
FIRST, SECOND = "000_8fab6fa466df689f.txt", "002_a86a0c86af98b90b.txt"

Graph = rdflib.Graph


def named(graph: Graph, name: str) -> set[URIRef]:
    """Nodes that carry a name in any of its forms."""
    found = set()
    for predicate in (RDFS.label, SKOS.altLabel, SKOS.hiddenLabel):
        found |= {s for s in graph.subjects(predicate, Literal(name, lang="ru")) if isinstance(s, URIRef)}
    return found


def one(graph: Graph, name: str, kind: str) -> URIRef:
    """The one node with this name that is of this class."""
    found = [node for node in named(graph, name) if (node, RDF.type, KG[kind]) in graph]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


ENTITIES = [
    ("Рамиз Мехтиев", "Person", ["Рамиза Мехтиева", "Мехтиев", "Мехтиева"]),
    ("Владимир Путин", "Person", ["Владимира Путина", "Путина"]),
    ("Ильхам Алиев", "Person", ["Ильхама Алиева", "Алиева", "Алиев"]),
    ("Гейдар Алиев", "Person", ["Гейдаром Алиевым"]),
    ("Александр Куренков", "Person", []),
    ("APA", "Organization", []),
    ("AZAL", "Organization", ["Азербайджанских авиалиний", "Азербайджанские авиалинии"]),
    ("Коммерсантъ", "Organization", ["Коммерсантом"]),
    ("Кремль", "Organization", ["Кремле", "Кремля"]),
    ("ЦК Компартии", "Organization", []),
    ("администрация президента Азербайджана", "Organization", []),
    ("ФСБ", "Organization", []),
    ("МВД", "Organization", []),
    ("Следственный комитет России", "Organization", ["Следственного комитета России"]),
    ("министерство национальной безопасности Азербайджана", "Organization",
     ["министерства национальной безопасности Азербайджана", "МНБ Азербайджана"]),
    ("RT", "Organization", []),
    ("Россия", "Country", ["Россией", "России", "российские", "российский"]),
    ("Азербайджан", "Country", ["Азербайджаном", "Азербайджана", "Азербайджане", "азербайджанским"]),
    ("Баку", "City", []),
    ("Москва", "City", ["Москвой", "Москву", "Москве"]),
    ("Душанбе", "City", []),
    ("Екатеринбург", "City", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "forms"), ENTITIES, ids=[e[0] for e in ENTITIES])
def test_one_node_for_each_thing(seeds_graph: Graph, name: str, kind: str, forms: list[str]) -> None:
    node = one(seeds_graph, name, kind)
    for form in forms:
        assert node in named(seeds_graph, form), form


def test_namesakes_stay_apart(seeds_graph: Graph) -> None:
    assert one(seeds_graph, "Ильхам Алиев", "Person") != one(seeds_graph, "Гейдар Алиев", "Person")


@pytest.mark.parametrize("name", ["Владимир Путин", "Ильхам Алиев", "AZAL", "Кремль", "Россия", "Азербайджан", "Баку", "Москва"])
def test_both_articles_mention(seeds_graph: Graph, name: str) -> None:
    nodes = named(seeds_graph, name)
    files = {str(f) for node in nodes for article in seeds_graph.subjects(KG.mentions, node) for f in seeds_graph.objects(article, KG.fileName)}
    assert files == {FIRST, SECOND}


@pytest.mark.parametrize(("name", "iso"), [("Россия", "Q159"), ("Азербайджан", "Q227")])
def test_countries_are_linked(seeds_graph: Graph, name: str, iso: str) -> None:
    links = {str(o) for o in seeds_graph.objects(one(seeds_graph, name, "Country"), SKOS.exactMatch)}
    assert f"http://www.wikidata.org/entity/{iso}" in links


RELATIONS = [
    ("Владимир Путин", "position", "президент", False),
    ("Рамиз Мехтиев", "worksFor", "администрация президента Азербайджана", True),
    ("Рамиз Мехтиев", "worksFor", "ЦК Компартии", True),
    ("Рамиз Мехтиев", "knows", "Гейдар Алиев", True),
    ("Александр Куренков", "position", "министр по ЧС", False),
    ("Александр Куренков", "position", "личный адъютант Путина", True),
    ("Министерство национальной безопасности Азербайджана", "headquarters", "Азербайджан", False),
    ("Следственный комитет России", "headquarters", "Россия", False),
]


@pytest.mark.parametrize(("subject", "predicate", "value", "past"), RELATIONS)
def test_plain_facts(seeds_graph: Graph, subject: str, predicate: str, value: str, past: bool) -> None:
    subjects = named(seeds_graph, subject) | named(seeds_graph, subject[:1].lower() + subject[1:])
    pairs = [(s, o) for s in subjects for o in named(seeds_graph, value) if (s, KG[predicate], o) in seeds_graph]
    assert pairs
    statements = [
        st for s, o in pairs for st in seeds_graph.subjects(KG.subject, s)
        if (st, KG.object, o) in seeds_graph and (st, KG.predicate, KG[predicate]) in seeds_graph
    ]  # fmt: skip
    assert any((st, KG.past, Literal(True)) in seeds_graph for st in statements) == past


def test_age_and_nickname(seeds_graph: Graph) -> None:
    node = one(seeds_graph, "Рамиз Мехтиев", "Person")
    assert Literal(87) in set(seeds_graph.objects(node, KG.age))
    assert Literal("серый кардинал Баку", lang="ru") in set(seeds_graph.objects(node, SKOS.altLabel))


def events(graph: Graph, kind: str, file: str) -> list[URIRef]:
    """Events of a class, accepted or claimed, that an article's claims speak of."""
    found = []
    for event in set(graph.subjects(KG.eventType, KG[kind])) | set(graph.subjects(RDF.type, KG[kind])):
        files = {str(f) for c in graph.subjects(KG.claims, event) for a in graph.objects(c, KG.inArticle) for f in graph.objects(a, KG.fileName)}
        if file in files and isinstance(event, URIRef):
            found.append(event)
    return found


def labels(graph: Graph, event: URIRef, *roles: str) -> set[str]:
    return {str(label) for role in roles for node in graph.objects(event, KG[role]) for label in graph.objects(node, RDFS.label)}


ROLES = ("agent", "patient", "participant", "involves", "organizer")


def test_meeting(seeds_graph: Graph) -> None:
    good = [
        e for e in events(seeds_graph, "Meeting", FIRST)
        if labels(seeds_graph, e, "participant") == {"Владимир Путин", "Ильхам Алиев"} and labels(seeds_graph, e, "place") == {"Душанбе"}
        and "2025-10-09" in {str(t) for t in seeds_graph.objects(e, KG.time)}
    ]  # fmt: skip
    assert len(good) == 1
    assert (good[0], RDF.type, KG.Meeting) in seeds_graph and (good[0], RDF.type, KG.Event) in seeds_graph


def test_arrest_and_accusation(seeds_graph: Graph) -> None:
    arrests = [e for e in events(seeds_graph, "Arrest", FIRST) if labels(seeds_graph, e, "patient") == {"Рамиз Мехтиев"}]
    assert len(arrests) == 1 and labels(seeds_graph, arrests[0], "place") == {"Баку"}
    assert (arrests[0], RDF.type, KG.Arrest) in seeds_graph
    accusations = [e for e in events(seeds_graph, "Accusation", FIRST) if "Рамиз Мехтиев" in labels(seeds_graph, e, "patient")]
    assert any(labels(seeds_graph, e, "crime") == {"государственная измена", "захват власти"} for e in accusations)


def test_coup_did_not_happen(seeds_graph: Graph) -> None:
    coups = [e for e in events(seeds_graph, "Coup", FIRST) if "Рамиз Мехтиев" in labels(seeds_graph, e, *ROLES)]
    assert coups
    assert all((e, KG.realis, KG.happened) not in seeds_graph and (e, RDF.type, KG.Event) not in seeds_graph for e in coups)


def test_accident(seeds_graph: Graph) -> None:
    good = [
        e for e in events(seeds_graph, "Accident", SECOND)
        if "2024-12" in {str(t) for t in seeds_graph.objects(e, KG.time)} and Literal(38) in set(seeds_graph.objects(e, KG.deaths))
    ]  # fmt: skip
    assert len(good) == 1
    assert {"Азербайджанские авиалинии"} & labels(seeds_graph, good[0], *ROLES)


def test_cancelled_trip(seeds_graph: Graph) -> None:
    (event,) = events(seeds_graph, "Cancellation", SECOND)
    assert labels(seeds_graph, event, "agent") == {"Ильхам Алиев"} and labels(seeds_graph, event, "place") == {"Москва"}
    assert (event, KG.realis, KG.cancelled) in seeds_graph
    assert "XXXX-05-09" in {str(t) for t in seeds_graph.objects(event, KG.time)}


def test_raid_and_detention(seeds_graph: Graph) -> None:
    (raid,) = events(seeds_graph, "Raid", SECOND)
    assert labels(seeds_graph, raid, "agent") == {"ФСБ", "МВД", "Следственный комитет России"}
    assert labels(seeds_graph, raid, "place") == {"Екатеринбург"}
    assert "2025-06-21/2025-06-30" in {str(t) for t in seeds_graph.objects(raid, KG.time)}
    assert Literal(2) in set(seeds_graph.objects(raid, KG.deaths))
    detentions = [e for e in events(seeds_graph, "Detention", SECOND) if "RT" in labels(seeds_graph, e, *ROLES)]
    assert len(detentions) == 1
    assert labels(seeds_graph, detentions[0], "agent") == {"министерство национальной безопасности Азербайджана"}
    assert labels(seeds_graph, detentions[0], "place") == {"Баку"}
    assert Literal(2) in set(seeds_graph.objects(detentions[0], KG["count"]))


def test_planned_visit(seeds_graph: Graph) -> None:
    visits = [e for e in events(seeds_graph, "Visit", SECOND) if labels(seeds_graph, e, "place") == {"Баку"}]
    assert len(visits) == 1
    assert (visits[0], RDF.type, KG.ClaimedEvent) in seeds_graph and (visits[0], KG.realis, KG.planned) in seeds_graph
    assert "2025-09-01/2025-09-07" in {str(t) for t in seeds_graph.objects(visits[0], KG.time)}
    speakers = {str(o) for c in seeds_graph.subjects(KG.claims, visits[0]) for s in seeds_graph.objects(c, KG.saidBy) for o in seeds_graph.objects(s, RDF.type)}
    assert speakers == {str(KG.AnonymousSource)}


CLAIMS = [
    ("APA", "reported", {"Россия", "Азербайджан"}, "представители России передали данные о заговоре азербайджанским властям", None),
    ("APA", "possible", {"Владимир Путин", "Ильхам Алиев", "Душанбе"}, "это произошло на встрече", "Предположительно"),
    ("APA", "alleged", {"Рамиз Мехтиев"}, "якобы десятилетиями продвигал", "якобы"),
    ("источники", "reported", {"Россия"}, "Россия передала", "заявили"),
    ("пресса", "reported", {"Рамиз Мехтиев", "Азербайджанские авиалинии"}, "хотел использовать кризис", "по сведениям"),
    ("политологи", "opinion", {"Рамиз Мехтиев"}, "крайне сложно", "полагают"),
    ("Владимир Путин", "opinion", {"Азербайджан"}, "остались в прошлом", "выразил надежду"),
    ("источник", "planned", {"Москва", "Баку"}, "направится в Баку", "По словам"),
    ("источник", "possible", {"Александр Куренков"}, "может возглавить", "не исключает"),
    ("министерство национальной безопасности Азербайджана", "opinion", {"RT", "Россия"}, "под прикрытием", "по мнению"),
    ("источник", "opinion", {"Кремль", "Азербайджан"}, "не входит в планы Кремля", "считает"),
]  # fmt: skip


@pytest.mark.parametrize(("speaker", "modality", "about", "words", "cue"), CLAIMS, ids=[f"{c[0]}: {c[4] or c[3][:20]}" for c in CLAIMS])
def test_claims(seeds_graph: Graph, speaker: str, modality: str, about: set[str], words: str, cue: str | None) -> None:
    good = [
        c for c in seeds_graph.subjects(RDF.type, KG.Claim)
        if any(words in str(q) for q in seeds_graph.objects(c, KG.quote)) and (c, KG.modality, KG[modality]) in seeds_graph
        and (cue is None or Literal(cue, lang="ru") in set(seeds_graph.objects(c, KG.cue)))
        and {speaker} == {str(label) for s in seeds_graph.objects(c, KG.saidBy) for label in seeds_graph.objects(s, RDFS.label)}
        and about <= {str(label) for a in seeds_graph.objects(c, KG.about) for label in seeds_graph.objects(a, RDFS.label)}
    ]  # fmt: skip
    assert len(good) == 1


def test_channels_of_anonymous_and_group_sources(seeds_graph: Graph) -> None:
    for speaker, kind, via in (("источники", "AnonymousSource", "APA"), ("политологи", "Group", "Коммерсантъ")):
        (source,) = seeds_graph.subjects(RDFS.label, Literal(speaker, lang="ru"))
        assert (source, RDF.type, KG[kind]) in seeds_graph
        channels = {node for c in seeds_graph.subjects(KG.saidBy, source) for node in seeds_graph.objects(c, KG.via)}
        assert channels == {one(seeds_graph, via, "Organization")}


def test_experts_disagree_with_the_agency(seeds_graph: Graph) -> None:
    pairs = {
        tuple(sorted(str(label) for c in pair for s in seeds_graph.objects(c, KG.saidBy) for label in seeds_graph.objects(s, RDFS.label)))
        for pair in seeds_graph.subject_objects(KG.contradicts)
    }
    assert ("APA", "политологи") in pairs


FOREIGN = ["Томск", "Шри-Ланка", "Ефремов", "Михаил Ефремов", "Дроздов", "Николай Дроздов", "Вэнс", "Джей Ди Вэнс", "Мальцев", "Игорь Мальцев",
           "Энергия", "Самара", "Уфа", "Индия", "США", "Киев", "Байден"]  # fmt: skip


def test_nothing_of_the_list_of_other_headlines(seeds_graph: Graph) -> None:
    assert not [name for name in FOREIGN if named(seeds_graph, name)]


def test_the_headline_is_one_piece_of_evidence(seeds_graph: Graph) -> None:
    quotes = [c for c in seeds_graph.subjects(RDF.type, KG.Claim) for q in seeds_graph.objects(c, KG.quote) if "отправить неофициальную делегацию" in str(q)]
    cues = {str(o) for c in quotes for o in seeds_graph.objects(c, KG.cue)}
    assert len([c for c in quotes if "собирается" in {str(o) for o in seeds_graph.objects(c, KG.cue)}]) == 1, cues


def test_no_reported_matter_is_a_plain_fact(seeds_graph: Graph) -> None:
    mekhtiev = one(seeds_graph, "Рамиз Мехтиев", "Person")
    kurenkov = one(seeds_graph, "Александр Куренков", "Person")
    for node in (mekhtiev, kurenkov):
        for role in ROLES:
            for event in seeds_graph.subjects(KG[role], node):
                if (event, RDF.type, KG.Event) in seeds_graph:
                    assert (event, KG.eventType, KG.Coup) not in seeds_graph and (event, KG.eventType, KG.Appointment) not in seeds_graph
    intelligence = named(seeds_graph, "российская разведка")
    assert not [s for o in intelligence for s in seeds_graph.subjects(KG.worksFor, o)]


OBLIQUE = ["Путина", "Азербайджаном", "Мехтиева", "Следственного комитета", "Алиева", "Рамиза Мехтиева", "Азербайджанских авиалиний", "Коммерсантом"]


@pytest.mark.parametrize("form", OBLIQUE)
def test_no_label_is_an_oblique_form(seeds_graph: Graph, form: str) -> None:
    assert not list(seeds_graph.subjects(RDFS.label, Literal(form, lang="ru")))


def test_aircraft_and_channel_are_no_persons_or_places(seeds_graph: Graph) -> None:
    for name in ("Е-190", "RT"):
        for node in named(seeds_graph, name):
            types = {str(t).rsplit("#")[-1] for t in seeds_graph.objects(node, RDF.type)}
            assert not types & {"Person", "City", "Country", "Region", "District", "Location", "Facility"}


def test_every_quote_is_the_text_at_its_offsets(seeds_graph: Graph, seeds_build: object) -> None:
    texts = {iri: article.text for iri, article in seeds_build.graph.articles.items()}  # type: ignore[attr-defined]
    count = 0
    for claim in seeds_graph.subjects(RDF.type, KG.Claim):
        (article,), (begin,), (end,), (quote,) = (list(seeds_graph.objects(claim, KG[p])) for p in ("inArticle", "begin", "end", "quote"))
        assert texts[str(article)][int(begin) : int(end)] == str(quote)
        count += 1
    assert count > 30
