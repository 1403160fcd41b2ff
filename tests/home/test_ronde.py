"""The ronde holds any number of territories, under any name."""

import pytest

from core.shapes import shapes_for
from home.domain.ronde import CENTRE, RADIUS, ronde

MAURICIE = ("La Tuque", "Mékinac", "Les Chenaux", "Trois-Rivières", "Maskinongé", "Shawinigan")


def test_mauricie_keeps_the_shapes_and_order_of_the_mark():
    stops = ronde((name, name, 0) for name in reversed(MAURICIE))
    assert [stop.name for stop in stops] == list(MAURICIE)
    assert [stop.shape for stop in stops] == [1, 2, 3, 4, 5, 6]
    assert (stops[0].x, stops[0].y) == (300, 78)


@pytest.mark.parametrize("number", [1, 2, 5, 7, 12])
def test_any_number_stands_on_the_circle(number):
    stops = ronde((f"Territoire {index:02}", str(index), index) for index in range(number))
    assert len({(stop.x, stop.y) for stop in stops}) == number
    for stop in stops:
        distance = ((stop.x - CENTRE[0]) ** 2 + (stop.y - CENTRE[1]) ** 2) ** 0.5
        assert abs(distance - RADIUS) < 1


def test_other_names_take_the_shapes_left_free():
    assert shapes_for(["Mékinac", "Autre", "Encore"]) == [2, 1, 3]


def test_official_names_keep_the_shapes_and_are_short_on_the_circle():
    names = ["MRC de Mékinac", "MRC des Chenaux", "MRC de Maskinongé", "MRC d’Autray", "La Tuque"]
    assert shapes_for(names) == [2, 3, 5, 4, 1]
    stops = ronde((name, name, 0) for name in names)
    assert [stop.label for stop in stops] == [
        "La Tuque", "Mékinac", "Les Chenaux", "Autray", "Maskinongé",
    ]  # fmt: skip
    assert stops[2].spoken == "Les Chenaux, 0 démarche"


def test_spoken_label_agrees():
    one, two = ronde([("A", "a", 1), ("B", "b", 2)])
    assert (one.spoken, two.spoken) == ("A, 1 démarche", "B, 2 démarches")
