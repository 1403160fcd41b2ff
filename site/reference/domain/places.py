"""Rules about places that one row cannot see by itself."""

from __future__ import annotations

from core.errors import DomainError
from reference.domain.imports.places import headline_population
from reference.enums import PlaceKind
from reference.models import Place

DEEPEST = 10
COMPOSED_KINDS = (PlaceKind.LOCAL_COMMUNITY, PlaceKind.EXTERNAL)


def check_place(place: Place) -> None:
    """A place lies in another, never in itself; only a community is made of parts.

    A local community is made of one, part of one, or several municipalities (DOMAIN.md §2.3).
    """
    above, steps = place.parent, 0
    while above is not None:
        steps += 1
        if above.pk == place.pk or steps > DEEPEST:
            raise DomainError(f"« {place} » ne peut pas faire partie de lui-même.")
        above = above.parent
    parts = [link.part for link in place.part_links.select_related("part")]
    if parts and place.kind not in COMPOSED_KINDS:
        raise DomainError("Seule une communauté locale est composée d’autres lieux.")
    for part in parts:
        if part.pk == place.pk:
            raise DomainError(f"« {place} » ne peut pas être une partie de lui-même.")
        if part.kind in {PlaceKind.REGION, PlaceKind.TERRITORY}:
            raise DomainError(
                f"« {part} » est trop grand pour être une partie de communauté: choisissez une"
                " municipalité."
            )


def refresh_headline(place: Place) -> None:
    """Show with the name the latest census figure, else the latest decree; nothing when neither."""
    rows = list(place.populations.all())
    headline = headline_population(rows)
    if headline is not None:
        place.population, place.population_year = headline.count, headline.year
        place.save(update_fields=["population", "population_year"])
