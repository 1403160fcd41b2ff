"""Corrections of the draft report: sent by whoever reads it, accepted or refused with a reason.

They block nothing. What is accepted is then written by the team itself, in the report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from appreciation.domain.phase_records import lock_to_write
from appreciation.domain.report.texts import SECTION_TITLES
from appreciation.domain.restitution import restitution_window
from appreciation.enums import CorrectionState
from appreciation.models import Appraisal, Correction, CorrectionContact
from cms.public_forms import count_sending
from core.errors import ConcurrentEditError, DomainError
from core.typography import fr_date

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 1000
LONGEST_REASON = 500
FINDINGS = "findings"
WHOLE = ""
SECTION_CHOICES: tuple[tuple[str, str], ...] = (
    (WHOLE, "Le rapport en général"),
    (FINDINGS, "Ce que le groupe en dit (forces, défis, pistes)"),
    *SECTION_TITLES.items(),
)
SECTION_NAMES = dict(SECTION_CHOICES)

MOST_FROM_AN_ADDRESS = 20
FORM = "correction"


class TooLateError(DomainError):
    """The restitution is over: nothing is received any more."""


@dataclass(frozen=True)
class Tally:
    """How many corrections came, and what became of them."""

    received: int = 0
    accepted: int = 0
    refused: int = 0

    @property
    def waiting(self) -> int:
        return self.received - self.accepted - self.refused


@dataclass(frozen=True)
class Outcome:
    """What whoever has the page may read of a correction: never its text, which nobody reviewed."""

    section: str
    state: str
    reason: str
    received_on: dt.date


def send_correction(
    *,
    appraisal: Appraisal,
    key: str,
    section: str,
    text: str,
    address: str,
    name: str = "",
    reach: str = "",
    now: dt.datetime | None = None,
) -> Correction:
    """Receive a correction while the restitution is open; the name and the phone lie apart.

    The same form twice (`key`) is one correction. From one address, 20 an hour: a whole hall may
    correct, a machine may not flood.
    """
    now = now or timezone.now()
    text = text.strip()
    with transaction.atomic():
        if already := Correction.objects.filter(key=key, appraisal=appraisal).first():
            return already
        _check_open(appraisal, now)
        _check_words(section, text)
        count_sending(form=FORM, address=address, now=now, most=MOST_FROM_AN_ADDRESS)
        correction, is_new = Correction.objects.get_or_create(
            key=key,
            defaults={
                "appraisal": appraisal,
                "section": section,
                "text": text,
                "received_at": now,
            },
        )
        if is_new and (name.strip() or reach.strip()):
            CorrectionContact.objects.create(
                correction=correction, name=name.strip(), reach=reach.strip()
            )
        return correction


def decide_correction(
    *, correction: Correction, user: User, version: int, state: str, reason: str = ""
) -> Correction:
    """Accept it, or refuse it with a reason; a decision may be changed.

    Refused when somebody else decided since `version`, unless both decided the same.
    """
    reason = reason.strip()
    if state not in (CorrectionState.ACCEPTED, CorrectionState.REFUSED):
        raise DomainError("Acceptez la correction, ou refusez-la.")
    if state == CorrectionState.REFUSED and not reason:
        message = "Dites pourquoi elle est refusée: la raison se lira avec le rapport."
        raise DomainError(message, fields={"reason": message})
    with transaction.atomic():
        lock_to_write(correction.appraisal, user)
        stored = Correction.objects.get(pk=correction.pk)
        if (stored.state, stored.reason) == (state, reason):
            return stored
        if stored.version != version:
            raise ConcurrentEditError(
                "Quelqu’un a répondu à cette correction pendant que vous écriviez.",
                theirs=f"{stored.get_state_display()}. {stored.reason}".strip(),
            )
        stored.state, stored.reason = state, reason
        stored.decided_at, stored.decided_by = timezone.now(), user
        stored.version += 1
        stored.save()
        return stored


def corrections_of(appraisal: Appraisal) -> list[Correction]:
    """Those to answer first, then the others, oldest first; with whom to call back."""
    rows = Correction.objects.filter(appraisal=appraisal).select_related("contact", "decided_by")
    return sorted(rows, key=lambda row: row.state != CorrectionState.RECEIVED)


def outcomes_of(appraisal: Appraisal) -> tuple[Tally, list[Outcome]]:
    """« n corrections reçues, m acceptées », and the reasons, for whoever has the page."""
    rows = list(Correction.objects.filter(appraisal=appraisal))
    states = [row.state for row in rows]
    tally = Tally(
        received=len(rows),
        accepted=states.count(CorrectionState.ACCEPTED),
        refused=states.count(CorrectionState.REFUSED),
    )
    decided = [row for row in rows if row.state != CorrectionState.RECEIVED]
    return tally, [
        Outcome(
            section=SECTION_NAMES.get(row.section, SECTION_NAMES[WHOLE]),
            state=str(row.get_state_display()),
            reason=row.reason,
            received_on=timezone.localdate(row.received_at),
        )
        for row in decided
    ]


def erase_correction_contacts(now: dt.datetime) -> int:
    """Names and phones left with corrections, once the restitution is over."""
    over = CorrectionContact.objects.filter(correction__appraisal__restitution__closes_at__lte=now)
    return over.delete()[0]


def next_correction_contact() -> dt.datetime | None:
    closing = CorrectionContact.objects.aggregate(
        first=Min("correction__appraisal__restitution__closes_at")
    )
    return closing["first"]


def _check_open(appraisal: Appraisal, now: dt.datetime) -> None:
    window = restitution_window(appraisal)
    if window.is_open(now):
        return
    ended = f" le {fr_date(window.last_day)}" if window.last_day else ""
    raise TooLateError(
        f"La restitution s’est terminée{ended}: votre correction n’a pas été reçue. "
        "Copiez votre texte et appelez la personne nommée plus bas."
    )


def _check_words(section: str, text: str) -> None:
    if section not in SECTION_NAMES:
        message = "Choisissez une partie du rapport."
        raise DomainError(message, fields={"section": message})
    if not text or len(text) > LONGEST:
        message = f"Écrivez ce qui est à corriger ({LONGEST} caractères au plus)."
        raise DomainError(message, fields={"text": message})
