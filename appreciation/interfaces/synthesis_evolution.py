"""« Avant et maintenant » for a region, as the screen shows it: words beside words."""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.domain.synthesis.evolution import RegionEvolution
from appreciation.domain.synthesis.nouns import Cell
from appreciation.enums import FindingKind

TOO_FEW = "trop peu de réponses"
THEME_GROUPS = (
    ("lasting_themes", "Reviennent les deux fois"),
    ("new_themes", "Reviennent maintenant"),
    ("gone_themes", "Ne reviennent plus"),
)


@dataclass(frozen=True)
class EvolutionRow:
    community: str
    before: str
    now: str


@dataclass(frozen=True)
class EvolutionTable:
    title: str
    rows: tuple[EvolutionRow, ...]


@dataclass(frozen=True)
class ShownEvolution:
    evolution: RegionEvolution
    tables: tuple[EvolutionTable, ...]
    themes: tuple[tuple[str, tuple[str, ...]], ...]


def present_evolution(evolution: RegionEvolution) -> ShownEvolution:
    """One table per dimension, communities in rows; no difference is worked out."""
    return ShownEvolution(
        evolution=evolution,
        tables=tuple(
            EvolutionTable(
                dimension.name,
                tuple(
                    EvolutionRow(each.community, in_words(each.before), in_words(each.now))
                    for each in dimension.cells
                ),
            )
            for dimension in evolution.dimensions
        ),
        themes=tuple(
            (title, tuple(_theme(*each) for each in getattr(evolution, name)))
            for name, title in THEME_GROUPS
            if getattr(evolution, name)
        ),
    )


def in_words(cell: Cell) -> str:
    """What a cell says, shortest first: level in words, then agreement."""
    if cell.is_hidden:
        return TOO_FEW
    said = [cell.median_words or cell.agreed_label, cell.agreement_words]
    return ", ".join(filter(None, said)) or "pas de réponse"


def _theme(kind: str, label: str) -> str:
    return f"{label} ({FindingKind(kind).label})"
