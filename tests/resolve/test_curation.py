"""Decisions of people: replayed exactly, wherever the articles stand; told when they match nothing."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from made import made

from kg import curate
from kg.errors import DataError, UsageError
from kg.export.turtle import turtle
from kg.graph.assemble import assemble
from kg.graph.model import GraphClaim
from kg.ids import DEFAULT_BASE, Minter
from kg.pipeline import Built, Read, build_graph, read_facts
from kg.records import Facts, Span
from kg.resolve.curation import Curation, Decision, Mark, line_of, mark_of, read_decisions
from tests.conftest import ROOT, SEEDS

GIVEN = ["Пётр", "Олег", "Анна", "Нина", "Глеб"]
SURNAMES = ["Ковров", "Лямин", "Тасиров", "Заречный", "Мостовой", "Портнов"]
BODIES = ["Союз садоводов", "Мосстрой", "Тулаград", "Верховный суд", "Союз садоводов Заречья"]


def built(corpus: list[Facts], decisions: tuple[Decision, ...] = ()) -> Built:
    return build_graph(Read(tuple(corpus), ()), DEFAULT_BASE, Curation(decisions, "test"))


def corpus_of(count: int, seed: int) -> list[Facts]:
    chance = random.Random(seed)
    found = []
    for number in range(count):
        people = [("PERSON", f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)}") for _ in range(3)] + [("PERSON", chance.choice(SURNAMES))]
        found.append(made(f"Статья {seed}-{number}", [*people, ("ORGANIZATION", chance.choice(BODIES)), ("CITY", "Тула")], [(0, "WORKPLACE", 4)]))
    return found


def mark(facts: Facts, mention: str) -> Mark:
    return mark_of(facts.article.text, facts.mention(mention).span)


def at_random(corpus: list[Facts], count: int, seed: int) -> tuple[Decision, ...]:
    chance = random.Random(seed)
    found = []
    for line in range(1, count + 1):
        verdict = chance.choice(["same", "never-same", "never-same", "rename", "retype", "link"])
        one, other = (mark(chance.choice(corpus), chance.choice(["m0", "m1", "m2", "m3", "m4"])) for _ in range(2))
        to = {"rename": f"Имя {line}", "retype": chance.choice(["Person", "Organization"]), "link": f"http://www.wikidata.org/entity/Q{line}"}.get(verdict, "")
        found.append(Decision(line, verdict, one, other if verdict.endswith("same") else None, to=to))
    return tuple(found)


def test_a_thousand_decisions_survive_articles_that_come_go_and_change_places() -> None:
    corpus, more = corpus_of(60, 1), corpus_of(25, 2)
    decisions = at_random(corpus, 1000, 3)
    first = built(corpus, decisions)
    wanted = turtle(first.graph)
    chance = random.Random(4)
    for _ in range(3):
        shuffled = chance.sample(corpus, len(corpus))
        assert turtle(built(shuffled, decisions).graph) == wanted
    larger = chance.sample(corpus + more, len(corpus) + len(more))
    for whole in (first, built(larger, decisions)):
        assert not whole.curation.unmatched
        overruled = {d.line for d in whole.curation.overruled}
        assert len(overruled) < len(decisions) / 2
        kept = [d for d in decisions if d.line not in overruled and d.verdict in ("same", "never-same")]
        assert len(kept) > 100
        nodes = {}
        for facts in whole.read.facts:
            for mention in facts.mentions:
                key = (facts.article.sha256, mention.id)
                nodes.setdefault(mark(facts, mention.id), set()).add(whole.resolution.of.get(key))
        for decision in kept:
            assert decision.one and decision.other
            one, other = nodes[decision.one], nodes[decision.other]
            if decision.one != decision.other:
                assert (one == other) if decision.verdict == "same" else not one & other, decision
    back = [facts for facts in larger if facts in corpus]
    assert turtle(built(back, decisions).graph) == wanted


def test_later_lines_outrank_earlier_ones() -> None:
    one, other = made("Раз", [("PERSON", "Олег Лямин")]), made("Два", [("PERSON", "Олег Лямин")])
    marks = mark(one, "m0"), mark(other, "m0")
    never, same = Decision(1, "never-same", *marks), Decision(2, "same", *marks)
    of = built([one, other], (never, same))
    assert len(of.resolution.by_key) == 1 and [d.line for d in of.curation.overruled] == [1]
    turned = built([one, other], (Decision(1, "same", *marks), Decision(2, "never-same", *marks)))
    assert len(turned.resolution.by_key) == 2 and [d.line for d in turned.curation.overruled] == [1]
    names = built([one], (Decision(1, "rename", marks[0], to="Первый"), Decision(2, "rename", marks[0], to="Второй")))
    assert [e.label for e in names.graph.entities] == ["Второй"]


def test_two_mentions_of_one_article_can_be_parted() -> None:
    facts = made("Дом", [("PERSON", "Олег Лямин"), ("PERSON", "Лямин"), ("PERSON", "Анна Портнова")])
    assert built([facts]).resolution.of[facts.article.sha256, "m0"] == built([facts]).resolution.of[facts.article.sha256, "m1"]
    apart = built([facts], (Decision(1, "never-same", mark(facts, "m0"), mark(facts, "m1")),))
    assert apart.resolution.of[facts.article.sha256, "m0"] != apart.resolution.of[facts.article.sha256, "m1"]
    together = built([facts], (Decision(1, "same", mark(facts, "m1"), mark(facts, "m2")),))
    assert together.resolution.of[facts.article.sha256, "m1"] == together.resolution.of[facts.article.sha256, "m2"]


def test_a_mark_holds_when_one_side_of_it_changed() -> None:
    facts = made("Раз", [("PERSON", "Олег Лямин"), ("CITY", "Тула")])
    moved = Mark("Олег Лямин", "Совсем другое начало", mark(facts, "m0").after)
    assert [e.label for e in built([facts], (Decision(1, "rename", moved, to="Новый"),)).graph.entities if e.kind == "Person"] == ["Новый"]


def test_what_matches_nothing_is_told() -> None:
    facts = made("Раз", [("PERSON", "Олег Лямин")])
    gone = built([facts], (Decision(7, "rename", Mark("Анна", "нет", "нигде"), to="Новый"),)).curation
    assert [d.line for d in gone.unmatched] == [7]
    assert list(curate.told(gone)) == ["test, line 7: rename of «Анна» matches nothing in these articles"]


# ------------------------------------------------------------------ claims


@pytest.fixture(scope="module")
def read() -> Read:
    return read_facts([SEEDS])


def curated(read: Read, *decisions: Decision) -> Built:
    return build_graph(read, DEFAULT_BASE, Curation(tuple(decisions), "test"))


def test_every_claim_can_be_rejected_alone(read: Read) -> None:
    """Each attribution and each statement of the seeds: gone from the graph, and nothing new becomes a fact."""
    whole = curated(read)
    accepted = {s.iri for s in whole.graph.statements if s.status == "accepted"}
    for claim in whole.graph.claims:
        less = curated(read, curate.on_claim(whole, claim.iri, "reject-claim"))
        assert not less.curation.unmatched
        left = {c.iri: c for c in less.graph.claims}
        assert claim.iri not in left
        gone = [c for c in whole.graph.claims if c.iri not in left]
        assert all((c.begin, c.end, c.cue) == (claim.begin, claim.end, claim.cue) for c in gone)
        assert {s.iri for s in less.graph.statements if s.status == "accepted"} <= accepted
        known = {s.iri for s in less.graph.statements} | {e.iri for e in less.graph.events} | set(left)
        assert all(content in known for c in less.graph.claims for content in c.claims)
        assert all(any(s.iri in c.claims for c in left.values()) for s in less.graph.statements)


def test_a_confirmed_claim_is_reviewed_and_a_corrected_one_says_so(read: Read) -> None:
    whole = curated(read)
    own = next(c for c in whole.graph.claims if c.speaker_kind == "author" and c.modality == "asserted")
    other = next(c for c in whole.graph.claims if c.speaker_kind == "organization" and c.modality == "reported")
    done = curated(read, curate.on_claim(whole, own.iri, "correct-claim"), curate.on_claim(whole, other.iri, "correct-claim", "alleged"))
    reviewed = [c for c in done.graph.claims if c.reviewed]
    assert {(c.quote, c.modality, c.confidence) for c in reviewed} >= {(own.quote, "asserted", 1.0), (other.quote, "alleged", 1.0)}
    assert b"kg:reviewed true" in turtle(done.graph) or b'kg:reviewed "true"' in turtle(done.graph)
    doubted = curated(read, curate.on_claim(whole, own.iri, "correct-claim", "possible"))
    facts = {s.iri for s in doubted.graph.statements if s.status == "accepted"} | {e.iri for e in doubted.graph.events if e.accepted}
    others = [c for c in doubted.graph.claims if c.modality == "asserted" and set(c.claims) & set(own.claims)]
    assert others or not set(own.claims) & facts


def test_who_says_it_is_sure_where_a_person_confirmed_it(read: Read) -> None:
    whole = curated(read)
    claim = next(c for c in whole.graph.claims if c.speaker_kind == "organization" and c.modality == "reported")
    for modality, sure in (("", 1.0), ("alleged", claim.speaker_confidence)):
        done = curated(read, curate.on_claim(whole, claim.iri, "correct-claim", modality))
        assert [c.speaker_confidence for c in done.graph.claims if c.reviewed and c.begin == claim.begin and c.cue == claim.cue] == [sure]


def test_a_claim_gets_the_speaker_that_people_name(read: Read) -> None:
    whole = curated(read)
    claim = next(c for c in whole.graph.claims if c.speaker_kind == "organization")
    facts = next(f for f in read.facts if Minter().article(f.article.sha256) == claim.article)
    person = next(m for m in facts.mentions if m.label == "PERSON")
    decision = curate.on_claim(whole, claim.iri, "correct-claim")
    done = curated(read, Decision(1, "correct-claim", claim=decision.claim, speaker=mark(facts, person.id)))
    reviewed = next(c for c in done.graph.claims if c.reviewed)
    assert (reviewed.said_by, reviewed.speaker_confidence) == (done.resolution.of[facts.article.sha256, person.id], 1.0)


def test_who_says_it_is_decided_by_name_and_keeps_what_was_decided_before(read: Read) -> None:
    whole = curated(read)
    claim = next(c for c in whole.graph.claims if c.speaker_kind in ("group", "anonymous") and c.cue)
    facts = next(f for f in read.facts if Minter().article(f.article.sha256) == claim.article)
    person = next(m for m in facts.mentions if m.label == "PERSON")
    name = whole.resolution.by_key[whole.resolution.of[facts.article.sha256, person.id]].label
    mood = replace(curate.on_claim(whole, claim.iri, "correct-claim", "alleged", "affirmed"), line=1)
    told = replace(curate.on_speaker(curated(read, mood), _same_claim(curated(read, mood), claim), name), line=2)
    both = curated(read, mood, told)
    assert not both.curation.unmatched  # the later line says it all
    (done,) = [c for c in both.graph.claims if c.reviewed]
    assert (done.modality, done.speaker_kind, done.speaker_confidence) == ("alleged", "person", 1.0)
    assert done.said_by == whole.resolution.of[facts.article.sha256, person.id]
    confirmed = replace(curate.on_claim(both, done.iri, "correct-claim"), line=3)
    (after,) = [c for c in curated(read, mood, told, confirmed).graph.claims if c.reviewed]
    assert (after.said_by, after.modality) == (done.said_by, done.modality)


def _same_claim(built: Built, claim: GraphClaim) -> str:
    return next(c.iri for c in built.graph.claims if (c.article, c.begin, c.end, c.cue, c.claims) == (claim.article, claim.begin, claim.end, claim.cue, claim.claims))


def test_nobody_says_what_his_article_does_not_name(read: Read) -> None:
    whole = curated(read)
    claim = next(c for c in whole.graph.claims if c.speaker_kind == "organization")
    own = next(c for c in whole.graph.claims if not c.cue)
    elsewhere = next(
        e.label for e in whole.resolution.entities
        if e.kind == "Person" and all(Minter().article(sha256) != claim.article for sha256, _ in e.mentions)
    )  # fmt: skip
    with pytest.raises(UsageError, match="does not name"):
        curate.on_speaker(whole, claim.iri, elsewhere)
    with pytest.raises(UsageError, match="what the article states itself"):
        curate.on_speaker(whole, own.iri, elsewhere)
    with pytest.raises(UsageError, match="no claim of these articles"):
        curate.on_speaker(whole, "claim:none", elsewhere)


# ------------------------------------------------------------------ the file


def test_a_decision_written_is_read_back(tmp_path: Path) -> None:
    corpus = corpus_of(5, 5)
    decisions = at_random(corpus, 40, 6)
    file = tmp_path / "curation.jsonl"
    curate.record(file, decisions[:25])
    curate.record(file, decisions[25:])
    assert read_decisions(file) == decisions
    assert [line_of(d) for d in decisions] == file.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "no JSON object"),
        ("[]", "must be one of"),
        ('{"decision": "merge"}', "must be one of"),
        ('{"decision": "same", "one": {"quote": "a", "before": "", "after": ""}}', "needs one, other"),
        ('{"decision": "same", "one": 3, "other": 4}', "a mark is an object"),
        ('{"decision": "rename", "of": {"quote": "a", "before": "", "after": ""}, "to": " "}', "the name"),
        ('{"decision": "retype", "of": {"quote": "a", "before": "", "after": ""}, "to": "Robot"}', "no class"),
        ('{"decision": "link", "of": {"quote": "a", "before": "", "after": ""}, "to": "Q5"}', "must be an IRI"),
        ('{"decision": "correct-claim", "claim": {"quote": "a", "before": "", "after": ""}, "modality": "sure"}', "must be one of"),
        ('{"decision": "rename", "of": {"quote": "a", "before": "", "after": ""}, "to": "b", "whom": 1}', "knows no whom"),
    ],
)
def test_a_broken_line_is_told_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "curation.jsonl"
    file.write_text(f"# decisions\n\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 3") as error:
        read_decisions(file)
    assert told in str(error.value)


def test_names_that_mean_nothing_or_several_things_are_refused(read: Read) -> None:
    whole = curated(read)
    for verdict, name, to in [("rename", "Никто Такой", "Имя"), ("retype", "Рамиз Мехтиев", "Robot"), ("rename", "Рамиз Мехтиев", " ")]:
        with pytest.raises(UsageError):
            curate.on_entity(whole, verdict, name, to)
    with pytest.raises(UsageError, match="no claim"):
        curate.on_claim(whole, "https://example.org/claim", "reject-claim")


def test_the_command_records_and_the_build_replays(tmp_path: Path) -> None:
    def kg(*args: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "kg", *args], cwd=tmp_path, input=typed, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT), "PATH": ""})

    news = tmp_path / "news"
    news.mkdir()
    shutil.copy(sorted(SEEDS.glob("*.txt"))[0], news / "seed.txt")
    (news / "a.txt").write_text("Открытие\n\nМэр Олег Лямин открыл мост в Туле.", encoding="utf-8")
    (news / "b.txt").write_text("Суд\n\nСуд в Омске оштрафовал Лямина. Он не пришёл на заседание.", encoding="utf-8")
    listed = kg("curate", "news", "--list")
    assert listed.returncode == 0 and "1 pair(s)" in listed.stderr and "Лямин" in listed.stdout, listed.stderr
    asked = kg("curate", "news", typed="y\n")
    assert asked.returncode == 0 and "1 decision" in asked.stderr, asked.stderr
    assert json.loads((tmp_path / "curation.jsonl").read_text(encoding="utf-8"))["decision"] == "same"
    assert kg("curate", "news", "--rename", "Олег Лямин", "Олег Ильич Лямин").returncode == 0
    elsewhere = kg("curate", "news", "--retype", "Тула", "Facility", "--curation", "new.jsonl")
    assert elsewhere.returncode == 0 and len((tmp_path / "new.jsonl").read_text(encoding="utf-8").splitlines()) == 1, elsewhere.stderr
    (news / "c.txt").write_text("Погода\n\nВ Туле ясно.", encoding="utf-8")
    done = kg("build", "news", "-o", "out", "-q")
    assert done.returncode == 0 and "curation" not in done.stderr, done.stderr
    graph = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert '"Олег Ильич Лямин"@ru' in graph and "person:oleg-ilich-lyamin a " in graph and "person:lyamin" not in graph
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["curation"] == {"decisions": 2, "file": "curation.jsonl", "overruled_lines": [], "unmatched_lines": []}
    (news / "a.txt").unlink()
    assert "matches nothing in these articles" in kg("build", "news", "-o", "out", "-q").stderr


def test_marks_ignore_line_breaks() -> None:
    assert mark_of("раз\n два  три", Span(5, 8)) == Mark("два", "раз", "три") == mark_of("раз два три", Span(4, 7))


def test_assemble_without_decisions_is_the_same_as_with_none(read: Read) -> None:
    plain = build_graph(read, DEFAULT_BASE)
    assert assemble(read.facts, plain.resolution, Minter(), dict(plain.graph.run)) == plain.graph
