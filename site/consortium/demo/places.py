"""Portraits of the demonstration: real census figures with their source, and one fictitious place.

Nobody's words are invented on a real place: only the fictitious community has readings and facts.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from appreciation.domain.place_pages import ensure_place_pages
from appreciation.enums import LocalFactKind
from appreciation.models import PlaceFact, PlacePage, PlaceReading
from reference.domain.imports.indicators import import_indicators
from reference.domain.indicators import ensure_portrait_list
from reference.domain.vocabularies import SEEDS
from reference.enums import PlaceKind
from reference.models import Place

CENSUS = ("mauricie_census_2021.csv", "mauricie_profile_2016.csv")
SHOWN = ("mrc-de-mekinac", "sainte-thecle", "saint-roch-de-mekinac", "village-exemple")
FICTITIOUS = "village-exemple"


def create_places() -> None:
    """The region, a territory, two municipalities; the others wait for `create_site_pages`."""
    ensure_portrait_list()
    for name in CENSUS:
        import_indicators((SEEDS / name).read_bytes(), file_name=name)
    ensure_place_pages(Place.objects.filter(Q(kind=PlaceKind.REGION) | Q(slug__in=SHOWN)))
    page = PlacePage.objects.filter(place__slug=FICTITIOUS).first()
    if page is not None:
        _tell(page)


def _tell(page: PlacePage) -> None:
    page.introduction = "Un village inventé, pour montrer ce que les gens ajoutent aux chiffres."
    page.local_facts = [
        PlaceFact(
            kind=LocalFactKind.SCHOOL,
            words="L’école d’exemple compte deux classes, et sa cour sert aux fêtes du village.",
            year=2026,
            told_by="le conseil d’établissement d’exemple",
        ),
        PlaceFact(
            kind=LocalFactKind.GROCERY,
            words="L’épicerie d’exemple a rouvert en coopérative.",
            year=2025,
            told_by="le comité d’exemple",
        ),
    ]
    page.readings = [
        PlaceReading(
            words="On dit que le village se vide. Nous comptons pourtant plus de familles à"
            " l’école d’exemple que l’an dernier.",
            told_by="douze personnes réunies à la salle d’exemple",
            told_on=dt.date(2026, 9, 17),
        )
    ]
    page.save()
