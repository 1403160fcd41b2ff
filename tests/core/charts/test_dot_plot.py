from hypothesis import given
from hypothesis import strategies as st

from core.charts import DotPlot, DotRow, LevelScale
from tests.core.charts.cleared import HIDDEN, LABELS, WORDS, cleared


def plot(*rows: DotRow) -> DotPlot:
    return DotPlot(**WORDS, scale=LevelScale(LABELS), rows=rows)


def test_one_dot_per_person_in_its_column():
    (line,) = plot(DotRow(label="E", distribution=cleared(0, 1, 2, 0, unknown=1))).lines
    assert [(dot.x, dot.css_class) for dot in line.dots] == [
        ("150", "dot"),
        ("243", "dot"),
        ("257", "dot"),
        ("450", "dot-unknown"),
    ]


def test_dots_beyond_six_go_to_a_second_line():
    chart = plot(DotRow(label="E", distribution=cleared(7, 0, 0, 0)))
    heights = [dot.y for dot in chart.lines[0].dots]
    assert heights == ["13"] * 6 + ["27"]
    assert (chart.width, chart.height) == ("500", "40")


def test_axes_stand_in_the_middle_of_each_column():
    assert plot().axes == ("50", "150", "250", "350", "450")


def test_the_agreed_level_stands_at_the_right_of_its_column():
    (line,) = plot(DotRow(label="E", distribution=cleared(1, 1, 1, 1), agreed_level=2)).lines
    assert line.agreed_x == "191"


def test_a_hidden_row_has_no_dot():
    (line,) = plot(DotRow(label="E", distribution=HIDDEN)).lines
    assert line.dots == ()
    assert line.is_suppressed
    assert plot(DotRow(label="E", distribution=HIDDEN)).table().rows == (
        ("E", "masqué", "masqué", "masqué", "masqué", "masqué"),
    )


@given(st.lists(st.integers(0, 400), min_size=4, max_size=4).filter(lambda c: sum(c) >= 3))
def test_a_crowd_stays_in_its_column_and_inside_the_drawing(levels):
    chart = plot(DotRow(label="E", distribution=cleared(*levels)))
    radius = float(chart.radius)
    dots = chart.lines[0].dots
    assert len(dots) == sum(levels)
    assert all(radius <= float(dot.y) <= float(chart.height) - radius for dot in dots)
    for column, count in enumerate(levels):
        inside = [d for d in dots if column * 100 <= float(d.x) < (column + 1) * 100]
        assert len(inside) == count
