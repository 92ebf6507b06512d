"""The part of FollowTheMoney's model that `kg export --format ftm` writes, for tests that cannot install it.

    pip install followthemoney && python -m tests.refresh_ftm

The package (MIT licence) needs ICU and a compiler, so the tests keep this excerpt: for each schema that
we write, what it extends, what it requires, and type and range of its own properties.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kg.export.ftm_map import LINKS, SCHEMATA, UNKNOWN

EXCERPT = Path(__file__).resolve().parent / "export" / "ftm_schema.json"
WRITTEN = {"Article", "Company", "Event", "Note", UNKNOWN.schema, *SCHEMATA.values(), *(link.schema for link in LINKS.values())}


def excerpt() -> dict[str, Any]:
    """The schemata, as the installed package has them."""
    from followthemoney import model  # type: ignore[import-not-found,unused-ignore]

    schemata, queue = {}, sorted(WRITTEN)
    while queue:
        schema = model.get(queue.pop())
        if schema is None or schema.name in schemata:
            continue
        own = {p.name: p.type.name + (f":{p.range.name}" if p.range else "") for p in schema.properties.values() if p.schema is schema and not p.stub}
        above = sorted(s.name for s in schema.extends)
        schemata[schema.name] = {"extends": above, "required": sorted(schema.required), "abstract": schema.abstract, "properties": own}
        queue += above
    return {"version": version("followthemoney"), "schemata": schemata}


if __name__ == "__main__":
    EXCERPT.write_text(json.dumps(excerpt(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
