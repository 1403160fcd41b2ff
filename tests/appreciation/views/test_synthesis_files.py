"""« Fichiers » of a synthesis: asked, followed, taken, by the coordination of its region alone."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.exports import make_exports
from appreciation.domain.synthesis.files import is_still_wanted
from appreciation.interfaces.documents.making import run_exports
from appreciation.models import ExportJob
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


class KilledError(BaseException):
    """What ends a process ends it in the middle of a line."""


def killed_half_way(job, file, tell):
    tell(40, "Les feuilles se remplissent")
    file.write(b"PK half")
    raise KilledError


def test_a_worker_that_dies_half_way_is_told_and_the_next_one_finishes(coordination, edition):
    asked = {"edition": "1", "portee": "region"}
    coordination.post(url(edition, "synthesis_file", "xlsx"), asked)
    with pytest.raises(KilledError):
        make_exports(timezone.now(), killed_half_way, is_still_wanted)

    state = coordination.get(url(edition, "synthesis_files_state"))
    assert 'value="40"' in state.json()["html"]
    assert "Les feuilles se remplissent" in state.json()["html"]
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        same = {"If-None-Match": state["ETag"]}
        stopped = coordination.get(url(edition, "synthesis_files_state"), headers=same).json()
        assert (
            "La préparation s’est arrêtée en chemin. Elle reprend d’elle-même." in stopped["html"]
        )
        with pytest.raises(KilledError):
            make_exports(timezone.now(), killed_half_way, is_still_wanted)
        page = coordination.get(url(edition)).content.decode()
        assert "Nouvel essai. Les feuilles se remplissent" in page
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=12)):
        run_exports(timezone.now())
        assert "Prendre le fichier" in coordination.get(url(edition)).content.decode()
        taken = coordination.get(url(edition, "synthesis_file", "xlsx"), asked)
        assert b"".join(taken.streaming_content)[:2] == b"PK"
    assert ExportJob.objects.get().attempts == 3


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
