"""Portraits of real places, from the census figures that are shipped with their source."""

from appreciation.domain.place_pages import ensure_place_pages
from reference.domain.imports.indicators import import_indicators
from reference.domain.imports.places import load_seed
from reference.domain.indicators import ensure_portrait_list
from reference.domain.vocabularies import SEEDS
from reference.models import Place
from tests.factories.starter_site import ensure_site_pages

SHOWN = ("mauricie", "mrc-de-mekinac", "saint-roch-de-mekinac", "sainte-thecle", "wemotaci")


def census_portraits() -> None:
    load_seed()
    ensure_site_pages()
    ensure_portrait_list()
    for name in ("mauricie_census_2021.csv", "mauricie_profile_2016.csv"):
        import_indicators((SEEDS / name).read_bytes(), file_name=name)
    ensure_place_pages(Place.objects.filter(slug__in=SHOWN))
