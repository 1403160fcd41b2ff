from core.charts import LevelScale, ProjectionColumns
from tests.core.charts.cleared import HIDDEN, LABELS, WORDS, cleared


def columns(distribution, agreed=None) -> ProjectionColumns:
    return ProjectionColumns(
        **WORDS, scale=LevelScale(LABELS), distribution=distribution, agreed_level=agreed
    )


def test_heights_follow_the_tallest_column():
    drawn = columns(cleared(0, 3, 6, 2, unknown=1)).columns
    assert [(c.label, c.count, c.height, c.y) for c in drawn] == [
        ("À peine amorcé", 0, "1", "99"),
        ("En chemin", 3, "39", "61"),
        ("Bien avancé", 6, "78", "22"),
        ("Acquis", 2, "26", "74"),
        ("Ne sait pas", 1, "13", "87"),
    ]
    assert drawn[-1].css_class == "lvl-unknown"


def test_the_agreed_level_is_marked_and_does_not_know_never_is():
    assert [c.is_agreed for c in columns(cleared(1, 1, 1, 1), agreed=2).columns] == [
        False,
        True,
        False,
        False,
        False,
    ]


def test_hidden_answers_have_no_column():
    chart = columns(HIDDEN)
    assert chart.columns == ()
    assert chart.is_suppressed
    assert chart.spoken == "Titre. Trop peu de réponses."


def test_table_is_one_row():
    assert columns(cleared(0, 3, 6, 2)).table().rows == (("Titre", 0, 3, 6, 2, 0),)
