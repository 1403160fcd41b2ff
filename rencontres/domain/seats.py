"""How many places are left, in the hall and in each workshop; one writer at a time for an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from rencontres.enums import RegistrationState
from rencontres.models import EventPage, Registration, Workshop, WorkshopChoice


@dataclass(frozen=True)
class Seats:
    """`left` is None when there are as many places as one wants."""

    capacity: int | None
    confirmed: int
    waiting: int

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else max(self.capacity - self.confirmed, 0)

    @property
    def is_full(self) -> bool:
        """Somebody who waits goes first: a place that frees itself is hers."""
        return self.left == 0 or (self.left is not None and self.waiting > 0)


def lock_event(event: EventPage | int) -> EventPage:
    """The event, read again, held until the transaction ends: places are counted by one at a time.

    On SQLite transactions are IMMEDIATE and already wait for one another.
    """
    pk = event if isinstance(event, int) else event.pk
    return EventPage.objects.select_for_update(of=("self",)).get(pk=pk)


def seats_of(event: EventPage) -> Seats:
    rows = Registration.objects.filter(event=event).order_by().values("state")
    counts = {row["state"]: row["count"] for row in rows.annotate(count=Count("pk"))}
    return Seats(
        capacity=event.capacity,
        confirmed=counts.get(RegistrationState.CONFIRMED, 0),
        waiting=counts.get(RegistrationState.WAITING, 0),
    )


def taken_in_workshops(event: EventPage, but: Registration | None = None) -> dict[str, int]:
    """How many confirmed people chose each workshop; `but` leaves one of them out."""
    chosen = WorkshopChoice.objects.filter(
        registration__event=event, registration__state=RegistrationState.CONFIRMED
    )
    if but is not None:
        chosen = chosen.exclude(registration=but)
    rows = chosen.order_by().values("workshop_key").annotate(count=Count("pk"))
    return {row["workshop_key"]: row["count"] for row in rows}


def full_workshops(
    event: EventPage, but: Registration | None = None, among: Iterable[Workshop] | None = None
) -> set[str]:
    """Keys of the workshops where no place is left; `among` those that were read already."""
    known = Workshop.objects.filter(event=event) if among is None else among
    limited = [one for one in known if one.capacity is not None]
    taken = taken_in_workshops(event, but) if limited else {}
    return {one.key for one in limited if taken.get(one.key, 0) >= (one.capacity or 0)}
