"""Who may do in the catalogue what page rights alone do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import RoleAssignment
from reference.enums import PlaceKind

if TYPE_CHECKING:
    from accounts.models import User

WRITERS = (RoleAssignment.Role.EDITOR, RoleAssignment.Role.COORDINATOR)


def may_import(user: User) -> bool:
    """Whoever edits or coordinates a whole region: a file holds sheets of anywhere.

    Somebody in charge of one territory writes her sheets one by one.
    """
    if not user.is_active:
        return False
    return (
        user.is_superuser
        or user.role_assignments.filter(role__in=WRITERS, place__kind=PlaceKind.REGION).exists()
    )
