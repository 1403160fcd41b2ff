"""A community says it is interested; the coordination answers, opens a démarche, or explains."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import RoleAssignment, User
from appreciation.domain.appraisals import create_appraisal
from appreciation.domain.team import coordinators_of_place
from appreciation.enums import InterestState
from appreciation.models import Appraisal, InterestRequest
from background.letters import write_letter
from background.outbox import queue_mail
from core.dates import start_of_day
from core.errors import DomainError
from reference.models import Place

if TYPE_CHECKING:
    from django.db.models import QuerySet

ANSWER_WITHIN = dt.timedelta(days=7)
"""Said on the page after sending, and on the coordination's list."""
KEPT = dt.timedelta(days=365)
KEPT_ONCE_DECLINED = dt.timedelta(days=30)
PERSONAL_FIELDS = ("name", "email", "phone", "words", "outcome")
SETTLED_BY_HAND = (InterestState.ANSWERED, InterestState.DECLINED)


@dataclass(frozen=True)
class InterestWords:
    """What the public form says."""

    community: str
    name: str
    territory: Place | None = None
    territory_words: str = ""
    email: str = ""
    phone: str = ""
    words: str = ""


def record_interest(
    *, said: InterestWords, form_key: str, list_url: str, now: dt.datetime, is_demo: bool = False
) -> InterestRequest:
    """Keep the word of a community and tell those who coordinate its territory.

    Without a territory, or where nobody coordinates it, every coordinator is told and sees it. The
    mail holds nothing personal: it leads to the list. Sent twice, it is kept and told once.
    """
    already = _already_kept(said, form_key)
    if already is not None:
        return already
    recipients = coordinators_of_place(said.territory)
    try:
        with transaction.atomic():
            interest = InterestRequest.objects.create(
                **vars(said),
                form_key=form_key,
                received_at=now,
                erase_on=timezone.localdate(now) + KEPT,
                is_for_everyone=not recipients,
                is_demo=is_demo,
            )
            for person in recipients or _everyone():
                _tell(interest, person, list_url)
            return interest
    except IntegrityError:
        return InterestRequest.objects.get(form_key=form_key)


def answer_due_on(interest: InterestRequest) -> dt.date:
    """The day by which the page promised an answer."""
    return timezone.localdate(interest.received_at + ANSWER_WITHIN)


def settle_interest(
    *, interest: InterestRequest, user: User, state: str, outcome: str, now: dt.datetime
) -> InterestRequest:
    """Say that somebody answered, or that nothing comes of it and why.

    Declined, what is personal goes after thirty days; answered after all, after twelve months.
    """
    if state not in SETTLED_BY_HAND:
        raise DomainError("Choisissez « répondue » ou « sans suite ».")
    outcome = outcome.strip()
    if state == InterestState.DECLINED and not outcome:
        message = "Dites en une phrase pourquoi il n’y aura pas de suite."
        raise DomainError(message, fields={"outcome": message})
    with transaction.atomic():
        locked = _lock(interest, user)
        if locked.state == InterestState.OPENED:
            raise DomainError("Une démarche est déjà ouverte pour cette communauté.")
        locked.state, locked.outcome = state, outcome
        locked.settled_at, locked.settled_by = now, user
        locked.erase_on = _erase_on(locked, now)
        locked.save()
        return locked


def open_from_interest(
    *, interest: InterestRequest, user: User, now: dt.datetime, **answers: Any
) -> Appraisal:
    """Open the démarche that a community asked for; its request is linked and marked opened.

    The same form sent twice opens one; a request already opened by somebody else is refused.
    """
    with transaction.atomic():
        locked = _lock(interest, user)
        appraisal = create_appraisal(user=user, **answers)
        if locked.appraisal_id == appraisal.pk:
            return appraisal
        if locked.state == InterestState.OPENED:
            raise DomainError(
                "Une démarche vient d’être ouverte pour cette demande: voyez « Mes démarches »."
            )
        locked.state, locked.appraisal = InterestState.OPENED, appraisal
        locked.settled_at, locked.settled_by = now, user
        locked.erase_on = _erase_on(locked, now)
        locked.save()
        return appraisal


def guess_place(interest: InterestRequest, places: QuerySet[Place]) -> Place | None:
    """The one community of that name, in that territory when it is known."""
    found = places.filter(name__iexact=interest.community.strip())
    if interest.territory is not None:
        found = found & Place.objects.within(interest.territory)
    rows = list(found[:2])
    return rows[0] if len(rows) == 1 else None


def erase_old_interests(now: dt.datetime) -> int:
    """Names, addresses, telephones and words whose day has come; the rest of the row stays."""
    due = InterestRequest.objects.filter(erased_at=None, erase_on__lte=timezone.localdate(now))
    return due.update(erased_at=now, **dict.fromkeys(PERSONAL_FIELDS, ""))


def next_old_interest() -> dt.datetime | None:
    """The first morning on which something of a request is due to go."""
    kept = InterestRequest.objects.filter(erased_at=None).order_by("erase_on")
    first = kept.values_list("erase_on", flat=True).first()
    return start_of_day(first) if first else None


def _already_kept(said: InterestWords, form_key: str) -> InterestRequest | None:
    kept = InterestRequest.objects.filter(form_key=form_key).first()
    same = InterestRequest.objects.filter(erased_at=None, state=InterestState.NEW, **vars(said))
    return kept or same.first()


def _everyone() -> list[User]:
    """Every coordinator; the administrators of a site that has none yet."""
    active = User.objects.filter(is_active=True).order_by("pk")
    coordinators = active.filter(role_assignments__role=RoleAssignment.Role.COORDINATOR).distinct()
    return list(coordinators) or list(active.filter(is_superuser=True))


def _tell(interest: InterestRequest, person: User, list_url: str) -> None:
    context = {"interest": interest, "due_on": answer_due_on(interest), "list_url": list_url}
    subject, body = write_letter("space/mail/interest.txt", context)
    queue_mail(
        kind="interest",
        to=person.email,
        subject=subject,
        body=body,
        key=f"interest/{interest.pk}/{person.pk}",
    )


def _erase_on(interest: InterestRequest, now: dt.datetime) -> dt.date:
    latest = timezone.localdate(interest.received_at) + KEPT
    if interest.state == InterestState.DECLINED:
        return min(latest, timezone.localdate(now) + KEPT_ONCE_DECLINED)
    return latest


def _lock(interest: InterestRequest, user: User) -> InterestRequest:
    locked = InterestRequest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    if not InterestRequest.objects.editable_by(user).filter(pk=locked.pk).exists():
        raise DomainError("Cette demande revient à la coordination de son territoire.")
    return locked
