"""Wikidata asked through its own search: wbsearchentities for candidates, wbgetentities for what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.reconcile.service import Answer, Asked, ServiceError, Web
from kg.text.clean import fold

_API = "https://www.wikidata.org/w/api.php"
_ENTITY = "http://www.wikidata.org/entity/"
_ID = re.compile(r"Q[1-9]\d*")
_HUMAN = "Q5"
_TRIES, _LAG = 4, 5.0
_NO_THINGS = frozenset({"Q4167410", "Q101352", "Q202444", "Q12308941", "Q11879590", "Q13406463", "Q4167836"})
"""Disambiguation pages, family and given names, lists, categories."""


@dataclass
class WikidataSearch:
    """Takes the only item that carries the name itself and is of the right nature: a human for a person, none for the rest."""

    url: str = _API
    web: Web = field(default_factory=Web)

    @property
    def name(self) -> str:
        return "wikidata search"

    def ask(self, questions: Sequence[Asked]) -> Mapping[Asked, Answer]:
        return {question: self._answer(question) for question in questions}

    def _answer(self, question: Asked) -> Answer:
        found = self._asked(action="wbsearchentities", search=question.name, language="ru", uselang="ru", type="item", limit="10")
        named = [hit["id"] for hit in self._list(found, "search") if _carries(hit, question.name)]
        if not named:
            return Answer()
        described = self._asked(action="wbgetentities", ids="|".join(named), props="claims")
        items = described.get("entities") if isinstance(described, dict) else None
        if not isinstance(items, dict):
            raise ServiceError(f"{self.url} does not describe the items that it found")
        fitting = [i for i in named if _fits(_natures(items.get(i)), question.kind)]
        return Answer(_ENTITY + fitting[0], 0.9) if len(fitting) == 1 else Answer()

    def _asked(self, **parameters: str) -> Any:
        """One call; a service that lags behind its own edits is given time, as it asks."""
        for _ in range(_TRIES):
            reply = self.web.get(self.url, **parameters, format="json", maxlag="5")
            if not isinstance(reply, dict) or not isinstance(reply.get("error"), dict) or reply["error"].get("code") != "maxlag":
                return reply
            self.web.sleep(_LAG)
        raise ServiceError(f"{self.url} is too busy; try again later")

    def _list(self, reply: Any, key: str) -> list[Mapping[str, Any]]:
        hits = reply.get(key) if isinstance(reply, dict) else None
        if not isinstance(hits, list):
            told = reply.get("error", {}).get("info", "") if isinstance(reply, dict) else ""
            raise ServiceError(f"{self.url} gives no search results" + (f": {told}" if told else ""))
        return [hit for hit in hits if isinstance(hit, dict) and _ID.fullmatch(str(hit.get("id", "")))]


def _carries(hit: Mapping[str, Any], name: str) -> bool:
    """Its label or an alias is the name, not only begins with it."""
    return fold(name) in {fold(str(text)) for text in (hit.get("label", ""), *hit.get("aliases", ()), hit.get("match", {}).get("text", ""))}


def _natures(item: Any) -> frozenset[str]:
    """Ids of what an item is an instance of (P31)."""
    claims = item.get("claims", {}).get("P31", []) if isinstance(item, dict) else []
    return frozenset(str(c.get("mainsnak", {}).get("datavalue", {}).get("value", {}).get("id", "")) for c in claims)


def _fits(natures: frozenset[str], kind: str) -> bool:
    if kind == "Person":
        return _HUMAN in natures
    return bool(natures) and _HUMAN not in natures and not natures & _NO_THINGS
