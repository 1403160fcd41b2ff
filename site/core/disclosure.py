"""The one place that decides which answers may leave, and the only maker of what does.

Rules (DESIGN.md §5 Disclosure, DOMAIN.md §7.5):

* k is tested on distinct respondents. A respondent answered the item, « je ne sais pas » included;
  whoever declined or skipped it did not. Saying « je ne sais pas » takes part in the crowd that
  hides each person, and is published beside the levels.
* With n ≥ k a distribution leaves and its levels are shown whole; below, nothing leaves, not even
  n: « trop peu de réponses ».
* A dimension's n is the smallest n of its items, so that no item can be found by subtracting the
  others from the dimension.
* A cut (by sector, for instance) leaves only if every group shown has k respondents and whoever is
  left in the total, once they are subtracted, number k too, or nobody.
* In the room, k is 3; outside, 5. A region may raise k, never lower it under 3.

`DisclosedDistribution`, `DisclosedDimension` and `DisclosedCut` can be built by this module alone:
charts, templates and exports ask for these types, so a raw count cannot reach them by mistake.
"""

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from typing import Any, Final

ROOM_K: Final = 3
OUTSIDE_K: Final = 5
SMALLEST_K: Final = 3

TOO_FEW: Final = "trop peu de réponses"

_SEAL: Final = object()


@dataclass(frozen=True)
class AnswerCounts:
    """Raw answers to one item in one round: `levels[i]` people chose level i+1.

    Not for the outside. Raises ValueError for a count that is not a whole number from 0 up.
    """

    levels: tuple[int, ...]
    does_not_know: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "levels", tuple(self.levels))
        for count in (*self.levels, self.does_not_know):
            if type(count) is not int or count < 0:  # a boolean is no count
                raise ValueError(f"Un effectif doit être un entier positif ou nul, reçu {count!r}.")

    @property
    def respondents(self) -> int:
        """People who answered the item, those who do not know included."""
        return sum(self.levels) + self.does_not_know


@dataclass(frozen=True)
class Suppressed:
    """Answers that stay inside. Carries no number: how few they are is not said either."""

    reason: str = field(default=TOO_FEW, init=False)

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class _Sealed:
    """What this module alone can build."""

    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError(f"{type(self).__name__} ne se construit que par core.disclosure.")


@dataclass(frozen=True)
class DisclosedDistribution(_Sealed):
    """One item's answers, cleared to leave. `levels[i]` people chose level i+1."""

    levels: tuple[int, ...]
    does_not_know: int

    @property
    def answers(self) -> int:
        """People who chose a level: the base of the median and of the agreement."""
        return sum(self.levels)

    @property
    def respondents(self) -> int:
        """People who answered, those who do not know included."""
        return self.answers + self.does_not_know


@dataclass(frozen=True)
class DisclosedDimension(_Sealed):
    """A dimension whose every item is cleared to leave.

    `respondents` is the smallest n of the items. `pooled` adds the answers of all items (one person
    counts once per item); None when the items do not share one scale length, since only scales of
    the same length are compared.
    """

    items: tuple[tuple[str, DisclosedDistribution], ...]
    respondents: int
    pooled: DisclosedDistribution | None


@dataclass(frozen=True)
class DisclosedCut(_Sealed):
    """A distribution cut in groups, cleared to leave.

    `remainder` holds everybody who is in no shown group (hidden groups and people without a group);
    None when nobody is. The hidden groups are not told apart.
    """

    groups: tuple[tuple[str, DisclosedDistribution], ...]
    remainder: DisclosedDistribution | None
    total: DisclosedDistribution


def enough_people(people: int, *, k: int = OUTSIDE_K) -> bool:
    """Whether what `people` said together may leave, where it is no distribution of levels."""
    _check_k(k)
    return people >= k


def disclose_distribution(
    counts: AnswerCounts, *, k: int = OUTSIDE_K
) -> DisclosedDistribution | Suppressed:
    """The whole distribution if at least k people answered, else nothing. ValueError if k < 3."""
    _check_k(k)
    return _sealed(counts) if counts.respondents >= k else Suppressed()


def disclose_dimension(
    items: Mapping[str, AnswerCounts], *, k: int = OUTSIDE_K
) -> DisclosedDimension | Suppressed:
    """All items of a dimension, or nothing if one of them has under k respondents.

    Raises ValueError for k < 3 or a dimension without items.
    """
    _check_k(k)
    if not items:
        raise ValueError("Une dimension sans énoncé n’a pas de résultat.")
    smallest = min(counts.respondents for counts in items.values())
    if smallest < k:
        return Suppressed()
    return DisclosedDimension(
        seal=_SEAL,
        items=tuple((code, _sealed(counts)) for code, counts in items.items()),
        respondents=smallest,
        pooled=_pool(tuple(items.values())),
    )


def disclose_cut(
    groups: Mapping[str, AnswerCounts], *, total: AnswerCounts, k: int = OUTSIDE_K
) -> DisclosedCut | Suppressed:
    """The groups that may be shown beside the total, the others merged in one remainder.

    Groups under k are hidden; while the remainder is a crowd of 1 to k-1, the smallest shown group
    joins it, because it could be found by subtracting the shown groups from the total. A cut with
    no group left says nothing and is suppressed. People of `total` may be in no group.

    Raises ValueError for k < 3, or groups that are not parts of the total.
    """
    _check_k(k)
    if total.respondents < k:
        return Suppressed()
    shown = {name: counts for name, counts in groups.items() if counts.respondents >= k}
    _subtract(total, tuple(groups.values()))
    remainder = _subtract(total, tuple(shown.values()))
    while shown and 0 < remainder.respondents < k:
        del shown[min(shown, key=lambda name: shown[name].respondents)]
        remainder = _subtract(total, tuple(shown.values()))
    if not shown:
        return Suppressed()
    return DisclosedCut(
        seal=_SEAL,
        groups=tuple((name, _sealed(counts)) for name, counts in shown.items()),
        remainder=_sealed(remainder) if remainder.respondents else None,
        total=_sealed(total),
    )


def to_snapshot(disclosed: DisclosedDistribution | Suppressed) -> dict[str, Any]:
    """What a publication keeps of a distribution: plain JSON."""
    if isinstance(disclosed, Suppressed):
        return {"suppressed": True}
    return {"levels": list(disclosed.levels), "does_not_know": disclosed.does_not_know}


def from_snapshot(
    snapshot: Mapping[str, Any], *, k: int = OUTSIDE_K
) -> DisclosedDistribution | Suppressed:
    """A published distribution read back, through the rule again: raising k hides old figures."""
    if snapshot.get("suppressed"):
        _check_k(k)
        return Suppressed()
    counts = AnswerCounts(tuple(snapshot["levels"]), snapshot["does_not_know"])
    return disclose_distribution(counts, k=k)


def _check_k(k: int) -> None:
    if isinstance(k, bool) or not isinstance(k, int) or k < SMALLEST_K:
        raise ValueError(f"Le seuil de divulgation ne peut pas être sous {SMALLEST_K}, reçu {k!r}.")


def _sealed(counts: AnswerCounts) -> DisclosedDistribution:
    return DisclosedDistribution(
        seal=_SEAL, levels=counts.levels, does_not_know=counts.does_not_know
    )


def _pool(items: tuple[AnswerCounts, ...]) -> DisclosedDistribution | None:
    if len({len(counts.levels) for counts in items}) > 1:
        return None
    levels = tuple(map(sum, zip(*(counts.levels for counts in items), strict=True)))
    return _sealed(AnswerCounts(levels, sum(counts.does_not_know for counts in items)))


def _subtract(total: AnswerCounts, groups: tuple[AnswerCounts, ...]) -> AnswerCounts:
    """Who is left of the total without these groups. ValueError if they are not its parts."""
    levels = list(total.levels)
    does_not_know = total.does_not_know
    for group in groups:
        if len(group.levels) != len(levels):
            raise ValueError("Un groupe n’a pas le même nombre de niveaux que le total.")
        levels = [whole - part for whole, part in zip(levels, group.levels, strict=True)]
        does_not_know -= group.does_not_know
    if min((*levels, does_not_know)) < 0:
        raise ValueError("Les groupes comptent plus de réponses que le total.")
    return AnswerCounts(tuple(levels), does_not_know)
