"""The shipped region, checked against DOMAIN.md §5.1."""

from collections import Counter

import pytest
from django.db.models import Sum

from core.errors import DomainError
from reference.domain.imports.places import import_places, load_seed
from reference.domain.vocabularies import load_vocabularies
from reference.enums import PlaceKind
from reference.models import Dimension, Issue, Place, PlaceCode, PlacePopulation, Sector
from tests.sample_data import FIXTURES

TOTALS = {(2021, "census"): 273_055, (2016, "census"): 266_112, (2025, "decree"): 287_822}


def test_seed_makes_one_region_six_territories_and_forty_nine_places():
    outcome = load_seed()
    assert outcome.created == 56
    assert Counter(Place.objects.values_list("kind", flat=True)) == {
        PlaceKind.REGION: 1,
        PlaceKind.TERRITORY: 6,
        PlaceKind.MUNICIPALITY: 42,
        PlaceKind.UNORGANIZED_TERRITORY: 4,
        PlaceKind.FIRST_NATION_COMMUNITY: 3,
    }


def test_seed_populations_add_up_at_each_level():
    load_seed()
    region = Place.objects.get(kind=PlaceKind.REGION)
    territories = Place.objects.territories()
    for (year, basis), total in TOTALS.items():
        figures = PlacePopulation.objects.filter(year=year, basis=basis)
        assert figures.get(place=region).count == total
        assert figures.filter(place__in=territories).aggregate(n=Sum("count"))["n"] == total
        for territory in territories:
            below = figures.filter(place__parent=territory).aggregate(n=Sum("count"))["n"]
            assert below == figures.get(place=territory).count, territory
    assert not PlacePopulation.objects.filter(source="").exists()


def test_seed_twice_changes_nothing_and_keeps_what_was_edited():
    load_seed()
    Place.objects.filter(slug="batiscan").update(name="Batiscan-sur-le-Fleuve", population=1)
    outcome = load_seed()
    assert (outcome.changed, outcome.unchanged) == (False, 56)
    assert Place.objects.get(slug="batiscan").population == 1


def test_each_territory_has_the_outline_that_we_ship_unless_an_import_gave_it_another():
    load_seed()
    territories = Place.objects.territories()
    assert {place.geometry_source for place in territories} == {
        "MRNF, Découpages administratifs (Données Québec, CC BY 4.0), généralisés"
    }
    rings = [ring for place in territories for ring in place.geometry["coordinates"]]
    assert all(ring[0] == ring[-1] and len(ring) > 15 for ring in rings)
    west, east = -75.6, -71.8
    assert all(west < x < east and 46.1 < y < 49.1 for ring in rings for x, y in ring)
    finer = {"type": "Polygon", "coordinates": [[[-73, 46], [-72, 46], [-72, 47], [-73, 46]]]}
    territories.filter(slug="territoire-de-shawinigan").update(geometry=finer)
    load_seed()
    assert Place.objects.get(slug="territoire-de-shawinigan").geometry == finer


def test_three_names_are_both_a_territory_and_a_municipality():
    load_seed()
    for name, municipality in (
        ("Trois-Rivières", "37067"),
        ("Shawinigan", "36033"),
        ("La Tuque", "90012"),
    ):
        kinds = Place.objects.filter(name=name).values_list("kind", flat=True)
        assert sorted(kinds) == ["municipality", "territory"]
        place = Place.objects.get(codes__scheme="mamh", codes__code=municipality)
        assert (place.kind, place.parent.name) == ("municipality", name)
        assert place.territory == place.parent


def test_first_nations_communities_bear_the_name_of_their_council():
    load_seed()
    communities = Place.objects.filter(kind=PlaceKind.FIRST_NATION_COMMUNITY)
    assert sorted(communities.values_list("name", flat=True)) == [
        "Coucoucache",
        "Opitciwan",
        "Wemotaci",
    ]
    assert set(communities.values_list("designation", flat=True)) == {"Communauté atikamekw"}
    assert Place.objects.get(name="Wemotaci").get_kind_display() == "communauté atikamekw"


def test_codes_are_read_with_their_scheme():
    load_seed()
    assert PlaceCode.objects.get(scheme="mrc", code="35").place.name == "MRC de Mékinac"
    assert PlaceCode.objects.get(scheme="mrc", code="350").place.name == "MRC de Mékinac"
    assert PlaceCode.objects.get(scheme="sdr", code="2435027").place.name == "Saint-Tite"
    assert not PlaceCode.objects.filter(scheme="mamh", code="90").exists()


def test_headline_population_is_the_latest_census():
    load_seed()
    place = Place.objects.get(codes__scheme="mamh", codes__code="35027")
    assert (place.population, place.population_year) == (3672, 2021)
    empty = Place.objects.get(name="Coucoucache")
    assert (empty.population, empty.population_year) == (0, 2025)


def test_vocabularies_are_loaded_once_and_keep_what_was_renamed():
    assert load_vocabularies() == 12 + 9 + 15
    assert (Dimension.objects.count(), Sector.objects.count(), Issue.objects.count()) == (12, 9, 15)
    assert Dimension.objects.first().code == "participation"
    Sector.objects.filter(code="health").update(name="Santé", is_active=False)
    assert load_vocabularies() == 0
    assert not Sector.objects.get(code="health").is_active


def test_the_ministry_file_alone_says_what_to_load_first():
    content = (FIXTURES / "repertoire_mamh_extrait.csv").read_bytes()
    with pytest.raises(DomainError, match=r"Ligne 2: territoire inconnu.*load_reference"):
        import_places(content, file_name="MUN.csv")
