"""Learn the lexicon: lemma phrases that NEREL annotates with one label, with count and precision.

    python -m train.lexicon ../shared/data/nerel/train kg/words/lexicon.tsv

Only counts leave the corpus. A phrase is kept when it was annotated at least twice with one label
and at least half of its occurrences carry it; precision is smoothed by one miss, so that rare
phrases are trusted less. Names of persons are left to the tagger.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.evaluate.standoff import Gold, read_folder
from kg.read.article import from_text
from kg.records import Document, Sentence, Span
from kg.text.annotate import annotate

LONGEST = 5
LEAST_COUNT = 2
LEAST_PRECISION = 0.5
SKIPPED = frozenset({"PERSON", "DATE", "TIME", "MONEY", "NUMBER", "ORDINAL", "PERCENT", "AGE"})


def phrases(sentence: Sentence) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Every stretch of up to `LONGEST` words, as lemmas with its span."""
    tokens = sentence.tokens
    for first in range(len(tokens)):
        for last in range(first, min(first + LONGEST, len(tokens))):
            lemmas = tuple(t.lemma for t in tokens[first : last + 1])
            yield lemmas, Span(tokens[first].start, tokens[last].end)


def document_of(gold: Gold) -> Document:
    return annotate(from_text(gold.name, gold.text))


def learn(corpus: list[Gold]) -> list[tuple[str, str, int, float]]:
    """Rows (lemmas, label, count, precision), sorted."""
    annotated: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    seen: Counter[tuple[str, ...]] = Counter()
    documents = [document_of(gold) for gold in corpus]
    for gold, document in zip(corpus, documents, strict=True):
        labels: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        for label, start, end in gold.mentions.values():
            labels[start, end].append(label)
        for sentence in document.sentences:
            for lemmas, span in phrases(sentence):
                for label in labels.get((span.start, span.end), ()):
                    annotated[lemmas][label] += 1
    for document in documents:
        for sentence in document.sentences:
            seen.update(lemmas for lemmas, _ in phrases(sentence) if lemmas in annotated)
    rows = []
    for lemmas, counts in annotated.items():
        label, count = max(counts.items(), key=lambda item: (item[1], item[0]))
        precision = count / (seen[lemmas] + 1)
        readable = lemmas[0][:1].isalnum() and lemmas[-1][-1:].isalnum() and any(c.isalpha() for part in lemmas for c in part)
        if label not in SKIPPED and count >= LEAST_COUNT and precision >= LEAST_PRECISION and readable:
            rows.append((" ".join(lemmas), label, count, round(precision, 2)))
    return sorted(rows)


HEADER = """\
# Lemma phrases that NEREL v1.1 train annotates with one label: how often, and with what precision.
# Made by train/lexicon.py from counts only. NEREL states no licence of its own; counts are facts.
lemmas\tlabel\tcount\tprecision
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="folder of NEREL's training texts")
    parser.add_argument("output", type=Path, help="the lexicon to write")
    arguments = parser.parse_args()
    rows = learn(read_folder(arguments.corpus))
    lines = "".join(f"{lemmas}\t{label}\t{count}\t{precision:.2f}\n" for lemmas, label, count, precision in rows)
    arguments.output.write_text(HEADER + lines, encoding="utf-8")
    print(f"{len(rows)} phrases")


if __name__ == "__main__":
    main()
