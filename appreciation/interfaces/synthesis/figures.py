"""The drawn figures of a synthesis: spreads of medians, and the exit questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from appreciation.domain.synthesis.nouns import ExitRead, Matrix, SynthesisRead
from appreciation.interfaces.synthesis.matrix import source_of
from appreciation.interfaces.synthesis.sources import NamedSource, territory_shapes
from core.charts import (
    BarRow,
    DistributionBars,
    LevelScale,
    MedianSpread,
    SpreadGroup,
    SpreadPoint,
    SpreadRow,
)
from core.charts.scale import FEWEST, MOST
from core.disclosure import DisclosedDistribution
from core.typography import NBSP, fr_number

SPREAD_TITLE = "L’éventail des médianes, par territoire"
EXIT_TITLE = "Ce que les gens ont pensé de leur rencontre"
FEWEST_COMPARED = 2


def spreads_of(read: SynthesisRead) -> tuple[MedianSpread, ...]:
    """One per scale length; none for a matrix without any distribution."""
    made = (_spread(read, matrix, number) for number, matrix in enumerate(read.matrices, 1))
    return tuple(each for each in made if any(row.points for row in each.rows))


def exit_figures(
    read: SynthesisRead, named: Mapping[str, NamedSource], kept: Collection[str]
) -> tuple[DistributionBars, ...]:
    """One per question and its words: a bar for each démarche among `kept`."""
    asked: dict[tuple[str, tuple[str, ...]], list[ExitRead]] = {}
    for each in read.exits:
        if each.source in kept and FEWEST <= len(each.labels) <= MOST:
            asked.setdefault((each.question, each.labels), []).append(each)
    return tuple(
        DistributionBars(
            identifier=f"evaluation-{number}",
            title=question if len(asked) > 1 else f"{EXIT_TITLE}{NBSP}: {question}",
            sentence=_exit_sentence(reads),
            source=source_of(read),
            scale=LevelScale(labels, unknown_label=_unknown(reads)),
            rows=tuple(
                BarRow(label=named[each.source].name, distribution=each.distribution)
                for each in reads
            ),
            row_heading="Démarche",
        )
        for number, ((question, labels), reads) in enumerate(asked.items(), 1)
    )


def _spread(read: SynthesisRead, matrix: Matrix, number: int) -> MedianSpread:
    territories = {key: read.source(key).territory for key in matrix.sources}
    shapes = territory_shapes(read)
    names = sorted(set(territories.values()), key=lambda name: (not name, name))
    many = len(read.matrices) > 1
    rows = tuple(
        SpreadRow(
            label=row.name,
            points=tuple(
                SpreadPoint(
                    group=territories[cell.source],
                    distribution=cell.distribution,
                    median=cell.median,
                )
                for cell in row.cells
                if cell.distribution is not None
            ),
        )
        for row in matrix.rows
    )
    return MedianSpread(
        identifier=f"etendue-{number}",
        title=f"{SPREAD_TITLE}, sur {matrix.scale_length} niveaux" if many else SPREAD_TITLE,
        sentence=_spread_sentence(rows),
        source=source_of(read),
        labels=matrix.labels,
        groups=tuple(SpreadGroup(name=name, shape=shapes.get(name)) for name in names),
        rows=rows,
    )


def _spread_sentence(rows: tuple[SpreadRow, ...]) -> str:
    """Where communities see things alike, and where not; about dimensions, never communities."""
    told = "Chaque marque est la médiane d’une communauté."
    wide = [
        (row.label, min(values), max(values))
        for row in rows
        if len(values := [value for _, value in row.shown]) >= FEWEST_COMPARED
    ]
    if not wide:
        return told
    name, low, high = max(wide, key=lambda each: each[2] - each[1])
    if low == high:
        return f"{told} Les communautés comparées ont la même, partout."
    return f"{told} L’éventail le plus large{NBSP}: {name}, {_between(low, high)}."


def _between(low: Fraction, high: Fraction) -> str:
    return f"de {fr_number(low)} à {fr_number(high)}"


def _exit_sentence(reads: list[ExitRead]) -> str:
    shown = sum(isinstance(each.distribution, DisclosedDistribution) for each in reads)
    hidden = len(reads) - shown
    told = f"{shown} démarches peuvent dire ce que leurs participants ont répondu en partant."
    if shown == 1:
        told = "Une démarche peut dire ce que ses participants ont répondu en partant."
    return f"{told} Trop peu de réponses ailleurs{NBSP}: {hidden}." if hidden else told


def _unknown(reads: list[ExitRead]) -> str:
    said = (
        each.distribution.does_not_know
        for each in reads
        if isinstance(each.distribution, DisclosedDistribution)
    )
    return "Ne sait pas" if any(said) else ""
