"""Quoted names by which somebody goes: «Мехтиева знают как «серого кардинала Баку»»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.proposal import Proposal, strip_quotes
from kg.records import Document
from kg.text.normal import nominative

FOUND_BY = "nickname"
_KNOWN_AS = re.compile(
    r"(?:зна(?:ют|ет|ли|ем)|извест(?:ен|на|но|ны|ный|ная)|прозв(?:ан|ана|али|али его|али её)|"
    r"прозвищ(?:е|ем|у)|именуют|называют|кличк(?:а|ой)|псевдоним(?:ом)?)[^«».]{0,60}?«([^«»]{2,60})»"
)


def nicknames(document: Document) -> Iterator[Proposal]:
    """A PERSON proposal for a quoted name behind «знают как», «по прозвищу», «называют»."""
    for sentence in document.sentences:
        for match in _KNOWN_AS.finditer(sentence.text):
            span = sentence.locate(*match.span(1))
            normal = strip_quotes(nominative(sentence, span))
            yield Proposal(span.start, span.end, "PERSON", 0.9, FOUND_BY, normal)
