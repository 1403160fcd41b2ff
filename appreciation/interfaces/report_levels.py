"""What leaves at each publication level, line by line, for the privacy preview."""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.enums import PUBLICATION_ORDER, PublicationLevel
from appreciation.models import Appraisal

READERS = {
    PublicationLevel.PRIVATE: "l’équipe de la démarche seulement",
    PublicationLevel.REGION: "les personnes de la région qui animent ou coordonnent",
    PublicationLevel.SUMMARY: "tout le monde, au registre",
    PublicationLevel.FULL: "tout le monde, au registre",
}
SUMMARY_PARTS = (
    "qui, quand, combien",
    "forces, défis et pistes",
    "niveaux convenus",
    "mots de l’accord",
    "ordre des pistes choisies avec des points",
    "actions",
)
DETAILED_PARTS = (
    *SUMMARY_PARTS,
    "répartitions et tableaux (CSV)",
    "nombre de points de chaque piste",
    "questions de sortie",
    "photos choisies des grandes feuilles",
    "leçons de l’équipe",
)
QUOTES = "citations et mots de la salle choisis"


@dataclass(frozen=True)
class LevelLine:
    level: str
    label: str
    readers: str
    shown: tuple[str, ...]
    kept: tuple[str, ...]
    is_chosen: bool
    is_announced: bool
    is_beyond: bool


def level_lines(appraisal: Appraisal, *, chosen: str) -> list[LevelLine]:
    """The four levels in order. `is_beyond`: further than what participants were told."""
    announced = PUBLICATION_ORDER.index(PublicationLevel(appraisal.announced_level))
    everything = (*DETAILED_PARTS, QUOTES)
    lines = []
    for place, level in enumerate(PUBLICATION_ORDER):
        shown = _shown(level, has_quotes=appraisal.quotes_announced)
        lines.append(
            LevelLine(
                level=str(level),
                label=str(level.label),
                readers=READERS[level],
                shown=shown,
                kept=tuple(part for part in everything if part not in shown),
                is_chosen=level == chosen,
                is_announced=place == announced,
                is_beyond=place > announced,
            )
        )
    return lines


def _shown(level: PublicationLevel, *, has_quotes: bool) -> tuple[str, ...]:
    if level == PublicationLevel.PRIVATE:
        return ()
    if level == PublicationLevel.SUMMARY:
        return SUMMARY_PARTS
    return (*DETAILED_PARTS, QUOTES) if has_quotes else DETAILED_PARTS
