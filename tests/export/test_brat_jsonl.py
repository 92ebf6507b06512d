"""The shapes of brat and jsonl outputs, as the design fixes them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from kg.export.brat import standoff
from kg.export.jsonl import line
from kg.records import (
    Article,
    Claim,
    Entity,
    Event,
    ExternalLink,
    Facts,
    Mention,
    Relation,
    Resolution,
    Role,
    Span,
    TimeExpression,
    TimeValue,
)

TEXT = "😀 Глава треста Пётр\nЛуговой вчера приехал в Заозёрск. Он рад, сообщил Сомов."
SHA = "cd" * 32
PERSON = "https://w3id.org/ru-news-kg/id/person/petr-lugovoy"
CITY = "https://w3id.org/ru-news-kg/id/city/zaozersk"


def mention(key: str, words: str, label: str, normal: str, confidence: float = 0.9) -> Mention:
    start = TEXT.index(words)
    return Mention(key, start, start + len(words), label, normal, 0, 0, confidence, "names")


MENTIONS = (
    mention("m1", "Глава", "PROFESSION", "глава"),
    mention("m2", "Пётр\nЛуговой", "PERSON", "Пётр Луговой"),
    mention("m3", "вчера", "DATE", "вчера"),
    mention("m4", "приехал", "EVENT", "приехал"),
    mention("m5", "Заозёрск", "CITY", "Заозёрск"),
    mention("m6", "рад", "EVENT", "рад", 0.1),
    mention("m7", "Сомов", "PERSON", "Сомов"),
)
SAID = Span(TEXT.index("Он рад"), TEXT.index(", сообщил"))
CUE = Span(TEXT.index("сообщил"), TEXT.index("сообщил") + 7)


def relation(label: str, head: str, tail: str, **more: Any) -> Relation:
    return Relation(label, head, tail, 0, 10, 0, 0.9, "names", **more)


def claim(**changes: Any) -> Claim:
    fields: dict[str, Any] = {
        "id": "c1", "start": SAID.start, "end": SAID.end, "cue": CUE, "cue_text": "сообщил", "speaker": "m7", "speaker_name": None,
        "speaker_span": Span(MENTIONS[6].start, MENTIONS[6].end), "speaker_kind": "person", "via": None, "via_name": "Вестник", "modality": "reported",
        "polarity": "affirmed", "about": ("m2", "m5", "m2", "m4"), "confidence": 0.8,
    }  # fmt: skip
    return Claim(**{**fields, **changes})


FACTS = Facts(
    Article("a.txt", TEXT, SHA, "utf-8", "Глава треста", (), "2021-03-12", "dateline", "ru", ("encoding guessed: cp1251",)),
    (Span(0, len(TEXT)),),
    MENTIONS,
    (
        TimeExpression("m3", MENTIONS[2].start, MENTIONS[2].end, TimeValue("2021-03-11", "2021-03-11", "2021-03-11"), "dateline"),
        TimeExpression("m3", MENTIONS[2].start, MENTIONS[2].end, TimeValue("XXXX-05-09", None, None), None),
        TimeExpression("m3", MENTIONS[2].start, MENTIONS[2].end, None, None),
    ),
    (),
    (
        relation("WORKS_AS", "m2", "m1"),
        relation("PLACE_RESIDES_IN", "m2", "m5", negated=True),
        relation("PARTICIPANT_IN", "m2", "m6"),
    ),
    (Event("m4", "Visit", "happened", 0, 20, TimeValue("2021-03-11", "2021-03-11", "2021-03-11"), "dateline", "m5", (Role("agent", "m2"),), (("count", 2),)),),
    (claim(), claim(id="c2", cue=None, speaker=None, speaker_name="источник", speaker_span=None, speaker_kind="anonymous")),
)  # fmt: skip
RESOLUTION = Resolution(
    (
        Entity(PERSON, "Person", "Пётр Луговой", (), (), ((SHA, "m2"),), (), (ExternalLink("http://www.wikidata.org/entity/Q42", "table", 1.0),)),
        Entity(CITY, "City", "Заозёрск", (), (), ((SHA, "m5"),), (), (ExternalLink("https://sws.geonames.org/1/", "table", 1.0),)),
    ),
    {(SHA, "m2"): PERSON, (SHA, "m5"): CITY},
)  # fmt: skip


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    """The article as its line of JSON says it."""
    text = line(FACTS, RESOLUTION)
    assert "\n" not in text
    read = json.loads(text)
    assert isinstance(read, dict)
    return read


def test_brat_lines() -> None:
    lines = standoff(FACTS, RESOLUTION).splitlines()
    assert lines[0] == f"T1\tPROFESSION {TEXT.index('Глава')} {TEXT.index('Глава') + 5}\tГлава"
    assert [row for row in lines if row.startswith("R")] == ["R1\tWORKS_AS Arg1:T2 Arg2:T1"]
    assert [row for row in lines if row.startswith("N")] == ["N1\tReference T2 Wikidata:Q42\tПётр Луговой"]
    assert all(re.match(r"[TRN]\d+\t", row) for row in lines)


def test_brat_offsets_are_code_points_of_the_original() -> None:
    count = 0
    for row in standoff(FACTS, RESOLUTION).splitlines():
        if row.startswith("T"):
            _, where, surface = row.split("\t")
            _, start, end = where.split(" ")
            assert TEXT[int(start) : int(end)].replace("\n", " ") == surface
            count += 1
    assert count == len(MENTIONS) - 1


def test_unsure_mentions_are_not_written_out() -> None:
    assert "\tрад" not in standoff(FACTS, RESOLUTION)
    assert "PARTICIPANT_IN" not in standoff(FACTS, RESOLUTION)


def test_jsonl_head(record: dict[str, Any]) -> None:
    assert list(record) == ["article", "text_sha256", "date", "date_source", "language", "warnings", "mentions", "relations", "events", "claims", "dates"]
    assert [record[k] for k in ("article", "text_sha256", "date", "date_source", "language")] == ["a.txt", SHA, "2021-03-12", "dateline", "ru"]
    assert record["warnings"] == ["encoding guessed: cp1251"]


def test_jsonl_mentions_and_relations(record: dict[str, Any]) -> None:
    assert record["mentions"][1] == {
        "id": "m2", "start": TEXT.index("Пётр"), "end": TEXT.index("Пётр") + 12, "type": "PERSON", "normal": "Пётр Луговой", "entity": PERSON, "confidence": 0.9,
    }  # fmt: skip
    assert record["mentions"][0]["entity"] is None
    assert record["relations"][0] == {"type": "WORKS_AS", "head": "m2", "tail": "m1", "confidence": 0.9}
    ids = {m["id"] for m in record["mentions"]}
    assert all(r["head"] in ids and r["tail"] in ids for r in record["relations"])


def test_jsonl_events(record: dict[str, Any]) -> None:
    (event,) = record["events"]
    assert {"mention", "class", "realis", "time", "place", "roles", "confidence"} <= set(event)
    assert (event["mention"], event["class"], event["realis"], event["time"], event["place"]) == ("m4", "Visit", "happened", "2021-03-11", CITY)
    assert event["roles"] == [{"role": "agent", "mention": "m2"}]


def test_jsonl_claims(record: dict[str, Any]) -> None:
    first, second = record["claims"]
    for each in (first, second):
        assert {"start", "end", "cue", "speaker", "speaker_kind", "via", "modality", "polarity", "about", "confidence"} <= set(each)
    assert TEXT[first["start"] : first["end"]] == "Он рад"
    assert TEXT[slice(*first["cue"])] == "сообщил"
    assert (first["speaker"], first["speaker_kind"], first["via"]) == ("Сомов", "person", "Вестник")
    assert first["about"] == [PERSON, CITY]
    assert (second["cue"], second["speaker"], second["speaker_kind"]) == (None, "источник", "anonymous")


def test_jsonl_dates(record: dict[str, Any]) -> None:
    known, partial, nothing = record["dates"]
    for each in (known, partial, nothing):
        assert {"start", "end", "edtf", "earliest", "latest", "anchor_source"} <= set(each)
        assert TEXT[each["start"] : each["end"]] == "вчера"
    assert (known["edtf"], known["earliest"], known["latest"], known["anchor_source"]) == ("2021-03-11", "2021-03-11", "2021-03-11", "dateline")
    assert (partial["edtf"], partial["earliest"]) == (None, None)
    assert (nothing["edtf"], nothing["latest"]) == (None, None)
