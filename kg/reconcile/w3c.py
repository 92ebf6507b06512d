"""A reconciliation service by the W3C Community Group's API, version 0.2 (final report of 10 April 2023).

OpenRefine speaks it, and so do Wikidata's, GeoNames', VIAF's and many libraries' services.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from kg.reconcile.service import Answer, Asked, ServiceError, Web

TYPES: Mapping[str, str] = {
    "Person": "Q5", "Organization": "Q43229", "Country": "Q6256", "City": "Q486972", "Region": "Q56061",
    "Location": "Q2221906", "Facility": "Q13226383", "Award": "Q618779", "WorkOfArt": "Q386724", "Product": "Q2424752",
}  # fmt: skip
"""Wikidata items that stand for kg's classes; a service with other types is asked without."""

_WIKIDATA = "www.wikidata.org/entity/"
_SAFE = re.compile(r"[^\s<>\"{}|\\^`]+")
_MOST = "5"


@dataclass
class Reconciliation:
    """A service at an address; its manifest is read before the first question."""

    url: str
    web: Web = field(default_factory=Web)
    _space: str | None = None

    @property
    def name(self) -> str:
        return urlsplit(self.url).netloc + urlsplit(self.url).path.rstrip("/")

    def ask(self, questions: Sequence[Asked]) -> Mapping[Asked, Answer]:
        """One batch of queries: a link where exactly one candidate is called a match."""
        space = self._identifiers()
        typed = _WIKIDATA in space
        queries = {
            f"q{number}": {"query": q.name, "limit": int(_MOST), **({"type": TYPES[q.kind]} if typed and q.kind in TYPES else {})}
            for number, q in enumerate(questions)
        }
        found = self.web.post(self.url, queries=json.dumps(queries, ensure_ascii=False))
        if not isinstance(found, dict):
            raise ServiceError(f"{self.url} does not answer as a reconciliation service does")
        return {q: self._chosen(found.get(f"q{number}"), space) for number, q in enumerate(questions)}

    def _identifiers(self) -> str:
        if self._space is None:
            manifest = self.web.get(self.url)
            space = manifest.get("identifierSpace") if isinstance(manifest, dict) else None
            if not isinstance(space, str) or not space.startswith(("http://", "https://")):
                raise ServiceError(f"{self.url} is no reconciliation service: its manifest has no identifierSpace that is an IRI")
            self._space = space
        return self._space

    def _chosen(self, reply: Any, space: str) -> Answer:
        results = reply.get("result") if isinstance(reply, dict) else None
        if not isinstance(results, list):
            raise ServiceError(f"{self.url} leaves a question without a result")
        matches = [r for r in results if isinstance(r, dict) and r.get("match") is True]
        if len(matches) != 1 or not isinstance(matches[0].get("id"), str) or not _SAFE.fullmatch(matches[0]["id"]):
            return Answer()
        score = matches[0].get("score", 0)
        return Answer(space + matches[0]["id"], round(min(max(float(score), 0.0), 100.0) / 100, 4) if isinstance(score, int | float) else 0.0)
