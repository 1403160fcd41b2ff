"""The sheet of thanks: printed by the team, and on the phones of the evening."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from appreciation.domain.restitution import restitution_window
from appreciation.domain.thanks import is_shown_on_phones, thanks_of
from appreciation.models import Meeting
from appreciation.views.guards import meeting_view
from appreciation.views.participant_door import NO_SEAT, participant_screen, seated


@meeting_view("GET", "HEAD", rehearsed=True)
def thanks_sheet(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return render(request, "evening/thanks.html", _context(meeting))


@require_safe
@participant_screen
def phone_thanks(request: HttpRequest, code: str) -> HttpResponse:
    seat = seated(request, code)
    if seat is None:
        return render(request, "participant/gone.html", {"message": NO_SEAT}, status=410)
    if not is_shown_on_phones(seat.meeting):
        return redirect("participant:room", code=seat.meeting.join_code)
    window = restitution_window(seat.meeting.appraisal)
    context = _context(seat.meeting) | {
        "seat": seat,
        "report_is_open": not seat.meeting.is_rehearsal and window.is_open(timezone.now()),
    }
    return render(request, "participant/thanks.html", context)


def _context(meeting: Meeting) -> dict[str, Any]:
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    return {
        "meeting": meeting,
        "is_rehearsal": meeting.is_rehearsal,
        "appraisal": meeting.appraisal,
        "thanks": thanks_of(meeting, timezone.now()),
        "report_address": f"{base_url.partition('://')[2]}/r/{meeting.join_code}/rapport/",
        "report_path": f"/r/{meeting.join_code}/rapport/",
    }
