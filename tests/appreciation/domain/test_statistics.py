"""Every oracle of DOMAIN.md §7.2–7.3, the laws the measures obey, and bad input."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appreciation.domain import statistics

MEASURES = (
    statistics.agreement,
    statistics.polarisation,
    statistics.leik,
    statistics.ordinal_variation,
    statistics.median,
    statistics.median_low,
    statistics.median_high,
    statistics.interpolated_median,
    statistics.quartiles,
    statistics.consensus,
)
RANKED = (statistics.quartiles, statistics.ordinal_variation)
VAN_DER_EIJK = (30, 40, 210, 130, 530, 50, 10)
PVDA = (2.4, 2.8, 3.2, 6.2, 13.5, 30.4, 41.6)
D66 = (1.6, 2.6, 8.2, 21, 29.3, 27, 10.3)

whole_counts = st.lists(st.integers(0, 60), min_size=3, max_size=9).filter(any)
decimal_counts = st.lists(
    st.decimals(0, 100, places=1, allow_nan=False), min_size=3, max_size=9
).filter(any)
any_counts = whole_counts | decimal_counts


# --- Published values (§7.2) --------------------------------------------------------------------
def test_van_der_eijk_example_is_exact():
    assert statistics.agreement(VAN_DER_EIJK) == Fraction(917, 1500)
    assert statistics.polarisation(VAN_DER_EIJK) == Fraction(583, 3000)
    assert statistics.leik(VAN_DER_EIJK) == Fraction(43, 150)
    assert round(statistics.consensus(VAN_DER_EIJK), 7) == 0.7256876


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("1111111", Fraction(0)),
        ("1111110", Fraction(1, 6)),
        ("0111110", Fraction(1, 3)),
        ("0011110", Fraction(1, 2)),
        ("0011100", Fraction(2, 3)),
        ("0010100", Fraction(7, 15)),
        ("0000100", Fraction(1)),
    ],
)
def test_agreement_of_each_published_layer(pattern, expected):
    assert statistics.agreement([int(filled) for filled in pattern]) == expected


def test_published_weights_of_the_layers_add_up_to_the_whole():
    weights = {
        "1111111": "0.07",
        "1111110": "0.12",
        "0111110": "0.05",
        "0011110": "0.04",
        "0011100": "0.24",
        "0010100": "0.16",
        "0000100": "0.32",
    }
    weighted = sum(
        Fraction(weight) * statistics.agreement([int(filled) for filled in pattern])
        for pattern, weight in weights.items()
    )
    assert weighted == statistics.agreement(VAN_DER_EIJK)


def test_median_of_fifteen_panellists():
    assert statistics.median((0, 0, 0, 1, 1, 1, 5, 5, 2)) == 7


def test_percentages_are_read_as_printed():
    assert round(float(statistics.agreement(PVDA)), 7) == 0.6097236
    assert round(float(statistics.agreement(D66)), 7) == 0.4823333
    as_decimals = [Decimal(str(share)) for share in PVDA]
    assert statistics.agreement(PVDA) == statistics.agreement(as_decimals)
    assert statistics.agreement(PVDA) == statistics.agreement([round(10 * x) for x in PVDA])


def test_four_ratings_of_the_vignette():
    assert statistics.agreement([2, 0, 1, 1]) == Fraction(1, 12)


# --- Small groups (§7.3) ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("counts", "agreement", "consensus", "leik", "variation"),
    [
        ((0, 0, 12, 0), Fraction(1), 1, 0, 0),
        ((3, 3, 3, 3), Fraction(0), 0.368483, 0.666667, 0.833333),
        ((6, 0, 0, 6), Fraction(-1), 0, 1, 1),
        ((0, 2, 8, 2), Fraction(2, 3), 0.805012, 0.222222, 0.370370),
        ((1, 2, 6, 3), Fraction(4, 9), 0.607953, 0.388889, 0.601852),
        ((5, 1, 1, 5), Fraction(-2, 3), 0.122828, 0.888889, 0.981481),
        ((0, 6, 6, 0), Fraction(2, 3), 0.736966, 0.333333, 0.333333),
        ((2, 4, 4, 2), Fraction(2, 9), 0.491310, 0.555556, 0.703704),
        ((2, 2, 2, 2, 2), Fraction(0), 0.433985, 0.6, 0.8),
        ((0, 1, 6, 3, 0), Fraction(3, 4), 0.807564, 0.2, 0.3),
        ((1, 3, 4, 1, 1), Fraction(2, 5), 0.620914, 0.4, 0.58),
        ((4, 1, 0, 1, 4), Fraction(-59, 90), 0.116993, 0.9, 0.98),
        ((0, 0, 2, 5, 1), Fraction(3, 4), 0.822782, 0.1875, 0.296875),
        ((1, 0, 0, 3, 4), Fraction(19, 48), 0.530671, 0.4375, 0.578125),
        ((0, 3, 0, 3, 0), Fraction(1, 6), 0.584963, 0.5, 0.5),
        ((0, 0, 5, 5, 0), Fraction(3, 4), 0.807355, 0.25, 0.25),
        ((1, 1, 1, 1, 6), Fraction(1, 2), 0.409474, 0.5, 0.7),
    ],
)
def test_small_group_oracles(counts, agreement, consensus, leik, variation):
    assert statistics.agreement(counts) == agreement
    assert statistics.polarisation(counts) == (1 - agreement) / 2
    assert round(statistics.consensus(counts), 6) == consensus
    assert round(float(statistics.leik(counts)), 6) == leik
    assert round(float(statistics.ordinal_variation(counts)), 6) == variation


@pytest.mark.parametrize(
    ("counts", "median", "quartiles", "interpolated"),
    [
        ((1, 2, 6, 3), Fraction(3), (Fraction(11, 4), Fraction(13, 4)), Fraction(3)),
        ((0, 1, 6, 3, 0), Fraction(3), (Fraction(3), Fraction(15, 4)), Fraction(19, 6)),
        ((1, 3, 4, 1, 1), Fraction(3), (Fraction(2), Fraction(3)), Fraction(11, 4)),
        ((5, 1, 1, 5), Fraction(5, 2), (Fraction(1), Fraction(4)), Fraction(5, 2)),
    ],
)
def test_median_quartile_and_interpolated_median_oracles(counts, median, quartiles, interpolated):
    assert statistics.median(counts) == median
    assert statistics.quartiles(counts) == quartiles
    assert statistics.interpolated_median(counts) == interpolated


def test_same_median_as_a_consensual_group():
    assert statistics.median((0, 6, 6, 0)) == statistics.median((5, 1, 1, 5)) == Fraction(5, 2)


def test_median_halfway_skips_levels_nobody_chose():
    assert statistics.median((6, 0, 0, 6)) == Fraction(5, 2)
    assert (statistics.median_low((6, 0, 0, 6)), statistics.median_high((6, 0, 0, 6))) == (1, 4)


def test_interpolated_median_at_exactly_half_stays_in_the_first_category():
    assert statistics.interpolated_median((5, 0, 0, 5)) == Fraction(3, 2)


def test_median_of_fractional_counts():
    assert statistics.median((12.5, 37.5, 50.0)) == Fraction(5, 2)
    assert statistics.median((12.5, 37.6, 49.9)) == 2
    assert statistics.quartiles((0.1, 0.2, 0.4, 0.3)) == statistics.quartiles((1, 2, 4, 3))


def test_an_odd_group_as_split_as_it_can_be_has_the_whole_variation():
    assert statistics.ordinal_variation((3, 0, 0, 2)) == 1
    assert statistics.ordinal_variation((0, 0, 1)) == 0
    assert statistics.ordinal_variation((0.3, 0, 0, 0.2)) == 1


def test_quantiles_and_the_shares_they_refuse():
    assert statistics.quantile((1, 2, 6, 3), Fraction(1, 4)) == Fraction(11, 4)
    assert statistics.quantile((1, 2, 6, 3), Fraction(0)) == 1
    assert statistics.quantile((1, 2, 6, 3), Fraction(1)) == 4
    assert statistics.quantile((0, 0, 0), Fraction(1, 2)) is None
    for share in (Fraction(-1, 10), Fraction(11, 10)):
        with pytest.raises(ValueError, match="part"):
            statistics.quantile((1, 2, 6, 3), share)


def test_types_of_the_answers():
    counts = (1, 2, 6, 3)
    assert isinstance(statistics.agreement(counts), Fraction)
    assert isinstance(statistics.polarisation(counts), Fraction)
    assert isinstance(statistics.leik(counts), Fraction)
    assert isinstance(statistics.median(counts), Fraction)
    assert isinstance(statistics.interpolated_median(counts), Fraction)
    assert type(statistics.median_low(counts)) is int
    assert type(statistics.consensus(counts)) is float
    assert all(isinstance(quartile, Fraction) for quartile in statistics.quartiles(counts))


def test_counts_may_come_from_a_generator():
    assert statistics.leik(count for count in (0, 0, 12, 0)) == 0


# --- Laws ---------------------------------------------------------------------------------------
@given(any_counts)
def test_every_measure_stays_in_its_range(counts):
    levels = len(counts)
    low, high = statistics.quartiles(counts)
    assert -1 <= statistics.agreement(counts) <= 1
    assert 0 <= statistics.polarisation(counts) <= 1
    assert 0 <= statistics.leik(counts) <= 1
    assert 0 <= statistics.ordinal_variation(counts) <= 1
    assert 0 <= statistics.consensus(counts) <= 1
    assert 1 <= low <= statistics.median(counts) <= high <= levels
    assert Fraction(1, 2) <= statistics.interpolated_median(counts) <= levels + Fraction(1, 2)
    assert statistics.median_low(counts) <= statistics.median(counts)


@given(any_counts)
def test_reading_the_scale_backwards_changes_no_dispersion(counts):
    mirrored, levels = counts[::-1], len(counts)
    low, high = statistics.quartiles(counts)
    assert statistics.agreement(mirrored) == statistics.agreement(counts)
    assert statistics.leik(mirrored) == statistics.leik(counts)
    assert statistics.ordinal_variation(mirrored) == statistics.ordinal_variation(counts)
    assert statistics.consensus(mirrored) == pytest.approx(statistics.consensus(counts))
    assert statistics.median(mirrored) == levels + 1 - statistics.median(counts)
    assert statistics.quartiles(mirrored) == (levels + 1 - high, levels + 1 - low)


@given(whole_counts, st.integers(2, 1000))
def test_only_proportions_matter(counts, factor):
    scaled = [factor * count for count in counts]
    for measure in MEASURES:
        if measure not in RANKED:
            assert measure(scaled) == measure(counts)


@given(any_counts)
def test_full_agreement_means_one_category(counts):
    one_category = sum(count > 0 for count in counts) == 1
    assert (statistics.agreement(counts) == 1) is one_category
    assert (statistics.leik(counts) == 0) is one_category
    assert (statistics.consensus(counts) > 1 - 1e-9) is one_category


@given(st.integers(3, 12), st.integers(1, 50))
def test_uniform_is_zero_and_two_equal_ends_are_minus_one(levels, count):
    assert statistics.agreement([count] * levels) == 0
    ends = [count, *[0] * (levels - 2), count]
    assert statistics.agreement(ends) == -1
    assert statistics.leik(ends) == 1
    assert statistics.consensus(ends) == 0


@given(whole_counts)
def test_medians_and_quartiles_agree_with_the_sorted_answers(counts):
    answers = [level for level, count in enumerate(counts, 1) for _ in range(count)]
    assume(answers)
    size = len(answers)
    assert statistics.median(counts) == Fraction(answers[(size - 1) // 2] + answers[size // 2], 2)
    assert statistics.median_low(counts) == answers[(size - 1) // 2]
    for quartile, share in zip(
        statistics.quartiles(counts), (Fraction(1, 4), Fraction(3, 4)), strict=True
    ):
        rank = (size - 1) * share
        below, above = answers[int(rank)], answers[min(int(rank) + 1, size - 1)]
        assert quartile == below + (rank - int(rank)) * (above - below)


# --- Bad input ----------------------------------------------------------------------------------
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(
    "counts",
    [
        (),
        (3,),
        (3, 4),
        (0, 0),
        (1, -1, 2),
        (0, 0, -0.5),
        (1, float("nan"), 2),
        (1, float("inf"), 2),
        (0, 0, float("-inf")),
        (1, Decimal("NaN"), 2),
        (1, Decimal("sNaN"), 2),
        (1, Decimal("Infinity"), 2),
        (1, "2", 3),
        (1, None, 3),
        (1, True, 3),
        (1, 2j, 3),
        "123",
    ],
)
def test_bad_counts_are_refused(measure, counts):
    with pytest.raises(ValueError, match=r"effectif|niveaux"):
        measure(counts)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("counts", [(0, 0, 0), (0.0, -0.0, 0), [Fraction(0)] * 5])
def test_no_answer_gives_none(measure, counts):
    assert measure(counts) is None
