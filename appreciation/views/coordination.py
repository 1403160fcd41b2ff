"""« Coordination »: where démarches are, and what waits for an answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from appreciation.domain.queries.checkins import late_checkins
from appreciation.domain.queries.coordination import (
    coordinated_appraisals,
    pipeline,
    unfinished,
    yearly_targets,
)
from appreciation.domain.queries.help import help_queue
from appreciation.domain.queries.interests import new_interests
from appreciation.enums import AppraisalState, Phase
from appreciation.permissions import coordinates_a_region
from appreciation.views.guards import coordination_view
from appreciation.views.stepper import SHORT_LABELS

SHOWN = 20


@coordination_view("GET", "HEAD")
def coordination(request: HttpRequest) -> HttpResponse:
    appraisals = list(coordinated_appraisals(request.user))
    waiting = list(help_queue(request.user)[:SHOWN])
    context = {
        "phases": [SHORT_LABELS[phase] for phase in Phase],
        "pipeline": pipeline(appraisals),
        "paused": [one for one in appraisals if one.state == AppraisalState.POSTPONED],
        "waiting": waiting,
        "new_interests": new_interests(request.user),
        "late": list(late_checkins(request.user)[:SHOWN]),
        "unfinished": unfinished(request.user),
        "targets": yearly_targets(request.user, timezone.localdate()),
        "year": timezone.localdate().year,
        "now": timezone.now(),
        "may_synthesise": coordinates_a_region(request.user),
    }
    return render(request, "space/coordination.html", context)
