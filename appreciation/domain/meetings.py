"""The evening, gesture by gesture: created, opened, voted, revealed, closed, entered.

Each function locks the meeting's row, refuses in French what the tables of `gestures.py` do not
allow, stamps, writes the journal and bumps `revision`. Asking again for what is already so changes
nothing and is no error: a double tap, the back button and two facilitators are harmless.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.back_to_planned import has_answers
from appreciation.domain.gestures import MEETING_TRANSITIONS, begin, record
from appreciation.domain.instruments import freeze_instrument
from appreciation.domain.planned_day import ensure_its_day, when_held
from appreciation.domain.postponing import tell_of_new_time
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.room import (
    entry_is_private,
    extend_timer,
    set_exit_questions,
    set_head_count,
    set_mirrored_screen,
    set_timer,
    show_dimension,
)
from appreciation.domain.rounds import (
    SHOWN,
    close_all_rounds,
    close_and_reveal_round,
    close_round,
    hide_round,
    open_dimension,
    pause_round,
    reopen_round,
    resume_round,
    reveal_all_rounds,
    reveal_round,
    start_new_round,
)
from appreciation.enums import (
    RATING_KINDS,
    RUNNING_STATES,
    UNFINISHED_ROUND_STATES,
    DotsState,
    MeetingKind,
    MeetingState,
    Pace,
    Phase,
    RoundState,
)
from appreciation.models import Appraisal, Meeting, Rehearsal, Round
from core.errors import DomainError

SECTOR_FROM = 25
"""People expected from which a seat may be asked its sector (DESIGN.md §4)."""
NAMING_ATTEMPTS = 8

__all__ = [
    "close_all_rounds",
    "close_and_reveal_round",
    "close_meeting",
    "close_round",
    "create_meeting",
    "entry_is_private",
    "extend_timer",
    "finish_entry",
    "hide_round",
    "missing_to_open",
    "next_meeting_reference",
    "open_dimension",
    "open_meeting",
    "pause_round",
    "reopen_entry",
    "reopen_round",
    "resume_round",
    "reveal_all_rounds",
    "reveal_round",
    "set_details",
    "set_exit_questions",
    "set_head_count",
    "set_mirrored_screen",
    "set_timer",
    "show_dimension",
    "start_new_round",
]


def create_meeting(
    *,
    appraisal: Appraisal,
    actor: Actor,
    starts_at: dt.datetime | None = None,
    venue: str = "",
    kind: str = MeetingKind.APPRAISAL,
    pace: str = Pace.GUIDED,
) -> Meeting:
    """A planned meeting with the démarche's instrument, a permanent reference and a join code.

    References count from 1 each year (« R-2026-0042 »). Two creations at once: the second tries
    the next number. An entry of the register from before this site has no meeting to hold.
    """
    if appraisal.instrument is None:
        raise DomainError("Cette démarche n’a pas d’instrument: choisissez-en un d’abord.")
    for _ in range(NAMING_ATTEMPTS):
        try:
            with transaction.atomic():
                meeting = Meeting.objects.create(
                    appraisal=appraisal,
                    reference=next_meeting_reference(),
                    instrument=appraisal.instrument,
                    fill_mode=appraisal.fill_mode,
                    starts_at=starts_at,
                    venue=venue,
                    kind=kind,
                    pace=pace,
                )
                record(meeting, actor, "Rencontre prévue")
                return meeting
        except IntegrityError:
            continue
    raise DomainError("La rencontre n’a pas pu recevoir de référence. Réessayez dans un instant.")


def set_details(
    *,
    meeting: Meeting,
    actor: Actor,
    starts_at: dt.datetime | None,
    venue: str,
    pace: str,
    asks_sector: bool = False,
) -> Meeting:
    """When, where and how, until the meeting opens. The sector: only if 25 people are expected."""
    with transaction.atomic():
        meeting = begin(meeting, actor)
        if meeting.state != MeetingState.PLANNED:
            raise DomainError("La rencontre est commencée: sa date et son rythme ne changent plus.")
        expected = meeting.appraisal.expected_attendance or 0
        if asks_sector and expected < SECTOR_FROM:
            raise DomainError(
                f"Le secteur ne se demande qu’à partir de {SECTOR_FROM} personnes attendues, "
                "pour que personne ne soit reconnu.",
                fields={"asks_sector": "Comptez plutôt les secteurs à l’accueil."},
            )
        before = meeting.starts_at
        meeting.starts_at, meeting.venue, meeting.postponed_from = starts_at, venue, None
        meeting.pace, meeting.asks_sector = pace, asks_sector
        fields = ("starts_at", "postponed_from", "venue", "pace", "asks_sector")
        record(meeting, actor, "Détails de la rencontre changés", fields=fields)
        tell_of_new_time(meeting=meeting, before=before, user=actor.user)
    return meeting


def missing_to_open(meeting: Meeting) -> list[str]:
    """What keeps the meeting from opening, as things to do, in order. Empty: it may open."""
    if meeting.kind not in RATING_KINDS:
        return ["Rien ne s’apprécie à cette rencontre: sa fiche suffit, elle ne s’ouvre pas."]
    appraisal = meeting.appraisal
    missing = []
    if appraisal.state not in RUNNING_STATES:
        missing.append(f"Réactivez la démarche: elle est {appraisal.get_state_display()}.")
    if meeting.is_rehearsal and not Rehearsal.objects.filter(
        meeting=meeting, alone_at__isnull=False
    ):
        missing.append("Dites s’il y a de vraies personnes dans la salle.")
    if meeting.kind == MeetingKind.APPRAISAL:
        missing += _missing_phase(appraisal)
    if not appraisal.consent_text.strip():
        missing.append("Écrivez le texte de consentement que les gens liront.")
    if not (meeting.starts_at or appraisal.expected_on):
        missing.append("Inscrivez la date de la rencontre.")
    if not questionnaire_for(meeting.instrument).rated_dimensions:
        missing.append("Choisissez un instrument qui contient au moins un énoncé à apprécier.")
    return missing


def open_meeting(*, meeting: Meeting, actor: Actor, is_day_confirmed: bool = False) -> Meeting:
    """Freeze the instrument, make the first round of every rated dimension, take answers.

    Guided: the first dimension opens, the others wait. Free: all are open. Refused while
    `missing_to_open` says something, and on another day than planned unless it is confirmed.
    """
    transition = MEETING_TRANSITIONS["open"]
    with transaction.atomic():
        meeting = begin(meeting, actor, transition.who)
        if meeting.state == transition.target:
            return meeting
        if meeting.state not in transition.sources:
            raise DomainError(transition.refused)
        missing = missing_to_open(meeting)
        if missing:
            raise DomainError(" ".join(["La rencontre ne peut pas encore ouvrir.", *missing]))
        now = timezone.now()
        ensure_its_day(meeting, now, is_day_confirmed=is_day_confirmed)
        freeze_instrument(meeting.instrument)
        meeting.state, meeting.opened_at = transition.target, now
        meeting.current_dimension_id = _make_first_rounds(meeting, now)
        fields = ("state", "opened_at", "current_dimension")
        record(meeting, actor, transition.done, meeting.get_pace_display(), fields)
    return meeting


def _make_first_rounds(meeting: Meeting, now: dt.datetime) -> int | None:
    """Every rated dimension gets its vote; the dimension to show first, when the pace is guided."""
    rated = questionnaire_for(meeting.instrument).rated_dimensions
    is_free = meeting.pace == Pace.FREE
    Round.objects.bulk_create(
        Round(
            meeting=meeting,
            instrument_dimension_id=dimension.id,
            state=RoundState.OPEN if is_free or rank == 0 else RoundState.WAITING,
            opened_at=now if is_free or rank == 0 else None,
        )
        for rank, dimension in enumerate(rated)
    )
    return None if is_free else rated[0].id


def close_meeting(*, meeting: Meeting, actor: Actor) -> Meeting:
    """The phones stop here. Every vote closes, those never opened too: paper may answer them."""
    transition = MEETING_TRANSITIONS["close"]
    with transaction.atomic():
        meeting = begin(meeting, actor, transition.who)
        if meeting.state == transition.target:
            return meeting
        if meeting.state not in transition.sources:
            raise DomainError(transition.refused)
        now = timezone.now()
        meeting.rounds.filter(state__in=UNFINISHED_ROUND_STATES).update(
            state=RoundState.CLOSED, closed_at=now
        )
        meeting.state, meeting.closed_at = transition.target, now
        meeting.timer_ends_at, meeting.exit_questions_open = None, False
        meeting.asked_question = meeting.wall_question = None
        meeting.dots = DotsState.IDLE
        meeting.current_dimension_id = meeting.current_item_id = None
        moments = ("state", "closed_at", "timer_ends_at", "exit_questions_open")
        fields = (*moments, "asked_question", "wall_question", "dots", *SHOWN)
        record(meeting, actor, transition.done, fields=fields)
    return meeting


def finish_entry(*, meeting: Meeting, actor: Actor) -> Meeting:
    """« Saisie terminée »: paper and hands are all in; the team now sees every closed vote.

    An evening held before its day is from then on of the day on which it was.
    """
    return _end_entry(meeting, actor, "finish_entry", timezone.now())


def reopen_entry(*, meeting: Meeting, actor: Actor) -> Meeting:
    """The lead opens entry again. Not once the tokens are erased: sheets have lost their number."""
    return _end_entry(meeting, actor, "reopen_entry", None)


def _end_entry(
    meeting: Meeting, actor: Actor, name: str, entry_done_at: dt.datetime | None
) -> Meeting:
    transition = MEETING_TRANSITIONS[name]
    with transaction.atomic():
        meeting = begin(meeting, actor, transition.who)
        if meeting.state == transition.target:
            return meeting
        if meeting.state not in transition.sources:
            raise DomainError(transition.refused)
        if meeting.unlinked_at is not None:
            raise DomainError(
                "Les feuilles ont perdu leur numéro (30 jours après la rencontre): "
                "la saisie ne rouvre plus."
            )
        meeting.state, meeting.entry_done_at = transition.target, entry_done_at
        held = when_held(meeting, entry_done_at) if entry_done_at else meeting.starts_at
        if held != meeting.starts_at and has_answers(meeting):
            meeting.starts_at = held
        record(meeting, actor, transition.done, fields=("state", "entry_done_at", "starts_at"))
    return meeting


def next_meeting_reference() -> str:
    """« R-2026-0042 »: the next free number of the year; rehearsals take none."""
    year = timezone.localdate().year
    prefix = f"R-{year}-"
    taken = Meeting.objects.filter(reference__startswith=prefix).values_list("reference", flat=True)
    numbers = [int(tail) for ref in taken if (tail := ref.removeprefix(prefix)).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"


def _missing_phase(appraisal: Appraisal) -> list[str]:
    if appraisal.phase == Phase.MEETING:
        return []
    order = Phase.values
    if order.index(appraisal.phase) > order.index(Phase.MEETING):
        return [
            f"La démarche est rendue à « {appraisal.get_phase_display()} »: "
            "revenez à « Tenir la rencontre » pour en ouvrir une autre."
        ]
    return [
        f"Terminez « {Phase(phase).label} »."
        for phase in order[: order.index(Phase.MEETING)]
        if appraisal.phase_done_at(phase) is None
    ] or ["Passez la démarche à « Tenir la rencontre »."]
