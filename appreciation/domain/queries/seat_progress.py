"""Where one seat stands: what is open to it, what it sent, which screen comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from appreciation.domain.exit_answers import exit_questions_are_open
from appreciation.domain.frozen_questionnaire import questionnaire_in_memory
from appreciation.domain.questionnaire import QuestionnaireDimension, QuestionnaireItem
from appreciation.domain.ratings import comment_key
from appreciation.domain.room_words import sent_words
from appreciation.enums import (
    UNFINISHED_ROUND_STATES,
    ExitQuestion,
    MeetingState,
    RoundState,
    SpecialAnswer,
)
from appreciation.models import Comment, ExitAnswer, Meeting, Rating, Round, Seat


class Screen(Enum):
    QUESTION = "question"
    PAUSED = "paused"
    WORD = "word"
    EXIT = "exit"
    WAITING = "waiting"
    RECEIVED = "received"
    CLOSED = "closed"


@dataclass(frozen=True)
class Question:
    """One item in the latest round of its dimension. `number` counts from 1, over the whole."""

    number: int
    item: QuestionnaireItem
    dimension: QuestionnaireDimension
    round_id: int
    round_number: int
    round_state: str
    answer: int | None

    @property
    def is_open(self) -> bool:
        return self.round_state == RoundState.OPEN

    @property
    def answer_label(self) -> str:
        """The answer in the words of the scale; empty while there is none."""
        if self.answer is None:
            return ""
        if self.answer == SpecialAnswer.DECLINED:
            return "Passée"
        if self.answer == SpecialAnswer.DOES_NOT_KNOW:
            return SpecialAnswer.DOES_NOT_KNOW.label
        return self.item.levels[self.answer - 1].label


@dataclass(frozen=True)
class SeatProgress:
    total: int
    questions: tuple[Question, ...]
    has_more_to_come: bool
    sent: int
    next_sequence: int
    meeting_is_open: bool
    exit_is_waiting: bool
    word_is_waiting: bool = False

    @property
    def open_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_open)

    @property
    def answered(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.answer is not None)

    def question(self, number: int | None) -> Question | None:
        """The open question of this number."""
        return next((q for q in self.open_questions if q.number == number), None)

    def next_unanswered(self, after: int = 0) -> Question | None:
        """The first open question without an answer after this one, else the first of all."""
        waiting = [q for q in self.open_questions if q.answer is None and q.number != after]
        return next((q for q in waiting if q.number > after), waiting[0] if waiting else None)

    def previous(self, question: Question) -> Question | None:
        before = [q for q in self.open_questions if q.number < question.number]
        return before[-1] if before else None

    @property
    def screen(self) -> Screen:
        """What this person sees now when she asks for nothing in particular."""
        if self.meeting_is_open and self.next_unanswered():
            return Screen.QUESTION
        if self.meeting_is_open and self.word_is_waiting:
            return Screen.WORD
        if self.meeting_is_open and any(
            q.round_state == RoundState.PAUSED and q.answer is None for q in self.questions
        ):
            return Screen.PAUSED
        if self.exit_is_waiting:
            return Screen.EXIT
        if not self.meeting_is_open:
            return Screen.CLOSED
        return Screen.WAITING if self.has_more_to_come else Screen.RECEIVED


def seat_progress(seat: Seat) -> SeatProgress:
    """Two queries (three while the exit questions are open), whatever the number of questions."""
    meeting = seat.meeting
    rounds = _latest_rounds(meeting)
    ratings = list(
        Rating.objects.filter(seat=seat).values_list("item_id", "round_id", "answer", "sequence")
    )
    answers = {(item_id, round_id): answer for item_id, round_id, answer, _ in ratings}
    questionnaire = questionnaire_in_memory(meeting.instrument)
    placed = enumerate(
        (
            (item, dimension)
            for dimension in questionnaire.rated_dimensions
            for item in dimension.items
        ),
        start=1,
    )
    questions = tuple(
        Question(
            number=number,
            item=item,
            dimension=dimension,
            round_id=current.pk,
            round_number=current.number,
            round_state=current.state,
            answer=answers.get((item.id, current.pk)),
        )
        for number, (item, dimension) in placed
        if (current := rounds.get(dimension.id)) and current.state != RoundState.WAITING
    )
    return SeatProgress(
        total=len(questionnaire.items),
        questions=questions,
        has_more_to_come=_has_more_to_come(meeting, len(questionnaire.items) - len(questions)),
        sent=sum(1 for _, _, answer, _ in ratings if answer != SpecialAnswer.DECLINED),
        next_sequence=max((sequence for *_, sequence in ratings), default=0) + 1,
        meeting_is_open=meeting.state == MeetingState.OPEN,
        exit_is_waiting=_exit_is_waiting(seat),
        word_is_waiting=_word_is_waiting(seat),
    )


def vote_is_over(meeting: Meeting, round_id: int) -> bool:
    """Whether a phone that still shows this vote has nothing more to wait for.

    Closed, revealed, or the whole meeting is. A vote in pause is not over.
    """
    running = meeting.rounds.filter(pk=round_id, state__in=UNFINISHED_ROUND_STATES)
    return meeting.state != MeetingState.OPEN or not running.exists()


def stored_comment(seat: Seat, question: Question) -> str:
    """The words this seat left with the question, as long as the evening lasts."""
    key = comment_key(seat, question.item.id, question.round_id)
    return Comment.objects.filter(key=key).values_list("text", flat=True).first() or ""


def exit_answers_of(seat: Seat) -> Mapping[str, str]:
    return dict(ExitAnswer.objects.filter(seat=seat).values_list("question", "answer"))


def _latest_rounds(meeting: Meeting) -> dict[int, Round]:
    rounds = Round.objects.filter(meeting=meeting).order_by("number")
    return {round_.instrument_dimension_id: round_ for round_ in rounds}


def _has_more_to_come(meeting: Meeting, unseen: int) -> bool:
    """Asking the exit questions ends the evening, even one that left dimensions aside."""
    return unseen > 0 and not exit_questions_are_open(meeting)


def _word_is_waiting(seat: Seat) -> bool:
    """Whoever has sent a word has answered; she may still send others from the waiting screen."""
    asked = seat.meeting.asked_question_id
    return asked is not None and not sent_words(seat, asked)


def _exit_is_waiting(seat: Seat) -> bool:
    """Nothing was answered yet: whoever sends some of the three has chosen to skip the others."""
    return exit_questions_are_open(seat.meeting) and not exit_answers_of(seat).keys() & set(
        ExitQuestion.values
    )
