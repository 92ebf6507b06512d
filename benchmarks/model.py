"""How fast the trained extractor is by itself, in CPU time on one thread, beside natasha's taggers on the same texts.

    python benchmarks/model.py [FOLDER] [--rounds 5] [--pack PACK]

FOLDER holds .txt files (seeds/ if none is named). Sentences and words are given to both. The extractor's time is all of
`Extractor.extract`: pieces, encoder, spans, pairs, thresholds. natasha's is its NER with and without its morphology and
syntax. The two take turns; the best round of each counts, because other work on the machine only ever adds. An
article is 400 words, punctuation not counted; figures that count it are a fifth higher.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from razdel import sentenize, tokenize

from kg.extract.neural import PACK
from kg.extract.neural.model import Extractor

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = 400
Words = list[list[tuple[str, int, int]]]


class Timed:
    """A session that adds its CPU time to a counter."""

    def __init__(self, session: Any, name: str, spent: Counter[str]) -> None:
        self._session, self._name, self._spent = session, name, spent

    def run(self, *arguments: Any) -> Any:
        begun = time.process_time()
        result = self._session.run(*arguments)
        self._spent[self._name] += time.process_time() - begun
        return result


def split(text: str) -> Words:
    """Lines → sentences → words with offsets."""
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        for sentence in sentenize(line):
            base = at + sentence.start
            words = [(w.text, base + w.start, base + w.stop) for w in tokenize(sentence.text)]
            found += [words] if words else []
        at += len(line)
    return found


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def natasha_taggers() -> dict[str, Callable[[Words], object]]:
    """natasha's NER alone, and with morphology and syntax."""
    from natasha import NewsEmbedding, NewsMorphTagger, NewsNERTagger, NewsSyntaxParser

    embedding = NewsEmbedding()
    ner, morph, syntax = NewsNERTagger(embedding), NewsMorphTagger(embedding), NewsSyntaxParser(embedding)

    def tag(sentences: Words) -> None:
        for sentence in sentences:
            ner(" ".join(word for word, _, _ in sentence))

    def read(sentences: Words) -> None:
        tag(sentences)
        words = [[word for word, _, _ in sentence] for sentence in sentences]
        list(morph.map(words))
        list(syntax.map(words))

    return {"natasha: NER": tag, "natasha: NER, morphology, syntax": read}


def measure(texts: Sequence[Words], rounds: int, pack: Path) -> tuple[dict[str, float], Counter[str]]:
    """Best CPU time over the texts of each reader, and the extractor's parts in its best round."""
    extractor = Extractor(pack)
    spent: Counter[str] = Counter()
    for part in ("encoder", "span_head", "entity_head", "pair_head"):
        setattr(extractor, part, Timed(getattr(extractor, part), part, spent))
    readers: dict[str, Callable[[Words], object]] = {"kg's extractor": extractor.extract} | natasha_taggers()
    best: dict[str, float] = {}
    parts: Counter[str] = Counter()
    for number in range(rounds + 1):
        for name, reader in readers.items():
            spent.clear()
            chosen = texts if number else texts[:3]
            took = seconds(lambda reader=reader, chosen=chosen: [reader(t) for t in chosen])  # type: ignore[misc]
            if number and took < best.get(name, float("inf")):
                best[name] = took
                parts = spent.copy() if name == "kg's extractor" else parts
    return best, parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "seeds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pack", type=Path, default=PACK)
    options = parser.parse_args()
    texts = [split(path.read_text("utf-8")) for path in sorted(options.folder.glob("*.txt"))]
    tokens = [word for text in texts for sentence in text for word, _, _ in sentence]
    words = sum(any(c.isalnum() for c in word) for word in tokens)
    best, parts = measure(texts, options.rounds, options.pack)
    print(f"{len(texts)} texts, {words} words ({len(tokens)} with punctuation), best of {options.rounds} rounds, one thread\n")
    print("| reader | CPU seconds | words a second | articles of 400 words a second | with punctuation | time, natasha = 1 |")
    print("|---|---|---|---|---|---|")
    peer = best["natasha: NER, morphology, syntax"]
    for name, took in best.items():
        rates = f"{words / took:.0f} | {words / ARTICLE / took:.2f} | {len(tokens) / ARTICLE / took:.2f}"
        print(f"| {name} | {took:.2f} | {rates} | {took / peer:.2f} |")
    whole = best["kg's extractor"]
    print("\n| part of kg's extractor | CPU seconds | share |\n|---|---|---|")
    for name, took in [*parts.most_common(), ("everything else", whole - parts.total())]:
        print(f"| {name.replace('_', ' ')} | {took:.2f} | {100 * took / whole:.0f} % |")
    print(f"\npeak memory of the process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
