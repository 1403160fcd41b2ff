"""The vote on each dimension: opened, paused, closed, revealed, voted again.

Same promises as `meetings.py`. A round is revealed only once it is closed; a new vote is a new
round, the first kept beside it (DESIGN.md §5, Close and reveal).
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import (
    ROUND_TRANSITIONS,
    begin,
    ensure_open,
    ensure_opened,
    record,
)
from appreciation.enums import UNFINISHED_ROUND_STATES, DotsState, Pace, RoundState
from appreciation.models import Meeting, Round
from core.errors import DomainError

SHOWN = ("current_dimension", "current_item")


def open_dimension(*, meeting: Meeting, actor: Actor, dimension_id: int) -> Round:
    """Open the waiting round of a dimension (an `InstrumentDimension`) and put it on the wall.

    Guided: one dimension at a time, the open one is closed or paused first.
    """
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_open(meeting)
        round_ = _last_round(meeting, dimension_id)
        if round_.state == RoundState.OPEN:
            return round_
        _ensure_alone(meeting, round_)
        return _move(meeting, actor, round_, "open")


def pause_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    """Stop taking answers for a moment; those received are kept."""
    return _gesture_on_round(meeting, actor, round_id, "pause")


def resume_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    return _gesture_on_round(meeting, actor, round_id, "resume")


def close_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    """End the vote on a dimension. Paper and hands stay open to the team until entry is done."""
    return _gesture_on_round(meeting, actor, round_id, "close")


def reopen_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    """Undo a close made by mistake. Refused once the room has seen results: vote again instead."""
    return _gesture_on_round(meeting, actor, round_id, "reopen")


def reveal_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    """Show the answers of a closed round to the room, even once the meeting is closed."""
    return _gesture_on_round(meeting, actor, round_id, "reveal")


def hide_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    """Take results off the wall. `revealed_at` stays: the room has seen them."""
    return _gesture_on_round(meeting, actor, round_id, "hide")


def close_and_reveal_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    """« Fermer et révéler »: both, or neither."""
    with transaction.atomic():
        meeting = begin(meeting, actor)
        round_ = _round(meeting, round_id)
        if round_.state in ROUND_TRANSITIONS["close"].sources:
            _move(meeting, actor, round_, "close")
        return _move(meeting, actor, round_, "reveal")


def start_new_round(*, meeting: Meeting, actor: Actor, round_id: int) -> Round:
    """A new vote on a dimension, after the round `round_id`, which is kept beside it.

    Asking twice gives one new round. Refused until the vote before it is closed.
    """
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_open(meeting)
        before = _round(meeting, round_id)
        last = _last_round(meeting, before.instrument_dimension_id)
        if last.number > before.number:
            return last
        if before.state in UNFINISHED_ROUND_STATES:
            raise DomainError(f"Fermez d’abord le vote en cours sur « {_title(before)} ».")
        _ensure_alone(meeting, before)
        round_ = Round.objects.create(
            meeting=meeting,
            instrument_dimension=before.instrument_dimension,
            number=before.number + 1,
            state=RoundState.OPEN,
            opened_at=timezone.now(),
        )
        record(meeting, actor, "Nouveau tour ouvert", str(round_), _show(meeting, round_))
    return round_


def close_all_rounds(*, meeting: Meeting, actor: Actor) -> Meeting:
    """Close every vote under way at once (free pace). Dimensions to come stay to come."""
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_open(meeting)
        running = meeting.rounds.filter(state__in=ROUND_TRANSITIONS["close"].sources)
        if running.update(state=RoundState.CLOSED, closed_at=timezone.now()):
            record(meeting, actor, "Toutes les dimensions ouvertes fermées")
    return meeting


def reveal_all_rounds(*, meeting: Meeting, actor: Actor) -> Meeting:
    """Show every closed round at once. Refused while an answer may still come in."""
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_opened(meeting)
        if meeting.rounds.filter(state__in=ROUND_TRANSITIONS["close"].sources).exists():
            raise DomainError("Fermez d’abord les dimensions qui reçoivent encore des réponses.")
        closed = meeting.rounds.filter(state=RoundState.CLOSED)
        if closed.update(state=RoundState.REVEALED, revealed_at=timezone.now()):
            record(meeting, actor, "Tous les résultats révélés")
    return meeting


def _gesture_on_round(meeting: Meeting, actor: Actor, round_id: int, name: str) -> Round:
    with transaction.atomic():
        meeting = begin(meeting, actor, ROUND_TRANSITIONS[name].who)
        round_ = _round(meeting, round_id)
        if name in ("resume", "reopen") and round_.state in ROUND_TRANSITIONS[name].sources:
            _ensure_alone(meeting, round_)
        return _move(meeting, actor, round_, name)


def _move(meeting: Meeting, actor: Actor, round_: Round, name: str) -> Round:
    """Follow one arrow of the table; nothing happens when the round is already there."""
    transition = ROUND_TRANSITIONS[name]
    if round_.state == transition.target:
        return round_
    if round_.state not in transition.sources:
        raise DomainError(f"« {_title(round_)} » {transition.refused}")
    _check_meeting(meeting, round_, name)
    now = timezone.now()
    round_.state = transition.target
    if name == "open":
        round_.opened_at = now
    elif name in ("close", "reopen"):
        round_.closed_at = now if name == "close" else None
    elif name == "reveal":
        round_.revealed_at = now
    round_.save(update_fields=["state", "opened_at", "closed_at", "revealed_at"])
    fields: tuple[str, ...] = ()
    if name in ("open", "reopen"):
        fields = _show(meeting, round_)
    elif name == "reveal":
        fields = _show(meeting, round_, is_vote=False)
    record(meeting, actor, transition.done, str(round_), fields)
    return round_


def _check_meeting(meeting: Meeting, round_: Round, name: str) -> None:
    if name in ("reveal", "hide"):
        ensure_opened(meeting)
    else:
        ensure_open(meeting)
    if name == "reopen" and round_.revealed_at is not None:
        raise DomainError(
            f"La salle a déjà vu les résultats de « {_title(round_)} »: "
            "lancez plutôt un autre tour."
        )


def _show(meeting: Meeting, round_: Round, *, is_vote: bool = True) -> tuple[str, ...]:
    """Bring the round's dimension to the wall, at its first statement, in place of what is there.

    The word of the room and a choice already shown give way. A vote also takes the exit questions
    away, phones included: nobody is leaving yet. Results do not: people may be answering them.
    """
    fields: list[str] = []
    if meeting.wall_question_id is not None:
        meeting.wall_question = None
        fields.append("wall_question")
    if meeting.dots == DotsState.SHOWN:
        meeting.dots = DotsState.IDLE
        fields.append("dots")
    if is_vote and meeting.exit_questions_open:
        meeting.exit_questions_open = False
        fields.append("exit_questions_open")
    if meeting.current_dimension_id != round_.instrument_dimension_id:
        meeting.current_dimension_id = round_.instrument_dimension_id
        meeting.current_item_id = None
        fields.extend(SHOWN)
    return tuple(fields)


def _ensure_alone(meeting: Meeting, round_: Round) -> None:
    """Guided pace: whoever looks at the wall answers one dimension at a time."""
    if meeting.pace != Pace.GUIDED:
        return
    others = meeting.rounds.filter(state=RoundState.OPEN).exclude(pk=round_.pk)
    other = others.select_related("instrument_dimension__dimension").first()
    if other is not None:
        raise DomainError(
            f"« {_title(other)} » est encore ouverte: fermez-la ou mettez-la en pause d’abord."
        )


def _round(meeting: Meeting, round_id: int) -> Round:
    round_ = (
        meeting.rounds.select_related("instrument_dimension__dimension").filter(pk=round_id).first()
    )
    if round_ is None:
        raise DomainError("Ce vote ne fait pas partie de la rencontre. Rechargez la console.")
    return round_


def _last_round(meeting: Meeting, dimension_id: int) -> Round:
    """The latest round of a dimension of this meeting. DomainError when it has none."""
    round_ = (
        meeting.rounds.select_related("instrument_dimension__dimension")
        .filter(instrument_dimension_id=dimension_id)
        .order_by("-number")
        .first()
    )
    if round_ is None:
        raise DomainError("Cette dimension n’est pas appréciée dans la rencontre.")
    return round_


def _title(round_: Round) -> str:
    return str(round_.instrument_dimension)
