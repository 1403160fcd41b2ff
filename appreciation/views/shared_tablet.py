"""The link that turns a device into the meeting's shared tablet: one person after the other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from appreciation.domain.joining import tablet_pass
from appreciation.domain.paper import MIRRORED
from appreciation.domain.room import entry_is_private
from appreciation.enums import MeetingState
from appreciation.models import Meeting
from appreciation.views.guards import meeting_view
from core.qr_code import qr_code


@meeting_view("GET", "HEAD", to_edit=True, rehearsed=True)
def shared_tablet(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A code to scan with the tablet, so that nobody signs in on a device the hall will hold."""
    if entry_is_private(meeting):  # a phone that scans it on the wall would be counted as a tablet
        context = {"meeting": meeting, "refusal": MIRRORED, "tab": "tablet"}
        return render(request, "entry/refused.html", context)
    address = request.build_absolute_uri(reverse("participant:tablet", args=[tablet_pass(meeting)]))
    context = {
        "meeting": meeting,
        "address": address,
        "qr": qr_code(address),
        "is_open": meeting.state == MeetingState.OPEN,
        "is_planned": meeting.state == MeetingState.PLANNED,
    }
    return render(request, "entry/shared_tablet.html", context)
