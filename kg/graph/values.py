"""Value mentions as literals: dates as EDTF, ages and numbers as integers, money as words."""

from __future__ import annotations

import re

from kg.graph.model import Value
from kg.records import Mention, TimeValue

XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


def literal_of(mention: Mention, time: TimeValue | None) -> Value | None:
    """The literal of a value mention; None for a date that could not be read."""
    if mention.label == "DATE":
        return Value(time.edtf, EDTF) if time is not None else None
    if mention.label in ("AGE", "ORDINAL"):
        digits = re.search(r"\d{1,4}", mention.normal)
        return Value(str(int(digits.group())), XSD + "integer") if digits else None
    if mention.label == "PERCENT":
        digits = re.search(r"\d{1,9}(?:[.,]\d{1,6})?", mention.normal)
        return Value(digits.group().replace(",", "."), XSD + "decimal") if digits else None
    return Value(mention.normal, language="ru")
