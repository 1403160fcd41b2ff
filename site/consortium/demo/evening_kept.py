"""What a demonstration evening leaves beside its votes: minutes, photos, words, tables."""

from __future__ import annotations

from appreciation.domain.actors import Actor
from appreciation.domain.minutes import save_minutes
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.tables import save_table, set_tables
from appreciation.enums import RoomWordState
from appreciation.models import Meeting, RoomHeading, RoomQuestion, RoomWord
from consortium.demo.flip_charts import hang_flip_charts

WORDS = (
    ("Le lac au lever du jour", "Le lieu", RoomWordState.SHOWN),
    ("Le quai, l’été", "Le lieu", RoomWordState.SHOWN),
    ("On se salue", "Les gens", RoomWordState.SHOWN),
    ("La chorale du jeudi", "Les gens", RoomWordState.SHOWN),
    ("Tranquille", "", RoomWordState.WAITING),
)
TABLES = ((1, 5, 2), (2, 6, 3), (3, 5, 2))
"""Number, people, level: for the first statement only."""


def keep_evening(meeting: Meeting, actor: Actor) -> None:
    if actor.user is None:
        return
    save_minutes(
        meeting=meeting,
        user=actor.user,
        version=0,
        context="Première neige la veille; deux personnes ont téléphoné pour s’excuser (fictif).",
        course="Accueil, lecture du portrait, appréciation, pause, discussion, pistes (fictif).",
        observations="Les plus jeunes ont parlé après la pause (fictif).",
    )
    hang_flip_charts(meeting, actor.user)
    _hear_the_room(meeting)
    set_tables(meeting=meeting, actor=actor, count=len(TABLES))
    first = questionnaire_for(meeting.instrument).items[0]
    for number, people, level in TABLES:
        save_table(
            table=meeting.tables.get(number=number),
            actor=actor,
            version=0,
            people=people,
            said={first.id: (level, "Phrase fictive d’une table.")},
        )


def _hear_the_room(meeting: Meeting) -> None:
    question = RoomQuestion.objects.create(
        meeting=meeting, text="Un mot sur notre communauté (exemple)"
    )
    for text, title, state in WORDS:
        heading = None
        if title:
            heading, _ = RoomHeading.objects.get_or_create(question=question, title=title)
        RoomWord.objects.create(question=question, heading=heading, text=text, state=state)
