"""Write docs/quality.md: every score table, as the commands print it.

Usage: python docs/measure.py CORPORA, the folder that holds nerel, factrueval and slavicner.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = (
    ("eval nerel {corpora}/nerel/dev", "NEREL v1.1, dev: mentions, relations, links"),
    ("eval claims tests/eval/held.jsonl --texts {corpora}/nerel/train", "Claims, the 72 texts held back"),
    ("eval claims tests/eval/held.jsonl --texts {corpora}/nerel/train --extractor rules", "The same by rules alone"),
    ("eval claims tests/eval/rest.jsonl --texts {corpora}/nerel/train", "Claims, 88 more texts held back"),
    ("eval claims tests/eval/rest.jsonl --texts {corpora}/nerel/train --extractor rules", "The same by rules alone"),
    ("eval claims tests/eval/wire.jsonl --texts {corpora}", "Claims, 45 texts of news agencies held back"),
    ("eval claims tests/eval/wire.jsonl --texts {corpora} --extractor rules", "The same by rules alone"),
    ("eval claims tests/eval/written_held.jsonl --texts tests/eval/written", "Claims, 134 invented articles held back (their texts are here)"),
    ("eval claims tests/eval/written_held.jsonl --texts tests/eval/written --extractor rules", "The same by rules alone"),
    ("eval claims tests/eval/dev.jsonl --texts {corpora}/nerel/dev --extractor rules", "Claims, development texts, by rules alone"),
    ("eval dates tests/eval/held.jsonl --texts {corpora}/nerel/train", "Dates, the 72 texts held back"),
    ("eval dates tests/eval/rest.jsonl --texts {corpora}/nerel/train", "Dates, 88 more texts held back"),
    ("eval dates tests/eval/wire.jsonl --texts {corpora}", "Dates, 45 texts of news agencies held back"),
    ("eval dates tests/eval/agency.jsonl --texts {corpora}", "Dates, 312 texts of news agencies"),
    ("eval dates tests/eval/drawn.jsonl --texts {corpora}/nerel/train", "Dates, 342 texts drawn at random"),
    ("eval dates tests/eval/dev.jsonl --texts {corpora}/nerel/dev", "Dates, development half"),
    ("eval dates tests/eval/test.jsonl --texts {corpora}/nerel/dev", "Dates, the other half"),
    ("eval dates tests/eval/more.jsonl --texts {corpora}/nerel/train", "Dates, more texts"),
    ("eval dates tests/eval/fresh.jsonl --texts {corpora}/nerel/train", "Dates, fresh texts"),
    ("eval dates tests/eval/wide.jsonl --texts {corpora}/nerel/train", "Dates, 72 texts"),
    ("eval dates tests/eval/later.jsonl --texts {corpora}/nerel/train", "Dates, 36 later texts"),
    ("eval dates tests/eval/last.jsonl --texts {corpora}/nerel/train", "Dates, the last 54 texts"),
    ("eval factrueval {corpora}/factrueval/devset", "FactRuEval-2016, devset"),
    ("eval slavicner {corpora}/slavicner", "SlavicNER, Russian, four topics"),
)
HEAD = """# Measured quality

What the commands print, run by `python docs/measure.py CORPORA`; CORPORA holds the corpora named in
[evaluation.md](evaluation.md), which also says what each number counts and which texts were used to develop kg.
"""


AT_ONCE = 2


def main(corpora: Path) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = list(pool.map(lambda run: section(corpora, *run), RUNS))
    (ROOT / "docs" / "quality.md").write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def section(corpora: Path, command: str, title: str) -> str:
    """One run with its heading."""
    shown = "kg " + command.format(corpora="CORPORA")
    run = subprocess.run([sys.executable, "-m", "kg", *command.format(corpora=corpora).split(), "-q"], capture_output=True, text=True, cwd=ROOT, check=True)
    return f"## {title}\n\n```text\n$ {shown}\n{run.stdout.rstrip()}\n```\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
