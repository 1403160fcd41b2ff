"""« Documents »: made at once or by the worker, for the asker alone, never half a file."""

import datetime as dt
import errno

import pytest
import time_machine
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from appreciation.domain import exports
from appreciation.domain.exports import ask_for_export, make_exports, sign_link
from appreciation.domain.report import assemble_report
from appreciation.interfaces.documents.catalogue import DOCUMENT_TYPES
from appreciation.interfaces.documents.making import write_job
from appreciation.interfaces.report_document import report_rows
from appreciation.models import ExportJob
from core.csv_export import csv_lines
from core.errors import DomainError
from reference.models import Place
from tests.factories import MeetingFactory, MembershipFactory, UserFactory
from tests.factories.adopted import adopted_appraisal

NUMBERS = "rapport-nombres"


@pytest.fixture(autouse=True)
def _private(private_files):
    """What the worker makes stays in a folder of the test."""


@pytest.fixture
def appraisal(lead):
    return adopted_appraisal(lead=lead)


@pytest.fixture
def team(client, lead):
    client.force_login(lead)
    return client


def page(appraisal, name="documents", *args) -> str:
    return reverse(f"space:{name}", args=[appraisal.reference, *args])


def ask(appraisal, user, **asked) -> ExportJob:
    """By default about the evening that the page shows."""
    asked.setdefault("meeting", appraisal.meetings.first())
    return ask_for_export(appraisal=appraisal, user=user, code=NUMBERS, extension="csv", **asked)


def test_every_document_is_offered_once(team, appraisal):
    text = team.get(page(appraisal)).text
    assert len({each.code for each in DOCUMENT_TYPES}) == len(DOCUMENT_TYPES)
    for each in DOCUMENT_TYPES:
        assert text.count(f'id="{each.code}"') == 1


def test_a_short_document_comes_at_once(team, appraisal):
    response = team.get(page(appraisal, "document", NUMBERS))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = f"rapport-nombres-{appraisal.reference}.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    expected = "".join(csv_lines(report_rows(assemble_report(appraisal))))
    assert response.content.decode() == expected
    assert not ExportJob.objects.exists()


def test_an_unknown_document_is_not_found(team, appraisal):
    assert team.get(page(appraisal, "document", "inconnu")).status_code == 404


def test_who_reads_sees_the_page_and_asks_for_nothing(client, appraisal):
    observer = UserFactory()
    MembershipFactory(appraisal=appraisal, user=observer, role="observer")
    client.force_login(observer)
    assert client.get(page(appraisal)).status_code == 200
    with pytest.raises(DomainError, match="Seule l’équipe"):
        ask(appraisal, observer)


def test_the_page_says_how_far_it_is_then_hands_it_over(team, lead, appraisal):
    ask(appraisal, lead)
    waiting = team.get(page(appraisal))
    assert "data-live=" in waiting.text
    seen = []

    def build(job, file, tell):
        tell(40, "Les figures")
        seen.append(team.get(page(appraisal, "documents_state")))
        write_job(job, file, tell)

    make_exports(timezone.now(), build)
    assert 'value="40"' in seen[0].json()["html"]
    assert "Les figures" in seen[0].json()["html"]
    assert seen[0].json()["said"] == ""
    ready = team.get(page(appraisal, "documents_state"))
    assert ready.json()["said"] == "Prêt: Les nombres du rapport."
    etag = ready.headers["ETag"]
    assert etag != seen[0].headers["ETag"]
    again = team.get(page(appraisal, "documents_state"), headers={"If-None-Match": etag})
    assert again.status_code == 304
    taken = team.get(page(appraisal, "document_file", sign_link(ExportJob.objects.get())))
    assert b"".join(taken).decode() == "".join(csv_lines(report_rows(assemble_report(appraisal))))


def test_a_colleague_does_not_take_what_she_did_not_ask_for(client, lead, appraisal):
    colleague = UserFactory()
    MembershipFactory(appraisal=appraisal, user=colleague)
    job = ask(appraisal, lead)
    make_exports(timezone.now(), write_job)
    client.force_login(colleague)
    assert client.get(page(appraisal, "document_file", sign_link(job))).status_code == 410
    assert sign_link(job) not in client.get(page(appraisal)).text


def test_asked_twice_it_is_made_once_and_other_choices_are_another_file(lead, appraisal):
    evening, other = MeetingFactory.create_batch(2, appraisal=appraisal)
    first = ask(appraisal, lead, meeting=evening)
    assert ask(appraisal, lead, meeting=evening) == first
    assert ask(appraisal, lead, meeting=other) != first
    assert ask(appraisal, lead, meeting=evening, options={"feuilles": "1-15"}) != first
    assert ExportJob.objects.count() == 3


def test_a_person_cannot_fill_the_queue(lead, appraisal):
    for number in range(exports.MOST_IN_HAND):
        ask(appraisal, lead, options={"feuilles": str(number)})
    with pytest.raises(DomainError, match="12 fichiers sont déjà en préparation"):
        ask(appraisal, lead, options={"feuilles": "encore"})


def test_what_is_missing_is_said_without_trying_again(team, lead, appraisal):
    ask(appraisal, lead)

    def refuse(job, file, tell):
        raise DomainError("Inscrivez d’abord la date.")

    make_exports(timezone.now(), refuse)
    job = ExportJob.objects.get()
    assert (job.state, job.attempts) == ("failed", 1)
    text = team.get(page(appraisal)).text
    assert "Inscrivez d’abord la date." in text
    assert "Réessayer" in text


def test_a_full_disk_is_said(lead, appraisal):
    ask(appraisal, lead)

    def full(job, file, tell):
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    for _ in range(exports.MOST_ATTEMPTS):
        make_exports(timezone.now(), full)
    job = ExportJob.objects.get()
    assert (job.state, job.file_name) == ("failed", "")
    assert job.words.startswith("Il n’y a plus de place sur le serveur.")
    with pytest.raises(FileNotFoundError):
        storages["private"].listdir("exports")


def test_a_document_that_an_update_removed_is_said(lead, appraisal):
    ask_for_export(appraisal=appraisal, user=lead, code="disparu", extension="pdf")
    make_exports(timezone.now(), write_job)
    assert ExportJob.objects.get().words == "Ce document n’existe plus. Choisissez-en un autre."


def test_the_evening_is_chosen_among_those_of_the_demarche(team, appraisal):
    elsewhere = MeetingFactory()
    mine = MeetingFactory(appraisal=appraisal)
    text = team.get(page(appraisal), {"rencontre": mine.reference}).text
    assert f'value="{mine.reference}" selected' in text
    assert (
        elsewhere.reference
        not in team.get(page(appraisal), {"rencontre": elsewhere.reference}).text
    )


def test_a_file_lost_from_the_disk_is_said(team, lead, appraisal):
    job = ask(appraisal, lead)
    make_exports(timezone.now(), write_job)
    job.refresh_from_db()
    storages["private"].delete(job.file_name)
    assert team.get(page(appraisal, "document_file", sign_link(job))).status_code == 410


def test_the_link_is_for_a_document_not_for_the_whole_copy(team, lead, appraisal):
    job = ask_for_export(appraisal=appraisal, user=lead)

    def build(job, file, tell):
        file.write(b"PK")

    make_exports(timezone.now(), build)
    assert team.get(page(appraisal, "document_file", sign_link(job))).status_code == 410


def test_a_file_about_another_evening_is_not_offered(team, lead, appraisal):
    older = MeetingFactory(appraisal=appraisal)
    newer = MeetingFactory(appraisal=appraisal)
    job = ask(appraisal, lead, meeting=older)
    make_exports(timezone.now(), write_job)
    offered = "/documents/fichiers/"
    assert offered in team.get(page(appraisal), {"rencontre": older.reference}).text
    assert offered not in team.get(page(appraisal), {"rencontre": newer.reference}).text
    assert b"".join(team.get(page(appraisal, "document_file", sign_link(job))))


def test_a_claim_counts_from_the_moment_it_is_taken(lead, appraisal):
    """A job met late in a long queue is not claimed already over."""
    ask(appraisal, lead)
    ask(appraisal, lead, options={"feuilles": "1-2"})
    made = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        begun = timezone.now()

        def slow(job, file, tell):
            made.append(job.pk)
            clock.shift(6 * 60)
            file.write(b"x")
            if len(made) == 2:
                make_exports(timezone.now() - dt.timedelta(minutes=2), slow)

        make_exports(begun, slow)
    assert len(made) == 2
    assert set(ExportJob.objects.values_list("state", "attempts")) == {("ready", 1)}


def test_files_whose_row_went_with_the_demarche_are_erased(
    lead, appraisal, django_capture_on_commit_callbacks
):
    ask(appraisal, lead)
    make_exports(timezone.now(), write_job)
    ExportJob.objects.all().delete()
    assert len(storages["private"].listdir("exports")[1]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert exports.erase_old_exports(timezone.now()) == 1
    assert storages["private"].listdir("exports")[1] == []


def test_what_stops_a_publication_stops_the_papers_for_everyone(team, appraisal):
    bulletin = page(appraisal, "document", "bulletin-municipal")
    assert team.get(bulletin).status_code == 200
    Place.objects.filter(pk=appraisal.place_id).update(kind="first_nation_community")
    refused = team.get(bulletin)
    assert refused.status_code == 422
    assert "Le conseil de la communauté doit donner son accord" in refused.text
