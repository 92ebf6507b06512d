"""Build ``kg/gazetteer/forms.tsv``: what names mean, by the lemmas of their words, as NEREL train links them.

``names.tsv`` holds display names; this table holds what it cannot say: «президент России» is another item than
«президент», «чешский» in a country's place is Czechia, «Минобороны» most often is Russia's. A row is written where
one Wikidata id has at least half of all uses of the lemmas and type, links to nothing counted; a lone
name of a person five times and almost always. Facts only: lemmas, ids and counts, no text.

    python -m train.forms --nerel NEREL/train --out kg/gazetteer/forms.tsv
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from kg.evaluate.standoff import read_folder
from kg.ontology import class_of_label
from kg.text.gazetteer import lemmas_of

NIL = "NULL"
LEAST_SHARE, LEAST_PERSON_SHARE = 0.5, 0.9
LEAST_LONE_PERSON = 5


def counts(folder: Path) -> dict[tuple[str, str], Counter[str]]:
    """Uses of each Wikidata id, by NEREL type and lemmas."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for text in read_folder(folder):
        for mention, identity in text.links.items():
            if mention in text.mentions and text.mentions[mention][0] in class_of_label():
                label, start, end = text.mentions[mention]
                found[label, lemmas_of(text.text[start:end])][identity] += 1
    return found


def is_safe(label: str, lemmas: str, uses: int, of: int) -> bool:
    if label == "PERSON" and " " not in lemmas:
        return uses >= LEAST_LONE_PERSON and uses >= LEAST_PERSON_SHARE * of
    return uses >= LEAST_SHARE * of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nerel", type=Path, required=True, help="folder of NEREL train")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    lines = ["type\tlemmas\tid\tuses"]
    for (label, lemmas), uses in sorted(counts(args.nerel).items()):
        identity, most = max(uses.items(), key=lambda item: (item[1], item[0]))
        if not lemmas or identity == NIL or not is_safe(label, lemmas, most, uses.total()):
            continue
        lines.append(f"{label}\t{lemmas}\t{identity}\t{most}")
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} rows")


if __name__ == "__main__":
    main()
