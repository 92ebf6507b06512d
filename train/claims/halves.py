"""Parts of the annotated texts: what is learnt from a net's opinions is learnt from texts that it has not seen, and judged on others."""

from __future__ import annotations

import hashlib


def half_of(name: str) -> int:
    """0 or 1, by the name of a text without its folder and ending."""
    return hashlib.md5(name.encode()).digest()[-1] % 2


def fifth_of(name: str) -> int:
    """0 to 4, by the name of a text."""
    return hashlib.sha256(f"fifth {name}".encode()).digest()[0] % 5
