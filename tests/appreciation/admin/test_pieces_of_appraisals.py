"""The private pieces of a démarche: no group's right over the library of documents opens them."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.domain.groups import ensure_groups
from cms.models import SiteDocument
from tests.admin_people import signed_in
from tests.factories import AppraisalFactory, UserFactory

API = "/admin/api/main/documents/"
TITLE = "Procès-verbal de l’assemblée"


@pytest.fixture
def minutes():
    document = SiteDocument.objects.create(title=TITLE, file=ContentFile(b"%PDF-", name="pv.pdf"))
    AppraisalFactory(adoption_evidence=document)
    return document


@pytest.fixture(params=["editor", "coordinator"])
def as_writer(client, request):
    """Who may change every document of the library, of no team of this démarche."""
    return signed_in(client, request.param)


@pytest.mark.parametrize("name", ["index", "index_results"])
def test_they_are_in_no_list(as_writer, minutes, name):
    response = as_writer.get(reverse(f"wagtaildocs:{name}"))
    assert response.status_code == 200
    assert TITLE not in response.text


@pytest.mark.parametrize(
    "name", ["wagtaildocs_chooser:choose", "wagtaildocs_chooser:choose_results"]
)
def test_they_are_not_offered(as_writer, minutes, name):
    response = as_writer.get(reverse(name), {"q": "assemblée"})
    assert response.status_code == 200
    assert TITLE not in response.text


def test_they_are_not_chosen_by_number(as_writer, minutes):
    chosen = as_writer.get(reverse("wagtaildocs_chooser:chosen", args=[minutes.pk]))
    many = as_writer.get(reverse("wagtaildocs_chooser:chosen_multiple"), {"id": minutes.pk})
    assert chosen.status_code in (302, 403)
    assert TITLE not in many.text


@pytest.mark.parametrize("group", ["Modération", "Édition", "Coordination"])
def test_the_api_of_the_admin_does_not_name_them(client, minutes, group):
    ours = SiteDocument.objects.create(title="Le guide", file=ContentFile(b"a", name="a.txt"))
    user = UserFactory()
    user.groups.add(ensure_groups()[group])
    client.force_login(user)
    listed = client.get(API, headers={"Accept": "application/json"}).json()["items"]
    one = client.get(f"{API}{minutes.pk}/", headers={"Accept": "application/json"})
    assert [item["id"] for item in listed] == ([] if group == "Modération" else [ours.pk])
    assert one.status_code == 404


def test_nobody_makes_them_public_or_erases_them_from_there(as_writer, minutes):
    edit = reverse("wagtaildocs:edit", args=[minutes.pk])
    data = {"title": "Pris", "is_private": "False", "collection": minutes.collection_id}
    assert as_writer.post(edit, data).status_code in (302, 403, 404)
    as_writer.post(reverse("wagtaildocs:delete", args=[minutes.pk]))
    bulk = reverse("wagtail_bulk_action", args=["cms", "sitedocument", "delete"])
    as_writer.post(f"{bulk}?id={minutes.pk}")
    minutes.refresh_from_db()
    assert (minutes.title, minutes.is_private) == (TITLE, True)


def test_they_are_not_read_from_there(as_writer, minutes):
    assert as_writer.get(minutes.url).status_code == 404


def test_who_administers_still_has_them(admin_client, minutes):
    assert TITLE in admin_client.get(reverse("wagtaildocs:index")).text
    assert b"".join(admin_client.get(minutes.url).streaming_content) == b"%PDF-"


def test_what_is_public_stays_in_the_library(as_writer, minutes):
    minutes.is_private = False
    minutes.save()
    assert TITLE in as_writer.get(reverse("wagtaildocs:index")).text
