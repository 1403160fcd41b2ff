"""What is written about a reading: to readers of the sheet's places, then to who submitted it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from background.letters import full_address, write_letter
from background.outbox import cancel_mails, queue_mail
from pratiques.domain.readers import readers_of_sheet
from pratiques.models.review import PracticeReading

if TYPE_CHECKING:
    from wagtail.models import TaskState

    from pratiques.models import PracticePage

LETTERS = {
    "practice_to_read": "pratiques/mail/practice_to_read.txt",
    "practice_approved": "pratiques/mail/practice_approved.txt",
    "practice_sent_back": "pratiques/mail/practice_sent_back.txt",
}


def ask_readers(state: TaskState, sheet: PracticePage) -> None:
    """One letter to each person who may read it, and to nobody of another territory."""
    author = state.workflow_state.requested_by
    context = {
        "sheet": sheet,
        "author": author,
        "link": full_address("wagtailadmin_pages:edit", sheet.pk),
    }
    for reader in readers_of_sheet(sheet, state.workflow_state):
        _write("practice_to_read", reader.email, context, f"{_asking(state)}{reader.pk}")


def forget_asking(state: TaskState) -> None:
    """It is decided: a letter that has not left yet would call somebody for nothing."""
    cancel_mails(key_prefix=_asking(state))


def tell_author(state: TaskState, *, kind: str, now: dt.datetime) -> None:
    """The decision and its reasons, to who submitted the sheet."""
    author = state.workflow_state.requested_by
    if author is None or not author.is_active or not author.email:
        return
    page = state.workflow_state.content_object.specific
    page.refresh_from_db()
    scheduled = None if page.live and not page.approved_schedule else page.go_live_at
    context = {
        "sheet": page,
        "readings": PracticeReading.objects.filter(task_state=state).select_related("reader"),
        "words": state.comment,
        "scheduled": scheduled if scheduled and scheduled > now else None,
        "link": full_address("wagtailadmin_pages:edit", page.pk),
        "address": page.full_url,
    }
    _write(kind, author.email, context, f"pratiques/{page.pk}/decision/{state.pk}")


def _write(kind: str, to: str, context: dict, key: str) -> None:
    subject, body = write_letter(LETTERS[kind], context)
    queue_mail(kind=kind, to=to, subject=subject, body=body, key=key)


def _asking(state: TaskState) -> str:
    return f"pratiques/{state.workflow_state.object_id}/relecture/{state.pk}/"
