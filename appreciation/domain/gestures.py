"""What the team may do at the console, as tables: name, who, from, to, line of the journal.

The functions of `meetings.py` read them; nothing else decides who may do what, and when.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from appreciation.domain.actors import Actor
from appreciation.domain.locks import lock_meeting
from appreciation.enums import MeetingState, MembershipRole, RoundState
from appreciation.models import Meeting, MeetingLog
from core.errors import DomainError


class Who(Enum):
    """TEAM: lead, co-facilitator or coordinator. LEAD: the lead or a coordinator."""

    TEAM = "team"
    LEAD = "lead"


@dataclass(frozen=True)
class Transition:
    """One arrow. `done` is the line of the journal; `refused` completes « … » with what to do."""

    name: str
    who: Who
    sources: tuple[str, ...]
    target: str
    done: str
    refused: str


_MEETING = (
    Transition(
        "open",
        Who.TEAM,
        (MeetingState.PLANNED,),
        MeetingState.OPEN,
        "Rencontre ouverte",
        "Cette rencontre a déjà eu lieu: créez-en une autre à l’étape « Tenir la rencontre ».",
    ),
    Transition(
        "close",
        Who.TEAM,
        (MeetingState.OPEN,),
        MeetingState.CLOSED,
        "Rencontre fermée aux téléphones",
        "Seule une rencontre ouverte peut être fermée.",
    ),
    Transition(
        "finish_entry",
        Who.TEAM,
        (MeetingState.CLOSED,),
        MeetingState.ENTRY_DONE,
        "Saisie terminée",
        "Fermez d’abord la rencontre, puis déclarez la saisie terminée.",
    ),
    Transition(
        "reopen_entry",
        Who.LEAD,
        (MeetingState.ENTRY_DONE,),
        MeetingState.CLOSED,
        "Saisie rouverte",
        "La saisie n’est pas terminée: elle est déjà ouverte.",
    ),
    Transition(
        "put_back",
        Who.LEAD,
        (MeetingState.OPEN, MeetingState.CLOSED),
        MeetingState.PLANNED,
        "Rencontre remise à « prévue »",
        "La saisie est terminée: cette rencontre a eu lieu, elle ne redevient pas « prévue ».",
    ),
)
_ROUND = (
    Transition(
        "open",
        Who.TEAM,
        (RoundState.WAITING,),
        RoundState.OPEN,
        "Dimension ouverte",
        "a déjà été ouverte. Pour voter de nouveau, lancez un autre tour.",
    ),
    Transition(
        "pause",
        Who.TEAM,
        (RoundState.OPEN,),
        RoundState.PAUSED,
        "Dimension mise en pause",
        "n’est pas ouverte: rien à mettre en pause.",
    ),
    Transition(
        "resume",
        Who.TEAM,
        (RoundState.PAUSED,),
        RoundState.OPEN,
        "Dimension reprise",
        "n’est plus en pause. Regardez où en est la console.",
    ),
    Transition(
        "close",
        Who.TEAM,
        (RoundState.OPEN, RoundState.PAUSED),
        RoundState.CLOSED,
        "Dimension fermée",
        "n’est pas ouverte: rien à fermer. Regardez où en est la console.",
    ),
    Transition(
        "reopen",
        Who.TEAM,
        (RoundState.CLOSED,),
        RoundState.OPEN,
        "Dimension rouverte",
        "n’est pas fermée: rien à rouvrir.",
    ),
    Transition(
        "reveal",
        Who.TEAM,
        (RoundState.CLOSED,),
        RoundState.REVEALED,
        "Résultats révélés",
        "reçoit encore des réponses. Fermez-la, puis révélez.",
    ),
    Transition(
        "hide",
        Who.TEAM,
        (RoundState.REVEALED,),
        RoundState.CLOSED,
        "Résultats masqués",
        "n’est pas à l’écran: rien à masquer.",
    ),
)

MEETING_TRANSITIONS = {transition.name: transition for transition in _MEETING}
ROUND_TRANSITIONS = {transition.name: transition for transition in _ROUND}


def may(actor: Actor, meeting: Meeting, who: Who) -> bool:
    """Whether `actor` may lead this meeting. A secretary never does; the system always may."""
    user = actor.user
    if user is None:
        return actor.evening_pass is None
    if not Meeting.every.editable_by(user).filter(pk=meeting.pk).exists():
        return False
    if who is Who.TEAM or user.is_superuser:
        return True
    return (
        meeting.appraisal.memberships.filter(user=user, role=MembershipRole.LEAD).exists()
        or user.coordinated_places().filter(pk=meeting.appraisal.place_id).exists()
    )


def begin(meeting: Meeting, actor: Actor, who: Who = Who.TEAM) -> Meeting:
    """The meeting, locked, for somebody who may. Call first, inside the transaction."""
    locked = lock_meeting(meeting)
    if not may(actor, locked, who):
        raise DomainError(
            "Ce geste revient à la personne responsable de la démarche."
            if who is Who.LEAD
            else "La console se mène par l’équipe de la démarche."
        )
    return locked


def record(
    meeting: Meeting, actor: Actor, action: str, detail: str = "", fields: Iterable[str] = ()
) -> None:
    """Save `fields` of the locked meeting, bump its revision, write a line in its journal."""
    meeting.revision += 1
    meeting.save(update_fields=[*fields, "revision"])
    MeetingLog.objects.create(
        meeting=meeting, action=action, detail=detail[:300], user=actor.user, by_label=actor.label
    )


def ensure_open(meeting: Meeting) -> None:
    """Refuse unless the meeting takes answers."""
    if meeting.state == MeetingState.PLANNED:
        raise DomainError("La rencontre n’est pas encore ouverte.")
    if meeting.state != MeetingState.OPEN:
        raise DomainError("La rencontre est fermée: on ne vote plus.")


def ensure_opened(meeting: Meeting) -> None:
    """Refuse before the meeting opens."""
    if meeting.state == MeetingState.PLANNED:
        raise DomainError("La rencontre n’est pas encore ouverte.")
