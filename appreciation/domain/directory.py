"""The directory of who accompanies démarches: entered, confirmed, left by oneself alone."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from appreciation.models import DirectoryEntry
from appreciation.models.directory import KEPT, may_read_directory
from core.errors import DomainError
from core.purges import earliest_due
from reference.models import Place


def save_entry(
    *,
    user: User,
    organisation: str,
    helps_with: str,
    territory: Place | None = None,
    phone: str = "",
    shows_email: bool = True,
    agrees_to_be_called: bool = False,
) -> DirectoryEntry:
    """Enter the directory, or change one's entry: it is then kept two more years.

    Only who accompanies a démarche, and with one way at least to be reached.
    """
    if not may_read_directory(user):
        raise DomainError("Le répertoire est pour les personnes qui mènent une démarche.")
    if not shows_email and not phone.strip():
        message = "Donnez un téléphone, ou montrez votre courriel: un des deux suffit."
        raise DomainError(message, fields={"phone": message})
    with transaction.atomic():
        return DirectoryEntry.objects.update_or_create(
            user=user,
            defaults={
                "organisation": organisation.strip(),
                "helps_with": helps_with.strip(),
                "territory": territory,
                "phone": phone.strip(),
                "shows_email": shows_email,
                "agrees_to_be_called": agrees_to_be_called,
                "confirmed_at": timezone.now(),
            },
        )[0]


def leave_directory(*, user: User) -> None:
    """What she wrote there is erased at once. Leaving twice is harmless."""
    DirectoryEntry.objects.editable_by(user).delete()


def erase_old_entries(now: dt.datetime) -> int:
    """Two years without being confirmed: nobody knows any more whether it is still true."""
    return DirectoryEntry.objects.filter(confirmed_at__lt=now - KEPT).delete()[0]


def next_old_entry() -> dt.datetime | None:
    return earliest_due(DirectoryEntry.objects.all(), "confirmed_at", kept=KEPT)
