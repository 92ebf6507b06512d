"""brat files read back: what `kg extract` writes gives the same mentions and relations that it held."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluate.nerel import tables
from kg.evaluate.standoff import read_folder, read_gold
from kg.export.brat import relation_triples, shown
from kg.ids import DEFAULT_BASE
from kg.pipeline import Built, extracted
from tests.conftest import SEEDS


@pytest.fixture(scope="module")
def standoff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brat")
    for name, content in extracted([SEEDS], "brat", DEFAULT_BASE)[0].items():
        (folder / name).write_bytes(content)
    for text in SEEDS.glob("*.txt"):
        (folder / text.name).write_bytes(text.read_bytes())
    return folder


def test_what_was_written_is_read_back(standoff: Path, seeds_build: Built) -> None:
    facts = {f.article.name.removesuffix(".txt"): f for f in seeds_build.read.facts}
    for gold in read_folder(standoff):
        read = facts[gold.name]
        spans = {(m.start, m.end, m.label) for m in shown(read)}
        index = {i: (m.start, m.end, m.label) for i, m in read.index.items()}
        assert gold.skipped == 0
        assert gold.spans == spans
        assert gold.triples == {(label, index[a], index[b]) for label, a, b in relation_triples(read)}


def test_own_output_as_gold_scores_in_full(standoff: Path, seeds_build: Built) -> None:
    facts = {f.article.name.removesuffix(".txt"): f for f in seeds_build.read.facts}
    for table in tables(read_folder(standoff), facts):
        for line in table.rows:
            assert line.gold == line.found == line.right, (table.title, line)


def test_malformed_and_discontinuous_lines_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Иван живёт в Туле", encoding="utf-8")
    (tmp_path / "a.ann").write_text(
        "T1\tPERSON 0 4\tИван\nT2\tCITY 13 17\tТуле\nT3\tEVENT 0 4;13 17\tИван Туле\nR1\tPLACE_RESIDES_IN Arg1:T1 Arg2:T2\n"
        "R2\tброшено\nN1\tReference T2 Wikidata:Q2770\tТула\nчто-то\n", encoding="utf-8")  # fmt: skip
    gold = read_gold(tmp_path / "a.ann")
    assert gold.spans == {(0, 4, "PERSON"), (13, 17, "CITY")}
    assert gold.triples == {("PLACE_RESIDES_IN", (0, 4, "PERSON"), (13, 17, "CITY"))}
    assert gold.links == {"T2": "Q2770"}
    assert gold.skipped == 3


def test_a_folder_without_annotations_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no \.ann files"):
        read_folder(tmp_path)
