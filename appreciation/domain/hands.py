"""Shows of hands: numbers per level, never seats, kept out of any cut by sector (FEATURES.md P19).

The last count replaces the one before; the journal keeps both. Two people who count the same
question: the second one is shown both first (`seen`, QUALITY.md §4 row 21).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Sum

from appreciation.domain.actors import Actor
from appreciation.domain.answer_words import answer_word, ordinal
from appreciation.domain.gestures import record
from appreciation.domain.locks import lock_meeting
from appreciation.domain.paper import ensure_entry_open, rounds_by_item
from appreciation.domain.questionnaire import QuestionnaireItem, questionnaire_for
from appreciation.enums import ExitLevel, ExitQuestion, SpecialAnswer
from appreciation.models import ExitHandCount, HandCount, Meeting, RatingCount
from core.errors import DomainError

MOST_HANDS = 2000

Counts = Mapping[int, int]
"""{answer: hands}; an answer left out has no hand up."""


ExitCounts = Mapping[tuple[str, str], int]
"""{(question, answer): people}."""


class HandsChangedError(DomainError):
    """Somebody recorded another count since the screen was opened. `stored` is what is kept."""

    def __init__(self, stored: Mapping) -> None:
        super().__init__(
            "Quelqu’un a enregistré un autre compte entre-temps. Rien n’est remplacé: les deux "
            "sont ici. Enregistrez de nouveau pour garder le vôtre."
        )
        self.stored = stored


def hands_fingerprint(counts: Counts | ExitCounts) -> str:
    """A count as a short text: the same text, the same count."""
    return " ".join(sorted(f"{key}={hands}" for key, hands in counts.items() if hands))


def record_hands(
    *,
    meeting: Meeting,
    actor: Actor,
    item_id: int,
    counts: Counts,
    round_number: int = 1,
    seen: str | None = None,
) -> str:
    """Keep the hands counted for one item in one round; returns a kind warning, or nothing.

    No count at all takes the earlier one back; the same count again changes nothing. More hands
    than people is refused; hands and seats beyond it are said and kept: only the room can tell who
    answered twice. `seen` is what the screen showed: HandsChangedError when it is kept no more.
    """
    with transaction.atomic():
        locked = lock_meeting(meeting)
        ensure_entry_open(locked)
        questionnaire = questionnaire_for(locked.instrument)
        item = questionnaire.items_by_id.get(item_id)
        round_id = rounds_by_item(locked, questionnaire, round_number).get(item_id)
        if item is None:
            raise DomainError("Cette question n’est pas de l’instrument de la rencontre.")
        if round_id is None:
            raise DomainError(f"Il n’y a pas de {ordinal(round_number)} tour pour cette question.")
        counts = {answer: hands for answer, hands in counts.items() if hands}
        _check(locked, item, counts)
        rows = HandCount.objects.filter(round_id=round_id, item_id=item_id)
        before = dict(rows.values_list("answer", "count"))
        if counts != before:
            _ensure_seen(seen, before)
            rows.delete()
            cell = {"meeting": locked, "round_id": round_id, "item_id": item_id}
            HandCount.objects.bulk_create(
                HandCount(**cell, answer=a, count=hands) for a, hands in sorted(counts.items())
            )
            said = f"{ordinal(round_number)} tour: {_what_changed(before, counts, item)}"
            record(locked, actor, "Mains levées", f"{item.code}, {said}")
        return _too_many(locked, round_id, item_id, sum(counts.values()))


def record_exit_hands(
    *, meeting: Meeting, actor: Actor, counts: ExitCounts, seen: str | None = None
) -> None:
    """The exit questions by hands or on loose slips, as numbers; `seen` as in `record_hands`.

    Each question is held against the head count apart: people may skip one.
    """
    wanted = {key: people for key, people in counts.items() if people}
    for (question, answer), people in wanted.items():
        if question not in ExitQuestion.values or answer not in ExitLevel.values:
            raise DomainError("Cette question de sortie n’existe pas.")
        _check_hands(people)
    with transaction.atomic():
        locked = lock_meeting(meeting)
        ensure_entry_open(locked)
        rows = ExitHandCount.objects.filter(meeting=locked)
        before = {(row.question, row.answer): row.count for row in rows}
        if wanted == before:
            return
        for question in ExitQuestion:
            people = sum(count for (asked, _), count in wanted.items() if asked == question)
            _ensure_enough_people(locked, people, about=f"« {question.label} » ")
        _ensure_seen(seen, before)
        rows.delete()
        ExitHandCount.objects.bulk_create(
            [
                ExitHandCount(meeting=locked, question=question, answer=answer, count=people)
                for (question, answer), people in wanted.items()
            ]
        )
        total = sum(wanted.values())
        detail = f"{total} réponse" if total < 2 else f"{total} réponses"  # noqa: PLR2004  plural
        if before:
            detail += f" (avant: {sum(before.values())})"
        record(locked, actor, "Questions de sortie comptées", detail)


def _ensure_seen(seen: str | None, before: Counts | ExitCounts) -> None:
    if seen is not None and seen != hands_fingerprint(before):
        raise HandsChangedError(before)


def _check(meeting: Meeting, item: QuestionnaireItem, counts: Counts) -> None:
    known = {*range(1, len(item.levels) + 1), *SpecialAnswer.values}
    for answer, hands in counts.items():
        if answer not in known:
            raise DomainError(f"Le niveau {answer} n’existe pas pour cette question.")
        _check_hands(hands)
    _ensure_enough_people(meeting, sum(counts.values()))


def _check_hands(hands: int) -> None:
    if not 0 <= hands <= MOST_HANDS:
        raise DomainError(f"Un nombre de personnes va de 0 à {MOST_HANDS}.")


def _ensure_enough_people(meeting: Meeting, hands: int, about: str = "") -> None:
    if meeting.head_count is None or hands <= meeting.head_count:
        return
    up = "1 main" if hands == 1 else f"{hands} mains"
    raise DomainError(
        f"{about}{up} pour {_present_in_words(meeting.head_count)}: rien n’est enregistré. "
        "Recomptez les mains, ou faites corriger le nombre de personnes à la console."
    )


def _present_in_words(people: int) -> str:
    return f"{people} personne présente" if people < 2 else f"{people} personnes présentes"  # noqa: PLR2004


def _in_words(counts: Counts, item: QuestionnaireItem) -> str:
    answers = [*range(1, len(item.levels) + 1), *SpecialAnswer.values]
    said = [f"{answer_word(answer)} × {counts[answer]}" for answer in answers if answer in counts]
    return ", ".join(said) or "aucune"


def _what_changed(before: Counts, after: Counts, item: QuestionnaireItem) -> str:
    said = _in_words(after, item)
    return f"{said} (avant: {_in_words(before, item)})" if before else said


def _too_many(meeting: Meeting, round_id: int, item_id: int, hands: int) -> str:
    if meeting.head_count is None or not hands:
        return ""
    seats = RatingCount.objects.filter(round_id=round_id, item_id=item_id)
    received = hands + (seats.aggregate(total=Sum("count"))["total"] or 0)
    if received <= meeting.head_count:
        return ""
    return (
        f"{received} réponses pour {_present_in_words(meeting.head_count)}: recomptez les mains, "
        "ou corrigez le nombre de personnes à la console. Le compte est gardé."
    )
