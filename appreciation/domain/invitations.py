"""What is said at the door of a meeting before it: whether it takes answers, and the answers."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Sum

from appreciation.domain.contacts import forget_mails, forget_plans_of, token_digest
from appreciation.domain.invitees import Reply, reply_values
from appreciation.domain.joining import address_key
from appreciation.enums import (
    AppraisalState,
    ContactWay,
    InviteeAnswer,
    MeetingKind,
    MeetingState,
)
from appreciation.models import Appraisal, ClosedInvitation, Invitee, Meeting, PublicReply
from core.errors import DomainError

LASTS = dt.timedelta(hours=4)
"""After its hour, how long people may still be told to come in."""
MOST_PEOPLE = 10
REPLIES_MAX = 30
REPLIES_WINDOW = dt.timedelta(minutes=10)


class Door(StrEnum):
    OPEN = "open"
    UNDATED = "undated"
    FULL = "full"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    STARTED = "started"
    PAST = "past"


ANSWERABLE = (Door.OPEN, Door.UNDATED, Door.FULL)
"""States in which somebody may still say whether she comes, or change her mind."""

_DOOR_BY_STATE: dict[str, Door] = {
    AppraisalState.CANCELLED: Door.CANCELLED,
    AppraisalState.CLOSED: Door.PAST,
    AppraisalState.DORMANT: Door.POSTPONED,
}

CLOSED_WORDS = {
    Door.POSTPONED: "La rencontre est reportée. Gardez ce lien: la nouvelle date y sera écrite.",
    Door.CANCELLED: "La rencontre est annulée. Merci de votre intérêt.",
    Door.STARTED: "La rencontre est commencée. Il est encore temps de venir.",
    Door.PAST: "La rencontre a eu lieu. Merci à toutes les personnes qui sont venues.",
}


def invited_meeting(appraisal: Appraisal) -> Meeting | None:
    """The meeting that people are invited to: the one to come, else the last one held."""
    meetings = list(appraisal.meetings.filter(kind=MeetingKind.APPRAISAL))
    planned = [meeting for meeting in meetings if meeting.state == MeetingState.PLANNED]
    return next(iter(planned or meetings), None)


def door_of(appraisal: Appraisal, meeting: Meeting | None, now: dt.datetime) -> Door:
    """What somebody who opens her invitation at `now` is told.

    Postponed to a known day, a meeting takes answers for that day.
    """
    stopped = _DOOR_BY_STATE.get(appraisal.state)
    if stopped is not None:
        return stopped
    if appraisal.meeting_done_at is not None:
        return Door.PAST
    if meeting is None or meeting.starts_at is None:
        return Door.POSTPONED if appraisal.state == AppraisalState.POSTPONED else Door.UNDATED
    if meeting.state == MeetingState.PLANNED and now < meeting.starts_at:
        return Door.FULL if places_left(appraisal, meeting) == 0 else Door.OPEN
    is_now = meeting.state == MeetingState.PLANNED and now < meeting.starts_at + LASTS
    return Door.STARTED if is_now or meeting.state == MeetingState.OPEN else Door.PAST


def expected_people(appraisal: Appraisal, meeting: Meeting | None) -> int:
    """Everybody who said yes, those whom they bring, and those of the open page."""
    yes = Invitee.objects.filter(appraisal=appraisal, answer=InviteeAnswer.YES)
    invited = yes.aggregate(people=Sum(F("companions") + 1))["people"] or 0
    if meeting is None:
        return invited
    return invited + (meeting.public_replies.aggregate(people=Sum("people"))["people"] or 0)


def places_left(appraisal: Appraisal, meeting: Meeting | None) -> int | None:
    """None when nobody said how many people the hall holds."""
    if meeting is None or meeting.capacity is None:
        return None
    return max(meeting.capacity - expected_people(appraisal, meeting), 0)


def find_invitee(token: str) -> Invitee | None:
    return Invitee.objects.select_related("appraisal__place", "sector").filter(token=token).first()


def is_closed_link(token: str) -> bool:
    """Whether the link once led to somebody who was taken off the list, or erased in time."""
    return ClosedInvitation.objects.filter(token_digest=token_digest(token)).exists()


@transaction.atomic
def answer_invitation(*, invitee: Invitee, reply: Reply, now: dt.datetime) -> Invitee:
    """Keep what she answers by her link, as often as she changes her mind before the meeting.

    Refused when the meeting no longer takes answers, or has no place left for those who come.
    Whoever no longer comes gets no confirmation nor reminder that had not left yet.
    """
    appraisal = Appraisal.objects.select_for_update(of=("self",)).get(pk=invitee.appraisal_id)
    meeting = invited_meeting(appraisal)
    door = door_of(appraisal, meeting, now)
    if door not in ANSWERABLE:
        raise DomainError(CLOSED_WORDS[door])
    locked = Invitee.objects.select_for_update(of=("self",)).filter(pk=invitee.pk).first()
    if locked is None:
        raise DomainError("Cette invitation a été retirée. Appelez la personne qui vous invite.")
    values = reply_values(reply)
    if all(getattr(locked, name) == value for name, value in values.items()):
        return locked
    _ensure_places(appraisal, meeting, locked, reply)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.answered_via, locked.answered_at = ContactWay.LINK, now
    locked.version += 1
    locked.save()
    if locked.answer == InviteeAnswer.NO:
        forget_plans_of(locked)
    return locked


def _ensure_places(
    appraisal: Appraisal, meeting: Meeting | None, invitee: Invitee, reply: Reply
) -> None:
    places = places_left(appraisal, meeting)
    if places is None or reply.answer != InviteeAnswer.YES:
        return
    if invitee.answer == InviteeAnswer.YES:
        places += 1 + invitee.companions
    refuse_too_many(1 + reply.companions, places)


def refuse_too_many(wanted: int, places: int) -> None:
    if wanted <= places:
        return
    if places == 0:
        raise DomainError(
            "La salle est pleine. Appelez la personne qui invite: il arrive qu’une place se libère."
        )
    said = "une place" if places == 1 else f"{places} places"
    message = f"Il reste {said} dans la salle: dites combien viennent, dans cette limite."
    raise DomainError(message, fields={"companions": message, "people": message})


@transaction.atomic
def forget_address(*, invitee: Invitee) -> None:
    """She wants no more mails: her address goes, her name and her answer stay on the list."""
    Appraisal.objects.select_for_update(of=("self",)).get(pk=invitee.appraisal_id)
    Invitee.objects.filter(pk=invitee.pk).update(email="", version=F("version") + 1)
    forget_mails(invitee.appraisal, invitee.pk)


@transaction.atomic
def reply_openly(
    *, meeting: Meeting, people: int, email: str, form_key: str, address: str, now: dt.datetime
) -> PublicReply:
    """Count people who say that they will come. The same form, or the same address, counts once,
    for the last number written.

    Refused once the meeting takes no answer, when the hall is full, after too many from one place.
    """
    appraisal = Appraisal.objects.select_for_update(of=("self",)).get(pk=meeting.appraisal_id)
    same = PublicReply.objects.filter(form_key=form_key, meeting=meeting).first()
    if same is not None and same.people == people:
        return same
    door = door_of(appraisal, meeting, now)
    if door not in ANSWERABLE:
        raise DomainError(CLOSED_WORDS[door])
    known = same or (email and meeting.public_replies.filter(email=email.lower()).first())
    places = places_left(appraisal, meeting)
    if places is not None:
        refuse_too_many(people, places + (known.people if known else 0))
    if known:
        known.people = people
        known.save(update_fields=["people"])
        return known
    key = address_key(address)
    if meeting.public_replies.filter(sent_from=key, said_at__gt=now - REPLIES_WINDOW).count() >= (
        REPLIES_MAX
    ):
        raise DomainError("Beaucoup de réponses viennent d’ici. Réessayez dans dix minutes.")
    return PublicReply.objects.create(
        meeting=meeting,
        people=people,
        email=email.lower(),
        form_key=form_key,
        sent_from=key,
    )


@transaction.atomic
def forget_reminder(*, reply: PublicReply) -> None:
    """No reminder for this person: her address goes, her place stays counted."""
    PublicReply.objects.filter(pk=reply.pk).update(email="")
    forget_mails(reply.meeting.appraisal, f"p{reply.pk}")
