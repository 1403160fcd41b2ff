"""Small charts of portraits: positions, words, refusals."""

from decimal import Decimal

import pytest

from core.charts import EditionPoint, Editions, PlaceStrip, StripMark

pytestmark = pytest.mark.once
WORDS = {"identifier": "essai", "title": "Titre", "sentence": "Une phrase.", "source": "Source"}


def mark(kind, value):
    return StripMark(label=kind, kind=kind, value=Decimal(value), words=f"{value} %")


def strip(*values):
    kinds = ("here", "territory", "region")
    return PlaceStrip(**WORDS, marks=tuple(map(mark, kinds, values)))


def point(label, value, *, is_break=False):
    number = None if value is None else Decimal(value)
    words = "aucun" if value is None else f"{value} personnes"
    return EditionPoint(
        label=label, moment=Decimal(label), value=number, words=words, is_break=is_break
    )


def editions(*points):
    return Editions(**WORDS, points=points)


def test_marks_stand_in_the_order_of_their_values_not_of_their_places():
    drawn = strip(30, 10, 20).drawn
    assert [each.kind for each in drawn] == ["here", "territory", "region"]
    x = [float(each.x) for each in drawn]
    assert x[1] < x[2] < x[0]
    assert x[2] - x[1] == pytest.approx(x[0] - x[2])
    assert all(24 <= each <= 376 for each in x)


def test_equal_figures_stand_at_one_place():
    assert len({each.x for each in strip(5, 5, 5).drawn}) == 1


def test_a_strip_compares_a_place_with_something():
    with pytest.raises(ValueError, match="compare"):
        strip(5)
    with pytest.raises(ValueError, match="Genre de repère"):
        mark("neighbour", 5)


def test_the_table_has_the_words_of_each_mark():
    assert strip(30, 10).table().rows == (("here", "30 %"), ("territory", "10 %"))


def test_editions_start_from_zero_and_keep_time_in_proportion():
    drawn = editions(point("2011", 100), point("2016", 200), point("2021", 100)).drawn
    assert [each.y for each in drawn] == ["78", "32", "78"]
    assert [each.x for each in drawn] == ["12", "200", "388"]


def test_a_line_stops_where_limits_changed_and_where_a_figure_lacks():
    shown = editions(point("2011", 1), point("2016", 2), point("2021", 3, is_break=True))
    assert len(shown.lines) == 1
    assert shown.lines[0].count(",") == 2
    assert "comparaison impossible" in shown.table().rows[-1][1]
    hole = editions(point("2011", 1), point("2016", None), point("2021", 3))
    assert hole.lines == ()
    assert hole.table().rows[1] == ("2016", "aucun")


def test_one_edition_shows_no_change():
    with pytest.raises(ValueError, match="deux éditions"):
        editions(point("2011", 1), point("2016", None))
