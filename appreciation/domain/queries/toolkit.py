"""Reading the toolkit: its phases in order, one query whatever they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appreciation.enums import Phase

if TYPE_CHECKING:
    from appreciation.models import ToolkitPage, ToolkitStepPage


@dataclass(frozen=True)
class Stop:
    """One of the eight phases of the toolkit; `page` is None while nobody published it."""

    number: int
    phase: Phase
    page: ToolkitStepPage | None
    is_here: bool = False

    @property
    def label(self) -> str:
        return self.phase.label


def toolkit_stops(shown: ToolkitStepPage | None = None) -> list[Stop]:
    """The eight phases, in their order. `shown` is the page being read, or previewed unsaved."""
    pages = {page.phase: page for page in live_steps()}
    if shown:
        pages[shown.phase] = shown
    return [
        Stop(number, phase, pages.get(phase), shown is not None and phase == shown.phase)
        for number, phase in enumerate(Phase, start=1)
    ]


def live_steps() -> list[ToolkitStepPage]:
    """Live pages, that anybody may read, in the order of the phases."""
    from appreciation.models import ToolkitStepPage

    pages = ToolkitStepPage.objects.live().filter(view_restrictions__isnull=True)
    return sorted(pages, key=lambda page: list(Phase).index(Phase(page.phase)))


def live_step(phase: str) -> ToolkitStepPage | None:
    from appreciation.models import ToolkitStepPage

    pages = ToolkitStepPage.objects.live().filter(view_restrictions__isnull=True)
    return pages.filter(phase=phase).first()


def live_toolkit() -> ToolkitPage | None:
    from appreciation.models import ToolkitPage

    return ToolkitPage.objects.live().filter(view_restrictions__isnull=True).first()
