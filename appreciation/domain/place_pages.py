"""The public shells of places: made by the rules, published only when the place may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from appreciation.domain.first_nations import is_first_nation
from reference.enums import PlaceKind
from reference.models import Place

if TYPE_CHECKING:
    from appreciation.models import PlacePage

PORTRAYED_KINDS = (
    PlaceKind.REGION,
    PlaceKind.TERRITORY,
    PlaceKind.MUNICIPALITY,
    PlaceKind.FIRST_NATION_COMMUNITY,
    PlaceKind.LOCAL_COMMUNITY,
)
"""Nobody reads together the portrait of a territory without inhabitants, nor of a postal sector."""
COUNCIL_FIRST = (
    "Le portrait d’une communauté atikamekw paraît quand son conseil est d’accord: inscrivez qui"
    " l’a dit, et le jour."
)


def missing_to_publish(page: PlacePage) -> dict[str, str]:
    """By field; a First Nations community's council agrees first (DESIGN.md §7)."""
    if not is_first_nation(page.place):
        return {}
    wanted = ("council_agreed_by", "council_agreed_on")
    return {name: COUNCIL_FIRST for name in wanted if not getattr(page, name)}


@transaction.atomic
def ensure_place_pages(places: QuerySet[Place] | None = None) -> list[Page]:
    """A page for each place that has none; live, except those that wait for a council.

    Nothing without the list they stand under. `places` are all those of the site by default.

    An address that is taken gets the place's own code after it. Fictitious places have their page
    as the others: the whole site says that it is a demonstration.
    """
    from appreciation.models import PlaceIndexPage, PlacePage

    index = PlaceIndexPage.objects.first()
    if index is None:
        return []
    told = set(PlacePage.objects.values_list("place", flat=True))
    taken = set(index.get_children().values_list("slug", flat=True))
    wanted = Place.objects.all() if places is None else places
    wanted = wanted.filter(kind__in=PORTRAYED_KINDS, valid_to__isnull=True)
    made: list[Page] = []
    for place in wanted.exclude(pk__in=told).order_by("name", "pk"):
        slug = place.slug if place.slug not in taken else f"{place.slug}-{place.pk}"
        taken.add(slug)
        is_live = not is_first_nation(place)
        page = PlacePage(
            title=place.name,
            slug=slug,
            place=place,
            live=is_live,
            first_published_at=timezone.now() if is_live else None,
        )
        page.search_description = f"{place.name} en chiffres, avec leurs sources."
        made.append(index.add_child(instance=page))
    return made


def unwritten_page(place: Place) -> PlacePage | None:
    """Its page, while nobody wrote anything in it: it says nothing that the place does not."""
    from appreciation.models import PlacePage

    page = PlacePage.objects.filter(
        place=place, introduction="", local_facts=None, readings=None, latest_revision=None
    )
    return page.first()
