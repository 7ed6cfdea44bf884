"""The outlines of the municipalities, made small from their source."""

import csv
import gzip
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from networks.importers.outlines import CAPITAL, HEIGHT, WIDTH, read_outlines

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "fixtures" / "reference"
MAP = ROOT / "frikommune" / "static" / "site" / "kommunekort.svg"


@pytest.fixture(scope="module")
def outlines() -> dict:
    return {each.code: each for each in read_outlines(REFERENCE / "kommunekort.json")}


def _edges(outline) -> list[list]:
    return [list(pairwise([*ring, ring[0]])) for ring in outline.rings]


def _contains(outline, x: float, y: float) -> bool:
    """By the even-odd rule, counted with a ray to the right over every ring."""
    crossed = 0
    for (ax, ay), (bx, by) in (edge for ring in _edges(outline) for edge in ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossed += 1
    return crossed % 2 == 1


def test_files_are_what_the_command_builds(tmp_path, capsys) -> None:
    call_command("build_map", map=tmp_path / "map.svg", places=tmp_path / "places.tsv")

    assert "98 kommuner" in capsys.readouterr().out
    assert (tmp_path / "map.svg").read_bytes() == MAP.read_bytes()
    assert (tmp_path / "places.tsv").read_bytes() == (REFERENCE / "map_places.tsv").read_bytes()


def test_map_has_every_municipality_by_its_code() -> None:
    with (REFERENCE / "kommuner.csv").open(encoding="utf-8") as lines:
        codes = {f"k{row['kommunekode']}" for row in csv.DictReader(lines)}
    drawn = [path.get("id") for path in ElementTree.parse(MAP).iter("{http://www.w3.org/2000/svg}path")]

    assert len(codes) == 98
    assert sorted(drawn) == sorted(codes)


def test_map_is_small_and_keeps_its_licence() -> None:
    assert len(gzip.compress(MAP.read_bytes())) < 20_000
    assert "MIT, Copyright (c) 2022 Martin Polley" in MAP.read_text(encoding="utf-8")
    licence = (MAP.parent / "kommunekort.LICENSE.md").read_text(encoding="utf-8")
    assert licence == (REFERENCE / "kommunekort.LICENSE.md").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in licence


def test_paths_begin_where_the_source_does_and_stay_within_the_map(outlines) -> None:
    source = (REFERENCE / "kommunekort.json").read_text(encoding="utf-8")

    for code, outline in outlines.items():
        x, y = map(int, re.findall(rf'"{code}":\s*"M(\d+),(\d+)', source)[0])
        assert (round(x / 2), round(y / 2)) in [point for ring in outline.rings for point in ring], code
        assert all(-1 <= x <= WIDTH + 1 and -1 <= y <= HEIGHT + 1 for ring in outline.rings for x, y in ring), code


def test_number_stands_in_its_own_municipality(outlines) -> None:
    rows = [line.split("\t") for line in (REFERENCE / "map_places.tsv").read_text(encoding="utf-8").splitlines()[1:]]

    assert len(rows) == 98
    for code, x, y, _ in rows:
        holding = {other for other, outline in outlines.items() if _contains(outline, int(x) + 0.01, int(y) + 0.01)}
        assert holding == {code}


def test_number_outside_the_capitals_part_keeps_clear_of_its_frame(outlines) -> None:
    rows = [line.split("\t") for line in (REFERENCE / "map_places.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    left, top, right, bottom = CAPITAL

    zooms = {zoom for *_, zoom in rows}
    assert zooms == {"yes", "partly", "no"}
    for code, x, y, zoom in rows:
        framed = left < int(x) < right and top < int(y) < bottom
        assert framed == (zoom == "yes"), code
        points = [point for ring in outlines[code].rings for point in ring]
        assert (zoom == "yes") == all(left <= x <= right and top <= y <= bottom for x, y in points)
