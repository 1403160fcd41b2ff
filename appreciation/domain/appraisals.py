"""Opening a démarche and deciding its frame."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Length
from django.utils import timezone

from appreciation.domain.team import can_edit
from appreciation.enums import MeetingState, MembershipRole
from appreciation.models import Appraisal, Instrument, Meeting, Membership
from core.errors import ConcurrentEditError, DomainError
from reference.enums import APPRAISABLE_KINDS

if TYPE_CHECKING:
    from accounts.models import User
    from reference.models import Place

FRAME_FIELDS = (
    "purposes",
    "evaluation_purposes",
    "requested_by",
    "expected_on",
    "contact_name",
    "contact_email",
    "contact_phone",
    "expected_attendance",
    "fill_mode",
    "consent_text",
    "announced_level",
    "quotes_announced",
    "instrument",
)
FROZEN_FIELDS = ("instrument", "fill_mode", "consent_text", "announced_level", "quotes_announced")
"""What participants were told: it stays as it was once the first meeting has opened."""

REFERENCE_ATTEMPTS = 50


def default_instrument() -> Instrument:
    """The instrument proposed of office; DomainError when the region has not chosen one."""
    instrument = Instrument.objects.ready().order_by("-is_default", "pk").first()
    if instrument is None:
        raise DomainError(
            "Aucun instrument n’est prêt à servir. Demandez à la coordination d’en préparer un."
        )
    return instrument


def create_appraisal(
    *,
    user: User,
    place: Place,
    requested_by: str,
    expected_on: dt.date | None,
    instrument: Instrument | None = None,
    creation_key: str | None = None,
) -> Appraisal:
    """Open a démarche for a community; whoever opens it leads it.

    The same form sent twice (same `creation_key`) opens one démarche only. References run from
    D-<year>-0001 and never clash: a number taken meanwhile is tried again.
    """
    if place.kind not in APPRAISABLE_KINDS:
        message = "Choisissez une municipalité, une communauté ou un territoire non organisé."
        raise DomainError(message, fields={"place": message})
    instrument = instrument or default_instrument()
    for _ in range(REFERENCE_ATTEMPTS):
        already = _created_with(user, creation_key)
        if already is not None:
            return already
        try:
            with transaction.atomic():
                appraisal = Appraisal.objects.create(
                    reference=next_reference(),
                    place=place,
                    requested_by=requested_by.strip(),
                    expected_on=expected_on,
                    instrument=instrument,
                    created_by=user,
                    creation_key=creation_key or None,
                    is_demo=place.is_demo,
                )
                Membership.objects.create(appraisal=appraisal, user=user, role=MembershipRole.LEAD)
                return appraisal
        except IntegrityError:
            continue
    raise DomainError("Le serveur est très occupé: attendez un instant, puis réessayez.")


def next_reference(year: int | None = None) -> str:
    """D-2026-0042: the year it is opened and the next free number of that year."""
    prefix = f"D-{year or timezone.localdate().year}-"
    last = (
        Appraisal.objects.filter(reference__regex=rf"^{prefix}[0-9]+$")
        .order_by(Length("reference").desc(), "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    number = int(last.removeprefix(prefix)) + 1 if last else 1
    return f"{prefix}{number:04}"


def is_frame_frozen(appraisal: Appraisal) -> bool:
    """Whether a meeting has opened: what participants were told cannot change any more."""
    return appraisal.meetings.filter(opened_at__isnull=False).exists()


def save_frame(
    *, appraisal: Appraisal, user: User, version: int, values: dict[str, Any]
) -> Appraisal:
    """Save « Décider ». `version` is the one the form was opened with.

    Refused when somebody else saved meanwhile (unless both wrote the same), and when it changes
    what participants were told before answering. Planned meetings follow the instrument.
    """
    with transaction.atomic():
        locked = Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
        if not can_edit(locked, user):
            raise DomainError("Vous pouvez voir cette démarche, pas la changer.")
        changed = [name for name in FRAME_FIELDS if getattr(locked, name) != values[name]]
        if not changed:
            return locked
        if locked.version != version:
            raise ConcurrentEditError(
                "Quelqu’un a enregistré cette étape pendant que vous écriviez.",
                theirs=locked.get_announced_level_display(),
            )
        if is_frame_frozen(locked):
            _refuse_frozen(changed)
        for name in changed:
            setattr(locked, name, values[name])
        locked.version += 1
        locked.save()
        Meeting.objects.filter(appraisal=locked, state=MeetingState.PLANNED).update(
            instrument=locked.instrument, fill_mode=locked.fill_mode
        )
        return locked


def _refuse_frozen(changed: list[str]) -> None:
    frozen = [name for name in changed if name in FROZEN_FIELDS]
    if frozen:
        message = "Les participants ont répondu sur cette base: elle ne change plus."
        raise DomainError(message, fields=dict.fromkeys(frozen, message))


def _created_with(user: User, creation_key: str | None) -> Appraisal | None:
    if not creation_key:
        return None
    return Appraisal.objects.filter(created_by=user, creation_key=creation_key).first()
