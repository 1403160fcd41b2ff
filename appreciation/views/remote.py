"""The remote in the facilitator's hand: what is on the wall, one next gesture, big targets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from appreciation.domain import remote as rules
from appreciation.domain.actors import Actor
from appreciation.domain.live import live_meeting, pulse_of, with_pulse
from appreciation.domain.meetings import set_mirrored_screen
from appreciation.domain.wall import on_wall
from appreciation.interfaces.remote_forms import PressForm, TimerMoveForm
from appreciation.models import Meeting
from appreciation.views.guards import meeting_view
from core.errors import DomainError
from core.typography import fr_typo


@meeting_view("GET", "HEAD", "POST", to_edit=True, rehearsed=True)
def remote(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return render(request, "meeting/remote.html", _context(meeting))
    try:
        _press(request, meeting)
    except DomainError as refusal:
        messages.warning(request, fr_typo(str(refusal)))
    return redirect("space:remote", meeting.reference)


@meeting_view("GET", "HEAD", to_edit=True, rehearsed=True)
def remote_state(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The parts that move. 304 when nothing has."""
    context = _context(meeting)
    etag = f'"{context["etag"]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    html = render_to_string("meeting/_remote_parts.html", context, request)
    return JsonResponse({"revision": meeting.revision, "html": html}, headers={"ETag": etag})


def _press(request: HttpRequest, meeting: Meeting) -> None:
    actor = Actor(user=request.user)
    if "minuteur" in request.POST:
        timer = TimerMoveForm(request.POST)
        if timer.is_valid():
            is_more = timer.cleaned_data["minuteur"] == "plus"
            expected_end = timer.cleaned_data["expected_end"]
            rules.move_timer(
                meeting=meeting, actor=actor, is_more=is_more, expected_end=expected_end
            )
        return
    if "ecran" in request.POST:
        is_mirrored = request.POST["ecran"] == "1"
        set_mirrored_screen(meeting=meeting, actor=actor, is_mirrored=is_mirrored)
        return
    form = PressForm(request.POST)
    if not form.is_valid():
        raise rules.StaleMomentError
    rules.press(meeting=meeting, actor=actor, **form.cleaned_data)


def _context(meeting: Meeting) -> dict[str, Any]:
    pulsed = with_pulse(Meeting.every.filter(pk=meeting.pk)).only("revision").get()
    live = live_meeting(meeting)
    return {
        "meeting": meeting,
        "live": live,
        "line": live.current,
        "wall": on_wall(live),
        "received": live.received,
        "buttons": rules.buttons_of(live),
        "moment": rules.moment_of(live),
        "etag": pulse_of(pulsed),
    }
