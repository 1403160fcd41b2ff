"""What the admin writes about comments on a page: from the outbox, in French, to who may read it.

Wagtail would open a connection to the mail server in the request, and fail with it; it has no
setting for that. Its view calls one function: this one stands in its place (`CmsConfig.ready`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.users.models import UserProfile

from background.letters import full_address, write_letter
from background.outbox import queue_mail

LETTER = "cms/mail/comments.txt"
KIND = "page_comments"


def queue_comment_letters(
    recipient_users: Iterable[Any], notification: str, extra_context: dict[str, Any]
) -> bool:
    """One letter each, unless she does without them or the page is not hers to open any more."""
    page = extra_context["page"]
    link = full_address("wagtailadmin_pages:edit", page.pk)
    subject, body = write_letter(LETTER, extra_context | {"link": link})
    for person in recipient_users:
        wanted = getattr(UserProfile.get_for_user(person), f"{notification}_notifications")
        if person.email and wanted and page.permissions_for_user(person).can_edit():
            queue_mail(kind=KIND, to=person.email, subject=subject, body=body)
    return True
