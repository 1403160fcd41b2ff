"""Sheets beside a sheet: same issue, same dimension, same kind of milieu; and why, in words.

Pure, and in the same order whatever order the sheets come in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.typography import NBSP, join_words
from pratiques.domain.suggestions import LADDER, Candidate
from pratiques.enums import MilieuKind

AT_MOST = 3


@dataclass(frozen=True)
class Related:
    key: int
    reasons: tuple[str, ...]


def relate(sheet: Candidate, others: Iterable[Candidate]) -> tuple[Related, ...]:
    """Three at most. A sheet of another issue and another dimension is not related, however alike.

    The most shared issues first, then dimensions, then the same kind of milieu, then the place on
    the ladder, then the last checked.
    """
    alike = [each for each in others if each.key != sheet.key and _shares_something(sheet, each)]
    ranked = sorted(alike, key=lambda each: _farness(sheet, each))[:AT_MOST]
    return tuple(Related(each.key, tuple(_reasons(sheet, each))) for each in ranked)


def _shares_something(sheet: Candidate, other: Candidate) -> bool:
    return bool(sheet.issues & other.issues or sheet.dimensions & other.dimensions)


def _farness(sheet: Candidate, other: Candidate) -> tuple[int, ...]:
    return (
        -len(sheet.issues & other.issues),
        -len(sheet.dimensions & other.dimensions),
        not (sheet.kind and sheet.kind == other.kind),
        -LADDER.index(other.status),
        -(other.verified_on.toordinal() if other.verified_on else 0),
        -other.key,
    )


def _reasons(sheet: Candidate, other: Candidate) -> Iterator[str]:
    if issues := sorted(sheet.issues & other.issues):
        yield f"même enjeu{NBSP}: {join_words(issues)}"
    if dimensions := sorted(sheet.dimensions & other.dimensions):
        yield f"même dimension{NBSP}: {join_words(dimensions)}"
    if sheet.kind and sheet.kind == other.kind:
        yield f"même genre de milieu{NBSP}: {MilieuKind(sheet.kind).label}"
