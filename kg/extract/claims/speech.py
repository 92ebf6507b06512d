"""Direct speech: stretches between quotation marks, and dialogue lines that open with a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.records import Article, Span

_OPEN, _CLOSE = "«“„", "»”"
_LEAST_WORDS = 3
_DIALOGUE = re.compile(r"[—–-]\s{1,3}")
_DIALOGUE_END = re.compile(r"[,!?…]\s{0,2}[—–-]\s{1,2}")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `outer` with its marks, `inner` without."""

    outer: Span
    inner: Span


def quotations(article: Article) -> list[Quotation]:
    """Outermost quotations of at least three words, line by line, in text order.

    Straight quotes are paired in turn; an opening mark that is never closed is ignored.
    """
    found: list[Quotation] = []
    text = article.text
    for line in article.lines:
        depth, start = 0, -1
        for offset in range(line.start, line.end):
            char = text[offset]
            opens = char in _OPEN or (char == '"' and depth == 0)
            closes = char in _CLOSE or (char == '"' and depth == 1 and not opens)
            if opens:
                if depth == 0:
                    start = offset
                depth += 1
            elif closes and depth:
                depth -= 1
                if depth == 0 and len(text[start + 1 : offset].split()) >= _LEAST_WORDS:
                    found.append(Quotation(Span(start, offset + 1), Span(start + 1, offset)))
        dialogue = _dialogue(text, line)
        if dialogue is not None:
            found.append(dialogue)
    return sorted(found, key=lambda q: q.outer)


def _dialogue(text: str, line: Span) -> Quotation | None:
    """«— Мы победим, — сказал Иванов.»: the part before the second dash."""
    opening = _DIALOGUE.match(text, line.start, line.end)
    if not opening:
        return None
    closing = _DIALOGUE_END.search(text, opening.end(), line.end)
    end = closing.start() + (0 if text[closing.start()] == "," else 1) if closing else None
    if end is None or len(text[opening.end() : end].split()) < _LEAST_WORDS:
        return None
    return Quotation(Span(line.start, end), Span(opening.end(), end))
