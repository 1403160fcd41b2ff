"""An address that was given goes on leading to its page; editors add others, in French."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from accounts.domain.groups import assign_role
from accounts.models import RoleAssignment
from home.models import NewsIndexPage, StandardPage
from reference.models import Place
from tests.factories import UserFactory
from tests.factories.organisation import news, organisation_site
from tests.factories.practices import practice

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _site(kept_for_the_module):
    organisation_site()


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """The former address is kept once the change is in."""

    def publish(page):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return publish


def test_a_page_whose_address_changes_is_still_found_at_the_former_one(client, publish):
    sheet = practice(title="Navette", slug="navette")
    sheet.slug = "navette-du-mardi"
    publish(sheet)
    answer = client.get("/pratiques/navette/")
    assert (answer.status_code, answer["Location"]) == (301, "/pratiques/navette-du-mardi/")


def test_what_lies_under_a_page_that_changes_follows_it(client, publish):
    news(title="Marché", slug="marche")
    index = NewsIndexPage.objects.get()
    index.slug = "actualites"
    publish(index)
    for former, present in [
        ("/nouvelles/", "/actualites/"),
        ("/nouvelles/marche/", "/actualites/marche/"),
    ]:
        answer = client.get(former)
        assert (answer.status_code, answer["Location"]) == (301, present)


def test_a_page_that_moves_is_still_found(client):
    page = StandardPage.objects.get(slug="nous-joindre")
    page.move(StandardPage.objects.get(slug="a-propos"), pos="last-child")
    answer = client.get("/nous-joindre/")
    assert (answer.status_code, answer["Location"]) == (301, "/a-propos/nous-joindre/")


def test_an_editor_adds_an_old_address_in_french(client):
    editor = UserFactory(is_staff=True)
    assign_role(
        user=editor, role=RoleAssignment.Role.EDITOR, place=Place.objects.get(name="Mauricie")
    )
    client.force_login(editor)
    assert "Ajouter une règle de redirection" in client.get("/admin/redirects/").text
    page = StandardPage.objects.get(slug="a-propos")
    client.post(
        "/admin/redirects/add/",
        {"old_path": "/ancien/consortium.php", "site": "", "is_permanent": "on",
         "redirect_page": page.pk, "redirect_link": ""},
    )  # fmt: skip
    assert Redirect.objects.get().redirect_page_id == page.pk
    client.logout()
    assert client.get("/ancien/consortium.php")["Location"] == "/a-propos/"
