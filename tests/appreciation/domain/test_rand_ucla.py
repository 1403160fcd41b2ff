"""The published panel of fifteen, and what this measure refuses (DOMAIN.md §7.2)."""

from fractions import Fraction

import pytest

from appreciation.domain.rand_ucla import panel_spread
from appreciation.domain.statistics import median

FIFTEEN_PANELLISTS = (0, 0, 0, 1, 1, 1, 5, 5, 2)


def test_published_panel_of_fifteen():
    spread = panel_spread(FIFTEEN_PANELLISTS)
    assert median(FIFTEEN_PANELLISTS) == 7
    assert (spread.lower, spread.upper) == (7, 8)
    assert spread.interpercentile_range == 1
    assert spread.centre == Fraction("7.5")
    assert spread.asymmetry == Fraction("2.5")
    assert spread.limit == Fraction("6.1")
    assert not spread.is_disagreement


def test_a_panel_split_in_two_disagrees():
    spread = panel_spread((5, 0, 0, 0, 0, 0, 0, 0, 5))
    assert (spread.interpercentile_range, spread.limit) == (8, Fraction("2.35"))
    assert spread.is_disagreement


def test_nobody_answered():
    assert panel_spread([0] * 9) is None


@pytest.mark.parametrize("counts", [(1, 2, 6, 3), (2, 2, 2, 2, 2), [1] * 10, [-1] * 9, [1, 2]])
def test_other_scales_and_bad_counts_are_refused(counts):
    with pytest.raises(ValueError, match=r"niveaux|négatif"):
        panel_spread(counts)
