"""Make kg/export/page_assets/outline.txt: outlines of the land and borders of countries, for the page's map.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python train/outline.py package/countries-50m.json

Natural Earth's 1:50m lines (public domain), as world-atlas packs them (ISC): Antarctica and specks of land left out,
points dropped where a line bends by less than `TOLERANCE` degrees. The result is {"unit", "land", "borders"}:
lists of lines, each [x, y, dx, dy, dx, dy, …] in `unit`ths of a degree.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from kg.export.page_file import pack

UNIT = 50
TOLERANCE = 0.06
SMALLEST = 0.12
OUT = Path(__file__).resolve().parent.parent / "kg" / "export" / "page_assets" / "outline.txt"
Line = list[tuple[float, float]]


def main(file: Path) -> None:
    atlas = json.loads(file.read_text(encoding="utf-8"))
    arcs = [thinned(arc) for arc in absolute(atlas)]
    rings = [ring for part in atlas["objects"]["land"]["geometries"] for polygon in polygons(part) for ring in polygon]
    land = [joined(ring, arcs) for ring in rings]
    land = [line for line in land if area(line) >= SMALLEST and max(y for _, y in line) > -60]
    uses = Counter(
        arc if arc >= 0 else ~arc
        for country in atlas["objects"]["countries"]["geometries"]
        for polygon in polygons(country)
        for ring in polygon
        for arc in ring
    )
    borders = [arcs[arc] for arc, times in sorted(uses.items()) if times > 1]
    content = {"unit": UNIT, "land": list(map(packed, land)), "borders": list(map(packed, borders))}
    OUT.write_text(pack(content) + "\n", encoding="ascii")
    points = sum(len(line) // 2 for line in (*content["land"], *content["borders"]))
    print(f"{OUT.name}: {len(land)} rings, {len(borders)} borders, {points} points, {OUT.stat().st_size} bytes")


def absolute(atlas: dict[str, Any]) -> list[Line]:
    (kx, ky), (ox, oy) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    lines = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + ox, y * ky + oy))
        lines.append(line)
    return lines


def polygons(part: dict[str, Any]) -> list[list[list[int]]]:
    return part["arcs"] if part["type"] == "MultiPolygon" else [part["arcs"]] if part["type"] == "Polygon" else []


def joined(ring: list[int], arcs: list[Line]) -> Line:
    line: Line = []
    for arc in ring:
        piece = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        line += piece[1:] if line else piece
    return line


def thinned(line: Line) -> Line:
    """Keep the ends and every point that stands out from the chord (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
    far, most = 0, -1.0
    for at in range(1, len(line) - 1):
        px, py = line[at]
        away = (
            abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length
            if length
            else ((px - ax) ** 2 + (py - ay) ** 2) ** 0.5
        )
        if away > most:
            far, most = at, away
    if most <= TOLERANCE:
        return [line[0], line[-1]]
    return thinned(line[: far + 1])[:-1] + thinned(line[far:])


def area(line: Line) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(line, line[1:] + line[:1], strict=True))) / 2


def packed(line: Line) -> list[int]:
    points = [(round(x * UNIT), round(y * UNIT)) for x, y in line]
    flat = [*points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        if (x0, y0) != (x1, y1):
            flat += [x1 - x0, y1 - y0]
    return flat


if __name__ == "__main__":
    sys.setrecursionlimit(100_000)
    main(Path(sys.argv[1]))
