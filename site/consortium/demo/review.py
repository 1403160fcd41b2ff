"""A sheet that waits for its reader, so that the moderator's first screen has something to show."""

from __future__ import annotations

from accounts.models import User
from background.outbox import cancel_mails
from pratiques.models import PracticePage

WAITING = "La bibliothèque d’outils"


def create_review(people: dict[str, User]) -> None:
    """Submitted by the editor; no letter leaves for it."""
    sheet = PracticePage.objects.get(title=WAITING)
    sheet.save_revision(user=people["edition"])
    sheet.get_workflow().start(sheet, people["edition"])
    cancel_mails(key_prefix=f"pratiques/{sheet.pk}/relecture/")
