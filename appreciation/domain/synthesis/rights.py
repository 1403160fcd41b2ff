"""Who prepares a synthesis: whoever coordinates its whole region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from appreciation.models import Synthesis
from core.errors import DomainError
from reference.models import Place

if TYPE_CHECKING:
    from accounts.models import User

NOT_YOURS = "Seule la coordination de la région prépare sa synthèse."


def coordinates_region(region: Place, user: User) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_superuser or user.coordinated_places().filter(pk=region.pk).exists())


def check_region(region: Place, user: User) -> None:
    if not coordinates_region(region, user):
        raise DomainError(NOT_YOURS)


def lock_synthesis(synthesis: Synthesis, user: User) -> Synthesis:
    """The row, held until the end of the transaction. Refused to who may not prepare it."""
    locked = (
        Synthesis.objects.select_for_update(of=("self",))
        .select_related("region")
        .get(pk=synthesis.pk)
    )
    check_region(locked.region, user)
    return locked
