"""Reading a sheet: complete first, then approved by enough people, or sent back with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import TaskState

from core.errors import DomainError
from pratiques.domain.completeness import left_to_publish
from pratiques.domain.readers import may_read, readers_needed
from pratiques.domain.reading_letters import forget_asking, tell_author
from pratiques.enums import EvidenceStatus
from pratiques.models.review import PracticeReading

if TYPE_CHECKING:
    from accounts.models import User
    from pratiques.models import PracticePage

NOT_HERS = (
    "Cette fiche n’attend pas votre lecture: elle a déjà été décidée, elle est d’un autre "
    "territoire, ou vous l’avez écrite."
)
SAY_WHY = "Dites ce qu’il faut revoir: la personne qui a écrit la fiche le lira."
FILL_THE_GRID = "Remplissez les six lignes de la grille: une fiche « reconnue » les demande."
NOT_READ_YET = (
    "Cette fiche n’a pas encore été relue. Enregistrez le brouillon, puis choisissez "
    "« Soumettre à la relecture »."
)
HIGHER_RUNG = (
    "Passer à « {status} » demande une relecture. Enregistrez le brouillon, puis choisissez "
    "« Soumettre à la relecture »."
)


def submitted_sheet(task_state: TaskState) -> PracticePage:
    """The sheet as it reads now, its last draft included."""
    return task_state.workflow_state.content_object.specific.get_latest_revision_as_object()


def asks_for_grid(sheet: PracticePage) -> bool:
    return sheet.status == EvidenceStatus.RECOGNIZED


def list_of(said: list[str]) -> str:
    """What an incomplete sheet lacks, for its author."""
    return "Il reste à faire:\n" + "\n".join(f"- {one}" for one in said)


def refusal_to_publish(practice: PracticePage) -> str:
    """Why it does not become public at once: empty when it may.

    Correcting what is public needs nobody; a new sheet, or a higher rung, is read first.
    """
    if not readers_needed(practice.status):
        return ""
    public = type(practice).objects.filter(pk=practice.pk, live=True).first()
    if public is None:
        return NOT_READ_YET
    rungs = list(EvidenceStatus.values)
    if rungs.index(practice.status) > rungs.index(public.status):
        return HIGHER_RUNG.format(status=practice.get_status_display())
    return ""


def record_reading(
    *, task_state: TaskState, reader: User, approves: bool, words: str = "", **grid: int
) -> None:
    """Keep what a reader says. Sent back: the workflow stops there, and its author learns why.

    Approved by enough people, the sheet is published, at its hour if it has one. One that became
    incomplete meanwhile goes back with the list.
    """
    words = words.strip()
    with transaction.atomic():
        state = TaskState.objects.select_for_update(of=("self",)).get(pk=task_state.pk)
        if state.status != TaskState.STATUS_IN_PROGRESS or not may_read(reader, state):
            raise DomainError(NOT_HERS)
        sheet = submitted_sheet(state)
        if not approves and not words:
            raise DomainError(SAY_WHY, fields={"comment": SAY_WHY})
        if approves and asks_for_grid(sheet) and (not grid or None in grid.values()):
            raise DomainError(FILL_THE_GRID)
        PracticeReading.objects.create(
            task_state=state, reader=reader, approves=approves, words=words, **grid
        )
        _decide(state, sheet, reader, words=words, approves=approves)


def _decide(
    state: TaskState, sheet: PracticePage, reader: User, *, words: str, approves: bool
) -> None:
    readings = PracticeReading.objects.filter(task_state=state)
    if not approves:
        _send_back(state, reader, words)
    elif readings.filter(approves=True).count() < readers_needed(sheet.status):
        log(instance=sheet, action="pratiques.read", user=reader, data={"comment": words})
    elif said := left_to_publish(sheet):
        _send_back(state, None, list_of(said))
    else:
        _approve(state, reader, words)


def _approve(state: TaskState, reader: User, words: str) -> None:
    try:
        with transaction.atomic():
            state.approve(user=reader, comment=words)
    except ValidationError as refusal:
        _send_back(TaskState.objects.get(pk=state.pk), None, list_of(refusal.messages))
    else:
        forget_asking(state)
        tell_author(state, kind="practice_approved", now=timezone.now())


def _send_back(state: TaskState, reader: User | None, words: str) -> None:
    state.reject(user=reader, comment=words)
    forget_asking(state)
    tell_author(state, kind="practice_sent_back", now=timezone.now())


def start_reading(task_state: TaskState, user: Any) -> None:
    """What submitting again, or a setting changed since, may already decide."""
    from pratiques.domain.reading_letters import ask_readers

    sheet = submitted_sheet(task_state)
    if said := left_to_publish(sheet):
        task_state.reject(update=False, comment=list_of(said))
    elif not readers_needed(sheet.status):
        task_state.approve(user=user, update=False, comment="Relecture non demandée.")
    else:
        ask_readers(task_state, sheet)


def check_completeness(task_state: TaskState) -> None:
    """By itself: passes what may be read by everyone, sends the rest back with the list."""
    if said := left_to_publish(submitted_sheet(task_state)):
        task_state.reject(update=False, comment=list_of(said))
    else:
        task_state.approve(update=False, comment="La fiche est complète.")
