"""The trained reader of claims: what it sees, what it adds to the rules, and that damage is noticed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.evaluate.claims import said
from kg.extract import mentions_of, propose
from kg.extract.anaphora import Referents
from kg.extract.claims import learned
from kg.extract.claims.attribute import numbered, ruled
from kg.extract.claims.learned import referring
from kg.extract.claims.learned.features import (
    BACK,
    BEGIN,
    COLUMNS,
    GOES_ON,
    LONGEST,
    MANNER_COLUMNS,
    MODALITIES,
    OUTSIDE,
    PAIR_COLUMNS,
    REACH,
    Seen,
    manner,
    pairs,
    see,
)
from kg.extract.claims.learned.head import Reader
from kg.extract.claims.learned.marks import COLUMNS as OPTION_COLUMNS
from kg.extract.claims.learned.marks import Marks
from kg.extract.claims.learned.options import options
from kg.extract.claims.learned.weigh import cues
from kg.extract.claims.speakers import describe
from kg.extract.neural.pack import PackError
from kg.extract.neural.units import Unit
from kg.pipeline import read_facts
from kg.read import from_text, read
from kg.records import Article, Claim, Span
from kg.text.annotate import annotate
from tests.conftest import SEEDS

pytestmark = pytest.mark.skipif(not learned.available(), reason="needs the weights in kg/weights/claims")


def _told(folder: Path, text: str, extractor: str = "both") -> list[tuple[str, str | None]]:
    (folder / "a.txt").write_text(f"Новости дня\n\n{text}\n", encoding="utf-8")
    (facts,) = read_facts([folder], extractor=extractor).facts
    return [(s.claim.cue_text, s.speaker) for s in said(facts)]


@pytest.mark.parametrize(("text", "cue", "speaker"), [
    # no row of the cue list
    ("Мэр Тулы Пётр Лямин прибыл на завод. Он проворчал, что дороги разбиты.", "проворчал", "Пётр Лямин"),
    # whom a noun takes up, with nothing in the lists that ties it to the name
    ("Гимнаст Пётр Лямин выиграл турнир в Туле. «Я очень рад победе», — признался юный спортсмен.", "признался", "Пётр Лямин"),
])  # fmt: skip
def test_what_the_rules_lack(tmp_path: Path, text: str, cue: str, speaker: str) -> None:
    assert (cue, speaker) in _told(tmp_path, text)
    assert (cue, speaker) not in _told(tmp_path, text, "rules")


@pytest.mark.parametrize(("text", "never"), [
    ("Петра Лямина подозревают в краже.", "Пётр Лямин"),
    ("Губернатор Олег Лямин закрыл парк. Пожилой мужчина вышел из дома. Он сообщил, что о запрете не знал.", "Олег Лямин"),
])  # fmt: skip
def test_who_does_not_say_it(tmp_path: Path, text: str, never: str) -> None:
    assert never not in [speaker for _, speaker in _told(tmp_path, text)]


def test_cues_begin_and_go_on_within_a_sentence() -> None:
    units = [Unit(w, i * 2, i * 2 + 1, i // 3, True) for i, w in enumerate("abcdef")]
    tags = np.zeros((6, 3), dtype=np.float32)
    for unit, tag in enumerate((OUTSIDE, BEGIN, GOES_ON, GOES_ON, OUTSIDE, BEGIN)):
        tags[unit, tag] = 0.9
    assert [(s.start, s.end) for s, _ in cues(tags, units, 0.5)] == [(2, 5), (10, 11)]
    assert list(cues(tags, units, 0.95)) == []


@pytest.mark.parametrize("name", [p.name for p in sorted(SEEDS.glob("*.txt"))])
def test_every_number_has_its_place_in_a_table(name: str) -> None:
    (article,) = (a for a in read([SEEDS / name]) if isinstance(a, Article))
    document = annotate(article)
    (facts,) = read_facts([SEEDS / name]).facts
    encoded = propose(document, "both").encoded
    assert encoded is not None
    referents = Referents(document, facts.mentions)
    claims = ruled(document, referents)
    seen = see(document, encoded.units, facts.mentions, claims)
    assert _fits(seen.rows, COLUMNS) and len(seen.tokens) == len(encoded.units)
    for claim in claims:
        assert claim.cue is not None
        about = pairs(document, seen, claim.cue, claim)
        assert about is not None and _fits(about.rows, PAIR_COLUMNS)
        how = manner(seen, claim.cue, claim.span)
        assert how is not None and how.told and _fits(how.row[None], MANNER_COLUMNS)
        assert learned.reader().modality(encoded.states, how).sum() == pytest.approx(1, abs=1e-5)
        sentence = seen.units[about.cue[0]].sentence
        assert min(seen.units[i].sentence for i in about.units) >= sentence - BACK
        unit = about.cue[0]
        speaker = describe(document.sentences[sentence], seen.tokens[unit], referents)
        options = referring.Naming(document, seen, referents).candidates(unit, speaker, claim, claims[0])
        assert _fits(options.rows, referring.COLUMNS) and len(options.rows) == len(options.mentions) + 1
        chances = learned.reader().refer(encoded.states, options)
        assert chances.sum() == pytest.approx(1, abs=1e-5)


def _fits(rows: np.ndarray, columns: dict[str, int]) -> bool:
    return rows.shape[1] == len(columns) and bool((rows >= 0).all() and (rows < np.array(list(columns.values()))).all())


def test_altered_weights_are_not_loaded(tmp_path: Path) -> None:
    shutil.copytree(learned.FOLDER, tmp_path / "claims")
    with (tmp_path / "claims" / "names.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(PackError, match=r"names\.onnx is missing or altered"):
        Reader(tmp_path / "claims")


def test_a_long_sentence_is_not_read_whole_for_every_cue() -> None:
    units = [Unit("слово", i * 6, i * 6 + 5, i // 9000, True) for i in range(10_000)]
    seen = Seen(units, np.zeros((10_000, len(COLUMNS)), dtype=np.int64), [])
    assert seen.inside(Span(11, 19)) == [2, 3] and seen.inside(Span(5, 6)) == []
    assert list(seen.around(100)) == list(range(700)) and len(seen.around(5000)) == 2 * REACH
    assert seen.around(9999)[-1] == 9999


def test_what_only_the_reader_finds_may_be_negated(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Новости дня\n\nМэр Тулы Пётр Лямин прибыл на завод. Он проворчал, что город не готов.\n", encoding="utf-8")
    (facts,) = read_facts([tmp_path]).facts
    assert [(c.cue_text, c.polarity) for c in facts.claims] == [("проворчал", "negated")]


def test_an_evaluation_under_a_neutral_verb_is_an_opinion(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Новости дня\n\nПо словам Лямина, это позорное решение.\n", encoding="utf-8")
    read_by_both, read_by_rules = (
        [s.claim.modality for s in said(read_facts([tmp_path], extractor=extractor).facts[0])] for extractor in ("both", "rules")
    )
    assert read_by_both == ["opinion"] and read_by_rules == ["reported"]


@pytest.mark.parametrize(("ruled_as", "likeliest", "left"), [
    ("possible", "reported", "possible"), ("alleged", "reported", "alleged"), ("planned", "reported", "planned"),
    ("denied", "reported", "denied"), ("demanded", "reported", "demanded"), ("promised", "reported", "promised"),
    ("opinion", "reported", "reported"), ("reported", "possible", "possible"), ("possible", "alleged", "alleged"),
])  # fmt: skip
def test_a_hedge_never_becomes_a_plain_report(monkeypatch: pytest.MonkeyPatch, ruled_as: str, likeliest: str, left: str) -> None:
    document = annotate(from_text("a.txt", "Новости дня\n\nПётр Лямин заявил, что завод закрыт.\n"))
    proposed = propose(document, "both")
    mentions = mentions_of(document, proposed.mentions)
    referents = Referents(document, mentions)
    claims = [replace(c, modality=ruled_as) for c in ruled(document, referents)]
    chances = np.eye(len(MODALITIES), dtype=np.float32)[MODALITIES.index(likeliest)]
    monkeypatch.setattr(Reader, "modality", lambda *_: chances)
    assert proposed.encoded is not None
    sight = learned.Sight(document, mentions, referents, claims, learned.reader(), proposed.encoded)
    assert [c.modality for c in learned.weigh(sight)] == [left]


def test_only_the_beginning_of_a_long_content_is_read() -> None:
    units = [Unit("слово", i * 6, i * 6 + 5, 0, True) for i in range(300)]
    how = manner(Seen(units, np.zeros((300, len(COLUMNS)), dtype=np.int64), []), Span(0, 5), Span(0, 1800))
    assert how is not None and how.cue == [0] and list(how.told) == list(range(1, LONGEST + 1))


def _sighted(text: str) -> tuple[learned.Sight, list[Claim]]:
    document = annotate(from_text("a.txt", f"Новости дня\n\n{text}\n"))
    proposed = propose(document, "both")
    mentions = mentions_of(document, proposed.mentions)
    referents = Referents(document, mentions)
    assert proposed.encoded is not None
    sight = learned.Sight(document, mentions, referents, ruled(document, referents), learned.reader(), proposed.encoded)
    return sight, numbered(learned.weigh(sight))


def test_options_are_the_rules_speaker_and_whom_the_word_may_mean() -> None:
    sight, claims = _sighted("Мэр Тулы Пётр Лямин встретил Анну Рябову. Политик заявил, что мост закроют.")
    found = options(sight, claims[0])
    assert found is not None and found.word is not None and found.word.token.text == "Политик"
    assert found.found[0].ways >= {"ruled"} and found.found[0].name == "петр лямин"
    assert {"анна рябова", "политик"} <= {o.name for o in found.found}
    rows = Marks(sight, claims).rows(0, found)
    assert rows.shape == (len(found.found), len(OPTION_COLUMNS)) and np.isfinite(rows).all()


@pytest.mark.parametrize(("text", "never"), [
    ("Пётр Лямин встретил Анну Рябову. Она заявила, что мост закроют.", "петр лямин"),
    ("Пётр Лямин скончался. Врач сообщил, что причиной стал инфаркт.", "петр лямин"),
    ("Анну Рябову критикуют за то, что мост закрыт.", "анна рябова"),
    ("Актрису Анну Рябову критикуют за то, что мост закрыт.", "анна рябова"),
    ("Министр Пётр Лямин обвинён в том, что мост закрыт.", "петр лямин"),
])  # fmt: skip
def test_who_is_no_option(text: str, never: str) -> None:
    sight, claims = _sighted(text)
    for claim in claims:
        found = options(sight, claim)
        assert found is None or never not in {o.name for o in found.found}


@pytest.mark.parametrize(("text", "mine", "others", "speaker"), [
    # a name in place of another
    ("Пётр Лямин встретил Ивана Рябова. Лямин заявил, что мост закроют.", 0.5, 0.6, "Пётр Лямин"),
    ("Пётр Лямин встретил Ивана Рябова. Лямин заявил, что мост закроют.", 0.5, 0.7, "Иван Рябов"),
    # a name in place of a description
    ("Пётр Лямин уехал. Сосед Рябова сообщил, что дом продан.", 0.5, 0.7, "сосед Рябова"),
    # somebody in place of nobody
    ("Пётр Лямин уехал. Возможно, дом продадут.", 0.0, 0.1, None),
])  # fmt: skip
def test_the_rules_have_the_benefit_of_the_doubt(monkeypatch: pytest.MonkeyPatch, text: str, mine: float, others: float, speaker: str | None) -> None:
    sight, claims = _sighted(text)
    monkeypatch.setattr(Reader, "speakers", lambda _, rows: np.array([mine, *[others - i / 1000 for i in range(len(rows) - 1)]], dtype=np.float32))
    referents = sight.referents
    told = [referents.fullest(referents.mention(c.speaker)) if c.speaker else c.speaker_name for c in learned.choose(sight, claims)]
    assert told == [speaker]


def test_how_likely_the_speaker_is_goes_into_the_claim(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Новости дня\n\nМэр Тулы Пётр Лямин заявил, что мост закроют.\n", encoding="utf-8")
    by_both, by_rules = (read_facts([tmp_path], extractor=extractor).facts[0].claims[0].speaker_confidence for extractor in ("both", "rules"))
    assert by_both is not None and 0.8 < by_both <= 1 and by_rules is None
