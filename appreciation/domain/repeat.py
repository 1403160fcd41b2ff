"""« Refaire une appréciation »: a new démarche from the set-up of one that is done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.appraisals import create_appraisal, default_instrument
from appreciation.domain.journal import log_gesture
from appreciation.domain.team import can_edit
from appreciation.enums import RUNNING_STATES, AppraisalState, Phase
from appreciation.models import Appraisal, Instrument, PhaseTask
from core.errors import DomainError

if TYPE_CHECKING:
    from accounts.models import User

COPIED = (
    "purposes",
    "evaluation_purposes",
    "fill_mode",
    "consent_text",
    "announced_level",
    "quotes_announced",
    "contact_name",
    "contact_email",
    "contact_phone",
    "expected_attendance",
)
"""The frame and the répondant. Nothing of the people invited, of the answers or of the report."""


def can_repeat(appraisal: Appraisal) -> bool:
    """Once it is followed up or closed; a past entry of the register has nothing to copy."""
    is_followed = appraisal.phase == Phase.FOLLOW_UP and appraisal.state == AppraisalState.ACTIVE
    is_over = is_followed or appraisal.state == AppraisalState.CLOSED
    return is_over and not appraisal.is_historical


def latest_version(instrument: Instrument | None) -> Instrument:
    """The instrument to propose now: the newest version of the same that is offered, else the
    region's own.
    """
    code = instrument.code if instrument else ""
    offered = Instrument.objects.ready().filter(code=code).order_by("-pk").first()
    return offered or default_instrument()


def repeat_appraisal(
    *, appraisal: Appraisal, user: User, expected_on: dt.date, creation_key: str
) -> Appraisal:
    """Open a new démarche for the same place, with the same frame and list of things to do.

    Whoever asks leads it. The same form sent twice opens one; another form, in another tab or by
    somebody else, is refused while that one runs. Both stay linked, to be compared.
    """
    if not can_edit(appraisal, user):
        raise DomainError("Seule l’équipe d’animation refait une appréciation.")
    if not can_repeat(appraisal):
        raise DomainError(
            "Une appréciation se refait une fois la démarche au suivi, ou close: "
            "terminez d’abord celle-ci."
        )
    if expected_on < timezone.localdate():
        message = "Cette date est passée: choisissez-en une à venir."
        raise DomainError(message, fields={"expected_on": message})
    with transaction.atomic():
        Appraisal.objects.select_for_update(of=("self",)).get(pk=appraisal.pk)
        _refuse_a_second(appraisal, user, creation_key)
        again = create_appraisal(
            user=user,
            place=appraisal.place,
            requested_by=appraisal.requested_by,
            expected_on=expected_on,
            instrument=latest_version(appraisal.instrument),
            creation_key=creation_key,
        )
        if again.previous_id is not None:
            return again
        again.previous = appraisal
        for name in COPIED:
            setattr(again, name, getattr(appraisal, name))
        again.save()
        _copy_tasks(appraisal, again)
        log_gesture(appraisal, "done_again", user, f"Nouvelle démarche: {again.reference}.")
        return again


def _refuse_a_second(appraisal: Appraisal, user: User, creation_key: str) -> None:
    repeated = Appraisal.objects.filter(previous=appraisal, state__in=RUNNING_STATES)
    under_way = repeated.exclude(phase=Phase.FOLLOW_UP)
    if creation_key:
        under_way = under_way.exclude(created_by=user, creation_key=creation_key)
    other = under_way.first()
    if other is not None:
        raise DomainError(
            f"Une nouvelle appréciation est déjà ouverte ici: {other.reference}. "
            "Continuez celle-là, ou annulez-la d’abord."
        )


def _copy_tasks(appraisal: Appraisal, again: Appraisal) -> None:
    """What there is to do, not who does it nor when."""
    PhaseTask.objects.bulk_create(
        PhaseTask(
            appraisal=again,
            code=task.code,
            phase=task.phase,
            label=task.label,
            position=task.position,
            is_dropped=task.is_dropped,
        )
        for task in appraisal.tasks.all()
    )
