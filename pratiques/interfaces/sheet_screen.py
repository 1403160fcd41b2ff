"""What the public page of a sheet shows, in its order: the story, then the margin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from core.shapes import known_shape, short_name
from core.typography import join_words
from pratiques.domain.completeness import left_to_complete
from pratiques.enums import EVIDENCE_MEANINGS, EvidenceStatus

if TYPE_CHECKING:
    from pratiques.models import PracticePage


@dataclass(frozen=True)
class Section:
    """A part of the story. `is_wished`: empty, it is shown all the same, « à compléter »."""

    anchor: str
    heading: str
    field: str
    text: str
    is_wished: bool

    @property
    def is_shown(self) -> bool:
        return self.is_wished or bool(self.text)


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder of evidence."""

    name: str
    meaning: str
    is_reached: bool
    is_here: bool


@dataclass(frozen=True)
class SheetScreen:
    beginning: list[Section]
    lessons: list[Section]
    where: str
    shapes: list[int]
    rungs: list[Rung]
    to_complete: frozenset[str]
    is_overdue: bool

    @property
    def rung(self) -> Rung:
        return next(rung for rung in self.rungs if rung.is_here)


def sheet_screen(page: PracticePage) -> SheetScreen:
    empty = frozenset(left_to_complete(page))

    def section(anchor: str, heading: str, field: str, *, wished: bool = True) -> Section:
        return Section(anchor, heading, field, getattr(page, field), wished)

    beginning = [
        section("depart", "Au départ", "situation"),
        section("visees", "Ce qu’on a voulu", "aims"),
        section("comment", "Comment on s’y est pris", "approach"),
        section("qui", "Qui a participé", "concerned_people"),
    ]
    lessons = [
        section("conditions", "Ce qui a aidé", "success_conditions"),
        section("vigilance", "À surveiller", "watch_points", wished=False),
        section("adapter", "Pour l’adapter chez vous", "adaptation"),
        section("suite", "La suite", "sequel", wished=False),
    ]
    return SheetScreen(
        beginning=[one for one in beginning if one.is_shown],
        lessons=[one for one in lessons if one.is_shown],
        where=_where(page),
        shapes=_shapes(page),
        rungs=_rungs(page.status),
        to_complete=empty,
        is_overdue=bool(page.review_due_on) and page.review_due_on <= timezone.localdate(),
    )


def _territories(page: PracticePage) -> list[str]:
    found = [place.territory for place in page.places.all()]
    return list(dict.fromkeys(place.name for place in found if place is not None))


def _where(page: PracticePage) -> str:
    """« Rivière-Exemple, Mékinac »: the places, then the territories that they do not name."""
    names = [short_name(place.name) for place in page.places.all()]
    around = [short_name(name) for name in _territories(page)]
    return ", ".join(
        part
        for part in (join_words(names), join_words([n for n in around if n not in names]))
        if part
    )


def _shapes(page: PracticePage) -> list[int]:
    """Of the territories whose shape is the same on every page, whatever the others are."""
    known = [known_shape(name) for name in _territories(page)]
    return [shape for shape in known if shape is not None]


def _rungs(status: str) -> list[Rung]:
    rank = EvidenceStatus.values.index(status)
    return [
        Rung(str(one.label), EVIDENCE_MEANINGS[one], number <= rank, number == rank)
        for number, one in enumerate(EvidenceStatus)
    ]
