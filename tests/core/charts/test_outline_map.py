"""Outlines drawn: in their place, in their proportions, with a mark inside."""

import pytest

from core.charts.outline_map import outline_map

pytestmark = pytest.mark.once


def square(west: float, south: float, side: float = 1.0) -> dict:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_north_is_up_and_neighbours_share_their_border():
    drawn = outline_map({"sud": square(-73, 0), "nord": square(-73, 1)}, width=100)
    assert (drawn.width, round(drawn.height)) == (100, 200)
    assert drawn.areas["nord"].path == "M0 100L100 100L100 0L0 0Z"
    assert drawn.areas["sud"].path == "M0 200L100 200L100 100L0 100Z"
    assert (drawn.areas["nord"].x, drawn.areas["sud"].y) == (50, 150)


def test_a_degree_of_longitude_is_shorter_in_the_north():
    drawn = outline_map({"ici": square(-73, 59.5)}, width=100)
    assert round(drawn.height) == 200


def test_the_mark_stands_on_the_largest_piece_and_lakes_are_left_out():
    pieces = {
        "type": "MultiPolygon",
        "coordinates": [
            square(0, 0)["coordinates"],
            [*square(3, 0, 3)["coordinates"], square(4, 1)["coordinates"][0]],
        ],
    }
    area = outline_map({"ici": pieces}, width=600).areas["ici"]
    assert area.path.count("M") == 2
    assert (round(area.x), round(area.y)) == (450, 150)


def test_a_place_without_a_surface_has_no_map():
    point = {"type": "Point", "coordinates": [-73, 46]}
    assert outline_map({"ici": square(0, 0), "là": point}, width=100) is None
    assert outline_map({}, width=100) is None
