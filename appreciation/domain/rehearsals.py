"""« Répétition générale »: the whole evening tried beforehand, then wiped without a trace of it.

A rehearsal has a démarche, an instrument, a place and a meeting of its own, all flagged: the
managers named `objects` leave them out, so that no list, count, report, register or export ever
meets them. Whoever needs them asks `every`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User
from appreciation.domain.actors import Actor
from appreciation.domain.appraisals import default_instrument
from appreciation.domain.gestures import begin, record
from appreciation.domain.instruments import copy_instrument
from appreciation.domain.meetings import open_meeting
from appreciation.enums import MeetingState, MembershipRole, Pace, Phase
from appreciation.models import Appraisal, Instrument, Meeting, Membership, Rehearsal, Seat
from appreciation.models.meetings import random_code
from core.errors import DomainError
from core.purges import earliest_due
from reference.enums import PlaceKind
from reference.models import Place

if TYPE_CHECKING:
    from django.db.models import QuerySet

DAYS_KEPT = 7
PLACE_NAME = "Village-Répétition"
NAMING_ATTEMPTS = 8
COPIED = (
    "fill_mode",
    "consent_text",
    "announced_level",
    "quotes_announced",
    "expected_attendance",
)
REAL_PEOPLE = (
    "De vraies personnes sont là: n’ouvrez pas la répétition, leurs réponses seraient effacées. "
    "Ouvrez la vraie rencontre, à l’étape « Tenir la rencontre » de votre démarche."
)


def start_rehearsal(*, user: User, source: Appraisal | None, now: dt.datetime) -> Meeting:
    """A private copy of the set-up of `source` (or of the proposed instrument), ready to open.

    The copy is answered instead of the instrument itself, which stays free to change. One
    rehearsal at a time: asking again gives back the one under way.
    """
    for _ in range(NAMING_ATTEMPTS):
        try:
            with transaction.atomic():
                User.objects.select_for_update().get(pk=user.pk)
                under_way = rehearsals_under_way(user).first()
                if under_way is not None and under_way.meeting is not None:
                    return under_way.meeting
                # The index of references would look for these rows among the real ones.
                with disable_reference_index_auto_update():
                    meeting = _copy_set_up(user, source, f"REP-{random_code()}", now)
                Rehearsal.objects.create(user=user, source=source, meeting=meeting, started_at=now)
                record(meeting, Actor(user=user), "Répétition commencée")
                return meeting
        except IntegrityError:
            continue
    raise DomainError("La répétition n’a pas pu commencer. Réessayez dans un instant.")


def rehearsals_under_way(user: User) -> QuerySet[Rehearsal]:
    """Not wiped yet. At most one."""
    return Rehearsal.objects.filter(user=user, meeting__isnull=False).select_related("meeting")


def past_rehearsals(user: User) -> QuerySet[Rehearsal]:
    """Wiped, by her or by the night: their trace, for her only."""
    return Rehearsal.objects.filter(user=user, meeting__isnull=True)


def erased_on(rehearsal: Rehearsal) -> dt.date:
    """The day when the night wipes it if nobody did."""
    return timezone.localdate(rehearsal.started_at) + dt.timedelta(days=DAYS_KEPT)


def open_rehearsals(appraisal: Appraisal, user: User) -> QuerySet[Rehearsal]:
    """Those that take answers now and could be mistaken for the evening of this démarche."""
    running = Rehearsal.objects.filter(meeting__state=MeetingState.OPEN)
    return (running.filter(source=appraisal) | running.filter(user=user)).select_related("meeting")


def open_rehearsal(*, meeting: Meeting, user: User, real_people: bool, now: dt.datetime) -> Meeting:
    """Open it once she has said that nobody from the place is in the room. Refused otherwise."""
    if real_people:
        raise DomainError(REAL_PEOPLE)
    actor = Actor(user=user)
    with transaction.atomic():
        locked = begin(meeting, actor)
        rehearsal = _trace_of(locked)
        if rehearsal.alone_at is None:
            rehearsal.alone_at = now
            rehearsal.save(update_fields=["alone_at"])
        return open_meeting(meeting=locked, actor=actor)


def real_seats(meeting: Meeting) -> QuerySet[Seat]:
    """Devices that answered and that nobody invented: hers perhaps, or people of the place."""
    return meeting.seats.filter(
        is_fictitious=False, token__isnull=False, ratings__isnull=False
    ).distinct()


def wipe_rehearsal(*, meeting: Meeting, user: User, now: dt.datetime, sure: bool = False) -> None:
    """Erase all of it; only its date and its length stay, for her.

    When a phone that is not fictitious answered, she says that she is `sure`.
    """
    with transaction.atomic():
        locked = begin(meeting, Actor(user=user))
        trace = _trace_of(locked)
        if not sure and real_seats(locked).exists():
            message = "Un vrai téléphone a répondu: dites que ses réponses peuvent être effacées."
            raise DomainError(message, fields={"sure": message})
        end_trace(trace, now)
        erase(locked.appraisal)


def erase_old_rehearsals(now: dt.datetime) -> int:
    """The purge of the night: rehearsals begun seven days ago or more."""
    limit = now - dt.timedelta(days=DAYS_KEPT)
    due = Appraisal.every.filter(is_rehearsal=True, created_at__lte=limit)
    for appraisal in due:
        with transaction.atomic():
            for trace in Rehearsal.objects.filter(meeting__appraisal=appraisal):
                end_trace(trace, now)
            erase(appraisal)
    return len(due)


def next_old_rehearsal() -> dt.datetime | None:
    rows = Appraisal.every.filter(is_rehearsal=True)
    return earliest_due(rows, "created_at", kept=dt.timedelta(days=DAYS_KEPT))


def end_trace(trace: Rehearsal, now: dt.datetime) -> None:
    """What stays of it: when it was led to the end, if it was, and that it is gone."""
    if trace.meeting is not None:
        trace.ended_at = trace.meeting.entry_done_at
    trace.meeting, trace.wiped_at = None, now
    trace.save(update_fields=["meeting", "ended_at", "wiped_at"])


def erase(appraisal: Appraisal) -> None:
    """The démarche of a rehearsal and all that hangs from it, in the order that keys allow."""
    if not appraisal.is_rehearsal:
        raise ValueError(appraisal)
    Meeting.every.filter(appraisal=appraisal).delete()
    instrument_id, place_id = appraisal.instrument_id, appraisal.place_id
    appraisal.delete()
    Instrument.every.filter(pk=instrument_id, is_rehearsal=True).delete()
    Place.objects.filter(pk=place_id, kind=PlaceKind.EXTERNAL, appraisals__isnull=True).delete()


def _trace_of(meeting: Meeting) -> Rehearsal:
    trace = Rehearsal.objects.select_related("meeting").filter(meeting=meeting).first()
    if trace is None:
        raise DomainError("Cette rencontre n’est pas une répétition: rien n’est changé.")
    return trace


def _copy_set_up(user: User, source: Appraisal | None, name: str, now: dt.datetime) -> Meeting:
    original = source.instrument if source is not None else None
    instrument = copy_instrument(original or default_instrument(), name)
    instrument.is_rehearsal = True
    instrument.save(update_fields=["is_rehearsal"])
    place = Place.objects.create(
        kind=PlaceKind.EXTERNAL,
        name=PLACE_NAME,
        slug=f"repetition-{name.lower()}",
        is_demo=True,
        source="Lieu fictif d’une répétition générale",
    )
    copied = {field: getattr(source, field) for field in COPIED} if source is not None else {}
    appraisal = Appraisal.every.create(
        reference=name,
        place=place,
        requested_by="Répétition générale",
        expected_on=timezone.localdate(now),
        instrument=instrument,
        phase=Phase.MEETING,
        framing_done_at=now,
        portrait_done_at=now,
        convening_done_at=now,
        is_rehearsal=True,
        is_demo=True,
        created_by=user,
        **copied,
    )
    Appraisal.every.filter(pk=appraisal.pk).update(created_at=now)
    Membership.objects.create(appraisal=appraisal, user=user, role=MembershipRole.LEAD)
    return Meeting.every.create(
        appraisal=appraisal,
        reference=name,
        instrument=instrument,
        fill_mode=appraisal.fill_mode,
        starts_at=now,
        venue="Répétition générale",
        pace=Pace.GUIDED,
    )
