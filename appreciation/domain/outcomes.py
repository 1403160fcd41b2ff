"""Small steps and outcomes: written by the team, with evidence, shown at the register or not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from appreciation.domain.adoption import evidence_document
from appreciation.domain.phase_records import check_version, lock_to_write
from appreciation.enums import CheckInReply, CheckInState, OutcomeKind
from appreciation.models import Action, Appraisal, CheckIn, CheckInAnswer, Outcome
from cms.stored_documents import forget_unheld
from core.errors import DomainError
from core.last_good import forget_copies

if TYPE_CHECKING:
    from accounts.models import User

WEB = ("http://", "https://")


@dataclass(frozen=True)
class OutcomeDraft:
    """What the form says. `evidence=None` keeps the document already joined."""

    kind: str
    happened_on: dt.date
    words: str
    action: Action | None = None
    evidence_link: str = ""
    evidence: File | None = None
    is_public: bool = False


def record_outcome(
    *,
    appraisal: Appraisal,
    user: User,
    draft: OutcomeDraft,
    outcome: Outcome | None = None,
    version: int = 0,
) -> Outcome:
    """Write one down, or change `outcome` opened at `version`. The same sent twice is kept once.

    A link begins with http:// or https://; a document or a photo stays private.
    """
    with transaction.atomic():
        locked = lock_to_write(appraisal, user)
        _check(draft)
        if outcome is None:
            stored = _same(locked, draft) or Outcome(appraisal=locked, created_by=user, version=0)
        else:
            stored = Outcome.objects.get(pk=outcome.pk, appraisal=locked)
        if stored.pk and draft.evidence is None and _content(stored) == _wanted(draft):
            return stored
        if outcome is not None:
            check_version(stored.version, version, theirs=stored.words)
        former = stored.evidence_document
        if draft.evidence is not None:
            stored.evidence_document = evidence_document(
                draft.evidence,
                f"retombee-{locked.reference.lower()}",
                f"Retombée, {locked}",
                user,
                former=former,
            )
        _write(stored, draft)
        if former != stored.evidence_document:
            forget_unheld(former)
        forget_copies()
        return stored


def remove_outcome(*, outcome: Outcome, user: User) -> None:
    """Take one away with its proof, from the register too. Twice is harmless."""
    with transaction.atomic():
        lock_to_write(outcome.appraisal, user)
        Outcome.objects.filter(pk=outcome.pk).delete()
        forget_unheld(outcome.evidence_document)
        forget_copies()


def show_check_in(*, check_in: CheckIn, user: User, is_public: bool) -> None:
    """Show at the register where the actions stood then, or stop. Neither names nor words go."""
    with transaction.atomic():
        lock_to_write(check_in.appraisal, user)
        locked = CheckIn.objects.select_for_update().get(pk=check_in.pk)
        if is_public and locked.state != CheckInState.ANSWERED:
            raise DomainError("Ce suivi n’a pas encore de réponse: il n’y a rien à montrer.")
        if is_public != (locked.shown_at is not None):
            locked.shown_at = timezone.now() if is_public else None
            locked.save(update_fields=["shown_at"])
            forget_copies()


def proposed_outcomes(appraisal: Appraisal) -> list[CheckInAnswer]:
    """Actions told done in a check-in, of which no outcome was written yet."""
    return list(
        CheckInAnswer.objects.filter(
            check_in__appraisal=appraisal,
            reply=CheckInReply.DONE,
            action__isnull=False,
            action__outcomes=None,
        )
        .select_related("check_in")
        .order_by("-check_in__months", "pk")
    )


def _check(draft: OutcomeDraft) -> None:
    if draft.happened_on > timezone.localdate():
        message = "Cette date n’est pas encore passée."
        raise DomainError(message, fields={"happened_on": message})
    if draft.evidence_link and not draft.evidence_link.lower().startswith(WEB):
        message = "Copiez l’adresse entière d’une page: elle commence par https:// ou http://."
        raise DomainError(message, fields={"evidence_link": message})


def _same(appraisal: Appraisal, draft: OutcomeDraft) -> Outcome | None:
    alike = appraisal.outcomes.filter(
        kind=draft.kind, happened_on=draft.happened_on, words=draft.words, action=draft.action
    )
    return alike.first()


def _write(stored: Outcome, draft: OutcomeDraft) -> None:
    stored.kind, stored.happened_on = OutcomeKind(draft.kind), draft.happened_on
    stored.words, stored.action = draft.words, draft.action
    stored.evidence_link = draft.evidence_link
    if draft.is_public != stored.is_public:
        stored.shown_at = timezone.now() if draft.is_public else None
    stored.version += 1
    stored.save()


def _content(outcome: Outcome) -> tuple:
    return (
        outcome.kind,
        outcome.happened_on,
        outcome.words,
        outcome.action_id,
        outcome.evidence_link,
        outcome.is_public,
    )


def _wanted(draft: OutcomeDraft) -> tuple:
    action_id = draft.action.pk if draft.action else None
    return (
        draft.kind,
        draft.happened_on,
        draft.words,
        action_id,
        draft.evidence_link,
        draft.is_public,
    )
