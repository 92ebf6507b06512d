"""The annotated claims and dates of `tests/eval`, and the way they are scored."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluate import claims, dates, run
from kg.evaluate.annotations import Annotated, GoldClaim, GoldDate, read_annotations
from kg.evaluate.claims import Said, met, overlap, same_name, within_name
from kg.records import Claim, Span, TimeExpression, TimeValue
from tests.conftest import corpus

EVAL = Path(__file__).resolve().parent.parent / "eval"
FILES = sorted(EVAL.glob("*.jsonl"))
WRITTEN = sorted(EVAL.glob("written*.jsonl"))


def claim(identifier: str, cue: Span, content: Span, modality: str = "reported") -> Claim:
    return Claim(identifier, content.start, content.end, cue, "", None, "Иван", None, "person", None, None, modality, "affirmed", (), 0.8)


def gold(cue: Span, content: Span, source: str | None = "Иван", modality: str = "reported") -> GoldClaim:
    return GoldClaim(cue, source, "person" if source else "none", None, modality, content, ())


def test_there_are_enough_annotations_and_no_text_is_in_two_files() -> None:
    texts = {file.name: read_annotations(file) for file in FILES}
    names = [a.doc for group in texts.values() for a in group]
    assert len(names) == len(set(names))
    assert sum(len(a.claims) for group in texts.values() for a in group) >= 300
    assert sum(len(a.dates) for group in texts.values() for a in group) >= 200


def test_offsets_lie_in_the_written_texts() -> None:
    docs: set[str] = set()
    for file in WRITTEN:
        for annotated in read_annotations(file):
            docs.add(annotated.doc)
            text = (EVAL / "written" / annotated.doc).read_bytes().decode("utf-8")
            assert annotated.claims
            for each in annotated.claims:
                cue, content = (text[span.start : span.end] for span in (each.cue, each.content))
                assert cue and content and cue == cue.strip() and content == content.strip()
    assert docs == {path.name for path in (EVAL / "written").iterdir()}


def test_offsets_lie_in_the_texts_of_the_corpora() -> None:
    nerel = corpus("nerel")
    folders = [nerel / "dev", nerel / "train", nerel.parent]
    for file in [f for f in FILES if f not in WRITTEN]:
        for annotated in read_annotations(file):
            path = next(f / annotated.doc for f in folders if (f / annotated.doc).is_file())
            length = len(path.read_bytes().decode("utf-8"))
            for each in annotated.claims:
                assert 0 <= each.cue.start < each.cue.end <= length and 0 <= each.content.start < each.content.end <= length
            for date in annotated.dates:
                assert 0 <= date.span.start < date.span.end <= length


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"doc": "a.txt", "claims": [], "dates": []}) + "\n{}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.jsonl"):
        read_annotations(file)


def test_texts_lie_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Мост готов, заявил министр Иван Рябов.\n", encoding="utf-8")
    file = tmp_path / "a.jsonl"
    cue = {"cue_span": [12, 18], "source": "Иван Рябов", "source_kind": "person", "via": None, "modality": "reported", "content": [0, 10], "about": []}
    file.write_text(json.dumps({"doc": "news/a.txt", "claims": [cue], "dates": []}) + "\n", encoding="utf-8")
    table = run("claims", file, tmp_path)[0]
    assert table.rows[0].right == 1
    file.write_text("\n".join(json.dumps({"doc": doc, "claims": [], "dates": []}) for doc in ("a.txt", "news/a.txt")), encoding="utf-8")
    with pytest.raises(DataError, match="same file name"):
        run("claims", file, tmp_path)


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"doc": "nowhere.txt", "claims": [], "dates": []}) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"nowhere\.txt"):
        run("claims", file, None)


def test_claims_meet_by_cue_one_to_one() -> None:
    wanted = [gold(Span(10, 16), Span(20, 40)), gold(Span(50, 56), Span(60, 80))]
    found = [Said(claim("c1", Span(9, 16), Span(20, 38)), "Иван", None, frozenset()), Said(claim("c2", Span(11, 14), Span(90, 99)), "Пётр", None, frozenset())]
    pairs = met(wanted, found)
    assert [(p.gold.cue, p.found.claim.id) for p in pairs] == [(Span(10, 16), "c1")]


def test_the_table_counts_what_met() -> None:
    text = Annotated("a.txt", None, (gold(Span(0, 5), Span(6, 20)), gold(Span(30, 35), Span(36, 50), None, "possible")), ())
    found = {"a.txt": [Said(claim("c1", Span(0, 5), Span(6, 20)), "Иван", None, frozenset())]}
    cue, met_, _ = claims.tables([text], found)
    assert (cue.rows[0].gold, cue.rows[0].found, cue.rows[0].right) == (2, 1, 1)
    assert {r.name: r.right for r in met_.rows}["speaker"] == 1


@pytest.mark.parametrize(("one", "other", "same", "within"), [
    ("Пётр «Первый»", "петр первый", True, True), ("Путин", "Владимир Путин", False, True), ("Путин", "Медведев", False, False),
    (None, None, True, True), ("Путин", None, False, False),
])  # fmt: skip
def test_names_compare(one: str | None, other: str | None, same: bool, within: bool) -> None:
    assert same_name(one, other) is same
    assert within_name(one, other) is within


def test_overlap_is_shared_over_all() -> None:
    assert overlap(Span(0, 10), Span(5, 15)) == pytest.approx(1 / 3)
    assert overlap(Span(0, 5), Span(5, 9)) == 0.0


def test_dates_are_right_when_the_value_is_and_open_ones_stay_open() -> None:
    day = TimeValue("2020-05-09", "2020-05-09", "2020-05-09")
    partial = TimeValue("XXXX-05-09", None, None)
    found = (TimeExpression("t1", 0, 9, day, "stated"), TimeExpression("t2", 20, 29, partial, None))
    wanted = (GoldDate(Span(2, 9), "2020-05-09"), GoldDate(Span(20, 29), None), GoldDate(Span(40, 44), "1999"))
    values = [dates.value_of(f) for _, f in dates.paired(wanted, found)]
    assert values == ["2020-05-09", None, None]


def test_what_is_not_annotated_is_not_counted() -> None:
    cue, content = Span(0, 5), Span(6, 20)
    said_so = {"a.txt": [Said(claim("c1", cue, content), "Иван", None, frozenset({"тула"}))]}
    silent, telling = gold(cue, content), replace(gold(cue, content), about=("Тула",))
    rows = [[r.name for r in claims.tables([Annotated("a.txt", None, (one,), ())], said_so)[1].rows] for one in (silent, telling)]
    assert "about" not in rows[0] and "about" in rows[1]
