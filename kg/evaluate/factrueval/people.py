"""Who is who in a text: pairs of gold mentions of people that are one person, by the corpus and by kg."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.evaluate.factrueval.corpus import GoldText
from kg.evaluate.given import with_given
from kg.evaluate.scores import Row, Table
from kg.ids import Minter
from kg.records import Facts, Span
from kg.resolve import resolve
from kg.text.annotate import annotate


def table(texts: Sequence[tuple[GoldText, Facts]]) -> Table:
    gold = found = both = 0
    for text, facts in texts:
        places = sorted({place for person in text.people for place in person})
        of_gold = {place: number for number, person in enumerate(text.people) for place in person}
        read = with_given(annotate(facts.article), facts, [(Span(*place), "PERSON") for place in places])
        of = resolve([read], Minter()).of
        pairs = [(of_gold[place], of.get((facts.article.sha256, f"g{i}"), f"g{i}")) for i, place in enumerate(places)]
        gold += _same(Counter(g for g, _ in pairs))
        found += _same(Counter(f for _, f in pairs))
        both += _same(Counter(pairs))
    return Table(f"FactRuEval people on gold mentions, pairs within a text ({len(texts)} texts)", (Row("pairs", gold, found, both),))


def _same(sizes: Counter[int] | Counter[str] | Counter[tuple[int, str]]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())
