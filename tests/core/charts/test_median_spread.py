"""Medians of communities on a scale: where each mark stands, and what is said in its place."""

from fractions import Fraction

import pytest

from core.charts import MedianSpread, SpreadGroup, SpreadPoint, SpreadRow
from core.charts.standalone import spread_svg
from core.typography import NBSP
from tests.core.charts.cleared import HIDDEN, LABELS, WORDS, cleared

EAST, WEST = SpreadGroup(name="Est", shape=1), SpreadGroup(name="Ouest", shape=2)
NOWHERE = SpreadGroup(name="")


def point(median, group="Est") -> SpreadPoint:
    return SpreadPoint(group=group, distribution=cleared(1, 1, 1, 1), median=Fraction(str(median)))


def spread(*rows: SpreadRow, groups=(EAST, WEST, NOWHERE)) -> MedianSpread:
    return MedianSpread(**WORDS, labels=LABELS, groups=groups, rows=rows)


def row(*points: SpreadPoint) -> SpreadRow:
    return SpreadRow(label="Entraide", points=points)


def test_marks_stand_at_their_median_and_half_levels_between():
    (line,) = spread(row(point(1), point("2.5"), point(4))).lines

    assert [mark.x for mark in line.marks] == ["34", "210", "386"]


def test_marks_of_one_median_stand_side_by_side_by_group():
    (line,) = spread(row(point(2, "Ouest"), point(2, "Est"), point(2, ""))).lines

    assert [(mark.x, mark.shape) for mark in line.marks] == [
        ("138.33", 1),
        ("151.33", 2),
        ("164.33", None),
    ]
    assert len({mark.y for mark in line.marks}) == 1


def test_beyond_four_a_second_line_begins_above():
    (line,) = spread(row(*(point(3) for _ in range(5)))).lines
    heights = [float(mark.y) for mark in line.marks]

    assert heights[4] == pytest.approx(heights[0] - 13)
    assert line.height == "33.8"


def test_a_number_stands_for_a_pile_too_high():
    chart = spread(row(*(point(3) for _ in range(17)), point(1)))
    (line,) = chart.lines

    assert chart.is_crowded
    assert [(mark.x, mark.number) for mark in line.marks] == [("34", 1), ("268.67", 17)]


def test_words_and_table_say_the_same_by_group_and_count_what_is_hidden():
    hidden = SpreadPoint(group="Est", distribution=HIDDEN)
    chart = spread(row(point(3), point(3), point("2.5", "Ouest"), hidden))

    assert chart.lines[0].spoken == (
        f"Entraide. Est{NBSP}: 3 (2{NBSP}fois); Ouest{NBSP}: 2,5. Masquée{NBSP}: 1."
    )
    table = chart.table()
    assert table.headers == ("Dimension", "Est", "Ouest", "sans territoire dit", "masquées")
    assert table.rows == (("Entraide", f"3 (2{NBSP}fois)", "2,5", "aucune", 1),)
    assert [name for name, *_ in chart.legend] == ["Est", "Ouest"]


def test_all_hidden_says_so_and_draws_nothing():
    (line,) = spread(row(SpreadPoint(group="Est", distribution=HIDDEN))).lines

    assert line.marks == ()
    assert line.words == f"Aucune médiane ne peut être montrée. Masquée{NBSP}: 1."


def test_only_cleared_answers_come_in():
    with pytest.raises(TypeError):
        SpreadPoint(group="Est", distribution=(1, 2, 3, 4), median=Fraction(2))
    with pytest.raises(ValueError, match="masquées"):
        SpreadPoint(group="Est", distribution=HIDDEN, median=Fraction(2))
    with pytest.raises(ValueError, match="hors de l’échelle"):
        spread(row(point(5)))
    with pytest.raises(ValueError, match="Groupe inconnu"):
        spread(row(point(2)), groups=(WEST,))


def test_it_stands_alone_with_its_tints():
    chart = spread(row(point(1), point(4, "")))
    drawn = spread_svg(chart, chart.lines[0])

    assert 'fill="#12305e"' in drawn
    assert '<circle cx="386"' in drawn
