"""The file of the page: styles, scripts and data in one HTML text that asks for nothing from outside."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

ASSETS: Final = "page_assets"
STYLES: Final = ("base.css", "stage.css", "panel.css", "narrow.css")
SCRIPTS: Final = (
    "dom", "language", "dates", "data", "state", "filters", "colours", "picture", "pens", "canvas", "labels", "pointer",
    "rows", "claims", "sentence", "reader", "path", "panel", "disputes", "strip", "chronicle", "map", "search",
    "legend", "save", "start",
)  # fmt: skip
"""In the order in which they are read: constants stand before their users."""
_SLOT: Final = re.compile(r"@@([A-Z_]+)@@")
_PACKED: Final = re.compile(r'<script id="data" type="text/plain">([A-Za-z0-9+/=]*)</script>')


def write(title: str, content: Mapping[str, Any], *, outline: bool) -> str:
    """Return the text of the file; `outline` says whether it needs the outlines of the land."""
    script = _script()
    slots = {
        "TITLE": html.escape(title),
        "POLICY": policy(script),
        "STYLE": "\n".join(map(asset, STYLES)),
        "SCRIPT": script,
        "DATA": pack(content),
        "OUTLINE": asset("outline.txt") if outline else "",
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], asset("page.html"))


def unpack(text: str) -> Any:
    """Return what `write` packed, None for a text that is no such file."""
    found = _PACKED.search(text)
    return json.loads(gzip.decompress(base64.b64decode(found[1]))) if found else None


def asset(name: str) -> str:
    """Return the text of a file in `page_assets/`. Raises ValueError for a script that would end its element."""
    text = resources.files("kg.export").joinpath(ASSETS, name).read_text(encoding="utf-8").strip()
    if name.endswith((".js", ".json")) and re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError(f"{ASSETS}/{name} cannot stand inside a page: escape its “</script” or “<!--”")
    return text


def policy(*scripts: str) -> str:
    """Write the content security policy: our own scripts by hash, images inside the file, nothing else."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def pack(content: Mapping[str, Any]) -> str:
    """Write as JSON, gzip (no clock and no platform in its header) and base64; lone surrogates become “?”."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as packed:
        packed.write(text.encode("utf-8", "replace"))
    return base64.b64encode(buffer.getvalue()).decode()


def _script() -> str:
    """The scripts one after another, in a scope of their own."""
    words = json.dumps(json.loads(asset("words.json")), ensure_ascii=False, separators=(",", ":"))
    parts = [f"const WORDS = {words};", *(asset(f"{name}.js") for name in SCRIPTS)]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();"
