"""The two steps of the catalogue's workflow, as Wagtail knows them; the rules are in the domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import format_html
from wagtail.locks import WorkflowLock
from wagtail.models import Page, Task, TaskState, WorkflowState

from core.errors import DomainError
from pratiques.domain.readers import has_read, may_read, readings_to_do
from pratiques.domain.readings import (
    asks_for_grid,
    check_completeness,
    record_reading,
    start_reading,
    submitted_sheet,
)
from pratiques.interfaces.review_forms import ApprovalForm, GridForm, SendBackForm

SEND_BACK = ("reject", "Renvoyer avec un commentaire", True)
APPROVE = ("approve", "Approuver", False)
APPROVE_WITH_WORDS = ("approve", "Approuver avec un commentaire", True)
APPROVE_WITH_GRID = ("appraise", "Remplir la grille et approuver", True)
FORMS = {"reject": SendBackForm, "approve": ApprovalForm, "appraise": GridForm}


class ReadingLock(WorkflowLock):
    """While it is read, a sheet is what its readers have before them."""

    def get_message(self, user: Any) -> str:
        if not self.for_user(user):
            return ""
        return format_html(
            "<b>Cette fiche attend d’être relue.</b> {}",
            "Pour la changer, choisissez «\N{NO-BREAK SPACE}Reprendre la fiche"
            "\N{NO-BREAK SPACE}»: elle redevient un brouillon.",
        )


class CompletenessTask(Task):
    """« Complétude »: nobody does it, the sheet passes or goes back with what it lacks."""

    lock_class = ReadingLock

    class Meta:
        verbose_name = "complétude d’une fiche (automatique)"
        verbose_name_plural = "complétude des fiches (automatique)"

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        task_state = super().start(workflow_state, user=user)
        check_completeness(task_state)
        return task_state

    @classmethod
    def get_description(cls) -> str:
        return "Passe d’elle-même quand la fiche est complète; sinon, la renvoie avec la liste."


class ReadingTask(Task):
    """« Seconde lecture »: people of the sheet's places, never who wrote it."""

    lock_class = ReadingLock

    class Meta:
        verbose_name = "seconde lecture d’une fiche"
        verbose_name_plural = "seconde lecture des fiches"

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        task_state = super().start(workflow_state, user=user)
        start_reading(task_state, user)
        return task_state

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **said: Any) -> str:
        """The editor's screen gives what its modal collected: it is checked again here."""
        form = FORMS[action_name](said)
        if not form.is_valid():
            raise PermissionDenied
        words = form.cleaned_data.pop("comment")
        try:
            record_reading(
                task_state=task_state,
                reader=user,
                approves=action_name != "reject",
                words=words,
                **form.cleaned_data,
            )
        except DomainError as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        return reverse("wagtailadmin_home")

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        task_state = obj.current_workflow_task_state
        if task_state is None or not may_read(user, task_state):
            return []
        if asks_for_grid(submitted_sheet(task_state)):
            return [SEND_BACK, APPROVE_WITH_GRID]
        return [SEND_BACK, APPROVE, APPROVE_WITH_WORDS]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return FORMS[action]

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        state = obj.current_workflow_task_state
        return state is not None and (may_read(user, state) or has_read(user, state))

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        state = obj.current_workflow_task_state
        return state is None or not may_read(user, state)

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any):
        return readings_to_do(user, self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS))

    @classmethod
    def get_description(cls) -> str:
        return "Les personnes des lieux de la fiche l’approuvent ou la renvoient."
