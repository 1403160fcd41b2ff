"""The wall: huge, dark, without a name. Opened from the console, for the team only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from appreciation.domain.hall import HallState, hall_state
from appreciation.domain.live import pulse_of
from appreciation.enums import MeetingState
from appreciation.permissions import live_meeting_for
from core.qr_code import qr_code


@login_required
@never_cache
@require_GET
def hall(request: HttpRequest, reference: str) -> HttpResponse:
    state = hall_state(live_meeting_for(request, reference))
    return render(request, "hall/hall.html", hall_context(state))


@login_required
@never_cache
@require_GET
def hall_poll(request: HttpRequest, reference: str) -> HttpResponse:
    """The wall as it is now. 304 when nothing moved: one query to know it."""
    meeting = live_meeting_for(request, reference)
    etag = f'"{pulse_of(meeting)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    state = hall_state(meeting)
    return JsonResponse(
        {
            "revision": meeting.revision,
            "mode": state.mode,
            "received": state.received.total,
            "present": state.received.present,
            "html": render_to_string("hall/_screen.html", hall_context(state), request),
        },
        headers={"ETag": etag},
    )


def hall_context(state: HallState) -> dict[str, Any]:
    """What the wall's templates need; the code to scan only while it takes answers."""
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    context: dict[str, Any] = {
        "hall": state,
        "meeting": state.meeting,
        "etag": pulse_of(state.meeting),
        "short_address": f"{base_url.partition('://')[2]}/r",
    }
    if state.meeting.state == MeetingState.OPEN:
        context["qr"] = qr_code(f"{base_url}/r/{state.meeting.join_code}/")
    return context
