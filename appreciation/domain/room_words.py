"""The moderated word of the room: asked at the console, sent from phones, shown by the facilitator.

Nothing reaches the wall before she shows it. Words are stored without a seat, under random numbers:
what tells that a phone has sent three is a keyed imprint, erased with the tokens after thirty days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, ensure_open, ensure_opened, record
from appreciation.domain.locks import share_meeting
from appreciation.domain.paper import ensure_entry_open, ensure_private_screen
from appreciation.domain.ratings import random_comment_number
from appreciation.enums import MeetingState, RoomWordState
from appreciation.models import Meeting, RoomHeading, RoomQuestion, RoomWord, Seat
from core.errors import DomainError

if TYPE_CHECKING:
    pass

LONGEST_WORD = 140
WORDS_EACH = 3
MOST_WORDS = 2000
NOT_ASKED = "Cette question est fermée. Votre mot n’a pas été gardé."


class NotAskedError(DomainError):
    """The room is not asked this any more. Nothing was stored."""


def ask_room(*, meeting: Meeting, actor: Actor, text: str) -> RoomQuestion:
    """Ask the phones a short question, in place of the one before. The same text is asked again."""
    asked = " ".join(text.split())
    if not asked:
        raise DomainError("Écrivez la question.", fields={"text": "Écrivez la question."})
    with transaction.atomic():
        locked = begin(meeting, actor)
        ensure_open(locked)
        question, _ = RoomQuestion.objects.get_or_create(meeting=locked, text=asked)
        if locked.asked_question_id != question.pk:
            locked.asked_question = locked.wall_question = question
            fields = ("asked_question", "wall_question")
            record(locked, actor, "Question à la salle", asked, fields)
    return question


def stop_asking(*, question: RoomQuestion, actor: Actor) -> None:
    """Phones send no more words; those received stay to be grouped."""
    with transaction.atomic():
        locked = begin(question.meeting, actor)
        if locked.asked_question_id == question.pk:
            locked.asked_question = None
            record(locked, actor, "Question à la salle fermée", question.text, ("asked_question",))


def show_on_wall(*, question: RoomQuestion, actor: Actor, on: bool) -> None:
    """Put the question and its shown words on the wall, or give the wall back to the meeting."""
    with transaction.atomic():
        locked = begin(question.meeting, actor)
        ensure_opened(locked)
        wanted = question.pk if on else None
        if not on and locked.wall_question_id not in (None, question.pk):
            return
        if locked.wall_question_id != wanted:
            locked.wall_question_id = wanted
            said = "Mots de la salle à l’écran" if on else "Mots de la salle retirés de l’écran"
            record(locked, actor, said, question.text, ("wall_question",))


def send_word(*, seat: Seat, question_id: int, text: str) -> None:
    """Keep one word of this seat, three at most; the same word again changes nothing.

    Refused with NotAskedError once the question is no longer asked, with DomainError when empty,
    too long, or a fourth.
    """
    word = clean_word(text)
    with transaction.atomic():
        share_meeting(meeting_id=seat.meeting_id, seat_id=seat.pk)
        meeting = Meeting.every.get(pk=seat.meeting_id)
        is_asked = meeting.asked_question_id == question_id and meeting.state == MeetingState.OPEN
        if not is_asked or seat.token is None:
            raise NotAskedError(NOT_ASKED)
        sent = sent_words(seat, question_id)
        if word in sent.values():
            return
        free = [key for key in _keys(seat, question_id) if key not in sent]
        if not free:
            raise DomainError(f"C’est déjà {WORDS_EACH} mots: merci! Laissons place aux autres.")
        if RoomWord.objects.filter(question_id=question_id).count() >= MOST_WORDS:
            raise DomainError(
                "La salle a déjà envoyé beaucoup de mots: dites le vôtre à voix haute."
            )
        RoomWord.objects.create(
            pk=random_comment_number(), question_id=question_id, text=word, key=free[0]
        )


def copy_room_word(*, question: RoomQuestion, actor: Actor, text: str, sending: str) -> None:
    """A word from a slip of paper. `sending`, made with the form, recognises a double tap."""
    word = clean_word(text)
    told = repr((question.pk, sending, word))
    key = salted_hmac("appreciation.room_paper", told, algorithm="sha256").hexdigest()
    with transaction.atomic():
        locked = begin(question.meeting, actor)
        ensure_entry_open(locked)
        ensure_private_screen(locked, actor)
        RoomWord.objects.get_or_create(
            key=key, defaults={"pk": random_comment_number(), "question": question, "text": word}
        )


def add_heading(*, question: RoomQuestion, actor: Actor, title: str) -> RoomHeading:
    """A title to group under. The same title again is the same group."""
    named = " ".join(title.split())
    if not named:
        raise DomainError("Écrivez un titre.", fields={"title": "Écrivez un titre."})
    with transaction.atomic():
        begin(question.meeting, actor)
        return RoomHeading.objects.get_or_create(question=question, title=named)[0]


def remove_heading(*, question: RoomQuestion, actor: Actor, pk: int) -> None:
    """Its words stay, without a title."""
    with transaction.atomic():
        locked = begin(question.meeting, actor)
        RoomHeading.objects.filter(question=question, pk=pk).delete()
        _refresh_wall(locked, question)


def place_word(
    *, question: RoomQuestion, actor: Actor, pk: int, heading_id: int | None, state: str
) -> None:
    """Group one word and say whether the wall shows it. Unknown ones are left alone."""
    if state not in RoomWordState.values:
        raise DomainError("Choisissez montrer, garder ou masquer.")
    with transaction.atomic():
        locked = begin(question.meeting, actor)
        heading = RoomHeading.objects.filter(question=question, pk=heading_id or 0).first()
        RoomWord.objects.filter(question=question, pk=pk).update(heading=heading, state=state)
        _refresh_wall(locked, question)


def keep_in_report(*, question: RoomQuestion, actor: Actor, on: bool) -> None:
    """Shown words go into the report, without a name: only if quotes were announced."""
    with transaction.atomic():
        locked = begin(question.meeting, actor)
        if on and not locked.appraisal.quotes_announced:
            raise DomainError(
                "Les citations n’ont pas été annoncées aux participants: ces mots restent dans "
                "l’équipe."
            )
        RoomQuestion.objects.filter(pk=question.pk).update(in_report=on)


def sent_words(seat: Seat, question_id: int) -> dict[str, str]:
    """`{imprint: text}` of what this seat sent, as long as its token lasts."""
    keys = _keys(seat, question_id)
    return {word.key or "": word.text for word in RoomWord.objects.filter(key__in=keys)}


def clean_word(text: str) -> str:
    """One line, no NUL, no space around; 140 signs at most."""
    word = " ".join(text.replace("\x00", "").split())
    if not word:
        raise DomainError(
            "Écrivez un mot.", fields={"text": "Écrivez un mot ou une courte phrase."}
        )
    if len(word) > LONGEST_WORD:
        sentence = f"Ce mot compte {len(word)} signes; il en faut {LONGEST_WORD} au plus."
        raise DomainError(sentence, fields={"text": sentence})
    return word


def forget_imprints(meeting: Meeting) -> None:
    """Thirty days after: nothing tells any more which words came from one phone."""
    RoomWord.objects.filter(question__meeting=meeting).update(key=None)


def _keys(seat: Seat, question_id: int) -> list[str]:
    return [
        salted_hmac(
            "appreciation.room_word", f"{seat.token}:{question_id}:{number}", algorithm="sha256"
        ).hexdigest()
        for number in range(WORDS_EACH)
    ]


def _refresh_wall(meeting: Meeting, question: RoomQuestion) -> None:
    """The wall polls the revision: it must notice, but the journal need not."""
    if meeting.wall_question_id == question.pk:
        meeting.revision += 1
        meeting.save(update_fields=["revision"])
