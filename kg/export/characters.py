"""Characters that XML 1.0 and readers of tables cannot carry, made visible; and XML's own escapes."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All but Char of https://www.w3.org/TR/xml/#charsets."""


def legal(text: str) -> str:
    """Control characters, lone surrogates and non-characters become U+FFFD.

    >>> legal("мо\\x00ст")
    'мо\ufffdст'
    """
    return _ILLEGAL.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Content of an element; a carriage return survives the reader's normalisation of line ends."""
    return legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def xml_attribute(text: str) -> str:
    """An attribute's value with its quotation marks."""
    escaped = xml_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{escaped}"'


def plain(value: str | int | float | bool) -> str:
    """A cell as text: true and false in lower case, numbers with a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)
