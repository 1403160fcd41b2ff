"""« Avant / maintenant » for a region: two syntheses side by side, only where they may be compared.

The same named communities, the same instrument in the same version, on scales of one length, with
answers that leave both times. Words and medians stand beside each other; nothing is averaged, no
difference is worked out, no arrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appreciation.domain.report.nouns import LeftOut
from appreciation.domain.synthesis.nouns import Cell, Matrix, Source, SynthesisRead
from core.disclosure import DisclosedDistribution
from core.search_words import fold

SAME_APPRAISAL = "C’est la même démarche dans les deux synthèses."
HISTORICAL = "Une des deux démarches est historique: elle n’a pas de chiffres."
OTHER_INSTRUMENT = "L’instrument ou sa version a changé: les énoncés ont pu changer."
NO_SHARED_ANSWERS = "Aucune dimension ne montre de réponses les deux fois."
RECURS_FROM = 2


@dataclass(frozen=True)
class ComparedCell:
    """A community on one dimension, at the two times."""

    community: str
    before: Cell
    now: Cell


@dataclass(frozen=True)
class ComparedDimension:
    """`labels` are the words of the levels now."""

    code: str
    name: str
    scale_length: int
    labels: tuple[str, ...]
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True)
class RegionEvolution:
    """`returned`, `new` and `gone`: communities read both times, only now, only before. Themes by
    name: those that recur both times, only now, only before.
    """

    before_year: int
    now_year: int
    returned: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    dimensions: tuple[ComparedDimension, ...]
    left_out: tuple[LeftOut, ...]
    lasting_themes: tuple[tuple[str, str], ...]
    new_themes: tuple[tuple[str, str], ...]
    gone_themes: tuple[tuple[str, str], ...]


def compare_syntheses(*, before: SynthesisRead, now: SynthesisRead) -> RegionEvolution:
    """The two readings, each already trimmed to who will read: what one withholds is not compared.

    Where a community stands twice in one synthesis, its last démarche is taken.
    """
    first, last = _by_community(before.sources), _by_community(now.sources)
    returned = [place for place in last if place in first]
    left_out, pairs = [], []
    for place in returned:
        reason = _reason(first[place], last[place])
        if reason:
            left_out.append(LeftOut(last[place].name, reason))
        else:
            pairs.append((first[place], last[place]))
    dimensions = _dimensions(before, now, pairs)
    compared = {cell.community for each in dimensions for cell in each.cells}
    left_out += [
        LeftOut(source.name, NO_SHARED_ANSWERS)
        for _, source in pairs
        if source.name not in compared
    ]
    old, new = _recurring(before), _recurring(now)
    return RegionEvolution(
        before_year=before.year,
        now_year=now.year,
        returned=tuple(last[place].name for place in returned),
        new=tuple(last[place].name for place in last if place not in first),
        gone=tuple(first[place].name for place in first if place not in last),
        dimensions=dimensions,
        left_out=tuple(left_out),
        lasting_themes=tuple(theme for key, theme in new.items() if key in old),
        new_themes=tuple(theme for key, theme in new.items() if key not in old),
        gone_themes=tuple(theme for key, theme in old.items() if key not in new),
    )


def _by_community(sources: Iterable[Source]) -> dict[str, Source]:
    """Named ones, by the address of their place. The last in date of each."""
    named = [each for each in sources if each.community]
    dated = sorted(named, key=lambda each: (each.year or 0, str(each.held_on or "")))
    latest = {each.community: each for each in dated}
    return {each.community: each for each in named if latest[each.community] is each}


def _reason(before: Source, now: Source) -> str:
    if before.slug and before.slug == now.slug:
        return SAME_APPRAISAL
    if before.is_historical or now.is_historical:
        return HISTORICAL
    then = (before.instrument, before.instrument_version)
    return "" if then == (now.instrument, now.instrument_version) else OTHER_INSTRUMENT


def _dimensions(
    before: SynthesisRead, now: SynthesisRead, pairs: list[tuple[Source, Source]]
) -> tuple[ComparedDimension, ...]:
    old = {
        (matrix.scale_length, row.code, cell.source): cell
        for matrix in before.matrices
        for row in matrix.rows
        for cell in row.cells
    }
    first = {last.key: source.key for source, last in pairs}
    names = {last.key: last.name for _, last in pairs}
    found = []
    for matrix in now.matrices:
        for row in matrix.rows:
            cells = []
            for cell in row.cells:
                then = old.get((matrix.scale_length, row.code, first.get(cell.source, "")))
                if then is not None and _may_be_compared(then, cell):
                    cells.append(ComparedCell(names[cell.source], then, cell))
            if cells:
                found.append(_compared(matrix, row.code, row.name, cells))
    return tuple(found)


def _compared(matrix: Matrix, code: str, name: str, cells: list[ComparedCell]) -> ComparedDimension:
    return ComparedDimension(code, name, matrix.scale_length, matrix.labels, tuple(cells))


def _may_be_compared(before: Cell, now: Cell) -> bool:
    """Counted both times, or said in words both times."""
    counted = [isinstance(each.distribution, DisclosedDistribution) for each in (before, now)]
    if any(counted):
        return all(counted)
    return bool(before.agreement_words and now.agreement_words)


def _recurring(read: SynthesisRead) -> dict[tuple[str, str], tuple[str, str]]:
    """Kind and name of the themes that at least two démarches mention."""
    return {
        (each.kind, fold(each.label)): (each.kind, each.label)
        for each in read.recurrences
        if len(each.sources) >= RECURS_FROM
    }
