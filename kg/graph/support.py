"""How many independent sources stand behind what is said.

A claim in an article's own voice counts for its story, so that reprints count once; a claim with a
speaker counts for the speaker, whoever passes it on. Who denies or doubts does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.graph.model import GraphClaim

_AFFIRMING = frozenset({"asserted", "reported", "alleged"})


def support(claims: Iterable[GraphClaim], stories: Mapping[str, str]) -> dict[str, int]:
    """The number of sources of each statement or event; `stories` gives the story of an article, by IRI."""
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.modality in _AFFIRMING and claim.polarity == "affirmed":
            for content in claim.claims:
                sources[content].add(stories.get(claim.said_by, claim.said_by))
    return {content: len(found) for content, found in sources.items()}
