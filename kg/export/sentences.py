"""Where the sentences of an article begin and end, so that the page can show what is said in one."""

from __future__ import annotations

from razdel import sentenize

from kg.records import Article
from kg.text.clean import clean


def sentences_of(article: Article) -> tuple[tuple[int, int], ...]:
    """Half-open offsets into the article's text, in order; none runs over the end of a line."""
    found = []
    for line in article.lines:
        cleaned = clean(article.text, line)
        found += [
            (cleaned.starts[sentence.start], cleaned.ends[sentence.stop - 1])
            for sentence in sentenize(cleaned.text)
            if sentence.start < sentence.stop
        ]
    return tuple(found)
