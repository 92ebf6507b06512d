"""Where the nodes of a drawing stand: computed here once, so that the page has nothing to compute.

Springs (rustworkx) inside each connected part, straightened until distances on paper follow distances in the
graph where the part is small, labels pushed apart, then the parts packed side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

Spot = tuple[float, float]
Box = tuple[float, float]
"""Width and height of a node with its label, in pixels at zoom 1."""

SEED = 20240229
SPRING_LIMIT = 2_000
"""Springs cost the square of the nodes: above this only the best connected nodes get them."""
WORK = 100_000_000
"""Pairs of nodes that the springs may look at in all their rounds: about a second."""
STRESS_LIMIT = 500
"""Straightening looks at all pairs of nodes many times: above this a part keeps what the springs gave."""
STRESS_WORK = 30_000_000
LINK = 92.0
"""A link between two nodes of middling degree, in pixels."""
SPACING = 150.0
GAP = 70.0
STRETCH = 1.2
"""Labels are wide and screens are wide, so drawings are wider than high."""
_FORWARD = ((1, 0), (-1, 1), (0, 1), (1, 1))
GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


def place(ids: Iterable[str], pairs: Iterable[tuple[str, str]], boxes: Mapping[str, Box]) -> dict[str, Spot]:
    """Return x and y of every id; the order of the arguments does not matter.

    >>> place(["a"], [], {"a": (10.0, 10.0)})
    {'a': (0.0, 0.0)}
    """
    order = sorted(set(ids))
    number = {name: index for index, name in enumerate(order)}
    joined = sorted({_pair(number[a], number[b]) for a, b in pairs if a != b})
    sizes = [boxes[name] for name in order]
    parts = _components(len(order), joined)
    drawn = [_draw_part(part, joined, sizes) for part in parts]
    spots = _pack(drawn, sizes)
    return {name: (float(round(spots[index][0])), float(round(spots[index][1]))) for name, index in number.items()}


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _components(count: int, joined: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the connected parts, the largest first, ties by their first node."""
    import rustworkx

    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(range(count)))
    graph.add_edges_from([(a, b, None) for a, b in joined])
    parts = [sorted(part) for part in rustworkx.connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _draw_part(part: list[int], joined: Sequence[tuple[int, int]], sizes: Sequence[Box]) -> dict[int, Spot]:
    """Lay out one connected part around (0, 0)."""
    if len(part) == 1:
        return {part[0]: (0.0, 0.0)}
    inside = set(part)
    near: dict[int, list[int]] = {node: [] for node in part}
    for a, b in joined:
        if a in inside:
            near[a].append(b)
            near[b].append(a)
    core = sorted(sorted(part, key=lambda node: (-len(near[node]), node))[:SPRING_LIMIT])
    spots = _springs(core, near, len(part))
    _hang_rest(part, near, spots)
    if 2 < len(part) <= STRESS_LIMIT:
        spots = _straighten(part, near, spots)
    return _push_apart(part, spots, sizes)


def _springs(core: list[int], near: Mapping[int, list[int]], total: int) -> dict[int, Spot]:
    """Run the spring layout on the core nodes, in pixels and with room for `total` nodes."""
    import rustworkx

    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(core)
    number = {node: index for index, node in enumerate(core)}
    graph.add_edges_from(
        [(number[a], number[b], None) for a in core for b in near[a] if b in number and a < b],
    )
    rounds = max(25, min(500, WORK // len(core) ** 2))
    found = rustworkx.spring_layout(graph, num_iter=rounds, seed=SEED)
    reach = SPACING * math.sqrt(total) / 2.0
    return {node: (found[number[node]][0] * reach * STRETCH, found[number[node]][1] * reach) for node in core}


def _straighten(part: list[int], near: Mapping[int, list[int]], spots: Mapping[int, Spot]) -> dict[int, Spot]:
    """Move nodes until their distances are as many links as lie between them (stress majorisation).

    Links of well connected nodes are longer, so that their many neighbours have room. Sums are taken without
    BLAS: it adds in another order on another machine, and the same page must give the same bytes.
    """
    import numpy as np
    import rustworkx

    graph: rustworkx.PyGraph[int, float] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(part)
    number = {node: index for index, node in enumerate(part)}
    length = {node: 0.5 + 0.16 * math.sqrt(len(near[node])) for node in part}
    graph.add_edges_from([(number[a], number[b], length[a] + length[b]) for a in part for b in near[a] if a < b])
    ideal = np.asarray(rustworkx.floyd_warshall_numpy(graph, float)) * LINK
    weight = 1.0 / np.square(ideal + np.eye(len(part)))
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(axis=1)
    xs, ys = (np.array([spots[node][axis] for node in part]) for axis in (0, 1))
    for _ in range(min(240, STRESS_WORK // len(part) ** 2)):
        dx, dy = xs[:, None] - xs[None, :], ys[:, None] - ys[None, :]
        pull = weight * ideal / np.maximum(np.sqrt(dx * dx + dy * dy), 1.0)
        xs, ys = ((weight * at[None, :] + pull * d).sum(axis=1) / total for at, d in ((xs, dx), (ys, dy)))
    return {node: (float(xs[at]) * STRETCH, float(ys[at])) for node, at in number.items()}


def _hang_rest(part: list[int], near: Mapping[int, list[int]], spots: dict[int, Spot]) -> None:
    """Put nodes that got no springs around a neighbour that has a place, outwards in a spiral."""
    waiting = [node for node in part if node not in spots]
    hung: dict[int, int] = {}
    while waiting:
        later: list[int] = []
        for node in waiting:
            hosts = [other for other in near[node] if other in spots]
            host = min(hosts, key=lambda other: (hung.get(other, 0), other), default=None)
            if host is None:
                later.append(node)
                continue
            turn = hung[host] = hung.get(host, 0) + 1
            far = SPACING * 0.5 * math.sqrt(turn)
            angle = turn * GOLDEN_ANGLE
            x, y = spots[host]
            spots[node] = (x + far * STRETCH * math.cos(angle), y + far * math.sin(angle))
        if len(later) == len(waiting):  # not connected to the core at all; cannot be in a connected part
            spots.update((node, (0.0, 0.0)) for node in later)
            return
        waiting = later


def _push_apart(part: list[int], spots: Mapping[int, Spot], sizes: Sequence[Box]) -> dict[int, Spot]:
    """Move nodes whose boxes overlap along the shorter way out, a few rounds."""
    xs = {node: spots[node][0] for node in part}
    ys = {node: spots[node][1] for node in part}
    for _ in range(60 if len(part) <= 400 else 8 if len(part) <= SPRING_LIMIT else 2):
        if not _push_round(part, xs, ys, sizes):
            break
    return {node: (xs[node], ys[node]) for node in part}


def _push_round(part: list[int], xs: dict[int, float], ys: dict[int, float], sizes: Sequence[Box]) -> bool:
    """Push each overlapping pair once; a node meets only those of its own and the next cells of a grid."""
    wide = max(sizes[node][0] for node in part)
    tall = max(sizes[node][1] for node in part)
    cells: dict[tuple[int, int], list[int]] = {}
    for node in part:
        cells.setdefault((int(xs[node] // wide), int(ys[node] // tall)), []).append(node)
    moved = False
    for (column, row), here in cells.items():
        beside = [other for dx, dy in _FORWARD for other in cells.get((column + dx, row + dy), ())]
        for at, a in enumerate(here):
            for b in (*here[at + 1 :], *beside):
                moved = _push_pair(a, b, xs, ys, sizes) or moved
    return moved


def _push_pair(a: int, b: int, xs: dict[int, float], ys: dict[int, float], sizes: Sequence[Box]) -> bool:
    """Part two nodes along the shorter way out of the overlap; False if there is none."""
    over_x = (sizes[a][0] + sizes[b][0]) / 2.0 - abs(xs[b] - xs[a])
    if over_x <= 0.0:
        return False
    over_y = (sizes[a][1] + sizes[b][1]) / 2.0 - abs(ys[b] - ys[a])
    if over_y <= 0.0:
        return False
    along, over = (xs, over_x) if over_x < over_y else (ys, over_y)
    step = (over / 2.0 + 0.5) * (1.0 if along[b] >= along[a] else -1.0)
    along[a] -= step
    along[b] += step
    return True


def _pack(drawn: Sequence[dict[int, Spot]], sizes: Sequence[Box]) -> dict[int, Spot]:
    """Set the parts in rows below the largest one; the whole is centred on (0, 0)."""
    frames = [_frame(part, sizes) for part in drawn]
    if not frames:
        return {}
    area = sum((right - left + GAP) * (low - top + GAP) for left, top, right, low in frames)
    width = max(frames[0][2] - frames[0][0], STRETCH * math.sqrt(area))
    spots: dict[int, Spot] = {}
    x = y = deep = 0.0
    for part, (left, top, right, low) in zip(drawn, frames, strict=True):
        if x > 0.0 and x + right - left > width:
            x, y, deep = 0.0, y + deep + GAP, 0.0
        spots.update((node, (px - left + x, py - top + y)) for node, (px, py) in part.items())
        x += right - left + GAP
        deep = max(deep, low - top)
    left, top, right, low = _frame(spots, sizes)
    return {node: (px - (left + right) / 2.0, py - (top + low) / 2.0) for node, (px, py) in spots.items()}


def _frame(part: Mapping[int, Spot], sizes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a part with its labels."""
    return (
        min(x - sizes[node][0] / 2.0 for node, (x, _) in part.items()),
        min(y - sizes[node][1] / 2.0 for node, (_, y) in part.items()),
        max(x + sizes[node][0] / 2.0 for node, (x, _) in part.items()),
        max(y + sizes[node][1] / 2.0 for node, (_, y) in part.items()),
    )
