"""What a linking service is asked and answers, and how its address is called politely.

One request at a time, a User-Agent that says who asks, and patience: an answer 429 or 503 is waited
out as Retry-After says (Wikimedia's API etiquette; RFC 9110, 10.2.3).
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg import __version__
from kg.errors import KgError

_AGENT = f"kg/{__version__} (knowledge graph of news; https://w3id.org/ru-news-kg/)"
_TIMEOUT = 30.0
_TRIES = 4
_LONGEST_WAIT = 60.0
_LARGEST = 16 * 1024 * 1024


class ServiceError(KgError):
    """A service cannot be reached, or does not answer as it must."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a service: a name, and the ontology class of what carries it."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The one thing that a name means for a service; an empty IRI where it knows none, or several."""

    iri: str = ""
    score: float = 0.0


class Service(Protocol):
    """Anything that can be asked for names. `name` goes to the graph as the method of a link."""

    @property
    def name(self) -> str: ...

    def ask(self, questions: Sequence[Asked]) -> Mapping[Asked, Answer]:
        """An answer for every question. Raises ServiceError."""
        ...


@dataclass(frozen=True, slots=True)
class Web:
    """Calls an address and reads JSON; `sleep` is replaced in tests."""

    sleep: Callable[[float], None] = field(default=time.sleep)

    def get(self, url: str, **parameters: str) -> Any:
        return self._call(urllib.request.Request(f"{url}?{urllib.parse.urlencode(parameters)}" if parameters else url))

    def post(self, url: str, **fields: str) -> Any:
        return self._call(urllib.request.Request(url, data=urllib.parse.urlencode(fields).encode()))

    def _call(self, request: urllib.request.Request) -> Any:
        request.add_header("User-Agent", _AGENT)
        request.add_header("Accept", "application/json")
        wait = 1.0
        for left in reversed(range(_TRIES)):
            try:
                with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
                    return json.loads(response.read(_LARGEST))
            except urllib.error.HTTPError as error:
                if error.code not in (429, 502, 503, 504) or not left:
                    raise ServiceError(f"{request.full_url.partition('?')[0]} answers {error.code} {error.reason}") from None
                asked = error.headers.get("Retry-After", "")
                self.sleep(min(float(asked) if asked.isdigit() else wait, _LONGEST_WAIT))
            except (OSError, ValueError) as error:
                if isinstance(error, ValueError) or not left:
                    reason = getattr(error, "reason", None) or error
                    raise ServiceError(f"{request.full_url.partition('?')[0]} cannot be asked: {reason}") from None
                self.sleep(wait)
            wait *= 2
        raise AssertionError("the last try returns or raises")
