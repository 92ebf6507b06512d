"""Annotated texts → the speakers that each claim may have, a row for each, and which of them are right.

    python -m train.claims.speakers --reader WEIGHTS --half 1 --texts FOLDER... -o OPTIONS.npz ANNOTATIONS...

The reader in WEIGHTS must not have seen that half of the texts: what it thinks of texts that it was trained on is surer than of others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from kg.evaluate.annotations import GoldClaim, read_annotations
from kg.evaluate.claims import folded, paired
from kg.extract import mentions_of, propose
from kg.extract.anaphora import Referents
from kg.extract.claims.attribute import numbered, ruled
from kg.extract.claims.learned import Sight, weigh
from kg.extract.claims.learned.head import Reader
from kg.extract.claims.learned.marks import COLUMNS, Marks
from kg.extract.claims.learned.options import options
from kg.records import Document, Facts
from train.claims.examples import Names, documents
from train.claims.halves import half_of


def rows(document: Document, gold: Sequence[GoldClaim], reader: Reader) -> Iterator[tuple[np.ndarray, list[bool]]]:
    """Of each claim that was annotated and found: the options' rows, and whether they are right."""
    proposed = propose(document, "both")
    assert proposed.encoded is not None
    mentions = mentions_of(document, proposed.mentions)
    referents = Referents(document, mentions)
    sight = Sight(document, mentions, referents, ruled(document, referents), reader, proposed.encoded)
    claims = numbered(weigh(sight))
    names = Names(Facts(document.article, tuple(s.span for s in document.sentences), mentions, (), (), (), (), tuple(claims)))
    marks = Marks(sight, claims)
    found = [(c.cue, c.span) for c in claims if c.cue is not None]
    places = [i for i, c in enumerate(claims) if c.cue is not None]
    for one, other in paired([(g.cue, g.content) for g in gold], found):
        number = places[other]
        of_claim = options(sight, claims[number])
        if of_claim is not None:
            called = [names.of(referents.mention(o.speaker.mention)) if o.speaker.mention is not None else o.speaker.name for o in of_claim.found]
            yield marks.rows(number, of_claim), [folded(name or "") == folded(gold[one].source or "") for name in called]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", nargs="+", type=Path)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--half", type=int, choices=(0, 1), required=True)
    parser.add_argument("--texts", nargs="+", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    arguments = parser.parse_args()
    reader = Reader(arguments.reader)
    found, right, lengths, sets, texts = [], [], [], [], []
    for path in arguments.annotations:
        for number, text in enumerate(t for t in read_annotations(path) if half_of(Path(t.doc).stem) == arguments.half):
            for document in documents(arguments.texts, text.doc):
                for one, is_right in rows(document, text.claims, reader):
                    found.append(one)
                    right += is_right
                    lengths.append(len(is_right))
                    sets.append(path.stem)
                    texts.append(f"{path.stem}/{number}")  # for the fifths of `trees`; texts of two halves may share a name, and then a fifth
        print(f"{path.stem}: {len(lengths)} claims", flush=True)
    np.savez_compressed(arguments.output, rows=np.concatenate([np.zeros((0, len(COLUMNS)), dtype=np.float32), *found]), right=np.array(right, dtype=bool), lengths=np.array(lengths, dtype=int), sets=np.array(sets), texts=np.array(texts))


if __name__ == "__main__":
    main()
