"""Places and vocabularies in the admin: who may, what is refused, and how many queries."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from reference.enums import PlaceKind
from reference.models import (
    Dimension,
    Indicator,
    IndicatorSource,
    Issue,
    Place,
    PlaceChange,
    PlaceCode,
    PlacePart,
    PortraitItem,
    Sector,
    TypeAssignment,
    Typology,
)
from tests.admin_people import ROLES, queries_of, signed_in
from tests.factories import (
    AppraisalFactory,
    DimensionFactory,
    InstrumentDimensionFactory,
    PlaceFactory,
    SeatFactory,
    SectorFactory,
)

WRITERS = {"editor", "coordinator", "administrator"}
DELETERS = {"coordinator", "administrator"}


def url(model, view, *args):
    return reverse(f"wagtailsnippets_reference_{model}:{view}", args=args)


def place_form(**changes):
    data = {
        "name": "Vallée-Exemple",
        "kind": PlaceKind.LOCAL_COMMUNITY,
        "designation": "",
        "parent": "",
        "slug": "vallee-exemple",
        "valid_from": "",
        "valid_to": "",
        "source": "",
        "part_links": inline_formset([]),
        "codes": inline_formset([]),
        "populations": inline_formset([]),
    }
    return nested_form_data(data | changes)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("model", "factory"),
    [
        ("place", PlaceFactory),
        ("dimension", DimensionFactory),
        ("sector", SectorFactory),
        ("issue", lambda: Issue.objects.create(code="x", name="Un enjeu")),
        (
            "placechange",
            lambda: PlaceChange.objects.create(
                old=PlaceFactory(), new=PlaceFactory(), kind="merger", date="2002-01-01"
            ),
        ),
        ("indicator", lambda: Indicator.objects.create(code="x", name="Un indicateur")),
    ],
)
def test_who_may_do_what(client, role, model, factory):
    thing = factory()
    signed_in(client, role)
    for view, args, allowed in (
        ("list", (), WRITERS),
        ("add", (), WRITERS),
        ("edit", (thing.pk,), WRITERS),
        ("delete", (thing.pk,), DELETERS),
    ):
        status = client.get(url(model, view, *args)).status_code
        assert (status == 200) == (role in allowed), (view, status)
    client.post(url(model, "delete", thing.pk))
    assert type(thing).objects.filter(pk=thing.pk).exists() == (role not in DELETERS)


@pytest.mark.parametrize(
    ("model", "factory"),
    [
        ("place", lambda: PlaceFactory(parent=PlaceFactory(region=True))),
        ("dimension", DimensionFactory),
        ("sector", SectorFactory),
        (
            "placechange",
            lambda: PlaceChange.objects.create(
                old=PlaceFactory(), new=PlaceFactory(), kind="merger", date="2002-01-01"
            ),
        ),
    ],
)
def test_lists_take_as_many_queries_for_one_as_for_three(client, model, factory):
    """Counted, not written down: Wagtail 7.4 and 8.0 do not ask the same things."""
    signed_in(client, "administrator")
    factory()
    one = queries_of(client, url(model, "list"))
    factory()
    factory()
    assert queries_of(client, url(model, "list")) == one <= 12


def test_the_list_finds_a_place_by_its_official_code(client):
    place = PlaceFactory(name="Vallée-Exemple")
    PlaceFactory(name="Autre-Village")
    PlaceCode.objects.create(place=place, scheme="mamh", code="35027")
    signed_in(client, "coordinator")
    content = client.get(url("place", "list"), {"q": "35027"}).content.decode()
    assert "Vallée-Exemple" in content
    assert "Autre-Village" not in content
    assert "communauté locale" in content


def test_a_community_is_made_of_a_part_and_of_a_whole_municipality(client):
    village, town = (PlaceFactory(kind=PlaceKind.MUNICIPALITY) for _ in range(2))
    signed_in(client, "editor")
    parts = [{"part": village.pk, "share": "0.4"}, {"part": town.pk, "share": ""}]
    codes = [{"scheme": "other", "code": "C-1"}]
    populations = [
        {"year": 2016, "basis": "census", "count": 300, "source": "Recensement"},
        {"year": 2021, "basis": "census", "count": 320, "source": "Recensement"},
        {"year": 2025, "basis": "decree", "count": 340, "source": "Décret"},
    ]
    response = client.post(
        url("place", "add"),
        place_form(
            part_links=inline_formset(parts),
            codes=inline_formset(codes),
            populations=inline_formset(populations),
        ),
    )
    assert response.status_code == 302
    place = Place.objects.get(slug="vallee-exemple")
    shares = {link.part: link.share for link in place.part_links.all()}
    assert {part.pk: share and float(share) for part, share in shares.items()} == {
        village.pk: 0.4,
        town.pk: None,
    }
    assert (place.population, place.population_year) == (320, 2021)
    assert place.codes.get().code == "C-1"


@pytest.mark.parametrize(
    ("share", "words"), [("1.5", "La part va de 0 (exclu) à 1."), ("0", "La part va de 0")]
)
def test_a_share_out_of_range_is_refused(client, share, words):
    village = PlaceFactory(kind=PlaceKind.MUNICIPALITY)
    signed_in(client, "editor")
    parts = inline_formset([{"part": village.pk, "share": share}])
    response = client.post(url("place", "add"), place_form(part_links=parts))
    assert words in response.content.decode()
    assert not Place.objects.filter(slug="vallee-exemple").exists()


def test_only_a_community_is_made_of_parts_and_nothing_typed_is_lost(client):
    village = PlaceFactory(kind=PlaceKind.MUNICIPALITY)
    signed_in(client, "editor")
    response = client.post(
        url("place", "add"),
        place_form(
            kind=PlaceKind.MUNICIPALITY,
            part_links=inline_formset([{"part": village.pk, "share": "0.4"}]),
        ),
    )
    content = response.content.decode()
    assert "Seule une communauté locale est composée d’autres lieux." in content
    assert 'value="Vallée-Exemple"' in content
    assert 'value="0.4"' in content
    assert not Place.objects.filter(slug="vallee-exemple").exists()
    assert not PlacePart.objects.exists()


def test_a_region_is_no_part_and_a_place_lies_not_in_itself(client):
    region = PlaceFactory(region=True, name="Région-Exemple", slug="region-exemple")
    child = PlaceFactory(parent=region)
    signed_in(client, "editor")
    parts = inline_formset([{"part": region.pk, "share": ""}])
    response = client.post(url("place", "add"), place_form(part_links=parts))
    assert "trop grand pour être une partie" in response.content.decode()
    response = client.post(
        url("place", "edit", region.pk),
        place_form(name="Région-Exemple", slug="region-exemple", kind="region", parent=child.pk),
    )
    assert "ne peut pas faire partie de lui-même" in response.content.decode()
    region.refresh_from_db()
    assert region.parent is None


def test_a_code_already_taken_is_refused_in_words(client):
    PlaceCode.objects.create(place=PlaceFactory(), scheme="mamh", code="35027")
    signed_in(client, "editor")
    codes = inline_formset([{"scheme": "mamh", "code": "35027"}])
    response = client.post(url("place", "add"), place_form(codes=codes))
    assert response.status_code == 200
    assert not Place.objects.filter(slug="vallee-exemple").exists()


@pytest.mark.parametrize(
    ("model", "used", "words"),
    [
        ("place", lambda: AppraisalFactory().place, "(1 démarche)"),
        ("place", lambda: PlaceFactory(parent=PlaceFactory()).parent, "(1 lieu)"),
        (
            "dimension",
            lambda: InstrumentDimensionFactory().dimension,
            "(1 dimension de l’instrument)",
        ),
        ("sector", lambda: SeatFactory(sector=SectorFactory()).sector, "(1 place)"),
    ],
)
def test_what_is_used_is_not_deleted(client, model, used, words):
    thing = used()
    signed_in(client, "coordinator")
    for verb in (client.get, client.post):
        response = verb(url(model, "delete", thing.pk), follow=True)
        content = response.content.decode()
        assert "sert encore" in content
        assert words in content
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_a_new_sector_is_added_from_the_admin(client):
    signed_in(client, "editor")
    data = {"name": "Tourisme", "code": "tourism", "description": "", "position": 9}
    client.post(url("sector", "add"), data | {"is_active": "on"})
    assert Sector.objects.get(code="tourism").name == "Tourisme"
    response = client.post(url("sector", "add"), data)
    assert response.status_code == 200
    assert Sector.objects.filter(code="tourism").count() == 1
    assert Dimension.objects.count() == 0


def test_an_editor_orders_what_portraits_show_and_takes_a_line_out(client):
    one, two = (Indicator.objects.create(code=code, name=code) for code in ("un", "deux"))
    item = PortraitItem.objects.create(indicator=one, position=1)
    signed_in(client, "editor")
    form = {"indicator": two.pk, "position": 2, "is_key_figure": "on"}
    assert client.post(url("portraititem", "add"), form).status_code == 302
    again = client.post(url("portraititem", "add"), form | {"position": 3})
    assert "Cet indicateur est déjà dans la liste." in again.content.decode()
    client.post(url("portraititem", "delete", item.pk))
    assert [each.indicator for each in PortraitItem.objects.all()] == [two]
    assert Indicator.objects.count() == 2


def test_an_editor_writes_the_agreement_of_a_community_and_changes_no_type(client):
    source = IndicatorSource.objects.create(
        series="s", edition="1", name="n", publisher="p", licence="l"
    )
    typology = Typology.objects.create(scheme="t", version="1", name="Types", source=source)
    one, two = (typology.types.create(code=code, label=code) for code in ("a", "b"))
    row = TypeAssignment.objects.create(place=PlaceFactory(), typology=typology, type=one)
    signed_in(client, "editor")
    assert client.get(url("typeassignment", "add")).status_code == 302
    form = {"community_agreed_on": "2026-10-01", "type": two.pk}
    assert client.post(url("typeassignment", "edit", row.pk), form).status_code == 302
    row.refresh_from_db()
    assert (str(row.community_agreed_on), row.type) == ("2026-10-01", one)
