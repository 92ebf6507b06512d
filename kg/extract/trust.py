"""How far each way of finding agrees with NEREL: measured precision, by way and label.

`weights/trust.tsv` is made by `train/trust.py` on NEREL dev. `alone` is the precision of what a
rule proposes; `beside` that of what it proposes and the trained extractor does not. It settles
which of two mentions stands, and what is worth writing out as a NEREL annotation. It does not
judge facts: a relation between the right things with another span is wrong for NEREL only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from kg.extract.proposal import Proposal
from kg.text.words import rows

_FILE, _PACKAGE = "trust.tsv", "kg.weights"
_LEAST_COUNT = 10


@cache
def _table() -> Mapping[tuple[str, str], tuple[float, float]]:
    return {
        (r["found_by"], r["label"]): (float(r["alone"]), float(r["beside"]))
        for r in rows(_FILE, _PACKAGE)
        if int(r["count"]) >= _LEAST_COUNT
    }


def trust(found_by: str, label: str, with_model: bool, otherwise: float) -> float:
    """Measured precision of a way of finding; `otherwise` where too little was measured."""
    known = _table().get((found_by, label))
    return known[with_model] if known else otherwise


def weigh(proposals: Iterable[Proposal], with_model: bool) -> Iterator[Proposal]:
    """Proposals with their measured precision as confidence; unmeasured ones keep their own.

    A name that the model does not see, by a rule that is mostly wrong then, is dropped.
    """
    for one in proposals:
        confidence = trust(one.found_by, one.label, with_model, one.confidence)
        if confidence >= _LEAST_TRUST or one.label not in _NAMES:
            yield replace(one, confidence=confidence)


_LEAST_TRUST = 0.3
_NAMES = frozenset({"PERSON", "ORGANIZATION", "COUNTRY", "CITY", "STATE_OR_PROVINCE", "DISTRICT", "LOCATION", "FACILITY", "NUMBER"})
