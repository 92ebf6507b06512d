"""The trained extractor at run time: the same result whatever else is read, and what becomes of candidate pairs."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.neural import PACK, available
from kg.extract.neural.model import Extractor, Found, _joined
from kg.extract.neural.pairs import FAR, candidate_pairs
from kg.extract.neural.units import Word
from tests.conftest import SEEDS


def _sentences(text: str) -> list[list[Word]]:
    from razdel import sentenize, tokenize

    return [[(w.text, s.start + w.start, s.start + w.stop) for w in tokenize(s.text)] for s in sentenize(text)]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    if not available():
        pytest.skip("needs the model pack in kg/weights/pack")
    return Extractor(PACK)


def test_a_document_reads_the_same_alone_and_among_others(extractor: Extractor) -> None:
    texts = [_sentences(path.read_text("utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    together = extractor.predict([*texts, [], *reversed(texts)])
    alone = [Extractor(PACK).extract(t) for t in texts]
    assert [found[:2] for found in together[: len(texts)]] == [found[:2] for found in alone]
    assert all((a.encoded.states == b.encoded.states).all() for a, b in zip(together, alone, strict=False))
    assert [found[:2] for found in together[len(texts) + 1 :]] == [found[:2] for found in together[: len(texts)][::-1]]
    assert all(x.entities and x.relations for x in together[: len(texts)])


def test_relations_are_ordered_and_join_entities(extractor: Extractor) -> None:
    found = extractor.extract(_sentences(next(SEEDS.glob("*.txt")).read_text("utf-8")))
    places = [(r.head, r.tail) for r in found.relations]
    assert places == sorted(places)
    assert all(head != tail and max(head, tail) < len(found.entities) for head, tail in places)


@pytest.mark.parametrize("text", ["", "Да.", "Анна", "— …", "Анна Анна Анна"])
def test_little_text(extractor: Extractor, text: str) -> None:
    assert extractor.extract(_sentences(text)).relations == []


def test_a_long_document_is_read_in_parts(extractor: Extractor) -> None:
    sentence = "Президент России Владимир Путин прибыл в Москву."
    found = extractor.extract(_sentences(" ".join([sentence] * 250)))
    first = extractor.extract(_sentences(" ".join([sentence] * 20)))
    assert len(found.entities) > 10 * len(first.entities)
    assert len({(r.label, r.head, r.tail) for r in found.relations}) == len(found.relations)
    assert max(r.head for r in found.relations) > 0.9 * len(found.entities)


def test_pairs_stay_within_reach() -> None:
    starts, labels = np.array([0, 2, 4, 6]), np.array([0, 1, 1, 1])
    sentence = np.array([0, 0, 0, 1, 1, 2, 2])
    words = list("абвгдеж")
    reach = np.array([[-1, 1], [FAR, -1]], dtype=np.int8)
    pairs = candidate_pairs(starts, starts, labels, sentence, words, reach)
    assert list(zip(pairs.head.tolist(), pairs.tail.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 0), (2, 0), (3, 0)]
    assert pairs.buckets[:, 1].tolist() == [0, 1, 0, 1, 2]


def test_of_a_pair_in_two_parts_the_first_counts() -> None:
    one = Found(np.array([0, 1]), np.array([1, 0]), np.array([[0.1], [0.2]], dtype=np.float32))
    two = Found(np.array([1, 1]), np.array([0, 2]), np.array([[0.7], [0.8]], dtype=np.float32))
    joined = _joined([one, two], 3)
    assert joined.head.tolist() == [0, 1, 1]
    assert joined.tail.tolist() == [1, 0, 2]
    assert joined.chances[:, 0].tolist() == pytest.approx([0.1, 0.2, 0.8])
