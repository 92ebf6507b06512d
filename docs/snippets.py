"""Run the code blocks of docs/tutorial.md and docs/how-to.md, and renew the output shown under them.

    python docs/snippets.py            run all blocks and write their output into the pages
    python docs/snippets.py --check    exit 1 when a block fails or shows other output than it gives

Each page is one session in an empty folder that holds a copy of seeds/. Blocks are run in order:

* ```console   lines after `$ ` are commands, lines after `> ` go on, the rest is what they print;
* ```python    is run as a script; a ```text block right below shows what it prints;
* other blocks are not run.

`console head=N` shows only the first N lines of each command's output; `console silent` shows none.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("docs/tutorial.md", "docs/how-to.md")
_BLOCK = re.compile(r"^```(console|python)([^\n]*)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


class BlockError(Exception):
    """A block that does not run."""


def renewed(page: str) -> str:
    """The page with fresh output. Raises BlockError when a block ends with an error."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "work"
        place.mkdir()
        shutil.copytree(ROOT / "seeds", place / "seeds")
        environment = _environment(Path(folder) / "bin")
        return _BLOCK.sub(lambda match: _block(match, place, environment), page)


def _environment(folder: Path) -> dict[str, str]:
    """A `kg` command and a `python` that use this repository; no browser is opened."""
    folder.mkdir()
    for name, call in (("kg", "-m kg"), ("python", "")):
        script = folder / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    path = os.pathsep.join((str(folder), os.environ.get("PATH", "")))
    return {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "BROWSER": "true",
        "NO_COLOR": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def _block(match: re.Match[str], place: Path, environment: dict[str, str]) -> str:
    kind, options, body, shown = match.groups()
    if kind == "python":
        output = _run([sys.executable, "-c", body], body, place, environment)
        text = f"```python{options}\n{body}```\n"
        return text + (f"\n```text\n{output}```\n" if shown is not None else "")
    lines = []
    for command in _commands(body):
        source = "\n".join(command)
        output = _run(["bash", "-c", source], source, place, environment)
        lines += ["$ " + "\n> ".join(command) + "\n", _cut(output, options)]
    return f"```console{options}\n{''.join(lines)}```\n"


def _commands(body: str) -> Iterator[list[str]]:
    """Each command as its lines, without the marks `$ ` and `> `."""
    for match in re.finditer(r"^\$ .*(?:\n> .*)*", body, re.MULTILINE):
        yield [line[2:] for line in match[0].splitlines()]


def _run(call: list[str], source: str, place: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        call, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120
    )
    if done.returncode:
        raise BlockError(f"exit code {done.returncode}:\n{source}\n{done.stdout}")
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def _cut(output: str, options: str) -> str:
    if "silent" in options:
        return ""
    most = re.search(r"head=(\d+)", options)
    lines = output.splitlines(keepends=True)
    if most and len(lines) > int(most[1]):
        return "".join(lines[: int(most[1])]) + "…\n"
    return output


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        print(__doc__, file=sys.stderr)
        return 2
    bad = 0
    for name in PAGES:
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        try:
            new = renewed(old)
        except BlockError as error:
            print(f"{name}: {error}", file=sys.stderr)
            bad = 1
            continue
        if not check:
            path.write_text(new, encoding="utf-8")
        elif new != old:
            changes = difflib.unified_diff(
                old.splitlines(), new.splitlines(), name, "what it prints now", lineterm="", n=1
            )
            print("\n".join(changes), f"\n{name} shows old output; run: python docs/snippets.py", file=sys.stderr)
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
