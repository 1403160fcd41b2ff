"""Events that everyone may read: the next ones first, then those that were."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from rencontres.enums import RegistrationState
from rencontres.models import EventPage, RegionalMeetingPage

if TYPE_CHECKING:
    from accounts.models import User


def public_meetings() -> QuerySet[RegionalMeetingPage]:
    live = RegionalMeetingPage.objects.live().filter(view_restrictions__isnull=True)
    return live.prefetch_related("places")


def coming_meetings(now: dt.datetime | None = None) -> QuerySet[RegionalMeetingPage]:
    """The nearest first; one that is under way is still there."""
    return public_meetings().filter(ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")


def past_meetings(now: dt.datetime | None = None) -> QuerySet[RegionalMeetingPage]:
    """The latest first."""
    over = public_meetings().filter(ends_at__lte=now or timezone.now())
    return over.order_by("-starts_at", "-pk")


def meeting_at(slug: str) -> RegionalMeetingPage | None:
    """The meeting at this address, if everyone may read it."""
    return public_meetings().filter(slug=slug).first()


def coordinated_events(user: User) -> QuerySet[EventPage]:
    """Live or not, those of the places that this person coordinates: the latest first."""
    events = EventPage.objects.order_by("-starts_at", "-pk").select_related("region")
    if not user.is_active:
        return events.none()
    return events if user.is_superuser else events.filter(region__in=user.coordinated_places())


def with_counts(events: QuerySet[EventPage]) -> QuerySet[EventPage]:
    """`confirmed_count` and `waiting_count` of each."""
    states = {"confirmed": RegistrationState.CONFIRMED, "waiting": RegistrationState.WAITING}
    counts = {
        f"{name}_count": Count("registrations", filter=Q(registrations__state=state))
        for name, state in states.items()
    }
    return events.annotate(**counts)
