"""Shares by age and gender of the nearest place that has them; what is hidden stays hidden."""

from decimal import Decimal

import pytest

from reference.domain.census_mix import census_mix
from reference.domain.imports.indicator_mapping import SourceFacts
from reference.domain.imports.places import load_seed
from reference.domain.indicators import ensure_indicators, ensure_source
from reference.enums import BreakdownAxis
from reference.models import Breakdown, IndicatorValue, Place, PlacePart
from tests.factories import PlaceFactory

CODES = ("share-65-over", "adults-by-class")


@pytest.fixture(scope="module")
def region(kept_for_the_module):
    load_seed()
    for code, label in (("gender:women", "femmes"), ("gender:men", "hommes")):
        Breakdown.objects.create(code=code, axis=BreakdownAxis.GENDER, label=label)


def told(place, code, value, *, breakdown="", period="2021", status="published"):
    facts = SourceFacts(series="essai", edition="1", name="N", publisher="P", licence="L", url="")
    IndicatorValue.objects.create(
        place=place,
        indicator=ensure_indicators(CODES)[code],
        breakdown=Breakdown.objects.filter(code=breakdown).first(),
        period=period,
        value=value,
        status=status,
        source=ensure_source(facts),
    )


def village() -> Place:
    return Place.objects.get(slug="saint-roch-de-mekinac")


def test_the_nearest_place_that_has_a_share_gives_it_and_says_so(region):
    assert census_mix(village()) == {}
    told(Place.objects.get(slug="mauricie"), "share-65-over", Decimal("23.6"), period="2016")
    share = census_mix(village())["share-65-over"]
    assert (share.percent, share.where, share.is_elsewhere) == (Decimal("23.6"), "Mauricie", True)
    assert (share.when, share.base) == ("2016", "toute la population, enfants compris")
    told(village(), "share-65-over", Decimal(30))
    share = census_mix(village())["share-65-over"]
    assert (share.percent, share.is_elsewhere) == (30, False)


def test_what_the_source_hides_here_is_read_above(region):
    told(Place.objects.get(slug="mauricie"), "share-65-over", Decimal("23.6"))
    told(village(), "share-65-over", None, status="suppressed")
    assert census_mix(village())["share-65-over"].where == "Mauricie"


def test_a_community_is_counted_from_all_of_its_parts_or_none(region):
    community = PlaceFactory(parent=village().parent)
    parts = [Place.objects.get(slug=slug) for slug in ("saint-tite", "sainte-thecle")]
    for part in parts:
        PlacePart.objects.create(whole=community, part=part)
    for part, women, men in ((parts[0], 60, 40), (parts[1], 30, 70)):
        told(part, "adults-by-class", women, breakdown="gender:women")
        if part is parts[0]:
            told(part, "adults-by-class", men, breakdown="gender:men")
    assert census_mix(community) == {}
    told(parts[1], "adults-by-class", 70, breakdown="gender:men")
    mix = census_mix(community)
    assert (mix["gender:women"].percent, mix["gender:men"].percent) == (45, 55)
    assert mix["gender:women"].where == "Saint-Tite et Sainte-Thècle"
    assert mix["gender:women"].base == "les personnes de 18 ans et plus"
    IndicatorValue.objects.filter(place=parts[1], breakdown__code="gender:men").update(
        status="suppressed", value=None
    )
    assert census_mix(community) == {}
