"""What kind of milieu a place is, for the catalogue."""

import pytest

from pratiques.domain.milieus import milieu_kind_of
from reference.enums import PlaceKind
from reference.models import PlacePart
from tests.factories.places import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"kind": PlaceKind.FIRST_NATION_COMMUNITY, "population": 2500}, "first_nation"),
        ({"kind": PlaceKind.TERRITORY, "population": 130_000}, "territory"),
        ({"kind": PlaceKind.UNORGANIZED_TERRITORY}, "village"),
        ({"kind": PlaceKind.MUNICIPALITY, "designation": "Ville", "population": 900}, "town"),
        ({"kind": PlaceKind.MUNICIPALITY, "designation": "Paroisse", "population": 900}, "village"),
        ({"kind": PlaceKind.MUNICIPALITY, "population": 5000}, "town"),
        ({"kind": PlaceKind.MUNICIPALITY, "population": None}, ""),
        ({"kind": PlaceKind.EXTERNAL, "population": 900}, ""),
    ],
)
def test_a_place_is_told_by_its_kind_its_designation_or_its_people(values, kind):
    assert milieu_kind_of(PlaceFactory(**values)) == kind


def test_a_community_is_told_by_what_it_is_made_of():
    town = PlaceFactory(kind=PlaceKind.MUNICIPALITY, designation="Ville")
    nation = PlaceFactory(kind=PlaceKind.FIRST_NATION_COMMUNITY)
    quarter, reserve, village = PlaceFactory(), PlaceFactory(), PlaceFactory(population=700)
    PlacePart.objects.create(whole=quarter, part=town, share="0.2")
    PlacePart.objects.create(whole=reserve, part=nation)
    municipality = PlaceFactory(kind=PlaceKind.MUNICIPALITY, population=700)
    PlacePart.objects.create(whole=village, part=municipality)
    assert [milieu_kind_of(each) for each in (quarter, reserve, village)] == [
        "neighbourhood",
        "first_nation",
        "village",
    ]
