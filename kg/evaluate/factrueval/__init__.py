"""kg against FactRuEval-2016: mentions, entities and facts (tracks 1 to 3), by the track definitions,
and who is who.

Starostin et al., FactRuEval 2016: Evaluation of Named Entity Recognition and Fact Extraction
Systems for Russian (Dialogue 2016). The published scorer searches all pairings one by one; here
an assignment solver finds the pairing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.evaluate.factrueval import answers, entities, facts, mentions, people
from kg.evaluate.factrueval.corpus import read_corpus
from kg.evaluate.scores import Table
from kg.pipeline import read_facts


def evaluate(
    folder: Path, jobs: int = 1, tick: Callable[[str], None] = lambda _: None, extractor: str | None = None
) -> tuple[Table, ...]:
    """Score tables of a folder of FactRuEval files; a text that kg refuses counts as found empty."""
    corpus = read_corpus(folder)
    read = {f.article.name: f for f in read_facts([folder / f"{t.name}.txt" for t in corpus], jobs, tick, extractor).facts}
    answered = [(text, read.get(f"{text.name}.txt")) for text in corpus]
    found = [(text, answers.mentions(f) if f else []) for text, f in answered]
    named = [(text, answers.entities(f) if f else []) for text, f in answered if text.entities]
    told = [(text, answers.facts(f) if f else []) for text, f in answered if text.facts is not None]
    together = people.table([(text, f) for text, f in answered if f is not None])
    return (mentions.table(found), entities.table(named), facts.table(told, hard=False), facts.table(told, hard=True), together)
