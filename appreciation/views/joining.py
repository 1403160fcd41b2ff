"""From the code on the wall to a seat."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST, require_safe

from appreciation.domain.joining import (
    REPORT_GOES,
    find_open_meeting,
    meeting_of_tablet_pass,
    own_consent_text,
    take_seat,
)
from appreciation.enums import Medium, PublicationLevel
from appreciation.models import Meeting
from appreciation.views.participant_door import (
    hold_seat,
    hold_tablet,
    is_team_tablet,
    participant_screen,
    refuse_code,
    report_or_refusal,
    seated,
)
from core.errors import DomainError
from core.origin import origin_is_enough
from reference.models import Sector

JUST_SEATED = "place"
"""In the address after « Commencer »: whoever comes back without a seat refused the cookie."""


@require_safe
@participant_screen
def join(request: HttpRequest) -> HttpResponse:
    """The code typed by hand."""
    typed = request.GET.get("code", "")
    if not typed.strip():
        return render(request, "participant/join.html", {"code": ""})
    meeting = find_open_meeting(typed)
    if meeting is None:
        return report_or_refusal(request, typed)
    return redirect("participant:room", code=meeting.join_code)


@require_safe
@participant_screen
def data_use(request: HttpRequest) -> HttpResponse:
    """How the answers are used, for whoever wants to know before starting."""
    return render(request, "participant/data_use.html")


def welcome(request: HttpRequest, meeting: Meeting, *, is_seated: bool = False) -> HttpResponse:
    """The first screen: what is asked, who will see it. It sets no cookie."""
    asks_sector = meeting.asks_sector and not is_seated
    context = {
        "meeting": meeting,
        "is_seated": is_seated,
        "is_tablet": is_team_tablet(request, meeting),
        "cookie_was_refused": JUST_SEATED in request.GET and not is_seated,
        "report_goes": REPORT_GOES[PublicationLevel(meeting.appraisal.announced_level)],
        "own_consent": own_consent_text(meeting.appraisal),
        "sectors": Sector.objects.filter(is_active=True) if asks_sector else (),
    }
    return render(request, "participant/welcome.html", context)


@origin_is_enough
@require_POST
@participant_screen
def start(request: HttpRequest, code: str) -> HttpResponse:
    """« Commencer »: a seat, unless this device holds one already."""
    meeting = find_open_meeting(code)
    if meeting is None:
        return refuse_code(request, code)
    address = reverse("participant:room", args=[meeting.join_code])
    response = redirect(f"{address}?{JUST_SEATED}")
    if seated(request, meeting.join_code):
        return response
    medium = Medium.SHARED_TABLET if is_team_tablet(request, meeting) else Medium.PHONE
    sector = Sector.objects.filter(code=request.POST.get("sector", "")).first()
    try:
        seat = take_seat(meeting=meeting, medium=medium, sector=sector)
    except DomainError:
        return refuse_code(request, code)
    return hold_seat(response, seat)


@require_GET
@participant_screen
def tablet(request: HttpRequest, tablet_pass: str) -> HttpResponse:
    """The console's link makes this device the shared tablet of the meeting."""
    meeting = meeting_of_tablet_pass(tablet_pass)
    if meeting is None:
        return refuse_code(request, "")
    return hold_tablet(redirect("participant:room", code=meeting.join_code), meeting)


@require_POST
@participant_screen
def next_person(request: HttpRequest, code: str) -> HttpResponse:
    """« Personne suivante »: the seat leaves the tablet, nothing of it stays."""
    seat = seated(request, code)
    response = redirect("participant:room", code=code)
    if seat is None or seat.medium != Medium.SHARED_TABLET:
        return response
    return hold_tablet(response, seat.meeting)
