"""Facts beside perceptions: the figures tied to a dimension, and whose council agrees first."""

import json

import pytest

from appreciation.domain.place_pages import ensure_place_pages
from appreciation.domain.report import (
    assemble_report,
    report_from_snapshot,
    report_to_snapshot,
)
from appreciation.enums import PublicationLevel
from appreciation.models import PlacePage
from reference.domain.imports.indicators import import_indicators
from reference.domain.imports.places import load_seed
from reference.domain.indicators import ensure_portrait_list
from reference.domain.vocabularies import SEEDS
from reference.enums import PlaceKind
from reference.models import Indicator, Place
from tests.factories.answers import items_of
from tests.factories.starter_site import ensure_site_pages


@pytest.fixture
def figures(told_appraisal):
    """A real village, its territory and its region, and three figures tied to its dimension."""
    load_seed()
    ensure_portrait_list()
    for name in ("mauricie_census_2021.csv", "mauricie_profile_2016.csv"):
        import_indicators((SEEDS / name).read_bytes(), file_name=name)
    told_appraisal.place = Place.objects.get(slug="saint-roch-de-mekinac")
    told_appraisal.save()
    dimension = items_of(told_appraisal)[0].instrument_dimension.dimension
    Indicator.objects.filter(code__in=("population-change", "households", "median-rent")).update(
        dimension=dimension
    )
    return told_appraisal


def told(appraisal, **options):
    return assemble_report(appraisal, **options).statistics


def test_the_figures_of_the_editors_list_stand_beside_their_dimension(figures):
    (beside,) = told(figures)
    changed, households, rent = beside.statistics
    assert changed.when == "de 2016 à 2021"
    assert [(mark.kind, mark.place) for mark in changed.marks] == [
        ("here", "Saint-Roch-de-Mékinac"),
        ("territory", "MRC de Mékinac"),
        ("region", "Mauricie"),
    ]
    assert [mark.words[:3] for mark in changed.marks] == ["0,7", "3,3", "2,6"]
    assert changed.is_drawn
    assert changed.source.endswith("calculé à partir des municipalités")
    assert not households.is_drawn
    assert {mark.value for mark in households.marks} == {""}
    here, region = rent.marks
    assert here.words == "pas de chiffre publié pour ce lieu"
    assert region.words.endswith("(2016)")
    assert (rent.when, rent.is_drawn) == ("", False)


def test_a_figure_that_no_editor_tied_or_lists_is_not_there(figures):
    Indicator.objects.update(is_active=False)
    assert told(figures) == ()
    Indicator.objects.update(is_active=True, dimension=None)
    assert told(figures) == ()


@pytest.mark.parametrize("level", PublicationLevel.values)
def test_every_level_shows_public_figures_and_an_edition_keeps_them(figures, level):
    report = assemble_report(figures, level=level)
    assert len(report.statistics) == 1
    stored = json.loads(json.dumps(report_to_snapshot(report)))
    assert report_from_snapshot(stored) == report
    del stored["statistics"]
    assert report_from_snapshot(stored).statistics == ()


def test_those_of_an_atikamekw_community_wait_for_its_council(figures):
    ensure_site_pages()
    Place.objects.filter(pk=figures.place_id).update(kind=PlaceKind.FIRST_NATION_COMMUNITY)
    ensure_place_pages(Place.objects.filter(pk=figures.place_id))
    figures.place.refresh_from_db()
    assert told(figures) == ()
    PlacePage.objects.filter(place=figures.place).update(live=True)
    assert len(told(figures)) == 1
