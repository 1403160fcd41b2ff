"""The list of who is invited: added one by one or pasted, changed, removed; answers received."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from appreciation.domain.contacts import (
    close_link,
    follow_address,
    forget_mails,
    forget_plans_of,
)
from appreciation.domain.phase_records import lock_to_write
from appreciation.enums import ContactWay, InviteeAnswer
from appreciation.models import Appraisal, Invitee
from core.errors import ConcurrentEditError, DomainError
from core.search_words import fold
from core.typography import NBSP

if TYPE_CHECKING:
    from accounts.models import User
    from reference.models import Sector

MOST_COMPANIONS = 20
MOST_INVITED = 500
REMOVED = "Cette personne n’est plus sur la liste: quelqu’un l’en a retirée."


@dataclass(frozen=True)
class Contact:
    """What is written about somebody to invite."""

    name: str
    sector: Sector
    email: str = ""
    phone: str = ""
    is_group: bool = False
    invited_by_way: str = ContactWay.EMAIL


@dataclass(frozen=True)
class Reply:
    """What somebody answered. Needs are kept for who comes, or may come."""

    answer: str
    companions: int = 0
    needs_transport: bool = False
    needs_childcare: bool = False
    needs_other: str = ""


@transaction.atomic
def add_invitee(*, appraisal: Appraisal, user: User, contact: Contact) -> Invitee:
    """One more on the list. Exactly the same person sent twice is there once.

    Refused when her address is already that of somebody on the list.
    """
    lock_to_write(appraisal, user)
    invitee, _ = _place(contact, appraisal, _known(appraisal))
    return invitee


@transaction.atomic
def add_invitees(*, appraisal: Appraisal, user: User, contacts: list[tuple[int, Contact]]) -> int:
    """Those of a pasted list, each with its line number: all of them, or none.

    Whoever was already there just so is left as she is. Returns how many are new.
    """
    lock_to_write(appraisal, user)
    known, problems, added = _known(appraisal), [], 0
    for number, contact in contacts:
        try:
            added += _place(contact, appraisal, known)[1]
        except DomainError as refusal:
            problems.append(f"Ligne {number}{NBSP}: {refusal}")
    if problems:
        raise DomainError("\n".join(problems))
    return added


def _known(appraisal: Appraisal) -> dict[tuple, Invitee]:
    """Who is on the list, by address and by everything written about her."""
    known: dict[tuple, Invitee] = {}
    for invitee in Invitee.objects.filter(appraisal=appraisal).select_related("sector"):
        _remember(invitee, known)
    return known


def _remember(invitee: Invitee, known: dict[tuple, Invitee]) -> None:
    known[_identity(invitee)] = invitee
    if invitee.email:
        known[(invitee.email,)] = invitee


def _identity(one: Contact | Invitee) -> tuple:
    return (fold(one.name), one.sector.pk, one.email.lower(), one.phone)


def _place(
    contact: Contact, appraisal: Appraisal, known: dict[tuple, Invitee]
) -> tuple[Invitee, bool]:
    same = known.get(_identity(contact))
    if same is not None:
        return same, False
    email = contact.email.lower()
    _refuse_known_address(known.get((email,)) if email else None)
    if sum(1 for key in known if len(key) > 1) >= MOST_INVITED:
        raise DomainError(f"La liste compte déjà {MOST_INVITED} invitations: c’est le plus.")
    invitee = Invitee.objects.create(
        appraisal=appraisal,
        name=contact.name,
        sector=contact.sector,
        email=email,
        phone=contact.phone,
        is_group=contact.is_group,
        invited_by_way=contact.invited_by_way,
    )
    _remember(invitee, known)
    return invitee, True


def _refuse_known_address(holder: Invitee | None) -> None:
    if holder is not None:
        message = f"Ce courriel est déjà sur la liste, pour {holder.name}."
        raise DomainError(message, fields={"email": message})


@transaction.atomic
def change_invitee(
    *, invitee: Invitee, user: User, version: int, contact: Contact, reply: Reply, via: str
) -> Invitee:
    """Change what is written about somebody, her answer included when it came by another way.

    Refused when she answered, or a colleague wrote, since `version`, unless both say the same.
    """
    locked = _lock(invitee, user)
    changed = _changes(locked, contact, reply, via)
    if not changed:
        return locked
    if locked.version != version:
        raise ConcurrentEditError(
            "Cette ligne a changé pendant que vous écriviez.", theirs=locked.name
        )
    if changed.get("email"):
        others = Invitee.objects.filter(appraisal=locked.appraisal_id, email=changed["email"])
        _refuse_known_address(others.exclude(pk=locked.pk).first())
    return _write(locked, changed)


def _changes(invitee: Invitee, contact: Contact, reply: Reply, via: str) -> dict[str, object]:
    wanted: dict[str, object] = {
        "name": contact.name,
        "sector": contact.sector,
        "email": contact.email.lower(),
        "phone": contact.phone,
        "is_group": contact.is_group,
        "invited_by_way": contact.invited_by_way,
        **reply_values(reply),
    }
    changed = {name: value for name, value in wanted.items() if getattr(invitee, name) != value}
    if changed.keys() & reply_values(reply).keys() or via != invitee.answered_via:
        changed |= _stamp(reply, via, timezone.now())
    return changed


def reply_values(reply: Reply) -> dict[str, object]:
    """The columns of an answer; whoever does not come needs nothing and brings nobody."""
    if reply.answer not in (InviteeAnswer.YES, InviteeAnswer.MAYBE):
        reply = Reply(reply.answer)
    return {
        "answer": reply.answer,
        "companions": reply.companions,
        "needs_transport": reply.needs_transport,
        "needs_childcare": reply.needs_childcare,
        "needs_other": reply.needs_other.strip(),
    }


def _stamp(reply: Reply, via: str, now: dt.datetime) -> dict[str, object]:
    if reply.answer == InviteeAnswer.INVITED:
        return {"answered_via": "", "answered_at": None}
    return {"answered_via": via or ContactWay.WORD_OF_MOUTH, "answered_at": now}


def _write(invitee: Invitee, changed: dict[str, object]) -> Invitee:
    for name, value in changed.items():
        setattr(invitee, name, value)
    invitee.version += 1
    invitee.save()
    if "email" in changed:
        follow_address(invitee)
    if invitee.answer == InviteeAnswer.NO:
        forget_plans_of(invitee)
    return invitee


@transaction.atomic
def remove_invitee(*, invitee: Invitee, user: User) -> None:
    """Take somebody off the list: her link closes, her waiting mails are forgotten."""
    lock_to_write(invitee.appraisal, user)
    close_link(invitee.token)
    forget_mails(invitee.appraisal, invitee.pk)
    Invitee.objects.filter(pk=invitee.pk).delete()


def _lock(invitee: Invitee, user: User) -> Invitee:
    lock_to_write(invitee.appraisal, user)
    locked = Invitee.objects.select_for_update(of=("self",)).filter(pk=invitee.pk).first()
    if locked is None:
        raise DomainError(REMOVED)
    return locked
