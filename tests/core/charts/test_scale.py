import pytest

from core.charts import LevelScale
from tests.core.charts.cleared import LABELS


def test_scale_names_its_levels_from_one():
    scale = LevelScale(LABELS)
    assert len(scale) == 4
    assert (scale.label_of(1), scale.label_of(4), scale.label_of(None)) == (
        "À peine amorcé",
        "Acquis",
        "",
    )
    assert scale.css_class(2) == "lvl-2-of-4"


@pytest.mark.parametrize("level", [0, 5, -1])
def test_a_level_outside_the_scale_is_refused(level):
    with pytest.raises(ValueError, match="échelle"):
        LevelScale(LABELS).label_of(level)


@pytest.mark.parametrize("labels", [(), ("Oui",), tuple("abcdefgh")])
def test_a_scale_without_tints_is_refused(labels):
    with pytest.raises(ValueError, match="2 à 7"):
        LevelScale(labels)


def test_legend_numbers_each_level():
    entries = LevelScale(("Non", "Un peu", "Oui")).legend
    assert [(entry.css_class, entry.label) for entry in entries] == [
        ("lvl-1-of-3", "1 · Non"),
        ("lvl-2-of-3", "2 · Un peu"),
        ("lvl-3-of-3", "3 · Oui"),
    ]


def test_words_for_whoever_listens():
    assert LevelScale(("Non", "Un peu", "Oui")).in_words((0, 2, 5), 1) == (
        "Non 0, un peu 2, oui 5, ne sait pas 1"
    )


def test_words_need_one_count_per_level():
    with pytest.raises(ValueError, match="zip"):
        LevelScale(("Non", "Oui")).in_words((1, 2, 3), 0)
