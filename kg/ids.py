"""The only place where IRIs are made: ASCII, from slugs and content hashes, never from a clock."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from kg.errors import UsageError

DEFAULT_BASE = "https://w3id.org/ru-news-kg/id/"
ONTOLOGY = "https://w3id.org/ru-news-kg/ontology#"

_LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        ("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh",
         "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "i", "yi", "ye", "g", "u"),
        strict=True,
    )
)  # fmt: skip
_LONGEST_SLUG = 60
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


def slug(text: str) -> str:
    """ASCII words joined by hyphens: «Владимир Путин» → vladimir-putin (BGN/PCGN without signs)."""
    latin = "".join(_LETTERS.get(char, char) for char in text.lower())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:_LONGEST_SLUG].strip("-")


def digest(*parts: object, length: int = 12) -> str:
    """A short hexadecimal SHA-256 of the parts (the unit separator keeps them apart)."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes the IRIs of one graph below a base IRI."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base) or not self.base.isascii():
            raise UsageError(f"--base must be an ASCII http(s) IRI that ends in / or #, not {self.base!r}")

    def entity(self, kind: str, label: str, distinct: str = "") -> str:
        """`distinct` sets namesakes apart; it is empty for a name that only one thing carries."""
        name = slug(label) or digest(label)
        return f"{self.base}{slug(kind)}/{name}{'-' + distinct if distinct else ''}"

    def article(self, sha256: str) -> str:
        return f"{self.base}article/{sha256[:16]}"

    def story(self, sha256: str) -> str:
        """A story, by the text of its lead article."""
        return f"{self.base}story/{sha256[:16]}"

    def source(self, kind: str, name: str, sha256: str) -> str:
        """A source that is no entity of its own: «эксперты» of one article."""
        return f"{self.base}source/{slug(kind)}-{slug(name) or digest(name)}-{sha256[:8]}"

    def event(self, kind: str, sha256: str, start: int) -> str:
        return f"{self.base}event/{slug(kind)}-{digest(sha256, start)}"

    def statement(self, *content: object) -> str:
        return f"{self.base}statement/{digest(*content, length=16)}"

    def claim(self, *evidence: object) -> str:
        return f"{self.base}claim/{digest(*evidence, length=16)}"

    def shared(self) -> str:
        """The named graph of what belongs to no single article."""
        return f"{self.base}graph/shared"

    def run(self, *ingredients: object) -> str:
        return f"{self.base}run/{digest(*ingredients, length=16)}"
