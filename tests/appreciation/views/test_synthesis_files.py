"""« Fichiers » of a synthesis: asked, followed, taken, by the coordination of its region alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from appreciation.interfaces.documents.making import run_exports
from tests.factories.people import UserFactory
from tests.factories.syntheses import frozen_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return frozen_edition()


@pytest.fixture
def coordination(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def url(edition, name="synthesis_files", *args) -> str:
    return reverse(f"space:{name}", args=[edition.synthesis.reference, *args])


def test_a_file_is_asked_followed_and_taken(coordination, edition):
    asked = {"edition": "1", "portee": "region"}
    answer = coordination.post(url(edition, "synthesis_file", "xlsx"), asked)
    assert answer.url == f"{url(edition)}?edition=1&portee=region#xlsx"
    page = coordination.get(url(edition)).content.decode()
    assert "<progress" in page
    assert "Leur couverture le dit." in page
    state = coordination.get(url(edition, "synthesis_files_state"))
    same = {"If-None-Match": state["ETag"]}
    assert coordination.get(url(edition, "synthesis_files_state"), headers=same).status_code == 304

    run_exports(timezone.now())
    state = coordination.get(url(edition, "synthesis_files_state"), headers=same).json()
    assert state["said"] == "Prêt: Classeur."
    taken = coordination.get(url(edition, "synthesis_file", "xlsx"), asked)
    assert taken["Content-Disposition"].endswith('-1-region.xlsx"')
    assert b"".join(taken.streaming_content)[:2] == b"PK"


def test_before_it_is_ready_the_page_says_how_far_it_is(coordination, edition):
    answer = coordination.get(url(edition, "synthesis_file", "pdf"), {"portee": "public"})
    assert answer.url.endswith("?edition=1&portee=public#pdf")


@pytest.mark.parametrize(
    "asked", [{"edition": "9"}, {"edition": "x"}, {"edition": "²"}, {"portee": "tout"}]
)
def test_what_does_not_exist_is_not_there(coordination, edition, asked):
    assert coordination.get(url(edition, "synthesis_file", "pdf"), asked).status_code == 404
    assert coordination.get(url(edition, "synthesis_file", "exe")).status_code == 404


def test_nothing_frozen_yet_says_what_to_do(coordination, edition):
    edition.delete()
    assert "Rien n’est figé encore." in coordination.get(url(edition)).content.decode()


def test_to_others_it_is_not_there(client, edition):
    client.force_login(UserFactory())
    assert client.get(url(edition)).status_code == 404
    assert client.post(url(edition, "synthesis_file", "xlsx")).status_code == 404
