"""The « secrétaire d’un soir »: a link, one evening, paper and hands only, no account."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, record
from appreciation.models import EveningPass, Meeting
from core.errors import DomainError
from core.typography import fr_date, fr_time

USUAL_HOURS = 6
LONGEST_HOURS = 24


def create_evening_pass(
    *, meeting: Meeting, actor: Actor, label: str, hours: int = USUAL_HOURS
) -> EveningPass:
    """A link valid `hours` after the meeting starts (after now, if that is later); 24 at most.

    Only the team gives one. `label` is what the journal will show: a first name or a role.
    """
    label = " ".join(label.split())
    if not label:
        raise DomainError(
            "Dites pour qui est le lien.", fields={"label": "Un prénom ou un rôle suffit."}
        )
    if not 1 <= hours <= LONGEST_HOURS:
        raise DomainError(
            f"Un accès d’un soir dure de 1 à {LONGEST_HOURS} heures.",
            fields={"hours": f"De 1 à {LONGEST_HOURS}."},
        )
    with transaction.atomic():
        locked = begin(meeting, actor)
        start = max(locked.starts_at or timezone.now(), timezone.now())
        evening_pass = EveningPass.objects.create(
            meeting=locked,
            label=label[:60],
            created_by=actor.user,
            expires_at=start + dt.timedelta(hours=hours),
        )
        until = timezone.localtime(evening_pass.expires_at)
        detail = f"{evening_pass.label}, jusqu’au {fr_date(until)}, {fr_time(until)}"
        record(locked, actor, "Accès d’un soir donné", detail)
        return evening_pass


def revoke_evening_pass(*, evening_pass: EveningPass, actor: Actor) -> None:
    """The link stops at once. Twice is harmless."""
    with transaction.atomic():
        locked = begin(evening_pass.meeting, actor)
        stopped = EveningPass.objects.filter(pk=evening_pass.pk, revoked_at__isnull=True).update(
            revoked_at=timezone.now()
        )
        if stopped:
            record(locked, actor, "Accès d’un soir retiré", evening_pass.label)


def usable_passes() -> QuerySet[EveningPass]:
    """Passes neither expired nor revoked, at this instant of the server's clock."""
    return EveningPass.objects.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())
