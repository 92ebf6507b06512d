"""One tree of errors. Each message says what is wrong, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """Base of every error that the user can do something about."""


class UsageError(KgError):
    """The request itself is wrong, or nothing could be done (exit code 2)."""


class Refusal(KgError):
    """One article cannot be read. The others go on; the build ends with exit code 1.

    `code` is a stable word for machines (it goes to the manifest), `reason` is for people.
    """

    def __init__(self, path: str | Path, code: str, reason: str) -> None:
        self.path = str(path)
        self.code = code
        self.reason = reason
        super().__init__(f"{self.path!r}: {reason} [{code}]")

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str, str]]:
        return (Refusal, (self.path, self.code, self.reason))


class DataError(KgError):
    """A file that ships with kg, or that the user handed over, does not hold what it must."""

    def __init__(self, path: str | Path, line: int | None, reason: str) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {reason}")


class OutputError(KgError):
    """A result could not be written; what was there before is untouched."""


class QueryError(KgError):
    """A SPARQL query is malformed, is not read-only, or cannot be answered."""


class SlowQueryError(QueryError):
    """A SPARQL query took longer than it may, or more memory than there is."""
