"""One démarche: the next thing to do, once, big; everything else lower and quieter."""

from __future__ import annotations

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from appreciation.domain.handover import last_handover
from appreciation.domain.phases import can_open_phase
from appreciation.domain.queries.journal import gesture_label
from appreciation.domain.queries.progress import progress_of
from appreciation.domain.queries.tasks import next_tasks
from appreciation.domain.steps import GUIDES, next_thing
from appreciation.domain.team import can_edit
from appreciation.enums import EvaluationPurpose, Phase, Purpose
from appreciation.models import Appraisal
from appreciation.views.destinations import destination_url
from appreciation.views.guards import appraisal_view
from appreciation.views.stepper import SHORT_LABELS, step_url, stepper


@appraisal_view("GET", "HEAD")
def appraisal_overview(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    progress = progress_of(appraisal)
    thing = next_thing(appraisal, progress)
    last = appraisal.transitions.first()
    context = {
        "appraisal": appraisal,
        "thing": thing,
        "thing_url": destination_url(appraisal, thing, progress),
        "step_url": step_url(appraisal, appraisal.phase),
        "then": _then(appraisal),
        "progress": progress,
        "purposes": _labels(Purpose, appraisal.purposes),
        "evaluation_purposes": _labels(EvaluationPurpose, appraisal.evaluation_purposes),
        "handover": last_handover(appraisal),
        "next_tasks": next_tasks(appraisal, progress, timezone.localdate()),
        "members": appraisal.memberships.select_related("user"),
        "can_edit": can_edit(appraisal, request.user),
        "last_gesture": last,
        "last_words": gesture_label(last.name) if last else "",
        **stepper(appraisal),
    }
    return render(request, "space/appraisal.html", context)


def _labels(choices: type[TextChoices], codes: list[str]) -> list[str]:
    """In the order of the form, whatever the order of ticking."""
    return [label for value, label in choices.choices if value in codes]


def _then(appraisal: Appraisal) -> list[tuple[str, str, int]]:
    """The phases still to come: label, address when it opens already, minutes."""
    ahead = [
        phase
        for phase in Phase
        if phase != appraisal.phase and appraisal.phase_done_at(phase) is None
    ]
    return [
        (
            GUIDES[phase].purpose,
            SHORT_LABELS[phase],
            step_url(appraisal, phase) if can_open_phase(appraisal, phase) else "",
        )
        for phase in ahead[:3]
    ]
