"""Who writes in the catalogue: the whole region's editors, and each territory's for its places."""

import pytest
from django.urls import reverse

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment, User
from pratiques.domain.freshness import date_first_review
from pratiques.domain.queries.ageing import ageing_sheets_of
from pratiques.models import PracticePage
from tests.admin_forms import as_typed
from tests.factories import PlaceFactory, UserFactory
from tests.factories.practices import catalogue, practice

Role = RoleAssignment.Role


@pytest.fixture(scope="module", name="places")
def _places(kept_for_the_module):
    catalogue()
    region = PlaceFactory(region=True, name="Région-Exemple")
    here = PlaceFactory(territory=True, name="Mékinac-Exemple", parent=region)
    return {
        "region": region,
        "here": here,
        "elsewhere": PlaceFactory(territory=True, name="Ailleurs-Exemple", parent=region),
        "village": PlaceFactory(name="Rive-Exemple", parent=here),
    }


def person(role: str, place) -> User:
    user = UserFactory()
    assign_role(user=user, role=role, place=place)
    return user


def sign_in(client, user: User) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_a_territory_writes_in_the_sheets_of_its_places(places, role):
    user = person(role, places["here"])
    hers, other = practice(places=[places["village"]]), practice(places=[places["elsewhere"]])
    rights = hers.permissions_for_user(user)
    assert (rights.can_edit(), rights.can_publish(), rights.can_unpublish()) == (True, True, True)
    assert (rights.can_delete(), rights.can_move(), rights.can_set_view_restrictions()) == (
        False,
        False,
        False,
    )
    rights = other.permissions_for_user(user)
    assert not any((rights.can_edit(), rights.can_publish(), rights.can_unpublish()))


def test_she_begins_a_sheet_keeps_it_and_publishes_nothing_new(places, client):
    user = person(Role.EDITOR, places["here"])
    sign_in(client, user)
    address = reverse("wagtailadmin_pages:add", args=["pratiques", "practicepage", catalogue().pk])
    form = client.get(f"{address}?vide=oui").context["form"]
    typed = as_typed(form, title="Le jardin", slug="le-jardin", **{"action-publish": "1"})
    assert client.post(address, typed).status_code == 302
    sheet = PracticePage.objects.get(slug="le-jardin")
    rights = sheet.permissions_for_user(user)
    assert (sheet.live, rights.can_edit(), rights.can_publish(), rights.can_delete()) == (
        False,
        True,
        False,
        True,
    )
    neighbour = person(Role.EDITOR, places["elsewhere"])
    assert not sheet.permissions_for_user(neighbour).can_edit()


@pytest.mark.parametrize("who", ["moderator", "stranger"])
def test_a_moderator_and_a_stranger_write_in_none(places, stranger, who, client):
    user = person(Role.MODERATOR, places["here"]) if who == "moderator" else stranger
    sheet = practice(places=[places["village"]])
    rights = sheet.permissions_for_user(user)
    assert not any(
        (rights.can_edit(), rights.can_publish(), rights.can_unpublish(), rights.can_delete())
    )
    assert not catalogue().permissions_for_user(user).can_add_subpage()
    sign_in(client, user)
    for name in ("edit", "delete", "unpublish", "copy"):
        answer = client.post(reverse(f"wagtailadmin_pages:{name}", args=[sheet.pk]), {})
        assert answer.status_code == 302
        assert answer.url.startswith(("/admin/login/", "/admin/")), name
    sheet.refresh_from_db()
    assert sheet.live


def test_a_moderator_enters_and_sees_what_her_role_is_about(places, client):
    sign_in(client, person(Role.MODERATOR, places["here"]))
    menu = client.get("/admin/").text
    for shown in ("/admin/pratiques/propositions/", "/admin/pratiques/adaptations/"):
        assert shown in menu
    for hidden in ("/admin/images/", "/admin/documents/", "/admin/settings/"):
        assert f'"{hidden}' not in menu, hidden
    for address in (
        "wagtailadmin_explore_root",
        "wagtailimages:index",
        "wagtaildocs:index",
        "pratiques_import",
    ):
        assert client.get(reverse(address)).status_code in (302, 403), address
    assert client.get(reverse("pratiques_proposals")).status_code == 200


def test_bulk_publishing_passes_by_what_nobody_read(places, client):
    draft = practice(places=[places["village"]], live=False)
    draft.save_revision()
    sign_in(client, person(Role.EDITOR, places["region"]))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert client.post(f"{address}?id={draft.pk}", {"next": "/admin/"}).status_code == 302
    draft.refresh_from_db()
    assert not draft.live


def test_a_copy_of_a_public_sheet_is_a_draft(places, client):
    sheet = practice(places=[places["village"]], source_key="ancienne-cle")
    sign_in(client, person(Role.EDITOR, places["region"]))
    values = {
        "new_title": "Copie",
        "new_slug": "copie",
        "new_parent_page": catalogue().pk,
    }
    address = reverse("wagtailadmin_pages:copy", args=[sheet.pk])
    client.post(address, values | {"publish_copies": "on"})
    assert not PracticePage.objects.filter(slug="copie").exists()
    assert client.post(address, values).status_code == 302
    copied = PracticePage.objects.get(slug="copie")
    assert (copied.live, copied.source_key, copied.verified_on) == (False, None, None)
    assert [place.name for place in copied.places.all()] == ["Rive-Exemple"]


def test_ageing_sheets_are_told_to_those_who_keep_them(places):
    sheet = practice(places=[places["village"]])
    date_first_review(sheet, today=sheet.verified_on)
    PracticePage.objects.filter(pk=sheet.pk).update(review_due_on="2020-01-01")
    here, neighbour = (person(Role.EDITOR, places[name]) for name in ("here", "elsewhere"))
    assert list(ageing_sheets_of(here)) == [sheet]
    assert list(ageing_sheets_of(neighbour)) == []
    assert list(ageing_sheets_of(person(Role.EDITOR, places["region"]))) == [sheet]
