"""Who works on a démarche, and what each may do there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from accounts.models import RoleAssignment, User
from appreciation.domain.journal import log_gesture
from appreciation.enums import RUNNING_STATES, MembershipRole
from appreciation.models import Appraisal, Membership, PhaseTask
from core.errors import DomainError
from reference.models import Place


class Power(StrEnum):
    """What a person holds here: her role in the team, or the coordination of the place."""

    LEAD = "lead"
    CO_FACILITATOR = "co_facilitator"
    OBSERVER = "observer"
    COMMITTEE = "committee"
    COORDINATOR = "coordinator"


EDITING_POWERS = frozenset({Power.LEAD, Power.CO_FACILITATOR, Power.COORDINATOR})
STEERING_POWERS = frozenset({Power.LEAD, Power.COORDINATOR})

UNKNOWN_ADDRESS = (
    "Aucun compte ne peut être ajouté avec ce courriel. "
    "Demandez à la coordination d’inviter cette personne, puis revenez ici."
)


def powers_of(appraisal: Appraisal, user: User) -> frozenset[Power]:
    """All the powers of this person here; an administrator counts as a coordinator."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    powers = {
        Power(role)
        for role in Membership.objects.filter(appraisal=appraisal, user=user).values_list(
            "role", flat=True
        )
    }
    if user.is_superuser or user.coordinated_places().filter(pk=appraisal.place_id).exists():
        powers.add(Power.COORDINATOR)
    return frozenset(powers)


def can_edit(appraisal: Appraisal, user: User) -> bool:
    return bool(powers_of(appraisal, user) & EDITING_POWERS)


def can_steer(appraisal: Appraisal, user: User) -> bool:
    """Whether this person decides on the team and on going back: the lead, or the coordination."""
    return bool(powers_of(appraisal, user) & STEERING_POWERS)


def coordinators_of(appraisal: Appraisal) -> list[User]:
    """Active people who coordinate its place or what it lies under."""
    return coordinators_of_place(appraisal.place)


def coordinators_of_place(place: Place | None) -> list[User]:
    """Active people who coordinate `place` or what it lies under."""
    ancestry: list[int] = []
    while place is not None:
        ancestry.append(place.pk)
        place = place.parent
    return list(
        User.objects.filter(
            is_active=True,
            role_assignments__role=RoleAssignment.Role.COORDINATOR,
            role_assignments__place__in=ancestry,
        )
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )


@dataclass(frozen=True)
class PersonInCharge:
    """Whom to write to about a démarche. The répondant local may have no account, nor a mail."""

    name: str
    email: str
    user: User | None = None


def people_in_charge(appraisal: Appraisal) -> list[PersonInCharge]:
    """The leads who still have an account; without any, the répondant; else the coordination."""
    leads = appraisal.memberships.filter(role=MembershipRole.LEAD, user__is_active=True)
    people = [member.user for member in leads.select_related("user")]
    if people:
        return [_in_charge(person) for person in people]
    if appraisal.contact_email:
        return [PersonInCharge(appraisal.contact_name, appraisal.contact_email)]
    return [_in_charge(person) for person in coordinators_of(appraisal)]


def led_alone(email: str) -> list[Appraisal]:
    """Running démarches that nobody leads once this person is gone: to give to somebody first."""
    lead = MembershipRole.LEAD
    others = Membership.objects.filter(
        appraisal=OuterRef("pk"), role=lead, user__is_active=True
    ).exclude(user__email__iexact=email)
    hers = Appraisal.objects.filter(
        memberships__user__email__iexact=email, memberships__role=lead, state__in=RUNNING_STATES
    )
    return list(hers.exclude(Exists(others)).select_related("place").order_by("pk"))


def _in_charge(person: User) -> PersonInCharge:
    return PersonInCharge(str(person), person.email, person)


def add_member(*, appraisal: Appraisal, actor: User, email: str, role: str) -> Membership:
    """Bring someone who already has an account into the team.

    An unknown or closed address gets the same sentence: accounts are opened by the coordination.
    Adding the same person twice with the same role changes nothing.
    """
    with transaction.atomic():
        locked = _lock_for_steering(appraisal, actor)
        person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if person is None:
            raise DomainError(UNKNOWN_ADDRESS, fields={"email": UNKNOWN_ADDRESS})
        membership, is_new = Membership.objects.get_or_create(
            appraisal=locked, user=person, defaults={"role": role}
        )
        if not is_new and membership.role != role:
            message = f"{person} fait déjà partie de l’équipe: changez son rôle dans la liste."
            raise DomainError(message, fields={"email": message})
        if is_new:
            log_gesture(locked, "member_added", actor, f"{person}, {membership.get_role_display()}")
        return membership


def change_role(*, membership: Membership, actor: User, role: str) -> Membership:
    """Give another role. The last lead keeps hers until somebody else leads."""
    with transaction.atomic():
        appraisal = _lock_for_steering(membership.appraisal, actor)
        membership = Membership.objects.select_related("user").get(pk=membership.pk)
        if membership.role == role:
            return membership
        _keep_a_lead(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        log_gesture(
            appraisal, "role_changed", actor, f"{membership.user}, {membership.get_role_display()}"
        )
        return membership


def remove_member(*, membership: Membership, actor: User) -> None:
    """Take someone out of the team: by the lead or the coordination, or she leaves by herself."""
    with transaction.atomic():
        if membership.user_id == actor.pk:
            appraisal = lock_team(membership.appraisal)
        else:
            appraisal = _lock_for_steering(membership.appraisal, actor)
        current = Membership.objects.select_related("user").filter(pk=membership.pk).first()
        if current is None:
            return
        _keep_a_lead(current)
        person = str(current.user)
        current.delete()
        free_tasks(appraisal, current.user)
        log_gesture(appraisal, "member_removed", actor, person)


def hand_over(*, appraisal: Appraisal, actor: User, to: User, note: str) -> Membership:
    """The coordination takes the démarche in charge, with a word of handover.

    The person who gives stays in the team; she may then leave it (DOMAIN.md §3.1, point 3).
    """
    if not note.strip():
        message = "Écrivez un mot pour la personne qui reprend: où en est la démarche?"
        raise DomainError(message, fields={"note": message})
    with transaction.atomic():
        locked = _lock_for_steering(appraisal, actor)
        if to not in coordinators_of(locked):
            message = "Choisissez une personne qui coordonne ce territoire."
            raise DomainError(message, fields={"to": message})
        membership, _ = Membership.objects.update_or_create(
            appraisal=locked, user=to, defaults={"role": MembershipRole.LEAD}
        )
        log_gesture(locked, "handed_over", actor, f"{to}: {note.strip()}")
        return membership


def _keep_a_lead(membership: Membership) -> None:
    if membership.role != MembershipRole.LEAD:
        return
    others = Membership.objects.filter(
        appraisal=membership.appraisal_id, role=MembershipRole.LEAD, user__is_active=True
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise DomainError(
            "C’est la dernière personne responsable: donnez d’abord ce rôle à quelqu’un d’autre, "
            "ou remettez la démarche à la coordination."
        )


def lock_team(appraisal: Appraisal) -> Appraisal:
    return (
        Appraisal.objects.select_for_update(of=("self",))
        .select_related("place__parent__parent")
        .get(pk=appraisal.pk)
    )


def _lock_for_steering(appraisal: Appraisal, actor: User) -> Appraisal:
    locked = lock_team(appraisal)
    if not can_steer(locked, actor):
        raise DomainError("L’équipe se change par la personne responsable ou par la coordination.")
    return locked


def free_tasks(appraisal: Appraisal, person: User) -> None:
    """What was hers and is not done waits for another owner."""
    hers = PhaseTask.objects.filter(appraisal=appraisal, owner=person, done_at=None)
    hers.update(owner=None, version=F("version") + 1)
