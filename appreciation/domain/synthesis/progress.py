"""Where a synthesis stands: what is done of each step, and the next one, from the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from appreciation.enums import SourceShown
from appreciation.models import Synthesis, SynthesisEdition

STEPS = (
    (
        "synthesis_choice",
        "Choisir les démarches",
        "On voit tout de suite ce qui se compare, et pourquoi le reste ne se compare pas.",
    ),
    (
        "synthesis_themes",
        "Classer ce qui revient",
        "Rangez les forces, les défis et les pistes sous des thèmes. Le site propose des "
        "rapprochements; c’est vous qui décidez.",
    ),
    (
        "synthesis_words",
        "Écrire entre les figures",
        "Les paragraphes, une page par démarche, et des mots cités avec permission.",
    ),
    (
        "synthesis_editions",
        "Figer les figures",
        "Datées, avec l’empreinte des données: ce qui changera ensuite sera dit.",
    ),
    (
        "synthesis_editions",
        "Publier",
        "La page, le rapport, le diaporama et la feuille simple viennent de la même édition.",
    ),
)
"""Name of the screen, title, and why."""


@dataclass(frozen=True)
class WorkshopStep:
    """`name` tells the screen; `done` in words, empty while nothing is there."""

    name: str
    title: str
    why: str
    done: str

    @property
    def is_done(self) -> bool:
        return bool(self.done)


@dataclass(frozen=True)
class SynthesisProgress:
    steps: tuple[WorkshopStep, ...]

    @property
    def next(self) -> WorkshopStep | None:
        """The first step where nothing was done yet."""
        return next((step for step in self.steps if not step.is_done), None)


def synthesis_progress(synthesis: Synthesis) -> SynthesisProgress:
    """The five steps of the workshop. Steps are computed, never ticked: two people work at once.

    Three queries.
    """
    chosen = synthesis.sources.aggregate(
        taken=Count("pk", filter=~Q(shown=SourceShown.OPTED_OUT)),
        stories=Count("pk", filter=~Q(story="")),
    )
    counted = (
        Synthesis.objects.filter(pk=synthesis.pk)
        .annotate(
            classified=Count("coded__finding_key", distinct=True),
            written=Count("texts", distinct=True),
            quoted=Count("quotes", distinct=True),
            frozen=Count("editions", distinct=True),
            is_out=Exists(SynthesisEdition.objects.out().filter(synthesis=OuterRef("pk"))),
        )
        .values("classified", "written", "quoted", "frozen", "is_out")
        .get()
    )
    words = [
        _counted(counted["written"], "paragraphe écrit", "paragraphes écrits"),
        _counted(chosen["stories"], "histoire", "histoires"),
        _counted(counted["quoted"], "citation", "citations"),
    ]
    done = (
        _counted(chosen["taken"], "démarche retenue", "démarches retenues"),
        _counted(counted["classified"], "constat classé", "constats classés"),
        ", ".join(filter(None, words)),
        _counted(counted["frozen"], "édition figée", "éditions figées"),
        "en ligne" if counted["is_out"] else "",
    )
    return SynthesisProgress(
        tuple(WorkshopStep(*step, told) for step, told in zip(STEPS, done, strict=True))
    )


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
