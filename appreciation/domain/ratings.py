"""One answer from one seat: stored once, exactly, or refused in words (DESIGN.md §5, Rating)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from secrets import randbelow
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from appreciation.domain.counts import move_count
from appreciation.domain.frozen_questionnaire import frozen_questionnaire
from appreciation.domain.locks import share_meeting
from appreciation.enums import UNFINISHED_ROUND_STATES, MeetingState, RoundState, SpecialAnswer
from appreciation.models import Comment, Rating, Seat
from core.errors import DomainError

COMMENT_MAX = 10_000
LARGEST_COMMENT_NUMBER = 2**53
SEQUENCE_MAX = 2**63 - 1
HALF_A_SIGN = re.compile("[\ud800-\udfff]")


class InvalidRatingError(DomainError):
    """Not an answer to a question of this meeting."""


class RatingClosedError(DomainError):
    """The meeting or the round takes no answer now. Nothing was stored.

    `is_over`: trying again is of no use, the room has gone on. A pause is not the end.
    """

    def __init__(self, message: str, *, is_over: bool = True) -> None:
        super().__init__(message)
        self.is_over = is_over


class SequenceConflictError(DomainError):
    """The same sequence came before with something else. `stored` is what stays."""

    def __init__(self, message: str, *, stored: int) -> None:
        super().__init__(message)
        self.stored = stored


class SeatGoneError(DomainError):
    """Nobody sits here any more: the tokens of this meeting were erased."""


GONE = "Cette rencontre est terminée depuis longtemps. Elle ne prend plus de réponses."
MEETING_CLOSED = (
    "La rencontre est fermée. Cette réponse n’a pas été comptée. "
    "Vous pouvez la dire à la personne qui anime."
)
ROUND_REFUSALS = {
    RoundState.WAITING: "Cette question n’est pas encore ouverte. Regardez l’écran.",
    RoundState.PAUSED: "Cette question est en pause. Réessayez quand elle reprendra.",
    RoundState.CLOSED: "Cette question est fermée. Cette réponse n’a pas été comptée.",
    RoundState.REVEALED: "Cette question est fermée. Cette réponse n’a pas été comptée.",
}
OTHER_CONTENT = (
    "Une autre réponse est déjà arrivée pour cette question. Elle est gardée. "
    "Pour la changer, choisissez encore, puis envoyez."
)


# Written by hand: this runs for every tap of a full hall, and building it cost more than asking it.
SITUATION = """
SELECT meeting.state, meeting.unlinked_at IS NOT NULL, instrument.id, instrument.frozen_at,
    EXISTS (SELECT 1 FROM appreciation_seat WHERE id = %s AND token IS NOT NULL),
    asked.state, asked.instrument_dimension_id, mine.id, mine.answer, mine.sequence
FROM appreciation_meeting meeting
JOIN appreciation_instrument instrument ON instrument.id = meeting.instrument_id
LEFT JOIN appreciation_round asked ON asked.id = %s AND asked.meeting_id = meeting.id
LEFT JOIN appreciation_rating mine
    ON mine.round_id = asked.id AND mine.seat_id = %s AND mine.item_id = %s
WHERE meeting.id = %s
"""


@dataclass(frozen=True)
class RecordedRating:
    """What is stored now. `superseded`: a later answer had come first, and stays."""

    answer: int
    sequence: int
    created: bool = False
    superseded: bool = False


@dataclass(frozen=True)
class _Situation:
    """The meeting, the round and the stored answer, as they are under the lock."""

    meeting_state: str
    is_unlinked: bool
    instrument_id: int
    frozen_at: dt.datetime | str | None
    is_seated: bool
    round_state: str
    instrument_dimension_id: int
    rating_id: int | None
    answer: int | None
    sequence: int | None


def record_rating(
    *,
    seat: Seat,
    item_id: int,
    round_id: int,
    answer: int,
    comment: str | None = None,
    sequence: int,
    client_recorded_at: dt.datetime | None = None,
) -> RecordedRating:
    """Store the answer of `seat` to one item in one round; the highest sequence wins while open.

    The same sequence with the same content gives back what is stored, even after the close: a phone
    that lost the reply must learn that its answer counted. A lower sequence changes nothing. The
    same sequence with something else is refused, and so is anything new once the round or the
    meeting is closed. A comment of None leaves the stored one; an empty one erases it.

    Raises InvalidRatingError, RatingClosedError, SequenceConflictError or SeatGoneError: nothing
    is stored then.
    """
    text = clean_comment(comment)
    if not 1 <= sequence <= SEQUENCE_MAX:
        raise InvalidRatingError("Le numéro d’envoi doit être un nombre entier, à partir de 1.")
    with transaction.atomic():
        share_meeting(meeting_id=seat.meeting_id, seat_id=seat.pk)
        situation = _situation(seat, item_id, round_id)
        _check_answer(situation, item_id, answer)
        stored = _stored_already(situation, seat, item_id, round_id, (answer, sequence, text))
        if stored:
            return stored
        _check_open(situation)
        values = {"answer": answer, "sequence": sequence, "client_recorded_at": client_recorded_at}
        _store(situation, values, seat=seat, item_id=item_id, round_id=round_id)
        is_new = situation.rating_id is None
        _keep_comment(seat, item_id, round_id, text, is_new=is_new)
        # Last: others wait for the count that we touch.
        move_count(seat=seat, round_id=round_id, item_id=item_id, old=situation.answer, new=answer)
    return RecordedRating(answer, sequence, created=is_new)


def clean_comment(comment: str | None) -> str | None:
    """The comment as it will be stored: no NUL, plain line ends, no space around. None stays None.

    Half an emoji, which a script can send and no database can store, becomes « � ». Nothing else is
    taken out: HTML, emoji and right-to-left text are words like others, and every
    screen escapes them. Raises InvalidRatingError beyond 10,000 characters.
    """
    if comment is None:
        return None
    text = comment.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    text = HALF_A_SIGN.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) > COMMENT_MAX:
        sentence = (
            f"Votre mot compte {len(text)} caractères; il en faut {COMMENT_MAX} au plus. "
            "Raccourcissez-le, puis envoyez encore."
        )
        raise InvalidRatingError(sentence, fields={"comment": sentence})
    return text


def comment_key(seat: Seat, item_id: int, round_id: int) -> str:
    """Recognises a resend of the same comment without saying whose it is (DESIGN.md §4)."""
    return salted_hmac(
        "appreciation.comment", f"{seat.token}:{item_id}:{round_id}", algorithm="sha256"
    ).hexdigest()


def random_comment_number() -> int:
    """In a row, numbers would tell the team who wrote before whom, and which words go together."""
    return randbelow(LARGEST_COMMENT_NUMBER) + 1


def _situation(seat: Seat, item_id: int, round_id: int) -> _Situation:
    """One query: the meeting, the seat, the round, and what is already stored."""
    with connection.cursor() as cursor:
        keys = (seat.pk, round_id, seat.pk, item_id, seat.meeting_id)
        cursor.execute(SITUATION, keys)
        row = cursor.fetchone()
    if row is None:
        raise SeatGoneError(GONE)
    situation = _Situation(*row)
    if situation.is_unlinked:
        raise SeatGoneError(GONE)
    if situation.round_state is None:
        raise InvalidRatingError("Ce tour n’existe pas dans cette rencontre. Rechargez la page.")
    if not situation.is_seated:
        raise SeatGoneError(GONE)
    return situation


def _check_answer(situation: _Situation, item_id: int, answer: int) -> None:
    questionnaire = frozen_questionnaire(situation.instrument_id, situation.frozen_at)
    item = questionnaire.items_by_id.get(item_id)
    asked = {
        asked.id
        for dimension in questionnaire.rated_dimensions
        if dimension.id == situation.instrument_dimension_id
        for asked in dimension.items
    }
    if item is None or item_id not in asked:
        raise InvalidRatingError("Cette question ne fait pas partie de ce tour. Rechargez la page.")
    if answer not in SpecialAnswer.values and not 1 <= answer <= len(item.levels):
        raise InvalidRatingError(f"Choisissez un niveau de 1 à {len(item.levels)}, ou passez.")


def _stored_already(
    situation: _Situation,
    seat: Seat,
    item_id: int,
    round_id: int,
    sent: tuple[int, int, str | None],
) -> RecordedRating | None:
    """What to give back when this sending changes nothing; a conflict if it disagrees."""
    answer, sequence, text = sent
    if situation.answer is None or situation.sequence is None or sequence > situation.sequence:
        return None
    if sequence == situation.sequence:
        same = answer == situation.answer and _same_comment(seat, item_id, round_id, text)
        if not same:
            raise SequenceConflictError(OTHER_CONTENT, stored=situation.answer)
    return RecordedRating(
        situation.answer, situation.sequence, superseded=sequence < situation.sequence
    )


def _same_comment(seat: Seat, item_id: int, round_id: int, text: str | None) -> bool:
    """None says nothing about the comment; an empty one equals none."""
    if text is None:
        return True
    key = comment_key(seat, item_id, round_id)
    stored = Comment.objects.filter(key=key).values_list("text", flat=True).first()
    return text == (stored or "")


def _check_open(situation: _Situation) -> None:
    if situation.meeting_state != MeetingState.OPEN:
        raise RatingClosedError(MEETING_CLOSED)
    if situation.round_state != RoundState.OPEN:
        state = RoundState(situation.round_state)
        is_over = state not in UNFINISHED_ROUND_STATES
        raise RatingClosedError(ROUND_REFUSALS[state], is_over=is_over)


def _store(situation: _Situation, values: dict[str, Any], **where: Any) -> None:
    values = values | {"recorded_at": timezone.now()}
    if situation.rating_id is None:
        Rating.objects.create(**where, **values)
    else:
        Rating.objects.filter(pk=situation.rating_id).update(**values)


def _keep_comment(
    seat: Seat, item_id: int, round_id: int, text: str | None, *, is_new: bool
) -> None:
    if text is None or (is_new and not text):
        return
    mine = Comment.objects.filter(key=comment_key(seat, item_id, round_id))
    if not text:
        mine.delete()
    elif is_new or not mine.update(text=text):
        Comment.objects.create(
            pk=random_comment_number(),
            meeting_id=seat.meeting_id,
            item_id=item_id,
            text=text,
            key=comment_key(seat, item_id, round_id),
        )
