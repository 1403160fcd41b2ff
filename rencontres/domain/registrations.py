"""Registering for an event, changing one's mind, and who takes the place that frees itself.

Never more than the capacity is confirmed, and nobody is lost: beyond it, one waits in the order in
which one came. Everything that moves a place holds the event (`seats.lock_event`).
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cms.public_forms import key_of_words
from core.errors import DomainError
from rencontres.domain.choices import drop_full_choices, set_choices
from rencontres.domain.events import door_of
from rencontres.domain.letters import forget_mails, tell
from rencontres.domain.seats import lock_event, seats_of
from rencontres.enums import Door, RegistrationState
from rencontres.models import EventPage, Registration

PERSONAL_FIELDS = ("name", "email", "organisation", "needs", "consent_text")
NEEDS_KEPT = dt.timedelta(days=7)
KEPT = dt.timedelta(days=90)
"""Counted from the end of the event."""
CONSENT = (
    "J’accepte que la coordination de la rencontre lise ces renseignements pour m’accueillir et "
    "m’écrire à son sujet. Mes besoins sont effacés sept jours après la rencontre, le reste "
    "quatre-vingt-dix jours après. Je peux tout faire effacer avant, par le lien reçu."
)
REFUSALS = {
    Door.NONE: "Cette rencontre est sans inscription.",
    Door.NOT_YET: "Les inscriptions ne sont pas encore ouvertes.",
    Door.CLOSED: "Les inscriptions sont closes: téléphonez-nous.",
    Door.OVER: "Cette rencontre est passée.",
    Door.CALLED_OFF: "Cette rencontre n’a pas lieu.",
}
NOT_YOURS_ANY_MORE = "Cette inscription est annulée: inscrivez-vous de nouveau."
ALREADY_HERE = "Ce courriel est déjà inscrit."


@dataclass(frozen=True)
class RegistrationWords:
    """What a form says. `workshops` are keys."""

    name: str
    email: str = ""
    organisation: str = ""
    needs: str = ""
    workshops: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the page says after: what a new registration gets now, whether or not it is new.

    Whether an address was known is told to nobody but its owner, by mail.
    """

    registration: Registration
    state: str


@transaction.atomic
def register(
    *, event: EventPage, said: RegistrationWords, form_key: str, now: dt.datetime
) -> Answer:
    """Confirmed while places are left and nobody waits; else on the waiting list. A mail says it.

    The same form again is the same registration, unless somebody else is typed in it: one goes back
    and registers her neighbour. The same address, by another form, changes
    nothing: its owner is written to, once a day, with her link.
    """
    locked = lock_event(event)
    form_key = key_of_words(form_key, said.email.lower())
    if already := Registration.objects.filter(form_key=form_key, event=locked).first():
        return Answer(already, already.state)
    door = door_of(locked, now)
    if door != Door.OPEN:
        raise DomainError(REFUSALS[door])
    state = _state_of_newcomer(locked)
    if known := _known(locked, said.email):
        tell(known, "known", key=f"deja/{timezone.localdate(now)}", now=now)
        return Answer(known, state)
    made = _enter(locked, said, form_key, state, now, consent=CONSENT)
    return Answer(made, state)


@transaction.atomic
def register_by_hand(
    *, event: EventPage, said: RegistrationWords, form_key: str, now: dt.datetime
) -> Registration:
    """The organiser enters somebody who telephoned, open door or not. No address is needed."""
    locked = lock_event(event)
    form_key = key_of_words(form_key, f"{said.name} {said.email.lower()}")
    if already := Registration.objects.filter(form_key=form_key, event=locked).first():
        return already
    if door_of(locked, now) == Door.CALLED_OFF:
        raise DomainError(REFUSALS[Door.CALLED_OFF])
    if _known(locked, said.email):
        raise DomainError(ALREADY_HERE, fields={"email": ALREADY_HERE})
    return _enter(locked, said, form_key, _state_of_newcomer(locked), now)


@transaction.atomic
def change_registration(
    *, registration: Registration, said: RegistrationWords, now: dt.datetime
) -> Registration:
    """Her name, organisation, needs and workshops; her address and her place stay.

    Until the event ends: a need may be said, a workshop changed, on the very day.
    """
    event = lock_event(registration.event_id)
    mine = _still_expected(registration)
    door = door_of(event, now)
    if door in (Door.OVER, Door.CALLED_OFF):
        raise DomainError(REFUSALS[door])
    mine.name, mine.organisation, mine.needs = said.name, said.organisation, said.needs
    mine.save(update_fields=["name", "organisation", "needs"])
    set_choices(registration=mine, event=event, keys=said.workshops)
    return mine


@transaction.atomic
def cancel_registration(*, registration: Registration, now: dt.datetime) -> list[Registration]:
    """What is personal goes at once; whoever waits first takes the place. Twice is harmless."""
    event = lock_event(registration.event_id)
    mine = Registration.objects.expected().filter(pk=registration.pk).first()
    if mine is None:
        return []
    forget_mails(mine)
    tell(mine, "cancelled", key="annulee", now=now)
    mine.state, mine.erased_at = RegistrationState.CANCELLED, now
    for name in PERSONAL_FIELDS:
        setattr(mine, name, "")
    mine.save()
    mine.choices.all().delete()
    return promote_waiting(event=event, now=now)


@transaction.atomic
def promote_waiting(*, event: EventPage | int, now: dt.datetime) -> list[Registration]:
    """Give the places that are left to those who wait, in their order; each is written to.

    Until the event begins. A workshop that filled itself meanwhile is lost, and the mail says so.
    """
    locked = lock_event(event)
    if locked.is_called_off or now >= locked.starts_at:
        return []
    left = seats_of(locked).left
    waiting = Registration.objects.waiting().filter(event=locked)
    promoted = list(waiting if left is None else waiting[:left])
    for one in promoted:
        one.event = locked
        one.state, one.promoted_at = RegistrationState.CONFIRMED, now
        one.save(update_fields=["state", "promoted_at"])
        lost = drop_full_choices(one, locked)
        tell(one, "promoted", key="place", now=now, lost=lost)
    return promoted


def mark_presence(*, registration: Registration, came: bool) -> None:
    """Ticked at the door. Of whoever cancelled, nothing is kept."""
    if not Registration.objects.expected().filter(pk=registration.pk).update(came=came):
        raise DomainError(NOT_YOURS_ANY_MORE)


def new_form_key() -> str:
    return secrets.token_hex(16)


def _known(event: EventPage, email: str) -> Registration | None:
    if not email:
        return None
    return Registration.objects.filter(event=event, email__iexact=email).first()


def _state_of_newcomer(event: EventPage) -> RegistrationState:
    is_full = seats_of(event).is_full
    return RegistrationState.WAITING if is_full else RegistrationState.CONFIRMED


def _enter(
    event: EventPage,
    said: RegistrationWords,
    form_key: str,
    state: RegistrationState,
    now: dt.datetime,
    consent: str = "",
) -> Registration:
    made = Registration.objects.create(
        event=event,
        state=state,
        name=said.name,
        email=said.email,
        organisation=said.organisation,
        needs=said.needs,
        consent_text=consent,
        registered_at=now,
        form_key=form_key,
    )
    set_choices(registration=made, event=event, keys=said.workshops)
    tell(made, str(state), key="inscription", now=now)
    return made


def _still_expected(registration: Registration) -> Registration:
    mine = Registration.objects.expected().filter(pk=registration.pk).first()
    if mine is None:
        raise DomainError(NOT_YOURS_ANY_MORE)
    return mine
