"""Calendar files of the meetings, to keep or to subscribe to."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.caching import for_everyone
from cms.models import SiteSettings
from core.slowdown import slow_down
from rencontres.domain.calendar import event_calendar
from rencontres.domain.queries.events import coming_meetings, meeting_at

CALENDAR = "text/calendar; charset=utf-8"
CALENDARS_AN_HOUR = 240
NAME = "Rencontres régionales"
DEMO = "[DÉMONSTRATION] "


@require_safe
def meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = meeting_at(slug)
    if meeting is None:
        raise Http404
    text = event_calendar([meeting], timezone.now(), notice=_notice(request))
    return _file(text, f"{slug}.ics")


@require_safe
def all_meetings_calendar(request: HttpRequest) -> HttpResponse:
    """Those to come, for agendas that read it again by themselves."""
    slow_down(request, "calendar", most=CALENDARS_AN_HOUR)
    now = timezone.now()
    text = event_calendar(coming_meetings(now), now, name=NAME, notice=_notice(request))
    return _file(text, "rencontres.ics")


def _notice(request: HttpRequest) -> str:
    return DEMO if SiteSettings.for_request(request).is_demo else ""


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=CALENDAR)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return for_everyone(answer)
