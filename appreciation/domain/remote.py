"""The facilitator's remote: the gestures that make sense now, each refused once the wall moved.

A double tap, or a laptop and a phone in two hands, must never skip a dimension: every button
carries the `moment` that its screen showed, checked under the meeting's lock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac

from appreciation.domain import meetings
from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin
from appreciation.domain.live import LiveMeeting, live_meeting
from appreciation.domain.wall import wall_subject
from appreciation.enums import MeetingState, RoundState
from appreciation.models import Meeting
from core.errors import DomainError

STEP_SECONDS = 60


class StaleMomentError(DomainError):
    """Something moved on the wall since the remote's screen was shown. Nothing was done."""

    def __init__(self) -> None:
        super().__init__(
            "L’écran de la salle avait déjà changé: rien de plus n’a été fait. "
            "Voici où en est la rencontre."
        )


@dataclass(frozen=True)
class Button:
    gesture: str
    words: str
    is_next: bool = False


OPEN_NEXT = Button("suivante", "Dimension suivante")
REVEAL = Button("reveler", "Révéler", is_next=True)
CLOSE_AND_REVEAL = Button("fermer-reveler", "Fermer et révéler")
CLOSE = Button("fermer-dimension", "Fermer sans révéler")

BUTTONS: dict[str, tuple[Button, ...]] = {
    RoundState.WAITING: (Button("ouvrir-dimension", "Ouvrir cette dimension", is_next=True),),
    RoundState.OPEN: (
        Button("fermer-reveler", "Fermer et révéler", is_next=True),
        CLOSE,
        Button("pause", "Mettre en pause"),
    ),
    RoundState.PAUSED: (
        Button("reprendre", "Reprendre", is_next=True),
        CLOSE_AND_REVEAL,
        CLOSE,
    ),
    RoundState.CLOSED: (REVEAL, OPEN_NEXT),
    RoundState.REVEALED: (
        Button("suivante", "Dimension suivante", is_next=True),
        Button("masquer", "Masquer"),
    ),
}
"""By the state of the vote on the wall; « Dimension suivante » only when one is left."""


def buttons_of(live: LiveMeeting) -> list[Button]:
    """What may be pressed now, the next thing first."""
    if live.meeting.state != MeetingState.OPEN:
        may_reveal = live.has_something_to_reveal and live.meeting.state == MeetingState.CLOSED
        return [Button("reveler-tout", "Tout révéler")] if may_reveal else []
    line = live.current
    if line is not None and line.state:
        buttons = BUTTONS[line.state]
    elif line is not None:
        buttons = (Button("suivante", "Dimension suivante", is_next=True),)
    elif live.is_voting:
        buttons = (Button("fermer-tout", "Fermer toutes les dimensions ouvertes", is_next=True),)
    elif live.has_something_to_reveal:
        buttons = (Button("reveler-tout", "Tout révéler", is_next=True), OPEN_NEXT)
    else:
        buttons = (OPEN_NEXT,)
    return [one for one in buttons if one.gesture != "suivante" or live.following is not None]


def moment_of(live: LiveMeeting) -> str:
    """A word that differs as soon as the wall or a vote does; numbers received leave it alone."""
    rounds = [(round_.pk, str(round_.state)) for line in live.lines for round_ in line.rounds]
    meeting = live.meeting
    wall = (wall_subject(meeting), meeting.current_dimension_id)
    told = repr((str(meeting.state), wall, rounds))
    return salted_hmac("appreciation.moment", told, algorithm="sha256").hexdigest()[:16]


def press(*, meeting: Meeting, actor: Actor, gesture: str, seen: str) -> None:
    """Do what a button of the remote says, unless the moment it was shown at is over.

    StaleMomentError then, whatever the gesture; a gesture that the moment does not offer is
    refused in the same words.
    """
    with transaction.atomic():
        locked = begin(meeting, actor)
        live = live_meeting(locked)
        if seen != moment_of(live) or gesture not in {one.gesture for one in buttons_of(live)}:
            raise StaleMomentError
        PRESSED[gesture](locked, actor, live)


def move_timer(
    *, meeting: Meeting, actor: Actor, is_more: bool, expected_end: dt.datetime | None
) -> None:
    """One minute more or less on the wall's timer, from the end that the remote showed."""
    seconds = STEP_SECONDS if is_more else -STEP_SECONDS
    meetings.extend_timer(meeting=meeting, actor=actor, seconds=seconds, expected_end=expected_end)


def _on_round(rule: Callable[..., object]) -> Callable[[Meeting, Actor, LiveMeeting], object]:
    def pressed(meeting: Meeting, actor: Actor, live: LiveMeeting) -> object:
        round_ = live.current.round if live.current else None
        if round_ is None:
            raise StaleMomentError
        return rule(meeting=meeting, actor=actor, round_id=round_.pk)

    return pressed


def _open_current(meeting: Meeting, actor: Actor, live: LiveMeeting) -> object:
    dimension_id = meeting.current_dimension_id or 0
    return meetings.open_dimension(meeting=meeting, actor=actor, dimension_id=dimension_id)


def _open_following(meeting: Meeting, actor: Actor, live: LiveMeeting) -> object:
    dimension_id = live.following_id or 0
    return meetings.open_dimension(meeting=meeting, actor=actor, dimension_id=dimension_id)


def _on_all(rule: Callable[..., object]) -> Callable[[Meeting, Actor, LiveMeeting], object]:
    return lambda meeting, actor, live: rule(meeting=meeting, actor=actor)


PRESSED: dict[str, Callable[[Meeting, Actor, LiveMeeting], object]] = {
    "ouvrir-dimension": _open_current,
    "suivante": _open_following,
    "pause": _on_round(meetings.pause_round),
    "reprendre": _on_round(meetings.resume_round),
    "fermer-dimension": _on_round(meetings.close_round),
    "fermer-reveler": _on_round(meetings.close_and_reveal_round),
    "reveler": _on_round(meetings.reveal_round),
    "masquer": _on_round(meetings.hide_round),
    "fermer-tout": _on_all(meetings.close_all_rounds),
    "reveler-tout": _on_all(meetings.reveal_all_rounds),
}
