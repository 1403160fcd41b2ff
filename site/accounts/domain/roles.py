"""Giving and taking roles once an account exists, and who may touch accounts at all.

Whoever may change accounts can make herself an administrator (QUALITY.md §1): administrators alone
do it, whatever rights a group was given. Coordinators give a role with an invitation only.
"""

from __future__ import annotations

from django.db import transaction

from accounts.domain.groups import assign_role, follow_roles
from accounts.models import RoleAssignment, User
from core.errors import DomainError
from reference.enums import PlaceKind
from reference.models.places import Place, PlaceQuerySet

ROLE_PLACES = (PlaceKind.REGION, PlaceKind.TERRITORY)


def manages_people(user: User) -> bool:
    """Whether she opens the screens about accounts, groups and roles."""
    return bool(user.is_active and user.is_superuser)


def role_places() -> PlaceQuerySet:
    """Where a role may be held: a region, or one of its territories."""
    return Place.objects.filter(kind__in=ROLE_PLACES)


def ensure_administrator(actor: User) -> None:
    """Refuse anybody but an administrator, as the database knows her now.

    To be called inside a transaction: administrators are locked until its end, so that two of them
    cannot take each other away at the same moment.
    """
    administrators = (
        User.objects.select_for_update(of=("self",))
        .filter(is_superuser=True, is_active=True)
        .order_by("pk")
    )
    if actor.pk not in {person.pk for person in administrators}:
        raise DomainError("Seule une personne qui administre le site change les comptes.")


def ensure_one_administrator() -> None:
    """Refuse a state in which nobody can open these screens any more."""
    if not User.objects.filter(is_superuser=True, is_active=True).exists():
        raise DomainError(
            "C’est la dernière personne qui administre le site: donnez d’abord ce droit"
            " à une autre."
        )


@transaction.atomic
def give_role(*, actor: User, user: User, role: str, place: Place) -> RoleAssignment:
    """Give a role for a place to an open account, and the rights in the admin that go with it."""
    ensure_administrator(actor)
    if not user.is_active:
        raise DomainError("Ce compte est fermé: rouvrez-le d’abord.")
    if place.kind not in ROLE_PLACES:
        raise DomainError("Un rôle se donne pour une région ou pour un territoire.")
    return assign_role(user=user, role=role, place=place)


@transaction.atomic
def take_role(*, actor: User, assignment: RoleAssignment) -> None:
    """Take a role away, and its rights in the admin unless she holds it elsewhere."""
    ensure_administrator(actor)
    user = assignment.user
    assignment.delete()
    follow_roles(user)
