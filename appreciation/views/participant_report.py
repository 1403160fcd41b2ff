"""The draft report for whoever came: no account, the code of the evening, thirty days."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from appreciation.domain.corrections import outcomes_of
from appreciation.domain.restitution import (
    find_restitution,
    public_evening,
    public_page_url,
    report_for_participants,
    report_is_awaited,
    window_of,
)
from appreciation.interfaces.report_document import present_report
from appreciation.models import Meeting
from appreciation.views.participant_door import participant_screen, refuse_code


def not_indexed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A participant's screen that no search engine keeps, even linked from elsewhere."""

    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return marked


@require_safe
@not_indexed
@participant_screen
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The report while it is open. Before: come back. After: when it ended, where to read on."""
    meeting = find_restitution(code)
    if meeting is None and report_is_awaited(code):
        return render(request, "participant/report_soon.html")
    if meeting is None:
        return refuse_code(request, code)
    if meeting.join_code != code:
        return redirect("participant:report", code=meeting.join_code)
    window, now = window_of(meeting.appraisal.restitution), timezone.now()
    if not window.is_open(now):
        return report_is_over(request, meeting)
    context = present_report(report_for_participants(meeting.appraisal)) | {
        "meeting": meeting,
        "last_day": window.last_day,
        "correct_url": reverse("participant:correction", args=[meeting.join_code]),
        "is_thanked": "merci" in request.GET,
        "evening": public_evening(meeting.appraisal, now),
        "paper_places": meeting.appraisal.restitution.paper_places,
        **_corrections(meeting),
    }
    return render(request, "participant/report.html", context)


def _corrections(meeting: Meeting) -> dict[str, object]:
    tally, outcomes = outcomes_of(meeting.appraisal)
    return {"tally": tally, "outcomes": outcomes}


def report_is_over(request: HttpRequest, meeting: Meeting, **more: object) -> HttpResponse:
    """410, kindly: the last day, the public page if there is one, whom to call."""
    context = {
        "meeting": meeting,
        "last_day": window_of(meeting.appraisal.restitution).last_day,
        "public_url": public_page_url(meeting.appraisal),
        "evening": public_evening(meeting.appraisal, timezone.now()),
        **_corrections(meeting),
        **more,
    }
    return render(request, "participant/report_over.html", context, status=410)
