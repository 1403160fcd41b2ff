"""Wagtail's own workflow, set up for the catalogue: made when missing, never written over."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from accounts.domain.groups import COMMITTEE

NAME = "Relecture des fiches"


@transaction.atomic
def ensure_review() -> Workflow | None:
    """Attach « Relecture des fiches » to the catalogue, unless there is a workflow of its kind.

    One that an administrator changed, detached or stopped stays as it is.
    """
    catalogue = apps.get_model("pratiques", "CataloguePage").objects.first()
    if catalogue is not None:
        _open_to_committees(catalogue)
    reading = apps.get_model("pratiques", "ReadingTask")
    if catalogue is None or reading.objects.exists():
        return None
    workflow = Workflow.objects.create(name=NAME)
    steps = (
        apps.get_model("pratiques", "CompletenessTask").objects.create(name="Complétude"),
        reading.objects.create(name="Seconde lecture"),
    )
    for order, task in enumerate(steps):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.get_or_create(page=catalogue, defaults={"workflow": workflow})
    return workflow


def _open_to_committees(catalogue: Page) -> None:
    """Somebody in charge of one territory begins sheets, and keeps those that she began.

    Those of her places open to her by themselves (`pages/practice_rights.py`).
    """
    add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    group, _ = Group.objects.get_or_create(name=COMMITTEE)
    GroupPagePermission.objects.get_or_create(group=group, page=catalogue, permission=add)
