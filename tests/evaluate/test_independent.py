"""`kg eval nerel` and a scorer without any of kg's code count the same, from the brat files that kg writes."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from kg.evaluate.nerel import evaluate
from kg.evaluate.scores import Table
from kg.ids import DEFAULT_BASE
from kg.pipeline import extracted
from tests import independent_scorer
from tests.conftest import corpus
from tests.independent_scorer import Counts, micro, parse, score, sentence_starts

FEW = 6
"""Articles scored; one of them repeats its headline, which kg reads once, and one has a mention in fragments."""


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few articles of NEREL dev, short ones and the odd one."""
    dev = corpus("nerel") / "dev"
    chosen = [*sorted(dev.glob("*.ann"), key=lambda p: (p.stat().st_size, p.name))[: FEW - 2]]
    chosen += [next(p for p in sorted(dev.glob("*.ann")) if _in_fragments(p)), dev / "rosobrnadzor.ann"]
    folder = tmp_path_factory.mktemp("gold")
    for path in chosen:
        for one in (path, path.with_suffix(".txt")):
            shutil.copy(one, folder)
    return folder


def _in_fragments(path: Path) -> bool:
    return any(len(fragments) > 1 for _, fragments in parse(path.read_text("utf-8")).mentions)


def _counts(table: Table) -> dict[str, Counts]:
    return {r.name: Counts(int(r.right), int(r.found - r.right), int(r.gold - r.right)) for r in table.rows}


@pytest.mark.corpus
def test_both_count_the_same(gold: Path, tmp_path: Path) -> None:
    texts = sorted(gold.glob("*.txt"))
    for name, content in extracted(texts, "brat", DEFAULT_BASE)[0].items():
        (tmp_path / name).write_bytes(content)
    theirs = score(gold, tmp_path)
    mentions, by_type, _, relations, by_kind, *_ = (_counts(table) for table in evaluate(gold))
    assert mentions["all"] == micro(theirs["mentions"])
    assert relations == {"all": micro(theirs["relations"]), "within a sentence": micro(theirs["relations within a sentence"])}
    assert mentions["all"].tp > 100
    assert relations["all"].tp > 30
    for ours, table in ((by_type, theirs["mentions"]), (by_kind, theirs["relations"])):
        assert {k: c for k, c in table.items() if c.tp + c.fn} == {k: c for k, c in ours.items() if c.tp + c.fn}


def test_the_scorer_uses_nothing_of_kg() -> None:
    tree = ast.parse(Path(independent_scorer.__file__).read_text("utf-8"))
    modules = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    modules += [name.name for n in ast.walk(tree) if isinstance(n, ast.Import) for name in n.names]
    assert not [m for m in modules if m.split(".")[0] in ("kg", "train", "tests")]


def test_counts_by_hand(tmp_path: Path) -> None:
    gold, found = tmp_path / "gold", tmp_path / "found"
    gold.mkdir()
    found.mkdir()
    (gold / "a.txt").write_text("Иван живёт в Туле.\nОн из Уфы, Анна тоже.", "utf-8")
    (gold / "a.ann").write_text(
        "T1\tPERSON 0 4\tИван\nT2\tCITY 13 17\tТуле\nT3\tCITY 25 28\tУфы\nT4\tEVENT 0 4;13 17\tИван Туле\n"
        "R1\tPLACE_RESIDES_IN Arg1:T1 Arg2:T2\nR2\tORIGINS_FROM Arg1:T1 Arg2:T3\nR3\tAGENT Arg1:T1 Arg2:T4\n"
        "N1\tReference T2 Wikidata:Q2770\tТула\n", "utf-8")  # fmt: skip
    (found / "a.ann").write_text(
        "T1\tCITY 13 17\tТуле\nT2\tPERSON 0 4\tИван\nT3\tCOUNTRY 25 28\tУфы\nR1\tPLACE_RESIDES_IN Arg1:T2 Arg2:T1\n"
        "R2\tORIGINS_FROM Arg1:T2 Arg2:T3\nR3\tWORKPLACE Arg1:T1 Arg2:T2\n", "utf-8")  # fmt: skip
    (gold / "b.txt").write_text("Анна", "utf-8")
    (gold / "b.ann").write_text("T1\tPERSON 0 4\tАнна\n", "utf-8")
    tables = score(gold, found)
    assert tables["mentions"] == {"PERSON": Counts(1, 0, 1), "CITY": Counts(1, 0, 1), "COUNTRY": Counts(0, 1, 0)}
    assert tables["relations"] == {
        "PLACE_RESIDES_IN": Counts(1, 0, 0), "ORIGINS_FROM": Counts(0, 1, 1), "WORKPLACE": Counts(0, 1, 0)
    }  # fmt: skip
    assert micro(tables["relations within a sentence"]) == Counts(1, 1, 0)
    assert micro(score(gold, found, discontinuous_missed=True)["mentions"]) == Counts(2, 1, 3)
    assert micro(tables["mentions"]).rates == pytest.approx((200 / 3, 50, 400 / 7))


def test_sentences_end_with_their_lines() -> None:
    assert sentence_starts("Раз. Два\nтри") == [0, 5, 9]
