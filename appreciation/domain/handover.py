"""The person in charge leaves: who takes over, with which words, and what ends for whom leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from appreciation.domain.journal import log_gesture
from appreciation.domain.team import (
    Power,
    can_steer,
    coordinators_of,
    free_tasks,
    lock_team,
    powers_of,
)
from appreciation.enums import MembershipRole
from appreciation.models import Appraisal, Membership, TransitionLog
from background.letters import full_address, write_letter
from background.outbox import queue_mail
from core.errors import DomainError

if TYPE_CHECKING:
    from django.db.models import QuerySet

HANDED_OVER = "lead_changed"
ASKED = {
    "done": "Dites ce qui est fait.",
    "waiting": "Dites ce qui attend.",
    "to_call": "Dites qui appeler d’abord.",
}


@dataclass(frozen=True)
class HandoverWords:
    """What is done, what waits, whom to call: kept in the journal with the change of lead."""

    done: str
    waiting: str
    to_call: str

    @property
    def text(self) -> str:
        return (
            f"Fait: {self.done.strip()}\n"
            f"En attente: {self.waiting.strip()}\n"
            f"À appeler: {self.to_call.strip()}"
        )


def successors_of(appraisal: Appraisal, leaver: User | None) -> QuerySet[User]:
    """Who may lead next: the team and the coordination of the place, with an open account."""
    coordinators = [person.pk for person in coordinators_of(appraisal)]
    people = User.objects.filter(Q(memberships__appraisal=appraisal) | Q(pk__in=coordinators))
    people = people.filter(is_active=True).distinct().order_by("first_name", "last_name", "pk")
    return people.exclude(pk=leaver.pk) if leaver else people


def leads_of(appraisal: Appraisal) -> QuerySet[User]:
    """Those who lead now, their account open or not."""
    return User.objects.filter(
        memberships__appraisal=appraisal, memberships__role=MembershipRole.LEAD
    )


def leave(*, appraisal: Appraisal, user: User, to: User | None, words: HandoverWords) -> bool:
    """She leaves, and reads the démarche no more. Whoever leads alone names who takes over.

    Only who decides on the team names somebody. Sent twice, or by the coordination that is not in
    the team: nothing happens. Returns whether she left now.
    """
    with transaction.atomic():
        locked = lock_team(appraisal)
        own = Membership.objects.filter(appraisal=locked, user=user).first()
        if own is None:
            return False
        _check_words(words)
        if to is not None and not can_steer(locked, user):
            message = "La personne responsable et la coordination choisissent qui prend la suite."
            raise DomainError(message, fields={"to": message})
        others = leads_of(locked).exclude(pk=user.pk).filter(is_active=True)
        if own.role == MembershipRole.LEAD and to is None and not others.exists():
            message = "Choisissez qui prend la suite: la démarche ne reste jamais sans personne."
            raise DomainError(message, fields={"to": message})
        _pass_on(locked, actor=user, former=user, to=to, words=words)
        return True


def replace_lead(
    *, appraisal: Appraisal, actor: User, former: User, to: User, words: HandoverWords
) -> None:
    """The coordination changes the person in charge. The former one's access ends at once."""
    with transaction.atomic():
        locked = lock_team(appraisal)
        if Power.COORDINATOR not in powers_of(locked, actor):
            raise DomainError("La coordination seule change la personne responsable.")
        if not leads_of(locked).filter(pk=former.pk).exists():
            return
        _check_words(words)
        _pass_on(locked, actor=actor, former=former, to=to, words=words)


def last_handover(appraisal: Appraisal) -> TransitionLog | None:
    """The latest change of lead, for whoever takes over."""
    rows = appraisal.transitions.filter(name=HANDED_OVER)
    return rows.select_related("user").first()


def _pass_on(
    appraisal: Appraisal, *, actor: User, former: User, to: User | None, words: HandoverWords
) -> None:
    if to is not None:
        if not successors_of(appraisal, former).filter(pk=to.pk).exists():
            message = "Choisissez quelqu’un de l’équipe ou de la coordination."
            raise DomainError(message, fields={"to": message})
        Membership.objects.update_or_create(
            appraisal=appraisal, user=to, defaults={"role": MembershipRole.LEAD}
        )
    Membership.objects.filter(appraisal=appraisal, user=former).delete()
    free_tasks(appraisal, former)
    who = f"{former} part, {to} prend la suite." if to else f"{former} part."
    row = log_gesture(appraisal, HANDED_OVER, actor, f"{who}\n{words.text}")
    for person in [to] if to else leads_of(appraisal).filter(is_active=True):
        _tell(appraisal, person, former, words, row)


def _tell(
    appraisal: Appraisal, to: User, former: User, words: HandoverWords, row: TransitionLog
) -> None:
    link = full_address("space:appraisal", appraisal.reference)
    context = {"appraisal": appraisal, "former": former, "words": words, "link": link}
    subject, body = write_letter("space/mail/handover.txt", context)
    key = f"team/{appraisal.reference}/{row.pk}/{to.pk}"
    queue_mail(kind="handover", to=to.email, subject=subject, body=body, key=key)


def _check_words(words: HandoverWords) -> None:
    missing = {name: said for name, said in ASKED.items() if not getattr(words, name).strip()}
    if missing:
        raise DomainError(" ".join(missing.values()), fields=missing)
