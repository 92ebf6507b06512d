"""Writing results: whole or not at all. A temporary file beside the target, fsync, rename."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows has no locks on folders
    fcntl = None  # type: ignore[assignment]

_PREFIX = ".kg-tmp-"


def prepare_folder(folder: Path) -> None:
    """Make the output folder and see that it can be written to, before any work is done.

    Raises OutputError for a file in its place, a missing permission or a link.
    """
    if folder.is_symlink():
        raise OutputError(f"{folder}: the output folder is a link; name the folder itself with -o")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            for stale in folder.glob(_PREFIX + "*"):
                stale.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=_PREFIX):
            pass
    except FileExistsError:
        raise OutputError(f"{folder}: is a file, not a folder; choose another -o") from None
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written to ({error.strerror}); choose another -o") from None


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that a reader sees each of them old or new, never half.

    All are written and synced under temporary names first; only then are they renamed, in the
    given order. One writer at a time: two builds into one folder leave the files of one of them.
    Raises OutputError, and leaves what was there, when any of them cannot be written.
    """
    with _alone(folder):
        _write_all(folder, files)


def replace_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """As `write_all`, for a build: what the build before wrote, by its manifest, and this one does not, goes too, where nobody has
    changed it since. What cannot be removed stays."""
    with _alone(folder):
        outlived = _outlived(folder, files)
        _write_all(folder, files)
        for name in outlived:
            with contextlib.suppress(OSError):
                (folder / name).unlink()
                for above in PurePosixPath(name).parents[:-1]:
                    (folder / above).rmdir()  # only where it is left empty


def _outlived(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    try:
        before = json.loads((folder / "manifest.json").read_bytes())["files"]
        return tuple(
            name
            for name, told in sorted(before.items())
            if name not in files
            and not PurePosixPath(name).is_absolute()
            and ".." not in PurePosixPath(name).parts
            and (folder / name).is_file()
            and sha256_of((folder / name).read_bytes()) == told["sha256"]
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return ()  # no build before, or a manifest that is not kg's


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process writes into the folder, and keep others waiting."""
    handle = None
    with contextlib.suppress(OSError):  # a folder that is missing is told of by who writes; some file systems have no locks
        if fcntl is not None:
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    temporaries: dict[Path, str] = {}
    kept: dict[Path, str | None] = {}
    try:
        for name, data in files.items():
            target = folder / os.fsdecode(name.encode("utf-8", "surrogateescape"))  # UTF-8 in any locale
            target.parent.mkdir(parents=True, exist_ok=True)
            temporaries[target] = _write_temporary(folder, name, data)
        for target, temporary in temporaries.items():
            kept[target] = _keep(target, temporary + ".old")
            os.replace(temporary, target)
        _sync_folder(folder)
    except BaseException as error:
        undone = _put_back({target: old for target, old in kept.items() if not os.path.exists(temporaries[target])})
        if not undone:
            kept = {}  # the only copies of what was there
        if not isinstance(error, OSError):
            raise
        name = error.filename or str(folder)
        told = "nothing was changed" if undone else f"some files are new, the old ones are kept beside as {_PREFIX}*.old"
        raise OutputError(f"{name}: cannot be written ({error.strerror}); {told}") from error
    finally:
        for leftover in (*temporaries.values(), *kept.values()):
            with contextlib.suppress(OSError):
                os.unlink(leftover or "")


def _keep(target: Path, name: str) -> str | None:
    """A second name (or a copy, where links are not to be had) for what is there now, if anything."""
    try:
        os.link(target, name)
    except FileNotFoundError:
        return None
    except OSError:
        try:
            shutil.copyfile(target, name)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    return name


def _put_back(kept: Mapping[Path, str | None]) -> bool:
    """Undo the renames; False when that fails as well."""
    undone = True
    for target, old in kept.items():
        try:
            if old is None:
                target.unlink(missing_ok=True)
            else:
                os.replace(old, target)
        except OSError:
            undone = False
    return undone


def _write_temporary(folder: Path, name: str, data: bytes) -> str:
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=_PREFIX)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        error.filename = error.filename or str(folder / name)
        raise
    return temporary


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def as_json(content: Any) -> bytes:
    """Readable JSON with sorted keys, as UTF-8 (lone surrogates escaped)."""
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode("utf-8", "backslashreplace")


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def manifest(
    files: Mapping[str, bytes], counts: Mapping[str, int], articles: Sequence[Mapping[str, Any]],
    refusals: Sequence[Mapping[str, str]], run: Mapping[str, str], curation: Mapping[str, Any] | None = None,
) -> bytes:  # fmt: skip
    """What a build read, refused and wrote, with hashes; it has no clock in it."""
    return as_json(
        {
            **({"curation": dict(curation)} if curation else {}),
            "articles": list(articles),
            "counts": dict(counts),
            "files": {name: {"bytes": len(data), "sha256": sha256_of(data)} for name, data in files.items()},
            "refusals": list(refusals),
            "run": dict(run),
        }
    )
