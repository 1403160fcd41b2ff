"""Whose council agrees first (DESIGN.md §7)."""

from __future__ import annotations

from reference.enums import PlaceKind
from reference.models import Place


def is_first_nation(place: Place) -> bool:
    """A First Nations community, or a local community made of one."""
    kind = PlaceKind.FIRST_NATION_COMMUNITY
    return place.kind == kind or place.parts.filter(kind=kind).exists()
