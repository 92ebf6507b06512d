"""Answers of a service kept in SQLite: what was asked once is not asked again."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from kg.errors import KgError
from kg.reconcile.service import Answer, Asked


class Cache:
    """Answers of one service in a file; closed with the `with` block, each batch written whole."""

    def __init__(self, path: Path, service: str) -> None:
        self._path, self._service = path, service

    def __enter__(self) -> Cache:
        try:
            self._base = sqlite3.connect(self._path)
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS answer (service TEXT, kind TEXT, name TEXT, iri TEXT NOT NULL, score REAL NOT NULL,"
                " PRIMARY KEY (service, kind, name)) WITHOUT ROWID"
            )
        except sqlite3.Error as error:
            raise KgError(f"{self._path}: cannot be used as a cache of answers ({error}); give another file with --link-cache") from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._base.close()

    def get(self, question: Asked) -> Answer | None:
        """The kept answer; None when the question was never answered."""
        row = self._base.execute(
            "SELECT iri, score FROM answer WHERE service = ? AND kind = ? AND name = ?", (self._service, question.kind, question.name)
        ).fetchone()
        return Answer(*row) if row else None

    def keep(self, answers: Mapping[Asked, Answer]) -> None:
        with self._base:
            self._base.executemany(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)",
                [(self._service, q.kind, q.name, a.iri, a.score) for q, a in answers.items()],
            )
