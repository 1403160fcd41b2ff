"""A committee's page is changed by that committee alone."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from accounts.domain.groups import assign_role, ensure_groups, follow_all_roles
from accounts.domain.roles import take_role
from accounts.models import RoleAssignment, User
from home.models import StandardPage, TerritoryPage
from pratiques.models import CataloguePage
from tests.factories import UserFactory
from tests.factories.organisation import organisation_site
from tests.factories.pictures import site_image

EDITOR, COORDINATOR = RoleAssignment.Role.EDITOR, RoleAssignment.Role.COORDINATOR


@pytest.fixture(scope="module", name="site")
def _site(kept_for_the_module):
    return organisation_site()


@pytest.fixture
def mekinac(site) -> TerritoryPage:
    return TerritoryPage.objects.get(slug="mekinac")


def person(role: str, place):
    user = UserFactory()
    assign_role(user=user, role=role, place=place)
    return user


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")


def test_its_committee_edits_and_publishes_it(site, mekinac, client):
    user = person(EDITOR, site["350"])
    rights = mekinac.permissions_for_user(user)
    assert (rights.can_edit(), rights.can_publish(), rights.can_copy()) == (True, True, False)
    sign_in(client, user)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[mekinac.pk])).status_code == 200


@pytest.mark.parametrize("role", [EDITOR, COORDINATOR])
def test_a_role_for_the_region_is_one_for_each_territory(site, mekinac, role):
    user = person(role, site["350"].parent)
    assert mekinac.permissions_for_user(user).can_publish()


@pytest.mark.parametrize("role", [EDITOR, COORDINATOR])
def test_a_neighbour_changes_nothing_of_it(site, mekinac, role, client):
    user = person(role, site["36"])
    rights = mekinac.permissions_for_user(user)
    assert not any(
        (
            rights.can_edit(),
            rights.can_publish(),
            rights.can_unpublish(),
            rights.can_delete(),
            rights.can_move(),
            rights.can_lock(),
            rights.can_set_view_restrictions(),
        )
    )
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("edit", "delete", "unpublish", "move"):
        answer = client.post(reverse(f"wagtailadmin_pages:{name}", args=[mekinac.pk]), {})
        assert answer.status_code in (302, 403), name
        assert answer.headers.get("Location", "/admin/") == "/admin/"
    mekinac.refresh_from_db()
    assert mekinac.live


@pytest.mark.parametrize("role", [EDITOR, COORDINATOR])
def test_a_committee_keeps_its_page_and_nothing_else_of_the_site(site, role, client):
    user = person(role, site["36"])
    own = TerritoryPage.objects.get(slug="shawinigan")
    rights = own.permissions_for_user(user)
    assert (rights.can_edit(), rights.can_publish(), rights.can_delete()) == (True, True, False)
    sign_in(client, user)
    for page in Page.objects.filter(depth__gt=1).exclude(pk=own.pk).specific():
        rights = page.permissions_for_user(user)
        for name in ("edit", "publish", "unpublish", "delete", "move", "lock", "copy"):
            assert not getattr(rights, f"can_{name}")(), (page, name)
        assert rights.can_add_subpage() is (page.specific_class is CataloguePage), page
    about = StandardPage.objects.get(slug="a-propos")
    for name in ("edit", "delete", "unpublish", "move", "copy", "set_privacy"):
        answer = client.post(reverse(f"wagtailadmin_pages:{name}", args=[about.pk]), {})
        assert answer.status_code in (302, 403), name
        assert answer.headers.get("Location", "/admin/") == "/admin/"
    add = reverse("wagtailadmin_pages:add", args=["home", "newsitem", about.pk])
    assert client.post(add, {}).status_code in (302, 403, 404)


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_no_bulk_action_reaches_the_rest_of_the_site(site, client, action):
    sign_in(client, person(EDITOR, site["36"]))
    about = StandardPage.objects.get(slug="a-propos")
    before = (about.live, about.path)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    home = about.get_parent()
    client.post(f"{address}?id={about.pk}", {"next": "/admin/", "chooser": home.pk})
    about.refresh_from_db()
    assert (about.live, about.path) == before


def test_the_explorer_and_its_api_show_her_page_and_the_catalogue_only(site, client):
    sign_in(client, person(EDITOR, site["36"]))
    own = TerritoryPage.objects.get(slug="shawinigan")
    listed = client.get(reverse("wagtailadmin_explore", args=[own.get_parent().pk])).text
    assert (own.title in listed, "Mékinac" in listed) == (True, False)
    found = client.get("/admin/api/main/pages/").json()
    titles = {page["title"] for page in found["items"]}
    assert {own.title, "Pratiques"} <= titles
    assert "À propos" not in titles


def test_files_of_others_are_chosen_and_never_changed(site, client):
    user = person(EDITOR, site["36"])
    image = site_image()
    sign_in(client, user)
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code in (302, 403)
    assert client.get(reverse("wagtailimages_chooser:choose")).status_code == 200


def test_a_role_taken_away_takes_its_rights_with_it(site, mekinac):
    admin, user = UserFactory(is_superuser=True), UserFactory()
    here = assign_role(user=user, role=EDITOR, place=site["350"])
    region = assign_role(user=user, role=EDITOR, place=site["350"].parent)
    take_role(actor=admin, assignment=region)
    about = StandardPage.objects.get(slug="a-propos")
    fresh = User.objects.get(pk=user.pk)
    assert not about.permissions_for_user(fresh).can_edit()
    assert mekinac.permissions_for_user(fresh).can_edit()
    take_role(actor=admin, assignment=here)
    fresh = User.objects.get(pk=user.pk)
    assert (fresh.groups.count(), fresh.enters_admin) == (0, False)


def test_an_older_site_is_put_right(site, mekinac):
    user = UserFactory()
    RoleAssignment.objects.create(user=user, role=EDITOR, place=site["36"])
    user.groups.add(ensure_groups()["Édition"])
    follow_all_roles()
    fresh = User.objects.get(pk=user.pk)
    assert not StandardPage.objects.first().permissions_for_user(fresh).can_edit()
    assert TerritoryPage.objects.get(slug="shawinigan").permissions_for_user(fresh).can_edit()


def test_the_territory_of_a_page_is_not_changed_by_its_committee(site, mekinac, client):
    sign_in(client, person(EDITOR, site["350"]))
    form = client.get(reverse("wagtailadmin_pages:edit", args=[mekinac.pk])).context["form"]
    assert ("place" in form.fields, "committee_name" in form.fields) == (False, True)


def test_a_moderator_and_a_stranger_change_nothing(site, mekinac, stranger):
    moderator = person(RoleAssignment.Role.MODERATOR, site["350"])
    assert not mekinac.permissions_for_user(moderator).can_edit()
    assert not mekinac.permissions_for_user(stranger).can_edit()


def test_bulk_unpublishing_passes_it_by(site, mekinac, client):
    user = person(EDITOR, site["36"])
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{address}?id={mekinac.pk}", {"next": "/admin/"})
    mekinac.refresh_from_db()
    assert mekinac.live


def test_an_administrator_changes_all(site, mekinac):
    admin = UserFactory(is_superuser=True)
    assert mekinac.permissions_for_user(admin).can_edit()
