"""The catalogue as it is asked: the answers, their order, and what each choice would give."""

from datetime import date

import pytest
from django.http import QueryDict

from pratiques.domain.queries.browsing import Browsing, browse
from pratiques.domain.queries.filters import CatalogueFilters
from pratiques.models import PracticePage
from reference.models import Dimension
from tests.factories.places import PlaceFactory
from tests.factories.practices import issue, practice

pytestmark = pytest.mark.django_db


def asked(query: str) -> Browsing:
    return browse(CatalogueFilters.from_query(QueryDict(query)))


def titles(query: str) -> list[str]:
    names = dict(PracticePage.objects.values_list("pk", "title"))
    return [names[pk] for pk in asked(query).ids]


def counts(query: str, facet: str) -> dict[str, int]:
    return {option.value: option.count for option in asked(query).facets[facet]}


@pytest.fixture
def four():
    """Two issues, three costs, two years, two territories."""
    bus, food = issue("transport", "Transport collectif"), issue("food", "Sécurité alimentaire")
    north = PlaceFactory(territory=True, name="Nord", slug="nord")
    south = PlaceFactory(territory=True, name="Sud", slug="sud")
    village = PlaceFactory(parent=north, name="Village", slug="village")
    common = {"status": "promising"}
    practice(
        title="Vélos partagés", issues=[bus], places=[village], cost_band="none",
        verified_on=date(2025, 3, 1), **common,
    )  # fmt: skip
    practice(
        title="Abribus", issues=[bus], places=[south], cost_band="under_1000",
        verified_on=date(2026, 3, 1), **common,
    )  # fmt: skip
    practice(
        title="Frigo et vélo", issues=[food, bus], places=[north, south], cost_band="none",
        verified_on=date(2026, 2, 1), **common,
    )  # fmt: skip
    practice(
        title="Verger", issues=[food], places=[north], cost_band="", verified_on=None,
        status="recognized", summary="On y vient à vélo.",
    )  # fmt: skip


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Abribus", "Frigo et vélo", "Vélos partagés", "Verger"]),
        ("tri=titre", ["Abribus", "Frigo et vélo", "Vélos partagés", "Verger"]),
        ("q=véol", ["Frigo et vélo", "Vélos partagés", "Verger"]),
        ("q=v%C3%A9lo&tri=titre", ["Frigo et vélo", "Vélos partagés", "Verger"]),
        ("q=veol&mot=exact", []),
        ("enjeu=transport", ["Abribus", "Frigo et vélo", "Vélos partagés"]),
        ("enjeu=transport&enjeu=food", ["Abribus", "Frigo et vélo", "Vélos partagés", "Verger"]),
        ("enjeu=transport&cout=none", ["Frigo et vélo", "Vélos partagés"]),
        ("cout=none&cout=under_1000", ["Abribus", "Frigo et vélo", "Vélos partagés"]),
        ("territoire=nord", ["Frigo et vélo", "Vélos partagés", "Verger"]),
        ("territoire=nord&q=vélo&annee=2026", ["Frigo et vélo"]),
        ("annee=2025&annee=2026", ["Abribus", "Frigo et vélo", "Vélos partagés"]),
        ("statut=recognized", ["Verger"]),
        ("q=!!", []),
    ],
)
def test_what_is_asked_is_what_is_shown(query, expected):
    assert titles(query) == expected


@pytest.mark.usefixtures("four")
def test_a_count_is_what_choosing_would_show():
    assert counts("", "cout") == {"none": 2, "under_1000": 1}
    assert counts("cout=none", "cout") == {"none": 2, "under_1000": 1}
    assert counts("cout=none", "enjeu") == {"transport": 2, "food": 1}
    assert counts("q=vélo", "territoire") == {"nord": 3, "sud": 1}
    assert counts("q=vélo&territoire=sud", "statut") == {"promising": 1}
    for facet in ("enjeu", "territoire", "cout", "annee", "statut"):
        for value, count in counts("q=vélo", facet).items():
            assert asked(f"q=vélo&{facet}={value}").total == count


@pytest.mark.usefixtures("four")
def test_a_choice_in_force_stays_even_when_it_gives_nothing():
    options = asked("enjeu=transport&statut=recognized").facets["statut"]
    assert [(each.value, each.count, each.is_chosen) for each in options] == [
        ("promising", 3, False),
        ("recognized", 0, True),
    ]


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("query", "left_out", "total"),
    [
        ("enjeu=inconnu", True, 4),
        ("enjeu=inconnu&enjeu=food", True, 2),
        ("enjeu=food&enjeu=food", False, 2),
        ("statut=%27%20OR%201=1", False, 4),
        ("statut=emerging", False, 0),
        ("territoire=" + "9" * 5000, False, 4),
        ("annee=vingt&annee=٢٠٢٦", False, 4),
        ("inconnue=1&tri=hasard&vue=3d", False, 4),
        ("&".join(f"enjeu=x{n}" for n in range(500)), True, 4),
    ],
)
def test_nonsense_is_left_out_and_told_when_it_looked_like_a_choice(query, left_out, total):
    found = asked(query)
    assert (found.left_out, found.total) == (left_out, total)


@pytest.mark.usefixtures("four")
def test_a_deleted_territory_leaves_its_old_addresses_usable():
    from reference.models import Place

    assert asked("territoire=sud").total == 2
    Place.objects.get(slug="sud").delete()
    found = asked("territoire=sud")
    assert (found.left_out, found.total) == (True, 4)
    assert set(counts("", "territoire")) == {"nord"}


@pytest.mark.usefixtures("four")
def test_what_is_published_withdrawn_or_renamed_counts_at_once():
    assert counts("", "enjeu") == {"transport": 3, "food": 2}
    PracticePage.objects.get(title="Abribus").unpublish()
    assert counts("", "enjeu") == {"transport": 2, "food": 2}
    verger = PracticePage.objects.get(title="Verger")
    verger.issues = [issue("food"), issue("transport")]
    verger.save_revision().publish()
    assert counts("", "enjeu") == {"transport": 3, "food": 2}
    transport = issue("transport")
    transport.name = "Se déplacer"
    transport.save()
    assert "Se déplacer" in [option.name for option in asked("").facets["enjeu"]]


def test_a_dimension_is_a_choice_too():
    water = Dimension.objects.get_or_create(code="eau", defaults={"name": "Eau"})[0]
    sheet = practice()
    sheet.dimensions = [water]
    sheet.save()
    practice()
    assert counts("", "dimension") == {"eau": 1}
    assert asked("dimension=eau").ids == (sheet.pk,)


def test_the_same_query_gives_the_same_address():
    text = "q=v%C3%A9lo&enjeu=a&enjeu=b&cout=none&tri=titre&vue=carte"
    filters = CatalogueFilters.from_query(QueryDict(text))
    assert filters.as_query() == f"?{text}"
    assert CatalogueFilters.from_query(QueryDict(filters.as_query()[1:])) == filters
    assert filters.without("enjeu", "a").as_query(view="liste", sort="") == (
        "?q=v%C3%A9lo&enjeu=b&cout=none"
    )
    assert CatalogueFilters().as_query() == ""


@pytest.mark.usefixtures("four")
def test_all_that_answers_can_be_read_as_a_query_set():
    assert [sheet.title for sheet in asked("enjeu=food").sheets()] == ["Frigo et vélo", "Verger"]


@pytest.mark.usefixtures("four")
def test_what_it_costs(django_assert_num_queries):
    asked("")
    with django_assert_num_queries(1):
        asked("enjeu=transport&cout=none")
    asked("q=vélo")
    with django_assert_num_queries(2):
        asked("q=vélo&cout=none")
