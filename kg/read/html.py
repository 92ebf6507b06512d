"""Saved web pages: the article's own text, without menus, comments and advertisements (trafilatura), its headline and its date.

The date is what the page states for machines (schema.org `datePublished`, Open Graph, `time`), never a guess: trafilatura's own
search for dates asks the clock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kg.errors import Refusal
from kg.read.decoded import Decoded
from kg.read.encoding import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_HEAD = 4096
_DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T\s].*)?$", re.DOTALL)
_LEAST_TEXT = 80
"""Characters of whole sentences below which what is left of a page is no article."""
_SENTENCE_ENDS = (".", "!", "?", "…", "»", '"', "”")


def read_html(data: bytes) -> Decoded:
    """The text of a page: headline, empty line, paragraphs. Raises Refusal (`binary`, `no_article`)."""
    from lxml import etree
    from lxml.html import HtmlElement
    from trafilatura import extract
    from trafilatura.utils import load_html

    markup, encoding, warnings = _markup(data)
    try:
        page: HtmlElement | None = load_html(markup)
    except (ValueError, etree.LxmlError):
        page = None
    if page is None:
        raise Refusal("", "no_article", "is no HTML page; give plain text a name in .txt")
    headline, published = _headline(page), _published(page)
    body = extract(markup, include_comments=False, include_tables=False, with_metadata=False, output_format="txt", fast=False) or ""
    paragraphs = [line.strip() for line in body.splitlines() if line.strip()]
    if paragraphs and _same(paragraphs[0], headline):
        paragraphs = paragraphs[1:]
    if sum(len(line) for line in paragraphs if line.endswith(_SENTENCE_ENDS)) < _LEAST_TEXT:
        raise Refusal("", "no_article", "no article in this page (a list of links, or filled in by scripts?); save its text as .txt")
    text = "\n\n".join([headline, *paragraphs] if headline else paragraphs) + "\n"
    return Decoded(text, encoding, warnings, published, is_taken_out=True)


def _markup(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """By the charset that the page names, when it fits; else as plain text is decoded."""
    named = _CHARSET.search(data[:_HEAD])
    if named is not None:
        name = named[1].decode("ascii").lower()
        try:
            return data.decode(name), name, ()
        except (LookupError, UnicodeDecodeError):
            pass
    found = decode(data)
    if found is None:
        raise Refusal("", "binary", "not text in any encoding that kg knows")
    text, encoding, guessed = found
    return text, encoding, (f"encoding guessed: {encoding}",) if guessed else ()


def _headline(page: Any) -> str:
    """What the page calls its headline: Open Graph, the first heading of the first rank, the title without the site's name."""
    told = [*page.xpath("//meta[@property='og:title']/@content"), *(h.text_content() for h in page.xpath("//h1"))]
    found = next((line for text in told if (line := " ".join(text.split()))), "")
    return found or re.split(r"\s+[|–—]\s+", " ".join("".join(page.xpath("//title//text()")[:1]).split()))[0]


def _same(paragraph: str, headline: str) -> bool:
    return " ".join(paragraph.split()).casefold() == headline.casefold()


def _published(page: Any) -> str | None:
    """The first well-formed day of publication that the page states."""
    for stated in _stated_dates(page):
        day = _DAY.match(stated)
        if day is not None:
            try:
                return date.fromisoformat(day[1]).isoformat()
            except ValueError:
                continue
    return None


def _stated_dates(page: Any) -> Iterator[str]:
    for script in page.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _in_json(json.loads(script.text_content()))
        except (ValueError, RecursionError):
            continue
    yield from page.xpath("//meta[@property='article:published_time' or @itemprop='datePublished' or @name='pubdate' or @name='DC.date.issued']/@content")
    yield from page.xpath("//*[@itemprop='datePublished']/@datetime")
    yield from page.xpath("//article//time/@datetime")


def _in_json(value: Any) -> Iterator[str]:
    """Every `datePublished` of a piece of JSON-LD, in its order."""
    if isinstance(value, dict):
        stated = value.get("datePublished")
        if isinstance(stated, str):
            yield stated
        for inner in value.values():
            yield from _in_json(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _in_json(inner)
