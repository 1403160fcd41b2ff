"""The workshops that somebody chose: one for each period, where a place is left."""

from __future__ import annotations

from collections.abc import Collection

from core.errors import DomainError
from rencontres.domain.seats import full_workshops
from rencontres.enums import RegistrationState
from rencontres.models import EventPage, Registration, Workshop, WorkshopChoice

GONE = "Un des ateliers choisis n’existe plus: choisissez de nouveau."
ONE_EACH = "Choisissez un seul atelier par période."


def chosen_workshops(registration: Registration) -> list[Workshop]:
    keys = registration.choices.values("workshop_key")
    return list(Workshop.objects.filter(event=registration.event_id, key__in=keys))


def set_choices(*, registration: Registration, event: EventPage, keys: Collection[str]) -> None:
    """Hold these workshops and no other. The event is locked.

    Who waits for a place holds none in a workshop: she may wish for a full one. Who has a place
    and already holds a workshop keeps it, even if its capacity was lowered since.
    """
    wanted = set(keys)
    found = list(Workshop.objects.filter(event=event, key__in=wanted))
    if len(found) != len(wanted):
        raise DomainError(GONE)
    periods = [one.period for one in found if one.period]
    if len(periods) != len(set(periods)):
        raise DomainError(ONE_EACH)
    held = set(registration.choices.values_list("workshop_key", flat=True))
    if registration.state == RegistrationState.CONFIRMED:
        full = full_workshops(event, but=registration) - held
        for one in found:
            if one.key in full:
                raise DomainError(f"« {one.title} » vient de se remplir: choisissez-en un autre.")
    registration.choices.exclude(workshop_key__in=wanted).delete()
    for key in wanted - held:
        WorkshopChoice.objects.create(registration=registration, workshop_key=key)


def drop_full_choices(registration: Registration, event: EventPage) -> list[Workshop]:
    """Let go of the workshops where no place is left; returns them. The event is locked."""
    full = full_workshops(event, but=registration)
    lost = [one for one in chosen_workshops(registration) if one.key in full]
    registration.choices.filter(workshop_key__in=[one.key for one in lost]).delete()
    return lost
