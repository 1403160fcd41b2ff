"""A committee's page is changed by that committee alone."""

import pytest
from django.urls import reverse

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from home.models import StandardPage, TerritoryPage
from tests.factories import UserFactory
from tests.factories.organisation import organisation_site

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


def test_its_committee_edits_and_publishes_it(site, mekinac, client):
    user = person(EDITOR, site["350"])
    rights = mekinac.permissions_for_user(user)
    assert (rights.can_edit(), rights.can_publish(), rights.can_copy()) == (True, True, False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[mekinac.pk])).status_code == 200


@pytest.mark.parametrize("role", [EDITOR, COORDINATOR])
def test_a_role_for_the_region_is_one_for_each_territory(site, mekinac, role):
    user = person(role, site["350"].parent)
    assert mekinac.permissions_for_user(user).can_publish()


@pytest.mark.parametrize("role", [EDITOR, COORDINATOR])
def test_a_neighbour_changes_nothing_of_it_but_edits_other_pages(site, mekinac, role, client):
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
    about = StandardPage.objects.get(slug="a-propos")
    assert about.permissions_for_user(user).can_edit()
    assert TerritoryPage.objects.get(slug="shawinigan").permissions_for_user(user).can_edit()


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
