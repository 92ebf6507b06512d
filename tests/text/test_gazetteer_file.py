"""The user's own names: read strictly, put before the shipped ones, found in any form, and forgotten afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.export.turtle import turtle
from kg.ids import DEFAULT_BASE
from kg.pipeline import build_graph, read_facts
from kg.resolve.linking import link
from kg.text import gazetteer
from kg.text.gazetteer_file import read_additions

HEADER = "label,type,id,aliases\n"


@pytest.fixture(autouse=True)
def shipped_only() -> Iterator[None]:
    yield
    gazetteer.use(())


def used(tmp_path: Path, rows: str, name: str = "my.csv") -> tuple[str, ...]:
    file = tmp_path / name
    file.write_text(rows, encoding="utf-8")
    read = read_additions(file)
    gazetteer.use(read.entries)
    return read.warnings


@pytest.mark.parametrize("rows", [HEADER + "Мосстрой,Organization,Q5,Мосстройтрест|МСТ\n", "label;type;id;aliases\nМосстрой;ORGANIZATION;Q5;Мосстройтрест|МСТ\n"])
def test_a_name_is_found_in_its_forms_joined_and_linked(tmp_path: Path, rows: str) -> None:
    assert not used(tmp_path, rows)
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text("Стройка\n\nВ Мосстройтресте сменился директор. Жители поблагодарили Мосстрой.", encoding="utf-8")
    graph = build_graph(read_facts([news]), DEFAULT_BASE).graph
    found = [e for e in graph.entities if e.kind == "Organization"]
    assert [(e.label, len(e.mentions), [x.iri for x in e.links]) for e in found] == [("Мосстрой", 2, ["http://www.wikidata.org/entity/Q5"])]
    assert any(name == "user gazetteer" for name, _ in graph.run)


def test_own_names_stand_before_the_shipped_ones_and_are_told(tmp_path: Path) -> None:
    before = link("City", ["Тула"])
    assert before and not before[0].iri.endswith("/Q7")
    warnings = used(tmp_path, HEADER + "Тула,City,Q7,\nЩи,Organization,,\n")
    assert link("City", ["Тула"])[0].iri == "http://www.wikidata.org/entity/Q7"
    assert any("«Тула» stands before" in w for w in warnings) and any("«Щи» has fewer" in w for w in warnings)
    gazetteer.use(())
    assert link("City", ["Тула"]) == before


def test_an_iri_may_be_the_id_and_no_id_means_no_link(tmp_path: Path) -> None:
    used(tmp_path, HEADER + "Мосстрой,Organization,https://example.org/mosstroy,\nМосква,City,,\n")
    assert [x.iri for x in link("Organization", ["Мосстрой"])] == ["https://example.org/mosstroy"]
    assert link("City", ["Москва"]) == ()


def test_jobs_know_the_names_too(tmp_path: Path) -> None:
    used(tmp_path, "label\ttype\tid\taliases\tnote\nПриморсктранс\tFacility\tQ9\t\tпорт\n", "my.tsv")
    news = tmp_path / "news"
    news.mkdir()
    for name in "abc":
        (news / f"{name}.txt").write_text(f"Порт {name}\n\nВ Приморсктрансе началась забастовка докеров.", encoding="utf-8")
    one, two = (build_graph(read_facts([news], jobs), DEFAULT_BASE).graph for jobs in (1, 2))
    assert turtle(one) == turtle(two) and b"Q9" in turtle(one)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("name,type\nМосстрой,Organization\n", "has no label"),
        (HEADER + ",Organization,,\n", "line 2: has no label"),
        (HEADER + "Мосстрой,Robot,,\n", "'Robot' is no type"),
        (HEADER + "Мосстрой,Event,,\n", None),
        (HEADER + "Мосстрой,Organization,P31,\n", "neither a Wikidata id"),
        (HEADER + "Мосстрой,Organization,Q1,\nТула,Organization,Q1,\n", "is given to"),
        (HEADER + "Мосстрой,Organization,Q1,Стройка\nТула,Organization,Q2,стройка\n", "cannot choose"),
        (HEADER + "Мосстрой,Organization,Q1,a,b\n", "more columns"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, rows: str, told: str | None) -> None:
    if told is None:
        used(tmp_path, rows)
        return
    with pytest.raises(DataError) as error:
        used(tmp_path, rows)
    assert told in str(error.value) and "my.csv" in str(error.value)


def test_other_files_and_encodings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_bytes("label,type\nТула,City\n".encode("cp1251"))
    with pytest.raises(DataError, match="not UTF-8"):
        read_additions(tmp_path / "my.csv")
    with pytest.raises(DataError, match=r"name it \.csv"):
        read_additions(tmp_path / "my.xlsx")
