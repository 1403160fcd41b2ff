"""What the register's pages show of an edition, in words and shapes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from appreciation.domain.editions import Entry
from appreciation.enums import Phase, PublicationLevel
from appreciation.models.publications import Publication
from core.shapes import shapes_for

NUMBERS = (
    "Zéro",
    "Une",
    "Deux",
    "Trois",
    "Quatre",
    "Cinq",
    "Six",
    "Sept",
    "Huit",
    "Neuf",
    "Dix",
    "Onze",
    "Douze",
    "Treize",
    "Quatorze",
    "Quinze",
    "Seize",
)
HISTORICAL_WORDS = "Historique, non comparable"
PHASES_DONE = len(Phase.values) + 1

LEVEL_MEANINGS = {
    PublicationLevel.REGION: "Réservé aux personnes qui animent ou coordonnent dans la région.",
    PublicationLevel.SUMMARY: "Les constats et la suite choisie, sans le détail des réponses.",
    PublicationLevel.FULL: "Les constats, la suite choisie et les réponses regroupées.",
}


@dataclass(frozen=True)
class Line:
    """`shape` is that of the territory; `step` from 1 to 8, 9 when the tour is complete."""

    edition: Publication
    entry: Entry
    shape: int | None
    step: int
    phase_label: str
    meeting_on: dt.date | None


def lines_of(editions: Iterable[Publication], territories: Iterable[str]) -> list[Line]:
    """`territories`: the names of all those of the site."""
    names = sorted(territories)
    shapes = dict(zip(names, shapes_for(names), strict=True))
    return [_line(edition, shapes) for edition in editions]


def communities_in_words(number: int) -> str:
    if number == 0:
        return "Le registre des démarches"
    if number == 1:
        return "Une communauté s’est regardée."
    words = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{words} communautés se sont regardées."


def results_in_words(number: int) -> str:
    if number == 0:
        return "Aucune démarche"
    return f"{number} démarche{'s' if number > 1 else ''}"


def _line(edition: Publication, shapes: dict[str, int]) -> Line:
    entry = Entry.from_json(edition.entry)
    return Line(
        edition=edition,
        entry=entry,
        shape=shapes.get(edition.territory.name) if edition.territory else None,
        step=PHASES_DONE if entry.is_complete else Phase.values.index(entry.phase) + 1,
        phase_label=str(Phase(entry.phase).label),
        meeting_on=dt.date.fromisoformat(entry.meeting_on) if entry.meeting_on else None,
    )
