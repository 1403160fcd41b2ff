from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from core.charts import BarRow, DistributionBars, LevelScale
from tests.core.charts.cleared import HIDDEN, LABELS, WORDS, cleared


def bar(distribution, **row):
    chart = DistributionBars(
        **WORDS,
        scale=LevelScale(LABELS),
        rows=(BarRow(label="Entraide", distribution=distribution, **row),),
    )
    return chart.bars[0]


def test_segments_share_the_width_by_people():
    segments = bar(cleared(0, 1, 4, 5)).segments
    assert [(s.css_class, s.x, s.width, s.middle, s.count) for s in segments] == [
        ("lvl-2-of-4", "0", "10", "5", 1),
        ("lvl-3-of-4", "10", "40", "30", 4),
        ("lvl-4-of-4", "50", "50", "75", 5),
    ]


def test_does_not_know_stands_apart_after_a_gap():
    drawn = bar(cleared(0, 0, 6, 0, unknown=4))
    (only,) = drawn.segments
    assert (only.x, only.width) == ("0", "59.1")
    assert (drawn.unknown.x, drawn.unknown.width, drawn.unknown.count) == ("60.6", "39.4", 4)


def test_everybody_not_knowing_fills_the_width():
    drawn = bar(cleared(0, 0, 0, 0, unknown=5))
    assert drawn.segments == ()
    assert (drawn.unknown.x, drawn.unknown.width) == ("0", "100")


def test_the_agreed_level_points_at_the_middle_of_its_segment():
    assert bar(cleared(0, 1, 4, 5), agreed_level=4).marker_x == "75"
    assert bar(cleared(0, 1, 4, 5), agreed_level=1).marker_x == "0"
    assert bar(cleared(0, 1, 4, 5)).marker_x == ""


def test_a_thin_segment_carries_no_number():
    thin, wide = bar(cleared(1, 0, 0, 39)).segments
    assert (thin.is_labelled, wide.is_labelled) == (False, True)


def test_a_hidden_row_keeps_the_groups_own_statement_only():
    drawn = bar(HIDDEN, headline="Acquis", detail="accord net", agreed_level=3)
    assert (drawn.is_suppressed, drawn.headline, drawn.detail) == (True, "", "")
    assert drawn.segments == ()
    assert drawn.unknown is None
    assert (drawn.agreed, drawn.marker_x) == ("Bien avancé", "")
    assert drawn.spoken == ("Entraide. Trop peu de réponses. Niveau convenu\u00a0: Bien avancé.")


def test_table_has_an_agreed_column_only_when_something_was_agreed():
    def table(agreed_level):
        return DistributionBars(
            **WORDS,
            scale=LevelScale(LABELS),
            rows=(
                BarRow(
                    label="E",
                    distribution=cleared(0, 1, 4, 5),
                    headline="Acquis",
                    detail="accord net",
                    agreed_level=agreed_level,
                ),
                BarRow(label="S", distribution=HIDDEN),
            ),
        ).table()

    assert table(None).rows[0] == ("E", 0, 1, 4, 5, 0, "0\xa0%", "Acquis, accord net")
    assert table(3).headers[-2:] == ("Niveau convenu", "En mots")
    assert [row[-2] for row in table(3).rows] == ["Bien avancé", "aucun"]


def test_table_tells_the_share_of_those_who_do_not_know():
    table = DistributionBars(
        **WORDS,
        scale=LevelScale(LABELS),
        rows=(
            BarRow(label="E", distribution=cleared(0, 1, 4, 5, unknown=5)),
            BarRow(label="S", distribution=HIDDEN),
        ),
    ).table()
    assert table.headers[5:7] == ("Ne sait pas", "Ne sait pas (part)")
    assert [row[5:7] for row in table.rows] == [(5, "33\xa0%"), ("masqué", "masqué")]


def test_a_question_without_does_not_know_has_no_column_and_no_legend_for_it():
    def chart(distribution):
        return DistributionBars(
            **WORDS,
            scale=LevelScale(("Non", "Plus ou moins", "Oui"), unknown_label=""),
            rows=(BarRow(label="Écouté?", distribution=distribution),),
        )

    shown = chart(cleared(1, 0, 8))
    assert shown.table().headers == ("Dimension", "Non", "Plus ou moins", "Oui", "En mots")
    assert shown.table().rows == (("Écouté?", 1, 0, 8, ""),)
    assert shown.bars[0].spoken == "Écouté?. Non 1, plus ou moins 0, oui 8."
    assert chart(HIDDEN).table().rows[0][1:4] == ("masqué", "masqué", "masqué")
    assert "Ne sait pas" not in render_to_string("charts/distribution_bars.html", {"chart": shown})
    with pytest.raises(ValueError, match="ne sait pas"):
        chart(cleared(1, 0, 8, unknown=1))


@given(st.lists(st.integers(0, 300), min_size=2, max_size=7), st.integers(0, 60))
def test_every_person_is_drawn_once_and_nothing_overflows(levels, unknown):
    if sum(levels) + unknown < 3:
        return
    chart = DistributionBars(
        **WORDS,
        scale=LevelScale(tuple(f"N{i}" for i in range(len(levels)))),
        rows=(BarRow(label="E", distribution=cleared(*levels, unknown=unknown)),),
    )
    (drawn,) = chart.bars
    parts = [*drawn.segments, *([drawn.unknown] if drawn.unknown else [])]
    assert sum(part.count for part in parts) == sum(levels) + unknown
    for before, after in pairwise(parts):
        assert float(before.x) + float(before.width) <= float(after.x) + 0.011
    assert float(parts[-1].x) + float(parts[-1].width) == pytest.approx(100, abs=0.011)
