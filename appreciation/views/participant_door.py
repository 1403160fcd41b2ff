"""What every participant's screen shares: the seat's cookie, refused codes, a busy database."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core import signing
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from appreciation.domain.joining import code_candidates, count_wrong_code, seat_of
from appreciation.domain.restitution import find_restitution, window_of
from appreciation.models import Meeting, Seat
from core.origin import visitor_address
from core.patience import wait_briefly_for_locks

COOKIE = "place"
COOKIE_SALT = "participant.seat"
COOKIE_LASTS = 7 * 24 * 3600
TABLET_MARK = "tablette."
RETRY_AFTER = 5
NO_SEAT = "Cette place n’existe plus. Entrez de nouveau le code affiché dans la salle."
TOO_MANY = "Trop d’essais sans place. Entrez le code affiché dans la salle, un peu plus tard."
BUSY = (
    "Le site est très occupé. Votre réponse n’est pas encore enregistrée. "
    "Réessayez dans quelques secondes."
)


def participant_screen(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept by no cache, and 503 in French when the database cannot answer in time."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            wait_briefly_for_locks()
            return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            return _busy(request)

    return guarded


def wants_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json" or request.headers.get(
        "Accept", ""
    ).startswith("application/json")


def cookie_value(request: HttpRequest) -> str:
    """What the signed cookie holds; empty when it is absent, forged or too old."""
    try:
        return request.get_signed_cookie(COOKIE, salt=COOKIE_SALT, max_age=COOKIE_LASTS)
    except (KeyError, signing.BadSignature):
        return ""


def seated(
    request: HttpRequest, code: str, *, find: Callable[[str], Seat | None] = seat_of
) -> Seat | None:
    """The seat that this device holds at the meeting of this code, open or closed, if it does."""
    value = cookie_value(request)
    seat = find(value) if value and not value.startswith(TABLET_MARK) else None
    return seat if seat and seat.meeting.join_code in code_candidates(code) else None


def is_team_tablet(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether this device is the meeting's shared tablet, with nobody seated at it now."""
    return cookie_value(request) == f"{TABLET_MARK}{meeting.pk}"


def is_between_people(request: HttpRequest) -> bool:
    """Whether this device is a shared tablet that waits for its next person."""
    return cookie_value(request).startswith(TABLET_MARK)


def hold_seat(response: HttpResponse, seat: Seat) -> HttpResponse:
    return _set_cookie(response, seat.token or "")


def hold_tablet(response: HttpResponse, meeting: Meeting) -> HttpResponse:
    """Nobody is seated any more; the device stays the meeting's tablet."""
    return _set_cookie(response, f"{TABLET_MARK}{meeting.pk}")


def refuse_code(request: HttpRequest, code: str) -> HttpResponse:
    """The same answer for an unknown, a planned and a closed code; 429 after too many."""
    wait = count_wrong_code(visitor_address(request))
    context = {"code": code[:40], "minutes": math.ceil(wait / 60)}
    response = render(request, "participant/join.html", context, status=429 if wait else 404)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def report_or_refusal(request: HttpRequest, code: str) -> HttpResponse:
    """After the evening, its code leads to the report while it is open; else it is refused."""
    meeting = find_restitution(code)
    if meeting and window_of(meeting.appraisal.restitution).is_open(timezone.now()):
        return redirect("participant:report", code=meeting.join_code)
    return refuse_code(request, code)


def _set_cookie(response: HttpResponse, value: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        value,
        salt=COOKIE_SALT,
        max_age=COOKIE_LASTS,
        path=reverse("participant:join"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _busy(request: HttpRequest) -> HttpResponse:
    """Built without the database. What was sent goes back in a form, to be sent again as it is."""
    if wants_json(request):
        response: HttpResponse = JsonResponse({"status": "busy", "message": BUSY}, status=503)
    else:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        body = render_to_string(
            "participant/busy.html", {"sent": sent, "path": request.path, "message": BUSY}
        )
        response = HttpResponse(body, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response
