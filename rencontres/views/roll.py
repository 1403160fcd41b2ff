"""The list of those who registered: to read, to tick at the door, to print, to take away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cms.models import SiteSettings
from core.open_data import DEMO
from rencontres.domain.changes import without_address
from rencontres.domain.events import door_of, when_in_words
from rencontres.domain.queries.registrations import roll_of
from rencontres.domain.registrations import mark_presence
from rencontres.domain.seats import seats_of, taken_in_workshops
from rencontres.interfaces.registration_files import registrations_file
from rencontres.models import EventPage
from rencontres.permissions import registration_for
from rencontres.views.guards import event_view

LONGEST = 100


@event_view("GET", "HEAD")
def roll(request: HttpRequest, event: EventPage) -> HttpResponse:
    asked = request.GET.get("q", "")[:LONGEST].strip()
    whole = roll_of(event)
    taken = taken_in_workshops(event)
    context = {
        "event": event,
        "when": when_in_words(event),
        "door": door_of(event, timezone.now()),
        "asked": asked,
        "roll": whole.asked_for(asked) if asked else whole,
        "whole": whole,
        "seats": seats_of(event),
        "without_address": without_address(event) if event.is_called_off else [],
        "workshops": [(one, taken.get(one.key, 0)) for one in event.workshops.all()],
    }
    return render(request, "rencontres/space/roll.html", context)


@event_view("POST")
def presence(request: HttpRequest, event: EventPage, number: int) -> HttpResponse:
    """One tick at a time: two people at two doors never undo each other."""
    one = registration_for(request, event, number)
    mark_presence(registration=one, came=request.POST.get("came") == "oui")
    asked = request.POST.get("q", "")[:LONGEST]
    query = {"q": asked} if asked else None
    address = reverse("meetings:roll", args=[event.pk], query=query)
    return redirect(f"{address}#inscription-{number}")


@event_view("GET", "HEAD")
def name_list(request: HttpRequest, event: EventPage) -> HttpResponse:
    """By name, with a box to tick on paper."""
    context = {"event": event, "when": when_in_words(event), "roll": roll_of(event)}
    return render(request, "rencontres/space/name_list.html", context)


@event_view("GET", "HEAD")
def roll_file(request: HttpRequest, event: EventPage, kind: str) -> HttpResponseBase:
    banner = DEMO if SiteSettings.for_request(request).is_demo else ""
    return registrations_file(event, kind, banner=banner)
