"""The command as users run it: outputs, exit codes, messages, the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import rdflib

ROOT = Path(__file__).resolve().parent.parent
FIRST = (
    "Мэр Заозёрска Пётр Луговой подал в отставку\n12 марта 2021 года\n"
    "Мэр Заозёрска Пётр Луговой подал в отставку. Об этом сообщил губернатор Виктор Сомов.\n"
    "По словам Сомова, Луговой якобы получил взятку от компании «Мостстрой». Эксперты считают, что обвинения ложны.\n"
)
SECOND = (
    "Компания «Мостстрой» отрицает обвинения\n15 марта 2021 года\n"
    "Компания «Мостстрой» отрицает, что давала взятку Петру Луговому. Глава компании Анна Рябова заявила, что подаст в суд.\n"
    "Виктор Сомов 14 марта встретился с Рябовой в Заозёрске.\n"
)
OUTPUTS = ["graph.html", "graph.ttl", "manifest.json"]
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
SELECT = "PREFIX kg: <https://w3id.org/ru-news-kg/ontology#> SELECT ?f WHERE { ?a kg:fileName ?f } ORDER BY ?f"


def kg(*args: object, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the repository's root."""
    run = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)], input=stdin, capture_output=True, cwd=ROOT, env={**os.environ, **env}, timeout=120
    )
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode("utf-8"), run.stderr.decode("utf-8"))


@dataclass(frozen=True)
class Build:
    """A build of the two articles beside a file that is refused."""

    news: Path
    out: Path
    run: subprocess.CompletedProcess[str]

    @property
    def graph(self) -> Path:
        return self.out / "graph.ttl"


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Two articles and a Ukrainian one, which is refused; built once, with hash seed 0."""
    news, out = tmp_path_factory.mktemp("news"), tmp_path_factory.mktemp("out") / "made"
    (news / "most.txt").write_text(FIRST, encoding="utf-8")
    (news / "sud.txt").write_text(SECOND, encoding="utf-8")
    (news / "uk.txt").write_text("Міністр заявив, що школи відкриють у вересні. Він також розповів про зарплати вчителів та підручники.", encoding="utf-8")
    return Build(news, out, kg("build", news, "-o", out, PYTHONHASHSEED="0"))


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_build_writes_three_files_and_tells_what_it_refused(build: Build) -> None:
    assert build.run.returncode == 1, build.run.stderr
    assert build.run.stdout == ""
    assert sorted(path.name for path in build.out.iterdir()) == OUTPUTS
    assert "refused: 'uk.txt'" in build.run.stderr and "[language]" in build.run.stderr
    assert "2 articles" in build.run.stderr


def test_manifest_lists_articles_refusals_and_hashes(build: Build) -> None:
    manifest = json.loads((build.out / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(a["file"] for a in manifest["articles"]) == ["most.txt", "sud.txt"]
    assert [(r["file"], r["code"]) for r in manifest["refusals"]] == [("uk.txt", "language")]
    assert {a["file"]: a["date"] for a in manifest["articles"]} == {"most.txt": "2021-03-12", "sud.txt": "2021-03-15"}
    for name, told in manifest["files"].items():
        assert told["sha256"] == hashes(build.out)[name]
    assert sorted(manifest["files"]) == ["graph.html", "graph.ttl"]


def test_every_quote_is_in_its_article(build: Build) -> None:
    space = rdflib.Namespace("https://w3id.org/ru-news-kg/ontology#")
    graph = rdflib.Graph()
    graph.parse(build.graph, format="turtle")
    texts = {"most.txt": FIRST, "sud.txt": SECOND}
    rows = list(graph.query("SELECT ?f ?b ?e ?q WHERE { ?c k:quote ?q; k:begin ?b; k:end ?e; k:inArticle/k:fileName ?f }", initNs={"k": space}))
    assert len(rows) >= 5
    for name, begin, end, quote in rows:  # type: ignore[misc]
        assert texts[str(name)][int(begin) : int(end)] == str(quote)


def test_same_bytes_for_other_seed_jobs_and_order(build: Build, tmp_path: Path) -> None:
    paths = [build.news / name for name in ("uk.txt", "sud.txt", "most.txt")]
    run = kg("build", *paths, "-o", tmp_path / "out", "-j", 2, "-q", PYTHONHASHSEED="1", TZ="Asia/Vladivostok")
    assert run.returncode == 1
    assert hashes(tmp_path / "out") == hashes(build.out)


def test_a_plain_locale_is_no_trouble(build: Build, tmp_path: Path) -> None:
    out = tmp_path / "новости"
    run = kg("build", build.news, "-o", out, **PLAIN)
    assert run.returncode == 1, run.stderr
    assert "UnicodeError" not in run.stderr and "Traceback" not in run.stderr
    assert hashes(out) == hashes(build.out)
    asked = kg("query", SELECT, "--graph", out / "graph.ttl", **PLAIN)
    assert asked.returncode == 0 and "most.txt" in asked.stdout
    told = kg("explain", "Пётр Луговой", "--graph", build.graph, **PLAIN)
    assert told.returncode == 0 and "Пётр Луговой" in told.stdout


def test_a_plain_locale_keeps_russian_file_names(tmp_path: Path) -> None:
    (tmp_path / "мост.txt").write_text(FIRST, encoding="utf-8")
    run = kg("extract", tmp_path / "мост.txt", "-o", tmp_path / "out", "--format", "brat", **PLAIN)
    assert run.returncode == 0, run.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["мост.ann"]


_WATCHED = """
import sys
def hook(event, args):
    if event.startswith("socket.") and event not in ("socket.__new__",) or event == "socket.__new__" and args[1:2] != (1,):
        print("SOCKET", event, args, file=sys.stderr)
        raise SystemExit(97)
sys.addaudithook(hook)
if sys.argv[1:] == ["--prove"]:
    import socket
    socket.socket()
from kg.cli import main
main()
"""


def test_no_socket_is_opened_and_standard_input_is_read(tmp_path: Path) -> None:
    def watched(*args: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-c", _WATCHED, *map(str, args)], input=stdin, capture_output=True, cwd=ROOT, timeout=120)

    assert watched("--prove").returncode == 97
    run = watched("build", "-", "-o", tmp_path / "out", stdin=FIRST.encode("cp1251"))
    assert run.returncode == 0, run.stderr.decode()
    assert b"SOCKET" not in run.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    (article,) = manifest["articles"]
    assert article["file"] == "stdin.txt" and article["encoding"] == "cp1251"
    assert article["sha256"] == hashlib.sha256(FIRST.encode()).hexdigest()
    assert article["warnings"] == ["encoding guessed: cp1251"]


def test_an_empty_article_is_counted_but_no_failure(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "most.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "in" / "nothing.txt").write_bytes(b"\xef\xbb\xbf \r\n")
    run = kg("build", tmp_path / "in", "-o", tmp_path / "out", "--quiet")
    assert run.returncode == 0
    assert run.stderr.splitlines() == ["refused: 'nothing.txt': no text in it; nothing to read [empty]"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"]["articles"] == manifest["counts"]["refusals"] == 1
    assert [r["code"] for r in manifest["refusals"]] == ["empty"]


def test_quiet_says_nothing_when_all_is_well(build: Build, tmp_path: Path) -> None:
    run = kg("extract", build.news / "sud.txt", "-o", tmp_path, "-q")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_failed_build_leaves_the_old_one(build: Build, tmp_path: Path) -> None:
    shutil.copytree(build.out, tmp_path / "out")
    (tmp_path / "broken.txt").write_bytes(bytes(range(256)) * 8)
    run = kg("build", tmp_path / "broken.txt", "-o", tmp_path / "out")
    assert run.returncode == 2 and "[binary]" in run.stderr
    assert hashes(tmp_path / "out") == hashes(build.out)


# ------------------------------------------------------------------ wrong usage: exit 2, before any work


def test_output_that_is_a_file_stops_before_work(build: Build, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    for command in (("build",), ("extract",)):
        run = kg(*command, build.news, "-o", tmp_path / "taken")
        assert run.returncode == 2
        assert "taken" in run.stderr and "Traceback" not in run.stderr and "refused:" not in run.stderr
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.pdf").write_bytes(b"%PDF-1.4")
    run = kg("build", tmp_path / "in", "-o", tmp_path / "out")
    assert run.returncode == 2
    assert "no article to read" in run.stderr and "page.pdf" in run.stderr and "unknown_format" in run.stderr
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("build", "нет-такого.txt", "-o", "{tmp}/out"), "no such file"),
        (("build", "{news}", "-o", "{tmp}/none/out", "--base", "ftp://x"), "--base must be"),
        (("query", "--graph", "{graph}"), "exactly one of"),
        (("query", "SELECT * WHERE { ?s ?p", "--graph", "{graph}"), "cannot be answered"),
        (("query", "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "--graph", "{graph}"), "SERVICE is not allowed"),
        (("query", "INSERT DATA { <a:b> <a:b> <a:b> }", "--graph", "{graph}"), "INSERT is not allowed"),
        (("query", "select * from <file:///etc/passwd> where { ?s ?p ?o }", "--graph", "{graph}"), "FROM is not allowed"),
        (("query", "SELECT * WHERE { ?s ?p ?o }", "--graph", "{tmp}/none.ttl"), "there is no such graph"),
        (("explain", "Пётр Луговой", "--graph", "{tmp}/none.ttl"), "there is no such graph"),
        (("view", "{tmp}/none.html"), "there is no such page"),
        (("diff", "{graph}", "{tmp}/none.ttl"), "there is no such graph"),
        (("validate", "{tmp}/none.ttl"), "there is no such graph"),
        (("query", "-f", "{tmp}/cp1251.rq", "--graph", "{graph}"), "is not UTF-8"),
        (("query", "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--timeout", "0.5", "--graph", "{graph}"), "no answer within 0.5 s"),
        (("build", "{news}", "-o", "{graph}/below"), "cannot be written to"),
        (("nonsense",), "No such command"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else None,
)  # fmt: skip
def test_wrong_usage_is_one_readable_message(build: Build, tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    places = {"{tmp}": str(tmp_path), "{news}": str(build.news), "{graph}": str(build.graph)}
    for name, place in places.items():
        args = tuple(arg.replace(name, place) for arg in args)
    (tmp_path / "cp1251.rq").write_bytes("# Вопрос\nASK { ?s ?p ?o }".encode("cp1251"))
    run = kg(*args)
    assert run.returncode == 2, run.stderr
    assert words in run.stderr and "Traceback" not in run.stderr
    assert run.stdout == ""
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("args", [("explain", "http://x y"), ("query", "--named", "who-says", "--about", "https://<x>")], ids=["explain", "about"])
def test_a_malformed_iri_is_one_readable_message(build: Build, args: tuple[str, ...]) -> None:
    run = kg(*args, "--graph", build.graph)
    assert run.returncode == 2 and "Traceback" not in run.stderr


def test_unknown_question_lists_the_known_ones(build: Build) -> None:
    run = kg("query", "--named", "whosays", "--graph", build.graph)
    assert run.returncode == 2 and "'whosays'" in run.stderr
    for path in (ROOT / "ontology" / "questions").glob("*.rq"):
        assert path.stem in run.stderr


def test_unknown_name_gets_a_suggestion(build: Build) -> None:
    run = kg("explain", "Пётр Лугавой", "--graph", build.graph)
    assert run.returncode == 2 and run.stdout == ""
    assert "did you mean" in run.stderr and "'Пётр Луговой'" in run.stderr


# ------------------------------------------------------------------ asking


def test_query_as_table(build: Build) -> None:
    run = kg("query", SELECT, "--graph", build.graph)
    assert run.returncode == 0
    assert run.stdout.index("most.txt") < run.stdout.index("sud.txt")


def test_query_as_csv_and_json(build: Build) -> None:
    as_csv = kg("query", SELECT, "--graph", build.graph, "--format", "csv")
    assert list(csv.DictReader(io.StringIO(as_csv.stdout))) == [{"f": "most.txt"}, {"f": "sud.txt"}]
    as_json = kg("query", SELECT, "--graph", build.graph, "--format", "json")
    assert json.loads(as_json.stdout) == [{"f": "most.txt"}, {"f": "sud.txt"}]


@pytest.mark.parametrize(
    ("env", "unwanted"),
    [({"NO_COLOR": "1", "FORCE_COLOR": "1"}, r"\x1b\[(?:\d+;)*[349]\d"), ({}, r"\x1b")],
    ids=["NO_COLOR", "piped"],
)
def test_no_colours_where_none_are_wanted(build: Build, env: dict[str, str], unwanted: str) -> None:
    for args in (("query", SELECT), ("explain", "Мостстрой")):
        run = kg(*args, "--graph", build.graph, **env)
        assert run.returncode == 0 and run.stdout
        assert not re.search(unwanted, run.stdout + run.stderr)


def test_view_opens_the_page(build: Build) -> None:
    page = build.out / "graph.html"
    run = kg("view", page, BROWSER="echo opened: %s")
    assert run.returncode == 0 and str(page) in run.stdout


def test_forbidden_words_in_strings_are_just_words(build: Build) -> None:
    run = kg("query", 'ASK { ?s ?p "INSERT SERVICE FROM" }', "--graph", build.graph, "--format", "json")
    assert run.returncode == 0 and json.loads(run.stdout) == [{"answer": "false"}]


def test_query_from_a_file(build: Build, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(SELECT, encoding="utf-8")
    run = kg("query", "-f", tmp_path / "q.rq", "--graph", build.graph, "--format", "csv")
    assert run.returncode == 0 and run.stdout.split() == ["f", "most.txt", "sud.txt"]


def test_named_question_about_somebody(build: Build) -> None:
    run = kg("query", "--named", "who-says", "--about", "петр луговой", "--graph", build.graph, "--format", "json")
    rows = json.loads(run.stdout)
    assert run.returncode == 0 and rows
    assert {"Виктор Сомов", "Мостстрой"} <= {row["speaker"] for row in rows}


def test_explain_shows_quotes_with_their_place(build: Build) -> None:
    run = kg("explain", "Пётр Луговой", "--graph", build.graph)
    quote = "Луговой якобы получил взятку от компании «Мостстрой»"
    begin = FIRST.index(quote)
    assert run.returncode == 0
    assert quote in run.stdout and f"most.txt [{begin}, {begin + len(quote)})" in run.stdout


def test_validate(build: Build, tmp_path: Path) -> None:
    good = kg("validate", build.graph)
    assert good.returncode == 0, good.stdout + good.stderr
    text = build.graph.read_text(encoding="utf-8")
    assert "\tkg:modality kg:denied" in text
    bad = tmp_path / "bad.ttl"
    bad.write_text(text.replace("\tkg:modality kg:denied", "\tkg:modality kg:nonsense"), encoding="utf-8")
    run = kg("validate", bad)
    assert run.returncode == 1 and run.stdout.strip() and "modality" in run.stdout


def test_diff_says_what_changed(build: Build, tmp_path: Path) -> None:
    same = kg("diff", build.graph, build.graph)
    assert same.returncode == 0 and same.stdout == "" and "0 changes" in same.stderr
    shutil.copy(build.graph, tmp_path / "new.ttl")
    with (tmp_path / "new.ttl").open("a", encoding="utf-8") as file:
        file.write('\n<https://w3id.org/ru-news-kg/id/person/x> a kg:Person ; rdfs:label "Анна Новая"@ru .\n')
    added = kg("diff", build.graph, tmp_path / "new.ttl")
    assert added.returncode == 0
    assert [line[:1] for line in added.stdout.splitlines()] == ["+"] and "Анна Новая" in added.stdout
    removed = kg("diff", tmp_path / "new.ttl", build.graph)
    assert [line[:1] for line in removed.stdout.splitlines()] == ["-"]


@pytest.mark.parametrize("form", ["jsonl", "brat"])
def test_extract(build: Build, tmp_path: Path, form: str) -> None:
    run = kg("extract", build.news, "-o", tmp_path, "--format", form)
    assert run.returncode == 1 and "refused: 'uk.txt'" in run.stderr
    texts = {"most.txt": FIRST, "sud.txt": SECOND}
    if form == "brat":
        assert sorted(path.name for path in tmp_path.iterdir()) == ["most.ann", "sud.ann"]
        rows = (tmp_path / "most.ann").read_text(encoding="utf-8").splitlines()
        start = FIRST.index("Виктор Сомов")
        assert any(row.split("\t")[1:] == [f"PERSON {start} {start + 12}", "Виктор Сомов"] for row in rows)
        return
    assert [path.name for path in tmp_path.iterdir()] == ["articles.jsonl"]
    records = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [record["article"] for record in records] == ["most.txt", "sud.txt"]
    for record in records:
        text = texts[record["article"]]
        assert record["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
        people = {text[m["start"] : m["end"]] for m in record["mentions"] if m["type"] == "PERSON"}
        assert "Виктор Сомов" in people
        assert record["claims"] and record["dates"]


def test_help_has_examples_for_every_command() -> None:
    run = kg("--help")
    assert run.returncode == 0
    for command in ("build", "extract", "query", "explain", "validate", "diff", "eval", "view"):
        assert f"\n  {command} " in run.stdout
        told = kg(command, "--help")
        assert told.returncode == 0 and f"kg {command}" in told.stdout and "Example" in told.stdout
