"""Things brought together one pair at a time: union-find that keeps reasons, and pairs that must never meet.

Tarjan, Efficiency of a Good But Not Linear Set Union Algorithm (1975); the forbidden pairs are the
cannot-link constraints of Wagstaff and Cardie, Clustering with Instance-level Constraints (2000).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from kg.records import Reason

Key = TypeVar("Key")


class Groups(Generic[Key]):
    """The root of a group is the member that comes first by `order` (by itself when none is given)."""

    def __init__(self, items: Iterable[Key], order: Callable[[Key], Any] = lambda item: item) -> None:
        self._parent = {item: item for item in items}
        self._order = order
        self._apart: defaultdict[Key, set[Key]] = defaultdict(set)
        self._reasons: defaultdict[Key, list[Reason]] = defaultdict(list)

    def __contains__(self, item: Key) -> bool:
        return item in self._parent

    def find(self, item: Key) -> Key:
        """The root of an item's group. Raises KeyError for an item that is in none."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def forbid(self, one: Key, other: Key) -> bool:
        """Keep two items apart from now on; False when they are together already."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return False
        self._apart[a].add(b)
        self._apart[b].add(a)
        return True

    def may_join(self, one: Key, other: Key) -> bool:
        """False when some pair of the two groups was forbidden."""
        return self.find(other) not in self._apart.get(self.find(one), ())

    def join(self, one: Key, other: Key, reason: Reason | None = None) -> bool:
        """Bring two items' groups together, unless they are one already, or must not be."""
        first, last = sorted((self.find(one), self.find(other)), key=self._order)
        if first == last or last in self._apart.get(first, ()):
            return False
        self._parent[last] = first
        for enemy in self._apart.pop(last, ()):
            self._apart[enemy].discard(last)
            self._apart[enemy].add(first)
            self._apart[first].add(enemy)
        moved = self._reasons.pop(last, [])
        self._reasons[first].extend([*moved, *([reason] if reason else [])])
        return True

    def reasons(self, item: Key) -> list[Reason]:
        """Why the item's group is one, in the order in which it grew."""
        return list(dict.fromkeys(self._reasons.get(self.find(item), ())))

    def groups(self) -> dict[Key, list[Key]]:
        """Members by root, in the order in which the items were given."""
        found: defaultdict[Key, list[Key]] = defaultdict(list)
        for item in self._parent:
            found[self.find(item)].append(item)
        return dict(found)
