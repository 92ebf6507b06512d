"""Word lists: tab-separated files in `kg/words`, each row with an example it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from kg.errors import DataError

Row = Mapping[str, str]


@cache
def rows(name: str, package: str = "kg.words") -> tuple[Row, ...]:
    """All rows of a list as read-only mappings from column to value; `-` stands for empty.

    Raises DataError when a row has more columns than the header.
    """
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    header: list[str] | None = None
    found: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise DataError(name, number, f"{len(cells)} columns, the header has {len(header)}")
        cells += [""] * (len(header) - len(cells))
        found.append(
            MappingProxyType({k: "" if v == "-" else v for k, v in zip(header, cells, strict=True)})
        )
    return tuple(found)


@cache
def column(name: str, key: str) -> frozenset[str]:
    """One column of a list as a set."""
    return frozenset(row[key] for row in rows(name))


@cache
def table(name: str, key: str, value: str) -> Mapping[str, str]:
    """Two columns of a list as a mapping; the first row of a key wins."""
    found: dict[str, str] = {}
    for row in rows(name):
        found.setdefault(row[key], row[value])
    return MappingProxyType(found)
