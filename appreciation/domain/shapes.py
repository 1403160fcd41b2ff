"""The shape of a distribution, for a sentence rather than a figure (AJUS, DOMAIN.md §7.1).

A step between two neighbouring levels counts only above a tenth of the answers: one voice in a
small group does not make a hill.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from itertools import pairwise

TOLERANCE = Fraction(1, 10)


class Shape(Enum):
    EMPTY = "empty"
    FLAT = "flat"
    MIDDLE = "middle"
    HIGH = "high"
    LOW = "low"
    ENDS = "ends"
    SEVERAL = "several"


def shape_of(levels: Sequence[int]) -> Shape:
    """Peak in the middle, at the top, at the bottom, at both ends, several peaks, or flat."""
    total = sum(levels)
    if not total:
        return Shape.EMPTY
    steps: list[bool] = []
    for before, after in pairwise(levels):
        rises = after > before
        is_step = abs(after - before) > total * TOLERANCE
        if is_step and (not steps or steps[-1] is not rises):
            steps.append(rises)
    return {
        (): Shape.FLAT,
        (True,): Shape.HIGH,
        (False,): Shape.LOW,
        (True, False): Shape.MIDDLE,
        (False, True): Shape.ENDS,
    }.get(tuple(steps), Shape.SEVERAL)
