"""Annotated texts → what the reader learns from: the encoder's states, rows of features, and what is right.

    python -m train.claims.examples --texts FOLDER... -o EXAMPLES ANNOTATIONS...

reads `.jsonl` annotations of claims (`docs/evaluation.md`), runs kg with both extractors and without the reader on
each text, and writes one `.npz` a text. FOLDERS hold the texts.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kg.evaluate.claims import folded
from kg.extract import mentions_of, propose
from kg.extract.anaphora import Referents
from kg.extract.claims.attribute import ruled
from kg.extract.claims.learned.features import BEGIN, GOES_ON, MODALITIES, Pairs, Seen, manner, pairs, see
from kg.extract.claims.learned.referring import Naming
from kg.extract.claims.naming import folded_possessive
from kg.extract.claims.speakers import describe
from kg.ids import DEFAULT_BASE, Minter
from kg.read import read
from kg.records import Article, Claim, Document, Facts, Mention, Span
from kg.resolve import resolve
from kg.text.annotate import annotate

Gold = dict[str, Any]
"""A claim of an annotation file."""


class Names:
    """What mentions are called after resolution."""

    def __init__(self, facts: Facts) -> None:
        self._article = facts.article.sha256
        self._found = resolve([facts], Minter(DEFAULT_BASE))

    def of(self, mention: Mention) -> str:
        iri = self._found.of.get((self._article, mention.id))
        return self._found.by_key[iri].label if iri else mention.normal


def arrays(document: Document, gold: Sequence[Gold]) -> dict[str, Any]:
    """Everything of one text, as arrays: ragged ones are flat with their lengths beside them."""
    proposed = propose(document, "both")
    assert proposed.encoded is not None
    units, states = proposed.encoded
    mentions = mentions_of(document, proposed.mentions)
    referents = Referents(document, mentions)
    claims = ruled(document, referents)
    seen = see(document, units, mentions, claims)
    facts = Facts(document.article, tuple(s.span for s in document.sentences), mentions, (), (), (), (), tuple(claims))
    names, naming = Names(facts), Naming(document, seen, referents)
    tags = np.zeros(len(units), dtype=np.int64)
    cues, referring = [], []
    for claim in gold:
        span = Span(*claim["cue_span"])
        inside = seen.inside(span)
        tags[inside] = GOES_ON
        tags[inside[:1]] = BEGIN
        own = next((c for c in claims if c.cue is not None and c.cue.meets(span)), None)
        about = pairs(document, seen, span, own)
        if about is None:
            continue
        cues.append(_cue(claim, about, seen, mentions))
        word = _head(seen, claim["source_span"]) if claim.get("source_span") else []
        if claim["source"] and word:
            referring.append(_name(document, seen, word[0], claim, claims, referents, names, naming))
    return {"states": states.astype(np.float16), "rows": seen.rows, "tags": tags, **_flat("cue", cues), **_flat("name", referring)}


def _cue(claim: Gold, about: Pairs, seen: Seen, mentions: Sequence[Mention]) -> dict[str, Any]:
    """A cue, its candidates, and which of them speak (0 is nobody), begin and end what is said (-1: none of them)."""
    places = _places(claim, seen, mentions)
    speaks = [0] if claim["source"] is None else [i + 1 for i, unit in enumerate(about.units.tolist()) if unit in places]
    told = [i for i, unit in enumerate(about.units.tolist()) if _meets(seen, unit, claim["content"])]
    how = manner(seen, Span(*claim["cue_span"]), Span(*claim["content"]))
    assert how is not None
    return {
        "words": about.cue, "units": about.units, "rows": about.rows, "speaks": speaks,
        "content": [told[0], told[-1]] if told else [-1, -1], "told": how.told, "manner": how.row, "modality": [MODALITIES.index(claim["modality"])],
    }  # fmt: skip


def _places(claim: Gold, seen: Seen, mentions: Sequence[Mention]) -> set[int]:
    """Units of the speaker's head, or of every mention of that name where the annotators saw no speaker near by."""
    if claim.get("source_span"):
        return set(_head(seen, claim["source_span"]))
    return {i for m in mentions if claim["source"] and folded(m.normal) == folded(claim["source"]) for i in seen.inside(m.span)}


def _head(seen: Seen, span: Sequence[int]) -> list[int]:
    """Units of the word of a span whose head is outside it."""
    inside = seen.inside(Span(*span))
    tokens = {(seen.units[i].sentence, seen.tokens[i].index) for i in inside}
    heads = [i for i in inside if (seen.units[i].sentence, seen.tokens[i].head) not in tokens and seen.tokens[i].pos not in ("PUNCT", "ADP")]
    named = [i for i in heads if not folded_possessive(seen.tokens[i])]  # «её ученик», whatever the tree makes of «её»
    return seen.inside(seen.tokens[(named or heads or inside)[0]].span) if inside else []


def _meets(seen: Seen, unit: int, span: Sequence[int]) -> bool:
    return seen.units[unit].start < span[1] and span[0] < seen.units[unit].end


def _name(document: Document, seen: Seen, word: int, claim: Gold, claims: Sequence[Claim], referents: Referents,
          names: Names, naming: Naming) -> dict[str, Any]:  # fmt: skip
    """A speaker's word with its candidates, and which of them have the right name; 0 is what the rules make of it."""
    speaker = describe(document.sentences[seen.units[word].sentence], seen.tokens[word], referents)
    cue = Span(*claim["cue_span"])
    before = [c for c in claims if c.cue is not None and c.cue.start < cue.start and (c.speaker or c.speaker_name)]
    told = Claim("", *claim["content"], cue, "", None, None, None, "author", None, None, "reported", "affirmed", (), 0.0)
    options = naming.candidates(word, speaker, told, before[-1] if before else None)
    own = names.of(referents.mention(speaker.mention)) if speaker.mention is not None else speaker.name
    called = [own or "", *(names.of(m) for m in options.mentions)]
    return {
        "words": options.word, "places": [unit for place in options.places for unit in (place or [0])],
        "lengths": [len(place) or 1 for place in options.places], "rows": options.rows,
        "right": [i for i, name in enumerate(called) if folded(name) == folded(claim["source"])],
    }  # fmt: skip


def _flat(prefix: str, items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {f"{prefix}{i}_{key}": np.asarray(value) for i, item in enumerate(items) for key, value in item.items()}


def documents(texts: Sequence[Path], name: str) -> Iterator[Document]:
    """The annotated text of that name, wherever it is."""
    for folder in texts:
        if (folder / name).is_file():
            yield from (annotate(item) for item in read([folder / name]) if isinstance(item, Article))
            return
    raise FileNotFoundError(f"{name} is in none of {', '.join(map(str, texts))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", nargs="+", type=Path)
    parser.add_argument("--texts", nargs="+", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    for path in options.annotations:
        folder = options.output / path.stem
        folder.mkdir(parents=True, exist_ok=True)
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line)
            for document in documents(options.texts, text["doc"]):
                np.savez_compressed(folder / f"{Path(text['doc']).stem}.npz", **arrays(document, text["claims"]))
        print(f"{path.stem}: {len(list(folder.glob('*.npz')))} texts", flush=True)


if __name__ == "__main__":
    main()
