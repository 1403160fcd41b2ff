"""The portrait of a place: the editor's list, in words, beside its territory and its region."""

from decimal import Decimal

import pytest

from reference.domain.figure_words import status_words, value_words
from reference.domain.imports.places import load_seed
from reference.domain.indicators import ensure_indicators, ensure_portrait_list
from reference.domain.portrait import portrait_of_place
from reference.models import Indicator, IndicatorValue, PlaceChange, PortraitItem
from tests.reference.figures import LONG, from_text, place

FIGURES = LONG + "".join(
    f"{code};population;{year};{count};\n"
    for code, year, count in [
        *(("35045", 2016, 302), ("35045", 2021, 304), ("35027", 2016, 3673)),
        *(("35027", 2021, 3672), ("35050", 2016, 2484), ("35050", 2021, "x")),
    ]
)


@pytest.fixture(scope="module")
def figures(kept_for_the_module):
    load_seed()
    from_text(FIGURES + "35045;part;2021;12,5;E\n35045;variation;2016/2021;0,7;\n")
    for position, code in enumerate(("population", "part-essai", "variation-essai"), start=1):
        PortraitItem.objects.create(
            indicator=Indicator.objects.get(code=code), position=position, is_key_figure=True
        )


def lines_of(slug):
    return {line.indicator.code: line for line in portrait_of_place(place(slug)).lines}


def region_figure(period, value, code="part-essai"):
    source = IndicatorValue.objects.first().source
    indicator = Indicator.objects.get(code=code)
    return IndicatorValue.objects.create(
        place=place("mauricie"), indicator=indicator, period=period, value=value, source=source
    )


def test_figures_come_in_the_order_of_the_list_and_no_other_is_shown(figures):
    codes = [line.indicator.code for line in portrait_of_place(place("saint-tite")).lines]
    assert codes == ["population", "part-essai", "variation-essai"]
    PortraitItem.objects.filter(indicator__code="population").update(position=9)
    PortraitItem.objects.filter(indicator__code="variation-essai").delete()
    codes = [line.indicator.code for line in portrait_of_place(place("saint-tite")).lines]
    assert codes == ["part-essai", "population"]


def test_a_count_says_its_latest_edition_and_what_changed(figures):
    line = lines_of("saint-roch-de-mekinac")["population"]
    assert (line.here.words, line.here.when) == ("304\N{NO-BREAK SPACE}personnes", "2021")
    assert line.change == "2 personnes de plus qu’en 2016 (+0,7 %)."
    assert lines_of("saint-tite")["population"].change.startswith("1 personne de moins qu’en 2016")


def test_a_hidden_figure_is_said_and_never_drawn_nor_compared(figures):
    line = lines_of("sainte-thecle")["population"]
    assert line.is_missing
    assert line.why_missing == "masqué par la source pour ne révéler rien de personne"
    assert line.change == ""
    assert lines_of("sainte-thecle")["part-essai"].why_missing == (
        "pas de chiffre publié pour ce lieu"
    )


def test_a_territory_with_a_hole_gets_no_sum(figures):
    assert lines_of("mrc-de-mekinac")["population"].is_missing


def test_the_figure_beside_is_of_the_same_period_or_says_its_own(figures):
    region_figure("2016", 20)
    beside = lines_of("saint-roch-de-mekinac")["part-essai"].beside
    assert [each.place.name for each in beside] == ["MRC de Mékinac", "Mauricie"]
    assert beside[0].shown is None
    assert (beside[1].shown.period, beside[1].is_same_period) == ("2016", False)
    region_figure("2021", 21)
    region = lines_of("saint-roch-de-mekinac")["part-essai"].beside[1]
    assert (region.shown.words, region.is_same_period) == ("21,0\N{NO-BREAK SPACE}%", True)


def test_across_a_merger_the_comparison_is_impossible(figures):
    PlaceChange.objects.create(
        old=place("grandes-piles"),
        new=place("saint-roch-de-mekinac"),
        kind="merger",
        date="2019-01-01",
    )
    line = lines_of("saint-roch-de-mekinac")["population"]
    assert line.change == "2016: comparaison impossible: les limites ont changé."
    assert line.breaks == {"2021"}


def test_a_new_name_changes_nothing(figures):
    PlaceChange.objects.create(
        old=place("saint-tite"),
        new=place("saint-roch-de-mekinac"),
        kind="renaming",
        date="2019-01-01",
    )
    assert lines_of("saint-roch-de-mekinac")["population"].change.startswith("2 personnes de plus")


def test_a_month_is_compared_with_the_same_month(figures):
    part = Indicator.objects.get(code="part-essai")
    IndicatorValue.objects.filter(indicator=part).delete()
    source = IndicatorValue.objects.first().source
    for period, value in (("2023-06", 5), ("2024-01", 9), ("2024-06", 6)):
        IndicatorValue.objects.create(
            place=place("saint-tite"), indicator=part, period=period, value=value, source=source
        )
    line = lines_of("saint-tite")["part-essai"]
    assert line.here.when == "juin\N{NO-BREAK SPACE}2024"
    assert line.change == "5,0\N{NO-BREAK SPACE}% en juin\N{NO-BREAK SPACE}2023."


@pytest.mark.parametrize("count", [1, 3])
def test_the_portrait_asks_the_same_whatever_the_list(figures, django_assert_num_queries, count):
    kept = PortraitItem.objects.order_by("position").values_list("pk", flat=True)[:count]
    PortraitItem.objects.exclude(pk__in=list(kept)).delete()
    one = type(place("saint-tite")).objects.select_related("parent__parent").get(slug="saint-tite")
    with django_assert_num_queries(3):
        portrait_of_place(one)


def test_the_shipped_list_is_made_once_and_then_belongs_to_editors():
    PortraitItem.objects.all().delete()
    assert ensure_portrait_list() == 13
    PortraitItem.objects.exclude(indicator__code="population").delete()
    assert ensure_portrait_list() == 0
    assert PortraitItem.objects.count() == 1


def test_a_shipped_definition_never_overwrites_an_editor():
    known = ensure_indicators(["density"])
    assert known["density"].rollup_over.code == "land-area"
    Indicator.objects.filter(code="density").update(description="Nos mots.")
    assert ensure_indicators(["density"])["density"].description == "Nos mots."


@pytest.mark.once
def test_figures_are_said_as_in_french():
    space = "\N{NO-BREAK SPACE}"
    assert value_words(Decimal(1), "personnes", 0) == f"1{space}personne"
    assert value_words(Decimal("0.6"), "personnes/km²", 1) == f"0,6{space}personne/km²"
    assert value_words(Decimal("1.5"), "mois", 1) == f"1,5{space}mois"
    assert value_words(Decimal("29296"), "$", 0) == f"29{space}296{space}$"
    assert value_words(Decimal("-4.8"), "%", 1) == f"-4,8{space}%"
    assert status_words("suppressed", "< 5") == "moins de 5, masqué par la source"
    assert status_words("published", "") == ""
    assert status_words("rounded", "") == "arrondi par la source"
