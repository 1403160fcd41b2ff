"""Dimensions × démarches: cells in words, in tables that fit on a screen and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from appreciation.domain.synthesis.nouns import Cell, Matrix, SynthesisRead
from appreciation.domain.wording import CLEAR, OPPOSED, PARTIAL, SHARED
from appreciation.interfaces.synthesis.sources import (
    PER_BLOCK,
    NamedSource,
    counted,
    groups_of,
)
from core.charts import LevelScale
from core.charts.scale import MOST
from core.disclosure import TOO_FEW
from core.typography import NBSP, fr_date, fr_percent, join_words

NOTHING = "rien de publié"
TITLE = "Par dimension et par démarche"


@dataclass(frozen=True)
class CellShown:
    """`mark` is the level in its tint; everything that the tint says is in the words."""

    mark: str
    css_class: str
    median: str
    agreement: str
    unknown: str
    agreed: str
    is_hidden: bool
    is_empty: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """What the cell says, most important first."""
        if self.is_hidden:
            return tuple(filter(None, (TOO_FEW, self.agreed)))
        if self.is_empty:
            return (NOTHING,)
        return tuple(filter(None, (self.median, self.agreement, self.agreed, self.unknown)))

    @property
    def words(self) -> str:
        text = ", ".join(self.lines)
        return f"{self.mark}{NBSP}· {text}" if self.mark else text


@dataclass(frozen=True)
class MatrixBlock:
    """Some of the démarches, by all the dimensions."""

    caption: str
    columns: tuple[NamedSource, ...]
    rows: tuple[tuple[str, tuple[CellShown, ...]], ...]


@dataclass(frozen=True)
class Level:
    """A level in its tint and in words."""

    number: int
    css_class: str
    label: str


@dataclass(frozen=True)
class MatrixShown:
    identifier: str
    title: str
    sentence: str
    source: str
    caution: str
    legend: tuple[Level, ...]
    blocks: tuple[MatrixBlock, ...]


def show_matrices(
    read: SynthesisRead, named: Mapping[str, NamedSource], kept: Collection[str]
) -> tuple[MatrixShown, ...]:
    """Those that have a démarche among `kept`, whose columns alone are shown."""
    return tuple(
        _shown(read, matrix, named, kept, number)
        for number, matrix in enumerate(read.matrices, 1)
        if any(key in kept for key in matrix.sources)
    )


def source_of(read: SynthesisRead) -> str:
    """Where the figures come from, and on which day they were frozen."""
    when = f"figée le {fr_date(read.frozen_on)}" if read.frozen_on else "version de travail"
    return f"éditions publiées des démarches; synthèse {read.reference}, {when}"


def title_of(read: SynthesisRead, matrix: Matrix) -> str:
    if len(read.matrices) == 1:
        return TITLE
    return f"{TITLE}, sur une échelle de {matrix.scale_length} niveaux"


def legend_of(matrix: Matrix) -> tuple[Level, ...]:
    """Nothing for a scale that has more levels than we have tints: its cells have words."""
    if matrix.scale_length > MOST:
        return ()
    scale = LevelScale(matrix.labels)
    return tuple(
        Level(number, scale.css_class(number), label)
        for number, label in enumerate(scale.labels, 1)
    )


def show_cell(cell: Cell, scale_length: int) -> CellShown:
    mark, level = "", None
    if cell.median is not None:
        low, high = cell.median.__floor__(), cell.median.__ceil__()
        mark = str(low) if low == high else f"{low}–{high}"
        level = low if low == high else None
    elif cell.agreed_level and not cell.is_hidden:
        level, mark = cell.agreed_level, str(cell.agreed_level)
    tinted = f"lvl-{level}-of-{scale_length}" if level and scale_length <= MOST else ""
    share = cell.does_not_know_share
    return CellShown(
        mark=mark,
        css_class=tinted,
        median=cell.median_words,
        agreement=cell.agreement_words,
        unknown=f"{fr_percent(share)} ne savent pas" if share else "",
        agreed=f"Convenu{NBSP}: {cell.agreed_label}" if cell.agreed_label else "",
        is_hidden=cell.is_hidden,
        is_empty=cell.is_empty,
    )


def _shown(
    read: SynthesisRead,
    matrix: Matrix,
    named: Mapping[str, NamedSource],
    kept: Collection[str],
    number: int,
) -> MatrixShown:
    places = [place for place, key in enumerate(matrix.sources) if key in kept]
    alike = "" if matrix.is_worded_alike else _other_words(matrix)
    title = title_of(read, matrix)
    return MatrixShown(
        identifier=f"matrice-{number}",
        title=title,
        sentence=_sentence(matrix, places),
        source=source_of(read),
        caution=alike,
        legend=legend_of(matrix),
        blocks=tuple(_blocks(matrix, named, places, title)),
    )


def _blocks(
    matrix: Matrix, named: Mapping[str, NamedSource], places: list[int], title: str
) -> Iterator[MatrixBlock]:
    first = 1
    for group in groups_of(places, PER_BLOCK):
        last = first + len(group) - 1
        which = f"démarches {first} à {last} de {len(places)}" if len(group) < len(places) else ""
        yield MatrixBlock(
            caption=", ".join(filter(None, (title, which))),
            columns=tuple(named[matrix.sources[place]] for place in group),
            rows=tuple(
                (
                    row.name,
                    tuple(show_cell(row.cells[place], matrix.scale_length) for place in group),
                )
                for row in matrix.rows
            ),
        )
        first = last + 1


def _sentence(matrix: Matrix, places: list[int]) -> str:
    """How much agreement there is in the cells, and how many are hidden: no community is named."""
    cells = [row.cells[place] for row in matrix.rows for place in places]
    said = Counter(cell.agreement_words for cell in cells)
    told = [
        f"{words} dans {counted(said[words], 'case', 'cases')}"
        for words in (CLEAR, PARTIAL, SHARED, OPPOSED)
        if said[words]
    ]
    words = join_words(told) or "aucun accord ne peut être dit"
    hidden = sum(cell.is_hidden for cell in cells)
    masked = f" Trop peu de réponses dans {counted(hidden, 'case', 'cases')}." if hidden else ""
    many = counted(len(places), "démarche", "démarches")
    return f"{many}{NBSP}: {words}.{masked}"


def _other_words(matrix: Matrix) -> str:
    usual = join_words([f"«{NBSP}{label}{NBSP}»" for label in matrix.labels])
    return (
        f"Les grilles ont {matrix.scale_length} niveaux, mais pas les mêmes mots. La légende donne "
        f"les plus courants{NBSP}: {usual}. Comparez avec prudence."
    )
