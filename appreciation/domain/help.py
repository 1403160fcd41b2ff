"""« Demander de l’aide »: asked from any screen, tracked to its close, told by mail both ways.

The subject of a mail never says which démarche nor what was asked; its body says who wrote, and
where to read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from accounts.models import RoleAssignment, User
from appreciation.domain.team import coordinators_of
from appreciation.domain.working_days import after_working_days
from appreciation.enums import HelpState
from appreciation.models import Appraisal, HelpMessage, HelpRequest
from background.letters import full_address, write_letter
from background.outbox import queue_mail
from cms.models import SiteSettings
from core.errors import DomainError
from core.purges import earliest_due

if TYPE_CHECKING:
    from django.db.models import QuerySet

KEPT_ONCE_CLOSED = dt.timedelta(days=365)
KIND = "help"


@transaction.atomic
def open_help_request(
    *,
    text: str,
    asker: User | None = None,
    asked_by: str = "",
    appraisal: Appraisal | None = None,
    phase: str = "",
    address: str = "",
    context: Iterable[str] = (),
    form_key: str | None = None,
) -> HelpRequest:
    """Ask the coordination of the place for help; an answer is promised in working days.

    The same `form_key` and text again give back the first request. Without an account (a check-in
    answered by mail), `asked_by` says where the question comes from.
    """
    now = timezone.now()
    if not text.strip():
        message = "Écrivez votre question, en une phrase ou plus."
        raise DomainError(message, fields={"text": message})
    key = _own_key(asker, form_key, text)
    already = HelpRequest.objects.filter(form_key=key).first() if key else None
    if already is not None:
        return already
    request = HelpRequest.objects.create(
        asker=asker,
        asked_by=asked_by,
        appraisal=appraisal,
        phase=phase,
        address=address,
        context="\n".join(context),
        asked_at=now,
        promised_by=after_working_days(now, promised_days()),
        form_key=key,
    )
    HelpMessage.objects.create(request=request, author=asker, text=text.strip(), at=now)
    _tell_helpers(request, "asked")
    return request


def promised_days() -> int:
    """The delay that the region promises, in working days."""
    return (SiteSettings.objects.first() or SiteSettings()).help_delay_days


@transaction.atomic
def take_in_charge(*, request: HelpRequest, user: User) -> None:
    """Say that you take it: the person who asks is told who. Taking it twice changes nothing."""
    locked = _lock_to_answer(request, user)
    if locked.state == HelpState.CLOSED:
        raise DomainError("Cette demande est close: rouvrez-la d’abord.")
    if locked.helper_id == user.pk:
        return
    locked.helper = user
    if locked.state == HelpState.NEW:
        locked.state = HelpState.IN_CHARGE
    locked.save(update_fields=("helper", "state"))
    _tell_asker(locked, "space/mail/help_in_charge.txt", f"in-charge-{user.pk}", user)


@transaction.atomic
def write_help_message(
    *, request: HelpRequest, user: User, text: str, form_key: str | None = None
) -> HelpMessage:
    """Answer, or go on asking. A question asked again waits again, whatever its state was."""
    if not text.strip():
        refusal = "Écrivez votre message."
        raise DomainError(refusal, fields={"text": refusal})
    locked = _lock_to_read(request, user)
    key = _own_key(user, form_key, text)
    already = HelpMessage.objects.filter(form_key=key).first() if key else None
    if already is not None:
        return already
    message = HelpMessage.objects.create(
        request=locked, author=user, text=text.strip(), form_key=key
    )
    if locked.asker_id == user.pk:
        locked.state = HelpState.IN_CHARGE if locked.helper_id else HelpState.NEW
        locked.promised_by = after_working_days(message.at, promised_days())
        locked.closed_at = None
        locked.save(update_fields=("state", "promised_by", "closed_at"))
        _tell_helpers(locked, f"message-{message.pk}")
    else:
        locked.state, locked.answered_at = HelpState.ANSWERED, message.at
        locked.helper, locked.closed_at = locked.helper or user, None
        locked.save(update_fields=("state", "answered_at", "helper", "closed_at"))
        _tell_asker(locked, "space/mail/help_answered.txt", f"answered-{message.pk}", user)
    return message


@transaction.atomic
def close_help_request(*, request: HelpRequest, user: User) -> None:
    """By the person who asked, or who may answer. Closing twice changes nothing."""
    locked = _lock_to_read(request, user)
    if locked.state != HelpState.CLOSED:
        locked.state, locked.closed_at = HelpState.CLOSED, timezone.now()
        locked.save(update_fields=("state", "closed_at"))


@transaction.atomic
def reopen_help_request(*, request: HelpRequest, user: User) -> None:
    """It waits again, with a new promise. Reopening what is open changes nothing."""
    locked = _lock_to_read(request, user)
    if locked.state == HelpState.CLOSED:
        locked.state = HelpState.IN_CHARGE if locked.helper_id else HelpState.NEW
        locked.closed_at = None
        locked.promised_by = after_working_days(timezone.now(), promised_days())
        locked.save(update_fields=("state", "closed_at", "promised_by"))


def helpers_of(request: HelpRequest) -> list[User]:
    """Who may answer: who took it and still may, else the coordination of the place, else of the
    region.
    """
    helper = request.helper
    if helper and HelpRequest.objects.editable_by(helper).filter(pk=request.pk).exists():
        return [helper]
    people = coordinators_of(request.appraisal) if request.appraisal else []
    return people or list(_every_coordinator())


def _every_coordinator() -> QuerySet[User]:
    role = RoleAssignment.Role.COORDINATOR
    return User.objects.filter(is_active=True, role_assignments__role=role).distinct()


def erase_closed_help_requests(now: dt.datetime) -> int:
    """A year after its close, a request goes with its words; what it became as a question stays."""
    closed = HelpRequest.objects.filter(state=HelpState.CLOSED)
    old = closed.filter(closed_at__lt=now - KEPT_ONCE_CLOSED)
    erased = old.count()
    old.delete()
    return erased


def next_closed_help_request() -> dt.datetime | None:
    closed = HelpRequest.objects.filter(state=HelpState.CLOSED)
    return earliest_due(closed, "closed_at", kept=KEPT_ONCE_CLOSED)


def _own_key(user: User | None, form_key: str | None, text: str) -> str | None:
    """Nobody meets the key of another's form; gone back, another question is another one."""
    words = sha256(text.strip().encode()).hexdigest()[:8]
    return f"{user.pk if user else ''}:{words}:{form_key}" if form_key else None


def _lock_to_read(request: HelpRequest, user: User) -> HelpRequest:
    locked = HelpRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not HelpRequest.objects.visible_to(user).filter(pk=locked.pk).exists():
        raise DomainError("Cette demande d’aide ne vous est pas ouverte.")
    return locked


def _lock_to_answer(request: HelpRequest, user: User) -> HelpRequest:
    locked = _lock_to_read(request, user)
    if not HelpRequest.objects.editable_by(user).filter(pk=locked.pk).exists():
        raise DomainError("La coordination prend les demandes d’aide en charge.")
    return locked


def _tell_helpers(request: HelpRequest, what: str) -> None:
    people = helpers_of(request)
    addresses = [person.email for person in people if person.pk != request.asker_id]
    if not people and (site := SiteSettings.objects.first()) and site.adviser_email:
        addresses = [site.adviser_email]
    for number, address in enumerate(addresses):
        _queue("space/mail/help_asked.txt", request, address, f"{what}-{number}")


def _tell_asker(request: HelpRequest, template: str, what: str, who: User) -> None:
    """`who` wrote or took it: not always the one who has it in charge."""
    if request.asker is not None and request.asker.is_active:
        _queue(template, request, request.asker.email, what, who=who)


def _queue(
    template: str, request: HelpRequest, address: str, what: str, *, who: User | None = None
) -> None:
    link = full_address("space:help_request", request.pk)
    subject, body = write_letter(template, {"request": request, "link": link, "who": who})
    key = f"help/{request.pk}/{what}"
    queue_mail(kind=KIND, to=address, subject=subject, body=body, key=key)
