"""The forms that a name may take in the cases of the singular, by its ending: for names that no dictionary has."""

from __future__ import annotations

from functools import lru_cache

from kg.text.models import vocabulary
from kg.text.normal import reshape

_HARD = ("а", "у", "ом", "е")
_SOFT = ("я", "ю", "ем", "е")
_PATTERNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("ская", "ск", ("ой", "ую", "ою")), ("цкая", "цк", ("ой", "ую", "ою")), ("ая", "", ("ой", "ую", "ою")),
    ("ский", "ск", ("ого", "ому", "им", "ом")), ("цкий", "цк", ("ого", "ому", "им", "ом")), ("ый", "", ("ого", "ому", "ым", "ом")),
    ("ия", "и", ("и", "ю", "е", "ей", "ею")), ("ий", "и", ("я", "ю", "ем", "и")),
    ("я", "", ("и", "е", "ю", "ей", "ёй", "ею")), ("ец", "ц", ("а", "у", "ем", "ом", "е")), ("й", "", _SOFT), ("ь", "", (*_SOFT, "и", "ью")),
    *((f"{c}а", c, ("и", "е", "у", "ой", "ою")) for c in "гкх"), *((f"{c}а", c, ("и", "е", "у", "ей", "ой", "ею")) for c in "жчшщ"),
    ("ца", "ц", ("ы", "е", "у", "ей", "ою", "ой")), ("а", "", ("ы", "е", "у", "ой", "ою")),
    *((c, c, ("а", "у", "ем", "ом", "е")) for c in "жчшщц"), *((c, c, _HARD) for c in "бвгдзклмнпрстф"), ("х", "х", _HARD),
)  # fmt: skip
"""What a nominative ends with, what stays of that, and the other endings. Other names have no cases."""


@lru_cache(maxsize=4096)
def forms(name: str) -> frozenset[str]:
    """A name and its forms, in its own letters' case; those of the dictionary too where it knows a given name."""
    found = {name, *_by_dictionary(name)}
    for ending, kept, others in _PATTERNS:
        if name.endswith(ending) and len(name) > len(ending):
            stem = name[: len(name) - len(ending)] + kept
            found.update(stem + other for other in others)
            break
    return frozenset(found)


def _by_dictionary(name: str) -> list[str]:
    """«Павел» → «Павла», «Павлу» …"""
    for parse in vocabulary().parse(name.lower()):
        if parse.is_known and {"Name", "nomn", "sing"} <= parse.tag.grammemes:
            return [reshape(form.word, name) for form in parse.lexeme if "sing" in form.tag.grammemes]
    return []
