"""Entities of many articles that are one thing in the world: block, compare, cluster.

Blocking keeps the cost per article flat: only entities that share a key (a surname, a folded
name, a gazetteer id) are ever compared, and equal names are compared once. What people decided comes
before any comparison. Nothing depends on the order of articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.records import Reason
from kg.resolve.comparisons import blocks, compare, proper_names
from kg.resolve.curation import Ruling
from kg.resolve.doubts import near_names
from kg.resolve.groups import Groups
from kg.resolve.local import Local
from kg.resolve.namesakes import Doubt, company_of, join_namesakes
from kg.resolve.shortened import bare_bodies, join_surnames
from kg.text.clean import fold

_LARGEST_BLOCK = 400


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of local entities with the reasons that hold them together, and what people should decide."""

    groups: tuple[tuple[tuple[Local, ...], tuple[Reason, ...]], ...]
    doubts: tuple[tuple[Local, Local, Reason], ...]


def cluster(locals_: Iterable[Local], rulings: Sequence[Ruling] = ()) -> Clusters:
    """Bring together the local entities that are one thing."""
    ordered = sorted(locals_, key=lambda e: (*e.key, e.kind))
    groups = Groups(range(len(ordered)))
    _decide(ordered, groups, rulings)
    _join_names(ordered, groups)
    company = company_of(ordered)
    doubts = join_namesakes(ordered, groups, company)
    doubts += join_surnames(ordered, groups, company)
    for i, j, reason in bare_bodies(ordered):
        groups.join(i, j, reason)
    doubts += near_names(ordered, groups)
    return Clusters(
        tuple((tuple(ordered[i] for i in members), tuple(groups.reasons(root))) for root, members in sorted(groups.groups().items())),
        tuple((ordered[d.one], ordered[d.other], d.reason) for d in _open(doubts, groups)),
    )


def _decide(ordered: Sequence[Local], groups: Groups[int], rulings: Sequence[Ruling]) -> None:
    """Rulings stand newest first: an older one that cannot hold beside them is told as overruled."""
    holder = {(local.sha256, mention): i for i, local in enumerate(ordered) for mention in local.mentions} if rulings else {}
    for ruling in rulings:
        one, other = holder.get(ruling.one), holder.get(ruling.other)
        if one is not None and other is not None:
            done = groups.join(one, other, ruling.reason) if ruling.same else groups.forbid(one, other)
            ruling.heard(done or (ruling.same and groups.find(one) == groups.find(other)))


def _open(doubts: Iterable[Doubt], groups: Groups[int]) -> list[Doubt]:
    """Doubts that nothing has settled since, one for each pair of groups."""
    kept: dict[tuple[int, int], Doubt] = {}
    for doubt in doubts:
        one, other = sorted((groups.find(doubt.one), groups.find(doubt.other)))
        if one != other and groups.may_join(one, other):
            kept.setdefault((one, other), doubt)
    return list(kept.values())


def _join_names(ordered: Sequence[Local], groups: Groups[int]) -> None:
    """Everything but persons, by name; of entities that are written alike one stands for all."""
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, local in enumerate(ordered):
        if local.kind != "Person":
            names = proper_names(local)
            alike[(local.kind, local.name, local.names) if names else (i,)].append(i)
    index: defaultdict[str, list[int]] = defaultdict(list)
    articles: dict[int, set[str]] = {}
    for members in alike.values():
        first = members[0]
        articles[first] = {ordered[i].sha256 for i in members}
        for i in members[1:]:
            if ordered[i].sha256 != ordered[first].sha256:
                groups.join(first, i, Reason("одно имя", min(map(fold, proper_names(ordered[first])))))
        for key in dict.fromkeys(blocks(ordered[first])):
            index[key].append(first)
    for key in sorted(index):
        members = index[key][:_LARGEST_BLOCK] if "initial" in key else index[key]
        for position, i in enumerate(members):
            for j in members[:position]:
                if groups.find(i) != groups.find(j) and len(articles[i] | articles[j]) > 1:
                    reason = compare(ordered[j], ordered[i])
                    if reason is not None and groups.join(i, j, reason):
                        break
