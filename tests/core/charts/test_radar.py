from fractions import Fraction

import pytest

from core.charts import LevelScale, Radar, RadarAxis
from tests.core.charts.cleared import HIDDEN, LABELS, WORDS, cleared

ANSWERS = cleared(1, 2, 6, 3)


def axis(label="E", *, median=Fraction(3), agreed=None, distribution=ANSWERS) -> RadarAxis:
    return RadarAxis(label=label, distribution=distribution, median=median, agreed_level=agreed)


def radar(*axes: RadarAxis) -> Radar:
    return Radar(**WORDS, scale=LevelScale(LABELS), axes=axes)


def test_two_axes_are_no_turn():
    with pytest.raises(ValueError, match="3 dimensions"):
        radar(axis(), axis())


def test_points_stand_at_their_level_from_the_centre():
    chart = radar(axis(median=Fraction(4)), axis(median=Fraction(2)), axis(), axis())
    assert [(spoke.x, spoke.y) for spoke in chart.spokes] == [
        ("380", "70"),
        ("480", "270"),
        ("380", "420"),
        ("230", "270"),
    ]
    assert chart.path == "M380 70 L480 270 L380 420 L230 270Z"
    assert chart.is_closed


def test_before_any_agreement_the_line_opens_where_answers_are_hidden():
    chart = radar(axis(), axis(), axis(distribution=HIDDEN), axis())
    assert not chart.is_closed
    assert chart.path.count("M") == 2
    assert chart.spokes[2].mark == "none"
    assert chart.spokes[2].value == "masqué"


def test_agreed_levels_are_joined_and_a_median_alone_is_loose():
    chart = radar(axis(agreed=4), axis(agreed=2), axis(median=Fraction(5, 2)), axis(agreed=1))
    assert [spoke.mark for spoke in chart.spokes] == ["agreed", "agreed", "loose", "agreed"]
    assert chart.has_loose_points
    assert not chart.is_closed
    assert chart.spokes[2].value == "médiane 2,5, pas de niveau convenu"
    assert chart.spokes[0].value == "Acquis, niveau convenu"


def test_a_hidden_median_is_dropped_even_if_it_is_given():
    assert axis(distribution=HIDDEN, median=Fraction(4)).median is None


def test_labels_turn_away_from_the_centre():
    chart = radar(axis(), axis(), axis(), axis())
    assert [spoke.anchor for spoke in chart.spokes] == ["middle", "start", "middle", "end"]


def test_table_tells_medians_and_agreed_levels():
    chart = radar(
        axis("A", agreed=4), axis("B", median=Fraction(5, 2)), axis("C", distribution=HIDDEN)
    )
    assert chart.table().rows == (
        ("A", "3", "Acquis"),
        ("B", "2,5", "aucun"),
        ("C", "masqué", "aucun"),
    )
