"""Reprints and rewritten agency copy: articles that are one story.

Two articles are one story when they share most of their word runs, or when the shorter is mostly
contained in the longer: resemblance and containment of sets of shingles, estimated from the shingles
whose hash falls in one residue class, then computed exactly for the pairs that these bring together
(Broder, On the Resemblance and Containment of Documents, 1997).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.records import Article
from kg.resolve.groups import Groups
from kg.text.clean import fold

_RUN = 4
_RESIDUE = 8
_FEWEST = 24
_LEAST_SHARED = 2
_MOST_ARTICLES = 60
RESEMBLANCE, CONTAINMENT = 0.45, 0.6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Story:
    """Articles, by sha256, that tell one text; `lead` is the earliest that has a date, else the longest."""

    lead: str
    articles: tuple[str, ...]


def stories(articles: Sequence[Article]) -> tuple[Story, ...]:
    """Every article is in one story, most often alone. The order of articles does not matter."""
    ordered = sorted(articles, key=lambda a: a.sha256)
    runs = {a.sha256: shingles(a) for a in ordered}
    groups = Groups(runs)
    for one, other in _candidates(runs):
        if groups.find(one) != groups.find(other) and alike(runs[one], runs[other]):
            groups.join(one, other)
    by_sha = {a.sha256: a for a in ordered}
    return tuple(
        Story(min(members, key=lambda sha: (by_sha[sha].date or "9999", -len(by_sha[sha].text), sha)), tuple(members))
        for members in groups.groups().values()
    )


def shingles(article: Article) -> frozenset[int]:
    """64-bit hashes of the runs of four words in the article's own lines, case and ё aside."""
    words = [word for line in article.lines for word in _WORD.findall(fold(article.text[line.start : line.end]))]
    found = (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest(), "big") for run in found)


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Enough of the words of two articles are the same; what is too short to tell is not."""
    fewer = min(len(one), len(other))
    if fewer < _FEWEST:
        return one == other and fewer > 0
    shared = len(one & other)
    return shared >= RESEMBLANCE * (len(one) + len(other) - shared) or shared >= CONTAINMENT * fewer


def _candidates(runs: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Pairs that share at least two sampled runs which are not everybody's."""
    index: defaultdict[int, list[str]] = defaultdict(list)
    for sha, found in runs.items():
        for run in found:
            if run % _RESIDUE == 0 or len(found) < _FEWEST * _RESIDUE:
                index[run].append(sha)
    shared: Counter[tuple[str, str]] = Counter()
    for members in index.values():
        if 1 < len(members) <= _MOST_ARTICLES:
            for position, other in enumerate(members):
                for one in members[:position]:
                    shared[one, other] += 1
    return sorted(pair for pair, count in shared.items() if count >= _LEAST_SHARED)
