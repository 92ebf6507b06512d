"""Gold annotations against what kg finds: one corpus a module, tables of precision, recall and F1."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import UsageError
from kg.evaluate import claims, dates, factrueval, nerel, slavicner
from kg.evaluate.scores import Table

_FOLDERS = {"nerel": nerel.evaluate, "factrueval": factrueval.evaluate, "slavicner": slavicner.evaluate}
_FILES = {"claims": claims.evaluate, "dates": dates.evaluate}


def run(
    corpus: str, path: Path, texts: Path | None, jobs: int = 1, tick: Callable[[str], None] = lambda _: None, extractor: str | None = None
) -> tuple[Table, ...]:
    """Score one corpus. Raises UsageError where a folder or a file is wanted and the other is given."""
    if corpus in _FOLDERS:
        if not path.is_dir() or texts is not None:
            raise UsageError(f"{path}: give the folder of the {corpus} corpus, without --texts")
        return _FOLDERS[corpus](path, jobs, tick, extractor)
    if not path.is_file():
        raise UsageError(f"{path}: give the file of annotations, and with --texts the folder of its texts")
    return _FILES[corpus](path, texts or path.parent, jobs, tick, extractor)
