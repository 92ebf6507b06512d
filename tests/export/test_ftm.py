"""FollowTheMoney: entities that its model accepts, and nothing hedged among the links and events.

The model is read from an excerpt (tests/refresh_ftm.py), and from the package itself where it is installed.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.ftm import ftm
from kg.export.ftm_map import LINKS, SCHEMATA, UNKNOWN, is_a
from kg.export.weave import network
from kg.graph.store import triples_of
from kg.graph.triples import triples
from tests.export.sample import BASE, RUMOUR, read, records
from tests.export.test_turtle import LABELS, LINE_ENDS

MODEL: dict[str, Any] = json.loads((Path(__file__).parent / "ftm_schema.json").read_text(encoding="utf-8"))["schemata"]
VALUES = {
    "date": r"\d{4}(-\d\d(-\d\d)?)?", "number": r"-?\d+(\.\d+)?", "identifier": r"Q\d+", "language": "[a-z]{3}",
    "entity": r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?",
}  # fmt: skip
"""What values of a type look like, where the type is no free text."""
Entity = dict[str, Any]


def entities(data: bytes) -> dict[str, Entity]:
    found = [json.loads(line) for line in data.decode().splitlines() if line]
    assert len(found) == len({e["id"] for e in found})
    return {e["id"]: e for e in found}


def above(schema: str) -> set[str]:
    return {schema} | {name for parent in MODEL[schema]["extends"] for name in above(parent)}


def properties(schema: str) -> dict[str, str]:
    return {name: kind for each in above(schema) for name, kind in MODEL[each]["properties"].items()}


def check(found: dict[str, Entity]) -> None:
    """Every property is one of the schema, required ones are there, values are of its type, references arrive."""
    for entity in found.values():
        assert set(entity) == {"id", "schema", "properties"} and re.fullmatch(VALUES["entity"], entity["id"])
        assert not MODEL[entity["schema"]]["abstract"]
        known = properties(entity["schema"])
        assert set(MODEL[entity["schema"]]["required"]) <= set(entity["properties"]), entity
        for name, values in entity["properties"].items():
            kind, _, wanted = known[name].partition(":")
            assert values and all(isinstance(v, str) and v.strip() for v in values) and len(set(values)) == len(values)
            assert kind not in VALUES or all(re.fullmatch(VALUES[kind], v) for v in values), (name, values)
            assert kind != "entity" or all(wanted in above(found[v]["schema"]) for v in values), (name, entity)


@pytest.fixture
def sample(tmp_path: Path) -> dict[str, Entity]:
    return entities(ftm(network(read(tmp_path)))[0])


def test_the_sample_and_the_seeds_keep_to_the_model(sample: dict[str, Entity], seeds_folder: Path) -> None:
    check(sample)
    check(entities(ftm(network(triples_of(seeds_folder / "graph.ttl")))[0]))


def test_the_check_notices_what_is_wrong(sample: dict[str, Entity]) -> None:
    for name, values in (("nonsense", ["x"]), ("birthDate", ["вчера"]), ("proof", ["kg.person.anna-ryabova"]), ("name", [])):
        broken = json.loads(json.dumps(sample))
        broken["kg.person.petr-lugovoy"]["properties"][name] = values
        with pytest.raises((AssertionError, KeyError)):
            check(broken)


@pytest.mark.parametrize("label", [*LABELS.values(), *LINE_ENDS.values()], ids=[*LABELS, *LINE_ENDS])
def test_hostile_labels(tmp_path: Path, label: str) -> None:
    found = entities(ftm(network(read(tmp_path, label, label if label.strip() else RUMOUR)))[0])
    check(found)
    (name,) = found["kg.person.petr-lugovoy"]["properties"]["name"]
    wanted = " ".join("".join(c for c in label if c in "\t\n\r" or (c >= " " and c not in "\ud800\ufffe\uffff")).split())
    assert name == (wanted or f"{BASE}person/petr-lugovoy")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30))
def test_any_label_can_be_written(label: str) -> None:
    check(entities(ftm(network(triples(records(label))))[0]))


def test_only_facts_are_links_and_events(sample: dict[str, Entity], seeds_folder: Path) -> None:
    for path_network, found in (
        (network(triples_of(seeds_folder / "graph.ttl")), entities(ftm(network(triples_of(seeds_folder / "graph.ttl")))[0])),
        (None, sample),
    ):
        links = {e["properties"]["recordId"][0] for e in found.values() if e["id"].startswith("kg.statement.")}
        events = {e["properties"]["recordId"][0] for e in found.values() if e["schema"] == "Event"}
        if path_network is None:
            assert {iri.removeprefix(BASE) for iri in links} == {f"statement/{n}" for n in ("works", "member", "post", "parent", "has", "home")}
            assert events == {f"{BASE}event/meeting-1"}
        else:
            assert links and links <= {e.id for e in path_network.edges if e.is_fact and e.layer == "statement"}
            assert events == {n.iri for n in path_network.nodes if n.happening and n.happening.status == "accepted"}


def test_what_is_only_said_is_a_note_with_its_speaker(sample: dict[str, Entity]) -> None:
    notes = {e["id"]: e["properties"] for e in sample.values() if e["schema"] == "Note"}
    assert notes.keys() == {f"kg.claim.{name}" for name in ("owns", "guilty", "married", "told", "arrest", "visit", "hint")}
    denied = notes["kg.claim.married"]
    assert denied["name"] == ["Анна Рябова: опровергнуто, отрицается"] and denied["keywords"] == ["denied", "negated"]
    assert denied["description"] == [RUMOUR] and denied["proof"] == ["kg.article.abababababababab"]
    assert notes["kg.claim.owns"]["name"] == ["Пётр Луговой (через: 'Союз'): якобы"]
    assert notes["kg.claim.hint"]["publisher"] == ["автор статьи"]
    said = json.dumps([e for e in sample.values() if e["schema"] != "Note"], ensure_ascii=False)
    assert "взятка" not in said and "kg.event.arrest-1" not in said and "2 млн" not in said


def test_links_keep_their_evidence_and_time(sample: dict[str, Entity]) -> None:
    works = sample["kg.statement.works"]
    assert works["schema"] == "Employment"
    assert works["properties"] == {
        "employee": ["kg.person.petr-lugovoy"], "employer": ["kg.organization.most"], "startDate": ["2019-02-01"], "endDate": ["2021-03-12"],
        "status": ["в прошлом"], "recordId": [f"{BASE}statement/works"], "summary": [RUMOUR],
        "proof": ["kg.article.cdcdcdcdcdcdcdcd", "kg.article.abababababababab"],
    }  # fmt: skip
    parent = sample["kg.statement.parent"]["properties"]
    assert (parent["relative"], parent["person"], parent["relationship"]) == (["kg.person.petr-lugovoy"], ["kg.person.ivan-lugovoy"], ["родитель"])
    schemata = {name: sample[f"kg.statement.{name}"]["schema"] for name in ("member", "post", "has", "home")}
    assert schemata == {"member": "Membership", "post": "Occupancy", "has": "Ownership", "home": "UnknownLink"}
    assert sample["kg.organization.soyuz"]["schema"] == "Company" and sample["kg.organization.most"]["schema"] == "Organization"


def test_entities_and_events_keep_what_the_model_can_hold(sample: dict[str, Entity]) -> None:
    assert sample["kg.person.petr-lugovoy"]["properties"]["birthDate"] == ["1971-05"]
    assert sample["kg.person.anna-ryabova"]["properties"]["religion"] == ["буддизм"]
    assert sample["kg.city.baku"]["properties"]["wikidataId"] == ["Q9248"]
    meeting = sample["kg.event.meeting-1"]["properties"]
    assert (meeting["date"], meeting["location"], meeting["organizer"]) == (["2021-03-14"], ["Баку"], ["kg.organization.most"])
    assert meeting["involved"] == ["kg.person.petr-lugovoy", "kg.person.anna-ryabova"]


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    _, told = ftm(network(read(tmp_path)))
    assert told == (
        "left out as links because they are no facts: 2 claimed events, 4 statements; who says so stands in notes",
        "left out because FollowTheMoney has no place for them: age (1), claims about nothing that is kept (2)",
    )
    assert ftm(network([])) == (b"", ())


@pytest.mark.parametrize(
    ("edtf", "wanted"),
    [("2021-03-14", {"date": ["2021-03-14"]}), ("2021-03", {"date": ["2021-03"]}), ("2021-03-01/2021-03-05", {"startDate": ["2021-03-01"], "endDate": ["2021-03-05"]}),
     ("2021-04/..", {"startDate": ["2021-04"]}), ("XXXX-05-09", {"description": ["время: XXXX-05-09"]}), ("2021~", {"description": ["время: 2021~"]})],
)  # fmt: skip
def test_time_of_an_event(tmp_path: Path, edtf: str, wanted: dict[str, list[str]]) -> None:
    read(tmp_path)
    path = tmp_path / "graph.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace('kg:time "2021-03-14"', f'kg:time "{edtf}"'), encoding="utf-8")
    event = entities(ftm(network(triples_of(path)))[0])["kg.event.meeting-1"]["properties"]
    assert {name: event[name] for name in ("date", "startDate", "endDate", "description") if name in event} == wanted


def test_another_base_gives_other_ids(tmp_path: Path) -> None:
    read(tmp_path)
    path = tmp_path / "graph.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace(BASE, "https://example.org/news/"), encoding="utf-8")
    found = entities(ftm(network(triples_of(path)))[0])
    check(found)
    assert not [i for i in found if i.startswith("kg.")] and [i for i in found if i.endswith(".person.petr-lugovoy")]


def test_the_map_knows_the_model() -> None:
    names = {*SCHEMATA.values(), "Company", "Event", *(link.schema for link in LINKS.values())}
    for schema in names:
        for wanted in ("Person", "LegalEntity", "Organization", "Asset", "Position"):
            assert not is_a(schema, wanted) or wanted in above(schema)
    for link in (*LINKS.values(), UNKNOWN):
        known = properties(link.schema)
        assert known[link.subject] == f"entity:{link.subject_is}" and known[link.object] == f"entity:{link.object_is}"
        assert not link.words or known[link.words] == "string"


def test_the_package_itself_reads_it_back(tmp_path: Path, seeds_folder: Path) -> None:
    package = pytest.importorskip("followthemoney", reason="needs followthemoney, which needs ICU and a compiler: pip install followthemoney")
    from tests.refresh_ftm import EXCERPT, excerpt

    assert json.loads(EXCERPT.read_text(encoding="utf-8"))["schemata"] == excerpt()["schemata"]
    for rows in (read(tmp_path), triples_of(seeds_folder / "graph.ttl")):
        for ident, entity in entities(ftm(network(rows))[0]).items():
            package.model[entity["schema"]].validate(entity)
            proxy = package.model.get_proxy(entity)
            assert proxy.id == ident
            for name, values in entity["properties"].items():
                assert sorted(proxy.get(name)) == sorted(values)
                prop = proxy.schema.get(name)
                cleaned = [prop.type.clean(v, proxy=proxy) for v in values]
                assert prop.type.name in ("name", "text", "string") or cleaned == values, (name, values)
