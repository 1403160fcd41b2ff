"""Wagtail's own workflow, set up for the catalogue: made when missing, never written over."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

NAME = "Relecture des fiches"


@transaction.atomic
def ensure_review() -> Workflow | None:
    """Attach « Relecture des fiches » to the catalogue, unless there is a workflow of its kind.

    One that an administrator changed, detached or stopped stays as it is.
    """
    catalogue = apps.get_model("pratiques", "CataloguePage").objects.first()
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
