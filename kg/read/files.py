"""Which files to read. Only regular files, never through links, never beyond the size limit."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Refusal, UsageError

MAX_BYTES = 20 * 1024 * 1024
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that will be read: where it lies, the name it gets in outputs, and its format."""

    path: Path | None
    name: str
    format: str


def gather(paths: Sequence[str | Path], formats: tuple[str, ...]) -> Iterator[Source | Refusal]:
    """Files named by the paths, folders walked in name order, `-` for standard input.

    Raises UsageError for a path that does not exist. Anything that is no regular file, or has a
    format that kg does not read, is refused by name.
    """
    for given in paths:
        if str(given) == STDIN:
            yield Source(None, "stdin.txt", ".txt")
            continue
        path = Path(given)
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            raise UsageError(f"no such file or folder: {str(path)!r}; check the spelling") from None
        except OSError as error:
            raise UsageError(f"cannot look at {str(path)!r}: {error.strerror}") from None
        if stat.S_ISDIR(mode):
            yield from _walk(path, formats)
        else:
            yield _file(path, path.name, mode, formats)


def _walk(folder: Path, formats: tuple[str, ...]) -> Iterator[Source | Refusal]:
    for root, folders, files in os.walk(folder, followlinks=False):
        folders.sort()
        for name in list(folders):
            if (Path(root) / name).is_symlink():
                folders.remove(name)
                yield Refusal(_printable(_shown(Path(root) / name, folder)), "symlink", "a link to a folder is not followed")
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = Path(root) / name
            try:
                mode = path.lstat().st_mode
            except OSError as error:
                yield Refusal(_printable(_shown(path, folder)), "unreadable", f"cannot be looked at: {error.strerror}")
                continue
            yield _file(path, _shown(path, folder), mode, formats)


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _printable(name: str) -> str:
    """The name as UTF-8 whatever the locale says, with bytes that are none escaped."""
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeError:
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _file(path: Path, name: str, mode: int, formats: tuple[str, ...]) -> Source | Refusal:
    printable = _printable(name)
    if stat.S_ISLNK(mode):
        return Refusal(printable, "symlink", "a link is not followed; name the file it points to")
    if not stat.S_ISREG(mode):
        return Refusal(printable, "not_regular", "not a regular file (folder, pipe, device or socket)")
    suffix = path.suffix.lower()
    if suffix not in formats:
        known = ", ".join(formats)
        return Refusal(printable, "unknown_format", f"format {suffix or 'without suffix'!r} is not read; known: {known}")
    return Source(path, printable, suffix)


def load(source: Source) -> bytes:
    """The bytes of a source. Raises Refusal beyond `MAX_BYTES`, before reading it whole."""
    if source.path is None:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        try:
            with source.path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise Refusal(source.name, "unreadable", f"cannot be read: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise Refusal(source.name, "too_large", f"larger than {MAX_BYTES // 1024 // 1024} MB; split it")
    return data
