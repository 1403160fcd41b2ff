"""What has the wall: one answer for the projection, the console's thumbnail and the remote.

The dots first, then the exit questions, then the word of the room, then the dimension.
"""

from __future__ import annotations

from dataclasses import dataclass

from appreciation.domain.live import DimensionLine, LiveMeeting
from appreciation.enums import DotsState, MeetingState
from appreciation.models import Meeting

DIMENSION = "dimension"
DOTS = "dots"
RANKING = "ranking"
WORDS = "words"


@dataclass(frozen=True)
class OnWall:
    """In short, for whoever has the wall behind her. `kicker`: what it is; `title`: what it says.

    `label` completes the kicker with the state of the vote, when a vote is on the wall.
    """

    subject: str
    kicker: str
    title: str
    label: str = ""


FIXED = {
    DOTS: ("Choisir avec des points", "Par quoi commencer?"),
    RANKING: ("Choisir avec des points", "Le choix de la salle"),
    "exit": ("Avant de partir", "Questions de sortie"),
    "before": ("Avant la rencontre", "Bienvenue!"),
    "join": ("Toute la rencontre", "Joignez-vous à la rencontre"),
    "thanks": ("Après la rencontre", "Merci d’être là!"),
}


def wall_subject(meeting: Meeting) -> str:
    """Which of all that may be shown has the wall now: a mode of the hall, or DIMENSION."""
    if meeting.dots:
        return RANKING if meeting.dots == DotsState.SHOWN else DOTS
    if meeting.wall_question_id and not meeting.exit_questions_open:
        return WORDS
    if meeting.current_dimension_id and not meeting.exit_questions_open:
        return DIMENSION
    return subject_without_dimension(meeting)


def subject_without_dimension(meeting: Meeting) -> str:
    if meeting.state == MeetingState.PLANNED:
        return "before"
    if meeting.state != MeetingState.OPEN:
        return "thanks"
    return "exit" if meeting.exit_questions_open else "join"


def on_wall(live: LiveMeeting) -> OnWall:
    """The wall in two lines. One query more while it is given to the word of the room."""
    meeting, line = live.meeting, live.current
    subject = wall_subject(meeting)
    if subject == WORDS and meeting.wall_question:
        return OnWall(subject, "Le mot de la salle", meeting.wall_question.text)
    if subject == DIMENSION and line is not None:
        kicker = f"{line.rank} de {len(live.lines)}"
        return OnWall(subject, kicker, _statement(meeting, line), line.label)
    kicker, title = FIXED.get(subject) or FIXED[subject_without_dimension(meeting)]
    return OnWall(subject, kicker, title)


def _statement(meeting: Meeting, line: DimensionLine) -> str:
    items = line.dimension.items
    chosen = [item for item in items if item.id == meeting.current_item_id]
    return next((item.text for item in (*chosen, *items)), line.dimension.title)
