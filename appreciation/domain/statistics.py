"""Exact statistics of one ordinal distribution, for groups as small as a kitchen table.

Every function takes `counts`, where `counts[i]` is the number of answers at level i+1 of a scale
of K ≥ 3 levels (« ne sait pas » and refusals are never in it). Counts may be fractional, as when
only published percentages are known: floats are read as they are printed, `Fraction(str(x))`, so
that 2.4 means 24/10. Only the proportions matter to every measure except `quantile`, `quartiles`
and `ordinal_variation`, whose conventions depend on the number of answers: they read fractional
counts as the smallest whole counts in the same proportions.

All functions raise ValueError, before anything else, for fewer than three levels or a count that
is negative, infinite, not a number or a boolean; they return None when there is no answer at all.

Formulas and published values: DOMAIN.md §7.1–7.3 (van der Eijk 2001, Leik 1966, Berry and Mielke
1992, Tastle and Wierman 2007). There is no mean of the codes here, on purpose.
"""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from numbers import Integral, Rational, Real

Count = int | float | Decimal | Fraction
Counts = Iterable[Count]
Exact = int | Fraction

FEWEST_LEVELS = 3
HALF = Fraction(1, 2)
QUARTER = Fraction(1, 4)


def agreement(counts: Counts) -> Fraction | None:
    """van der Eijk's A, from -1 (half at each end) through 0 (uniform) to 1 (one category).

    The distribution is peeled in layers: the smallest non-zero frequency is taken from every
    non-empty category, and each layer's agreement weighs as much as the answers it holds.
    """
    frequencies = _read(counts)
    return _agreement(tuple(frequencies)) if any(frequencies) else None


@lru_cache(maxsize=4096)  # many communities, few ways to share ten answers out
def _agreement(frequencies: Sequence[Exact]) -> Fraction:
    total = sum(frequencies)
    agreed = Fraction(0)
    while any(frequencies):
        pattern = tuple(frequency > 0 for frequency in frequencies)
        height = min(frequency for frequency in frequencies if frequency)
        agreed += height * sum(pattern) * _layer_agreement(pattern)
        frequencies = [max(frequency - height, 0) for frequency in frequencies]
    return agreed / total


def polarisation(counts: Counts) -> Fraction | None:
    """(1 - A) / 2: from 0 (one category) to 1 (half at each end)."""
    agreed = agreement(counts)
    return None if agreed is None else (1 - agreed) / 2


def leik(counts: Counts) -> Fraction | None:
    """Leik's ordinal dispersion D: from 0 (one category) to 1 (half at each end)."""
    frequencies = _read(counts)
    total = sum(frequencies)
    if not total:
        return None
    shares = (Fraction(below, total) for below in accumulate(frequencies))
    spread = sum((min(share, 1 - share) for share in shares), Fraction(0))
    return spread / Fraction(len(frequencies) - 1, 2)


def ordinal_variation(counts: Counts) -> Fraction | None:
    """Berry and Mielke's IOV, from 0 (one category) to 1 (half at each end).

    Every pair of answers weighs the distance between its two levels; the sum is divided by the
    largest that the same number of answers allows, which an odd number cannot split in two halves.
    """
    frequencies = _whole(_read(counts))
    total = sum(frequencies)
    if not total:
        return None
    width = len(frequencies) - 1
    apart = sum(below * (total - below) for below in accumulate(frequencies))
    largest = Fraction((total * total - total % 2) * width, 4)
    return apart / largest if largest else Fraction(0)


def median(counts: Counts) -> Fraction | None:
    """The middle answer; midway between the two middle ones when they differ.

    With fractional counts: the level holding the middle of the total weight, or midway to the next
    non-empty level when exactly half of the weight lies at or below it. Both readings agree on
    whole counts.
    """
    frequencies = _read(counts)
    if not any(frequencies):
        return None
    return Fraction(_low(frequencies) + _high(frequencies), 2)


def median_low(counts: Counts) -> int | None:
    """The first level at which at least half of the answers are reached."""
    frequencies = _read(counts)
    return _low(frequencies) if any(frequencies) else None


def median_high(counts: Counts) -> int | None:
    """The first level at which more than half of the answers are reached."""
    frequencies = _read(counts)
    return _high(frequencies) if any(frequencies) else None


def interpolated_median(counts: Counts) -> Fraction | None:
    """The median of grouped data: L + (n/2 - c) / f, categories being one unit wide.

    Taken in the first category whose cumulative share reaches one half; L is its lower bound
    (level - 1/2), c the answers below it and f the answers in it.
    """
    frequencies = _read(counts)
    total = sum(frequencies)
    if not total:
        return None
    level = _low(frequencies)
    below = sum(frequencies[: level - 1])
    return level - HALF + (total * HALF - below) / frequencies[level - 1]


def quartiles(counts: Counts) -> tuple[Fraction, Fraction] | None:
    """First and third quartiles, linear between neighbouring answers (numpy's default).

    See `quantile`.
    """
    ranked = _whole(_read(counts))
    if not any(ranked):
        return None
    return _quantile(ranked, QUARTER), _quantile(ranked, 1 - QUARTER)


def quantile(counts: Counts, share: Fraction) -> Fraction | None:
    """The answer at rank (n - 1)·share, linear between neighbours; `share` goes from 0 to 1.

    Raises ValueError for a share outside 0–1.
    """
    ranked = _whole(_read(counts))
    if not 0 <= share <= 1:
        raise ValueError(f"La part demandée va de 0 à 1, reçu {share}.")
    return _quantile(ranked, share) if any(ranked) else None


def consensus(counts: Counts) -> float | None:
    """Tastle and Wierman's Cns, from 0 (half at each end) to 1 (one category).

    A secondary figure, for the spreadsheet only: it rests on the mean of ordinal codes, and a
    uniform distribution does not give 0.5.
    """
    frequencies = _read(counts)
    total = sum(frequencies)
    if not total:
        return None
    shares = {
        level: Fraction(frequency) / total
        for level, frequency in enumerate(frequencies, 1)
        if frequency
    }
    centre = sum((level * share for level, share in shares.items()), Fraction(0))
    width = len(frequencies) - 1
    terms = (
        float(share) * math.log2(float(1 - abs(level - centre) / width))
        for level, share in shares.items()
    )
    return min(1.0, max(0.0, 1.0 + math.fsum(terms)))


def _read(counts: Counts) -> list[Exact]:
    """The counts as exact numbers, or ValueError: the one door of this module."""
    frequencies = [_read_one(count) for count in counts]
    if len(frequencies) < FEWEST_LEVELS:
        raise ValueError(f"Il faut au moins {FEWEST_LEVELS} niveaux, reçu {len(frequencies)}.")
    return frequencies


def _read_one(count: object) -> Exact:
    if type(count) is int and count >= 0:  # thousands of communities are read one cell at a time
        return count
    if isinstance(count, bool) or not isinstance(count, Real | Decimal):
        # One kind of error for every bad count: callers show it beside the spreadsheet's cell.
        raise ValueError(f"Un effectif doit être un nombre, reçu {count!r}.")  # noqa: TRY004
    if isinstance(count, Decimal) and not count.is_finite():
        raise ValueError("Un effectif doit être un nombre fini.")
    if not isinstance(count, Rational) and not math.isfinite(count):
        raise ValueError("Un effectif doit être un nombre fini.")
    if count < 0:
        raise ValueError(f"Un effectif ne peut pas être négatif, reçu {count}.")
    if isinstance(count, Integral):
        return int(count)
    return Fraction(count) if isinstance(count, Rational) else Fraction(str(count))


def _whole(frequencies: Sequence[Exact]) -> list[int]:
    """The smallest whole counts in the same proportions; whole counts stay what they are."""
    scale = math.lcm(*(frequency.denominator for frequency in frequencies))
    return [int(frequency * scale) for frequency in frequencies]


@lru_cache(maxsize=1024)  # seven levels make 127 patterns
def _layer_agreement(pattern: tuple[bool, ...]) -> Fraction:
    """Agreement of one layer: U (how unimodal) shrunk by the number of categories it covers."""
    size, filled = len(pattern), sum(pattern)
    if filled == 1:
        return Fraction(1)
    unimodal, bimodal = _triples(pattern)
    if not unimodal + bimodal:
        return Fraction(0)
    unimodality = Fraction(
        (size - 2) * unimodal - (size - 1) * bimodal, (size - 2) * (unimodal + bimodal)
    )
    return unimodality * (1 - Fraction(filled - 1, size - 1))


def _triples(pattern: Sequence[bool]) -> tuple[int, int]:
    """Number of ordered triples reading 110 or 011, and of those reading 101.

    Counted from each empty category: the pairs on one side of it, the pairs astride it.
    """
    unimodal = bimodal = before = 0
    after = sum(pattern)
    for is_filled in pattern:
        if is_filled:
            before, after = before + 1, after - 1
        else:
            unimodal += math.comb(before, 2) + math.comb(after, 2)
            bimodal += before * after
    return unimodal, bimodal


def _low(frequencies: Sequence[Exact]) -> int:
    total = sum(frequencies)
    return next(i for i, below in enumerate(accumulate(frequencies), 1) if 2 * below >= total)


def _high(frequencies: Sequence[Exact]) -> int:
    total = sum(frequencies)
    return next(i for i, below in enumerate(accumulate(frequencies), 1) if 2 * below > total)


def _quantile(frequencies: Sequence[int], share: Fraction) -> Fraction:
    rank = (sum(frequencies) - 1) * share
    lower = math.floor(rank)
    below, above = _answer(frequencies, lower), _answer(frequencies, math.ceil(rank))
    return below + (rank - lower) * (above - below)


def _answer(frequencies: Sequence[int], rank: int) -> int:
    """The answer at this rank (from 0) when all answers are lined up from lowest to highest."""
    return next(i for i, below in enumerate(accumulate(frequencies), 1) if below > rank)
