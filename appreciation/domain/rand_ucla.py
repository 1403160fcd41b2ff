"""Disagreement of an expert panel by the RAND/UCLA appropriateness method.

For scales of nine levels only: the constants were fitted to that scale, and must not be reused on
the four or five levels of our grids (DOMAIN.md §7.1), which `statistics.agreement` reads.
"""

from dataclasses import dataclass
from fractions import Fraction

from appreciation.domain.statistics import Counts, quantile

LEVELS = 9
MIDDLE = 5
LOWER, UPPER = Fraction(3, 10), Fraction(7, 10)
NARROWEST_LIMIT = Fraction("2.35")
ASYMMETRY_WEIGHT = Fraction("1.5")


@dataclass(frozen=True)
class PanelSpread:
    """How far apart a panel stands: all figures are in levels of the nine-level scale."""

    lower: Fraction  # 30th percentile
    upper: Fraction  # 70th percentile

    @property
    def interpercentile_range(self) -> Fraction:
        """IPR: the width of the middle four tenths of the panel."""
        return self.upper - self.lower

    @property
    def centre(self) -> Fraction:
        """IPRCP: the middle of that range."""
        return (self.lower + self.upper) / 2

    @property
    def asymmetry(self) -> Fraction:
        """AI: how far the centre lies from the middle of the scale."""
        return abs(MIDDLE - self.centre)

    @property
    def limit(self) -> Fraction:
        """IPRAS: the widest range still read as no disagreement."""
        return NARROWEST_LIMIT + ASYMMETRY_WEIGHT * self.asymmetry

    @property
    def is_disagreement(self) -> bool:
        return self.interpercentile_range > self.limit


def panel_spread(counts: Counts) -> PanelSpread | None:
    """The spread of a panel; `counts[i]` is the number of answers at level i+1, of nine.

    Returns None when nobody answered. Raises ValueError for another number of levels, or for a
    count that `statistics` refuses. Source: Fitch and others, 2001 (DOMAIN.md S78, S79).
    """
    counts = list(counts)
    lower, upper = quantile(counts, LOWER), quantile(counts, UPPER)
    if len(counts) != LEVELS:
        raise ValueError(f"Cette mesure vaut pour {LEVELS} niveaux seulement, reçu {len(counts)}.")
    return None if lower is None or upper is None else PanelSpread(lower, upper)
