"""The meetings to come, as the home page and the space announce them: no query while kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from cms.kept import kept
from rencontres.domain.events import door_of, when_in_words
from rencontres.domain.queries.events import public_meetings
from rencontres.enums import Door
from rencontres.models import RegionalMeetingPage

MOST = 12


@dataclass(frozen=True)
class Announced:
    page: RegionalMeetingPage
    when: str
    door: Door


def announced(request: HttpRequest) -> list[Announced]:
    """The nearest first; called off, it is still there to say so."""
    now = timezone.now()
    rows = kept(request, "announced_meetings", _read)
    return [
        Announced(one, when_in_words(one), door_of(one, now)) for one in rows if one.ends_at > now
    ]


def _read() -> list[RegionalMeetingPage]:
    coming = public_meetings().prefetch_related(None).filter(ends_at__gt=timezone.now())
    return list(coming.order_by("starts_at", "pk")[:MOST])
