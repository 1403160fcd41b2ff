"""The sheets nearest to one, found among thousands by their bits: the order of `domain.related`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pratiques.domain.queries.facet_index import FacetIndex
from pratiques.domain.related import AT_MOST
from pratiques.domain.suggestions import LADDER, Candidate


def nearest(sheet: Candidate, index: FacetIndex, *, with_demo: bool) -> list[int]:
    """Keys of the few that `relate` would choose among all; issues and dimensions as codes.

    Fictitious sheets stand beside fictitious ones only.
    """
    allowed = index.everything if with_demo else index.everything & ~index.invented
    allowed &= ~index.mask_of([sheet.key])
    found: list[int] = []
    for group in _groups(sheet, index):
        found += _first(group & allowed, index, AT_MOST - len(found))
        if len(found) == AT_MOST:
            break
    return found


def _groups(sheet: Candidate, index: FacetIndex) -> Iterator[int]:
    """The most shared issues first, then dimensions, the same kind of milieu, the proof."""
    kind = index.kinds.get(sheet.kind, 0) if sheet.kind else 0
    by_issues = _by_number_shared(_masks(index, "enjeu", sheet.issues), index.everything)
    by_dimensions = _by_number_shared(
        _masks(index, "dimension", sheet.dimensions), index.everything
    )
    for issues, same_issues in by_issues:
        for dimensions, same_dimensions in by_dimensions:
            shared = same_issues & same_dimensions if issues or dimensions else 0
            for of_kind in (shared & kind, shared & ~kind) if shared else ():
                for status in reversed(LADDER):
                    yield of_kind & index.masks["statut"].get(status, 0)


def _masks(index: FacetIndex, facet: str, codes: Iterable[str]) -> list[int]:
    return [index.masks[facet].get(code, 0) for code in codes]


def _by_number_shared(masks: list[int], everything: int) -> list[tuple[int, int]]:
    """How many of these are borne, and by which sheets exactly: the most first."""
    at_least = [everything, *(0 for _ in masks), 0]
    for mask in masks:
        for number in range(len(masks), 0, -1):
            at_least[number] |= at_least[number - 1] & mask
    return [
        (number, at_least[number] & ~at_least[number + 1]) for number in range(len(masks), -1, -1)
    ]


def _first(group: int, index: FacetIndex, number: int) -> list[int]:
    """The last checked among them: sheets stand in that order."""
    found: list[int] = []
    while group and len(found) < number:
        lowest = group & -group
        found.append(index.ids[lowest.bit_length() - 1])
        group ^= lowest
    return found
