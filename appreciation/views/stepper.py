"""The eight phases as a person sees them: which is done, which is now, which opens."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from appreciation.domain.phases import can_open_phase
from appreciation.enums import Phase
from appreciation.models import Appraisal
from core.typography import fr_date

SLUGS: dict[str, str] = {
    Phase.FRAMING: "decider",
    Phase.PORTRAIT: "portrait",
    Phase.CONVENING: "mobiliser",
    Phase.MEETING: "rencontre",
    Phase.RESTITUTION: "restituer",
    Phase.ACTION_PLAN: "choisir",
    Phase.SHARING: "partager",
    Phase.FOLLOW_UP: "suivre",
}
PHASES_BY_SLUG = {slug: Phase(phase) for phase, slug in SLUGS.items()}

SHORT_LABELS: dict[str, str] = {
    Phase.FRAMING: "Décider",
    Phase.PORTRAIT: "Portrait",
    Phase.CONVENING: "Mobiliser",
    Phase.MEETING: "Rencontre",
    Phase.RESTITUTION: "Restituer",
    Phase.ACTION_PLAN: "Choisir",
    Phase.SHARING: "Partager",
    Phase.FOLLOW_UP: "Suivre",
}


@dataclass(frozen=True)
class Step:
    """One mark of the stepper. `url` is empty while the phase cannot be opened."""

    number: int
    phase: str
    label: str
    detail: str
    status: str
    url: str
    is_shown: bool

    @property
    def css_class(self) -> str:
        return {"faite": "done", "en cours": "now"}.get(self.status, "later")


def step_url(appraisal: Appraisal, phase: str) -> str:
    return reverse("space:step", args=[appraisal.reference, SLUGS[phase]])


def stepper(appraisal: Appraisal, shown: str = "") -> dict[str, object]:
    """The context of `space/_stepper.html`; `shown` is the phase whose page is open."""
    steps = [_step(appraisal, number, phase, shown) for number, phase in enumerate(Phase, start=1)]
    named = shown or appraisal.phase
    return {"steps": steps, "step_named": next(step for step in steps if step.phase == named)}


def _step(appraisal: Appraisal, number: int, phase: Phase, shown: str) -> Step:
    done_at = appraisal.phase_done_at(phase)
    if done_at is not None:
        status, detail = "faite", fr_date(done_at)
    elif phase == appraisal.phase:
        status, detail = "en cours", "en cours"
    else:
        status, detail = "à venir", _expected(appraisal, phase)
    return Step(
        number=number,
        phase=phase,
        label=SHORT_LABELS[phase],
        detail=detail,
        status=status,
        url=step_url(appraisal, phase) if can_open_phase(appraisal, phase) else "",
        is_shown=phase == shown,
    )


def _expected(appraisal: Appraisal, phase: Phase) -> str:
    if phase == Phase.MEETING and appraisal.expected_on:
        return fr_date(appraisal.expected_on)
    if phase == Phase.FOLLOW_UP:
        return "3, 6, 12, 24 mois"
    return "à venir"
