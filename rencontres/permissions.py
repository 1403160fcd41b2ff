"""Who reads registrations: the coordination of the event's region. Others: nothing is there."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from rencontres.domain.queries.events import coordinated_events
from rencontres.models import EventPage, Registration


def event_for(request: HttpRequest, pk: int) -> EventPage:
    return get_object_or_404(coordinated_events(request.user), pk=pk)


def registration_for(request: HttpRequest, event: EventPage, pk: int) -> Registration:
    """One that is still expected; of whoever cancelled, nothing is left to see."""
    rows = Registration.objects.visible_to(request.user).expected()
    return get_object_or_404(rows.select_related("event"), event=event, pk=pk)
