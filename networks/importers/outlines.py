"""The outlines of the municipalities, made small: from `fixtures/reference/kommunekort.json` to the map's files.

The source gives each municipality an SVG path of closed rings (M, m, l, c and Z). They become rings of straight lines
in half the source's units, as exact as a page can show. Its islands stand where the source has them: Bornholm in the
upper right corner.
"""

import json
import math
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

SCALE = 2
"""Units of the source to one of ours."""

WIDTH, HEIGHT = 5058, 6145
"""The size of the map, in our units."""

CAPITAL = (4430, 3515, 5062, 4232)
"""The part that is shown a second time, larger: left, top, right, bottom, in our units."""

TOLERANCE, FINE_TOLERANCE = 3.0, 1.2
"""How far an outline may be from the source's; the fine one is for the municipalities in the capital's part."""

CURVE_STEPS = 8
"""Straight lines to a curve, before those that make no difference are left out."""

GRID = 24
"""How many points across and down are tried for the one that lies deepest in a municipality."""

MARGIN = 45
"""How far from the frame of the capital's part a number is written that does not belong in it."""

_PART = re.compile(r"([Mmlc])([^MmlcZ]*)(Z?)")
_NUMBER = re.compile(r"-?[0-9]+")


@dataclass(frozen=True)
class Outline:
    """A municipality's rings in our units, the largest first; `zoom` says how much of it is in the capital's part."""

    code: str
    rings: list[Ring]
    zoom: str


def read_outlines(path: Path) -> list[Outline]:
    """The outlines in the source file, by kommunekode."""
    found = json.loads(path.read_text(encoding="utf-8"))["outlines"]
    return [_outline(code, found[code]) for code in sorted(found)]


def svg(outlines: list[Outline]) -> str:
    """All outlines in one file: a path for each, `k` and its kommunekode as id."""
    licence = "MIT, Copyright (c) 2022 Martin Polley (react-denmark-map 1.0.0); see kommunekort.LICENSE.md"
    paths = "\n".join(f'<path id="k{each.code}" d="{_path(each.rings)}"/>' for each in outlines)
    view = f"0 0 {WIDTH} {HEIGHT}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">\n<!-- {licence} -->\n{paths}\n</svg>\n'


def places(outlines: list[Outline]) -> str:
    """Where a number is written in each municipality, and whether the capital's part holds it, tab-separated."""
    lines = ["code\tx\ty\tzoom"]
    for each in outlines:
        x, y = _deepest(each.rings[0], framed=each.zoom == "yes")
        lines.append(f"{each.code}\t{x}\t{y}\t{each.zoom}")
    return "\n".join(lines) + "\n"


def _outline(code: str, path: str) -> Outline:
    rings = sorted(_rings(path), key=_area, reverse=True)
    zoom = _zoom([point for ring in rings for point in ring])
    tolerance = TOLERANCE if zoom == "no" else FINE_TOLERANCE
    simple = [_simplified(ring, tolerance) for ring in rings]
    return Outline(code, [ring for ring in simple if len(ring) > 2], zoom)


def _zoom(points: Ring) -> str:
    left, top, right, bottom = CAPITAL
    inside = [left <= x <= right and top <= y <= bottom for x, y in points]
    return "yes" if all(inside) else "partly" if any(inside) else "no"


def _rings(path: str) -> list[Ring]:
    """The rings of a path in our units, curves as straight lines."""
    rings: list[Ring] = []
    here = (0.0, 0.0)
    for command, arguments, closed in _PART.findall(path):
        numbers = [int(number) / SCALE for number in _NUMBER.findall(arguments)]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command in "Mm":
            here = pairs[0] if command == "M" else _moved(here, pairs[0])
            rings.append([here])
            pairs = pairs[1:]
        for start in range(0, len(pairs), 3 if command == "c" else 1):
            if command == "c":
                bend = [_moved(here, pair) for pair in pairs[start : start + 3]]
                rings[-1] += _curve(here, *bend)
            else:
                rings[-1].append(_moved(here, pairs[start]))
            here = rings[-1][-1]
        if closed:
            here = rings[-1][0]
    return rings


def _moved(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def _curve(a: Point, b: Point, c: Point, d: Point) -> Ring:
    points = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(w * p[axis] for w, p in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
        points.append((x, y))
    return points


def _simplified(ring: Ring, tolerance: float) -> Ring:
    """The ring in whole units, without the points that move it by no more than `tolerance` (Douglas-Peucker)."""
    far = max(range(len(ring)), key=lambda at: math.dist(ring[0], ring[at]))
    kept = _kept(ring[: far + 1], tolerance)[:-1] + _kept([*ring[far:], ring[0]], tolerance)
    whole = [(round(x), round(y)) for x, y in kept]
    return [point for point, following in pairwise(whole) if point != following]


def _kept(line: Ring, tolerance: float) -> Ring:
    distances = [_distance(point, line[0], line[-1]) for point in line[1:-1]]
    if not distances or max(distances) <= tolerance:
        return [line[0], line[-1]]
    at = 1 + distances.index(max(distances))
    return _kept(line[: at + 1], tolerance)[:-1] + _kept(line[at:], tolerance)


def _distance(point: Point, a: Point, b: Point) -> float:
    """From `point` to the line between `a` and `b`."""
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0 if not length else max(0, min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return math.dist(point, (ax + along * (bx - ax), ay + along * (by - ay)))


def _area(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]))) / 2


def _deepest(ring: Ring, framed: bool) -> tuple[int, int]:
    """The point inside the ring that is farthest from its edge, of a grid laid over it.

    It is in the capital's part or well outside, as `framed` says.
    """
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    edges = list(pairwise([*ring, ring[0]]))
    best, depth = (round(sum(xs) / len(xs)), round(sum(ys) / len(ys))), 0.0
    for column in range(1, GRID):
        for row in range(1, GRID):
            x = min(xs) + (max(xs) - min(xs)) * column / GRID
            y = min(ys) + (max(ys) - min(ys)) * row / GRID
            clear = framed or x < CAPITAL[0] - MARGIN or y < CAPITAL[1] - MARGIN
            if clear and _inside((x, y), edges):
                distance = min(_distance((x, y), a, b) for a, b in edges)
                if distance > depth:
                    best, depth = (round(x), round(y)), distance
    return best


def _inside(point: Point, edges: list[tuple[Point, Point]]) -> bool:
    x, y = point
    crossed = [(ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay) for (ax, ay), (bx, by) in edges]
    return sum(crossed) % 2 == 1


def _path(rings: list[Ring]) -> str:
    """The data of an SVG path, each point from the one before: the shortest way to write it."""
    words: list[str] = []
    before = (0.0, 0.0)
    for ring in rings:
        words.append("m" + _step(before, ring[0]) + "l")
        words.append(" ".join(_step(a, b) for a, b in pairwise(ring)).replace(" -", "-"))
        words.append("z")
        before = ring[0]
    return "".join(words)


def _step(a: Point, b: Point) -> str:
    return f"{b[0] - a[0]:.0f} {b[1] - a[1]:.0f}".replace(" -", "-")
