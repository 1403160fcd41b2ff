"""What the wall and the room are told: the dimension shown, the people counted, the timer.

Same promises as `meetings.py`.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, ensure_open, ensure_opened, record
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.rounds import SHOWN
from appreciation.enums import ENTRY_STATES, MeetingState
from appreciation.models import Meeting
from core.errors import DomainError
from core.typography import fr_time

LONGEST_TIMER = 3 * 60 * 60
LARGEST_HALL = 2000


def show_dimension(
    *, meeting: Meeting, actor: Actor, dimension_id: int | None, item_id: int | None = None
) -> Meeting:
    """Put a dimension (or one of its statements) on the wall; None: the whole meeting.

    The word of the room gives way to it.
    """
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_opened(meeting)
        dimensions = {d.id: d for d in questionnaire_for(meeting.instrument).dimensions}
        if dimension_id is not None and dimension_id not in dimensions:
            raise DomainError("Cette dimension ne fait pas partie de la rencontre.")
        items = dimensions[dimension_id].items if dimension_id is not None else ()
        is_asked = item_id in {item.id for item in items}
        shown = (dimension_id, item_id if is_asked else None)
        has_words = meeting.wall_question_id is not None
        if has_words or shown != (meeting.current_dimension_id, meeting.current_item_id):
            meeting.current_dimension_id, meeting.current_item_id = shown
            meeting.wall_question = None
            meeting.revision += 1
            meeting.save(update_fields=[*SHOWN, "wall_question", "revision"])
    return meeting


def set_head_count(*, meeting: Meeting, actor: Actor, head_count: int | None) -> Meeting:
    """How many people are in the hall, counted by somebody; None: not known."""
    if head_count is not None and not 0 <= head_count <= LARGEST_HALL:
        raise DomainError(
            f"Le nombre de personnes va de 0 à {LARGEST_HALL}.",
            fields={"head_count": f"Entre 0 et {LARGEST_HALL}."},
        )
    with transaction.atomic():
        meeting = begin(meeting, actor)
        if meeting.state == MeetingState.ENTRY_DONE:
            raise DomainError("La saisie est terminée. Rouvrez-la pour corriger les présences.")
        if meeting.head_count != head_count:
            meeting.head_count = head_count
            said = "non comptées" if head_count is None else str(head_count)
            record(meeting, actor, "Personnes présentes", said, ("head_count",))
    return meeting


def set_timer(*, meeting: Meeting, actor: Actor, seconds: int) -> Meeting:
    """Start the timer of the wall again, on the server's clock. 0 takes it away."""
    if not 0 <= seconds <= LONGEST_TIMER:
        raise DomainError("Le minuteur va de quelques secondes à trois heures.")
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_open(meeting)
        ends_at = timezone.now() + dt.timedelta(seconds=seconds) if seconds else None
        _set_timer(meeting, actor, ends_at)
    return meeting


def extend_timer(
    *, meeting: Meeting, actor: Actor, seconds: int, expected_end: dt.datetime | None
) -> Meeting:
    """Add time to what is left, or start; take some away, down to no timer at all.

    `expected_end` is what the screen showed. When the timer has moved since, nothing happens: a
    double tap adds one minute, not two.
    """
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_open(meeting)
        if meeting.timer_ends_at == expected_end:
            start = max(meeting.timer_ends_at or timezone.now(), timezone.now())
            latest = timezone.now() + dt.timedelta(seconds=LONGEST_TIMER)
            ends_at = min(start + dt.timedelta(seconds=seconds), latest)
            _set_timer(meeting, actor, ends_at if ends_at > timezone.now() else None)
    return meeting


def set_exit_questions(*, meeting: Meeting, actor: Actor, are_open: bool) -> Meeting:
    """The three exit questions, on the phones, while the meeting is open."""
    with transaction.atomic():
        meeting = begin(meeting, actor)
        ensure_open(meeting)
        if meeting.exit_questions_open != are_open:
            meeting.exit_questions_open = are_open
            said = "Questions de sortie ouvertes" if are_open else "Questions de sortie fermées"
            record(meeting, actor, said, fields=("exit_questions_open",))
    return meeting


def set_mirrored_screen(*, meeting: Meeting, actor: Actor, is_mirrored: bool) -> Meeting:
    """Whether the console's own screen is the one of the hall (a single projected computer)."""
    with transaction.atomic():
        meeting = begin(meeting, actor)
        if meeting.mirrored_screen != is_mirrored:
            meeting.mirrored_screen = is_mirrored
            said = "Un seul écran: celui de la salle" if is_mirrored else "Écran de la salle à part"
            record(meeting, actor, said, fields=("mirrored_screen",))
    return meeting


def entry_is_private(meeting: Meeting) -> bool:
    """Whether names and paper entry must stay off this team's screens: the hall would read them.

    With a single computer whose screen is the wall, nothing is typed there until the team says
    that the wall is no longer connected. Devices of their own (the evening's secretary, a second
    computer that says so) are not concerned.
    """
    return meeting.mirrored_screen and meeting.state in ENTRY_STATES


def _set_timer(meeting: Meeting, actor: Actor, ends_at: dt.datetime | None) -> None:
    if meeting.timer_ends_at == ends_at:
        return
    meeting.timer_ends_at = ends_at
    said = "retiré" if ends_at is None else f"jusqu’à {fr_time(timezone.localtime(ends_at))}"
    record(meeting, actor, "Minuteur", said, ("timer_ends_at",))
