"""Distributions put in words, for people who read sentences rather than coefficients.

Rules of DOMAIN.md §7.4: words of agreement instead of numbers; « ne sait pas » always beside the
distribution, and a finding in itself above one third.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from appreciation.domain.statistics import Counts, median_high, median_low

NO_ANSWER = "aucune réponse"
MANY = Fraction(1, 3)

CLEAR = "accord net"
PARTIAL = "accord partiel"
SHARED = "avis partagés"
OPPOSED = "avis opposés"


@dataclass(frozen=True)
class AgreementThresholds:
    """The lowest agreement A (-1 to 1) that earns each word; below `shared`, views are opposed.

    No universal cut-offs were found in the literature: these are the Consortium's to change.
    """

    clear: Fraction | Decimal | float = Fraction(60, 100)
    partial: Fraction | Decimal | float = Fraction(30, 100)
    shared: Fraction | Decimal | float = Fraction(0)

    def __post_init__(self) -> None:
        for name in ("clear", "partial", "shared"):
            object.__setattr__(self, name, Fraction(str(getattr(self, name))))
        if not -1 <= self.shared < self.partial < self.clear <= 1:
            raise ValueError(
                "Les seuils d’accord doivent être croissants et compris entre -1 et 1."
            )


DEFAULT_THRESHOLDS = AgreementThresholds()


def words_of_agreement(
    value: Fraction | float | None, thresholds: AgreementThresholds = DEFAULT_THRESHOLDS
) -> str:
    """The words for an agreement A; None (nobody answered) has words of its own."""
    if value is None:
        return NO_ANSWER
    exact = Fraction(str(value))
    if exact >= thresholds.clear:
        return CLEAR
    if exact >= thresholds.partial:
        return PARTIAL
    return SHARED if exact >= thresholds.shared else OPPOSED


def median_in_words(counts: Counts, labels: Sequence[str]) -> str:
    """The median as the label of its level, or « entre X et Y » when the middle falls between.

    `labels[i]` names level i+1. The two bounds are levels that somebody chose: for 6 answers at
    each end, « entre le premier et le dernier », never a middle level that nobody chose.

    Raises ValueError for bad counts (see `statistics`) or another number of labels than levels.
    """
    counts = tuple(counts)
    low, high = median_low(counts), median_high(counts)
    if len(labels) != len(counts):
        raise ValueError("Il faut un libellé par niveau.")
    if low is None or high is None:
        return NO_ANSWER
    if low == high:
        return labels[low - 1]
    return f"entre {_quoted(labels[low - 1])} et {_quoted(labels[high - 1])}"


def does_not_know_in_words(count: int, respondents: int) -> str:
    """How many of the respondents chose « je ne sais pas »; empty when nobody did."""
    if not count:
        return ""
    verb = "ne sait" if count == 1 else "ne savent"
    return f"{count} sur {respondents} {verb} pas"


def many_do_not_know(count: int, respondents: int) -> bool:
    """Whether « ne sait pas » is a finding in itself: more than one respondent in three."""
    return respondents > 0 and Fraction(count, respondents) > MANY


def _quoted(label: str) -> str:
    return f"«\N{NO-BREAK SPACE}{label}\N{NO-BREAK SPACE}»"
