"""Names of organisations, compared: gazetteer aliases, and abbreviations made of initials."""

from __future__ import annotations

import re

from kg.text import gazetteer
from kg.text.clean import fold

_WORDS = re.compile(r"[^\W_]+")
_SKIPPED = frozenset({"и", "по", "в", "на", "при", "для", "о", "об", "с"})


@gazetteer.remembered
def known_id(normal: str) -> str | None:
    """The one organisation that the gazetteer knows by this name: its Wikidata id, else its label."""
    found = gazetteer.lookup(normal, "ORGANIZATION")
    keys = list(dict.fromkeys(e.qid or fold(e.label) for e in found))
    if len(keys) == 1:
        return keys[0]
    if keys and found[0].weight >= 3 and found[0].weight > 3 * sum(e.weight for e in found[1:]):
        return keys[0]
    return None


def abbreviates(short: str, long: str) -> bool:
    """«МНБ Азербайджана» for «министерство национальной безопасности Азербайджана».

    The first word of the short name spells the initials of as many words of the long one; what
    follows must be the same in both, or be missing from one.
    """
    short_words, long_words = _WORDS.findall(fold(short)), _WORDS.findall(fold(long))
    letters = _WORDS.findall(short)
    if not short_words or not letters or not letters[0].isupper() or not 2 <= len(letters[0]) <= 7:
        return False
    initials = short_words[0]
    content = [w for w in long_words if w not in _SKIPPED]
    if len(content) < len(initials) or "".join(w[0] for w in content[: len(initials)]) != initials:
        return False
    rest_short, rest_long = short_words[1:], content[len(initials) :]
    return rest_short == rest_long or not rest_short or not rest_long


def is_common(name: str) -> bool:
    """A name without any capital: «правительство», «полиция»."""
    return name == name.lower() and not any(c.isdigit() for c in name)
