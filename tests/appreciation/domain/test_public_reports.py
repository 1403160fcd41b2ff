"""The file of a public entry: made by the worker alone, once, kept while everybody may read it."""

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from wagtail.models import Site

from appreciation.domain.exports import (
    GONE,
    ask_for_export,
    erase_old_exports,
    make_exports,
    open_export,
)
from appreciation.domain.photos import describe_photo, remove_photo
from appreciation.domain.public_reports import (
    MOST_IN_HAND,
    is_public_report,
    is_still_public,
    kept_reports,
    prepare_public_reports,
)
from appreciation.domain.publications import publish, withdraw
from appreciation.enums import PublicationLevel
from appreciation.models import ExportJob, MeetingPhoto
from cms.models import SiteSettings
from tests.factories.adopted import adopted_appraisal
from tests.factories.places import PlaceFactory
from tests.factories.register import publish_entry, publish_historical

URL = "/demarches/riviere-exemple-2026/"
FILE = f"{URL}?format=pdf"
OFFERED = "Télécharger le rapport (PDF, 12\xa0octets)"
DAYS = dt.timedelta(days=3)


@pytest.fixture(autouse=True)
def _private(private_files):
    """What the worker makes stays in a folder of the test."""


@pytest.fixture
def told(lead):
    return adopted_appraisal(lead=lead)


@pytest.fixture
def published(told, lead):
    return publish(appraisal=told, level=PublicationLevel.FULL, user=lead)


def build(job, file, tell):
    """Twelve bytes in the place of pages: what they say is read in test_public_report.py."""
    file.write(b"%PDF-" + job.code[-7:].encode())


def run() -> None:
    """What the worker does."""
    prepare_public_reports(timezone.now())
    make_exports(timezone.now(), build, is_still_public)


def raise_k(k: int) -> None:
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.update_or_create(site=site, defaults={"disclosure_k": k})


def test_no_visitor_has_it_made_and_the_page_offers_it_once_it_is(client, published):
    assert "Télécharger le rapport" not in client.get(URL).text
    assert client.get(FILE).status_code == 404
    assert not ExportJob.objects.exists()
    prepare_public_reports(timezone.now())
    prepare_public_reports(timezone.now())
    assert ExportJob.objects.count() == 1
    assert "Télécharger le rapport" not in client.get(URL).text
    assert client.get(FILE).status_code == 404

    run()
    assert OFFERED in client.get(URL).text
    answer = client.get(FILE)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="riviere-exemple-2026.pdf"'
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=0", "s-maxage=60"}
    run()
    assert ExportJob.objects.count() == 1


def test_the_page_asks_no_more_with_its_file_than_without(
    client, published, django_assert_num_queries
):
    client.get(URL)
    with django_assert_num_queries(12):
        client.get(URL)
    run()
    with django_assert_num_queries(12):
        assert OFFERED in client.get(URL).text


def test_a_withdrawn_entry_takes_its_file_with_it(
    client, told, published, lead, django_capture_on_commit_callbacks
):
    run()
    withdraw(appraisal=told, user=lead, reason="Une erreur")
    assert client.get(FILE).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        erase_old_exports(timezone.now() + DAYS, kept_reports())
    assert not ExportJob.objects.exists()
    assert storages["private"].listdir("exports")[1] == []
    run()
    assert not ExportJob.objects.exists()


def test_a_new_edition_has_its_own_file_and_never_the_former_one(client, told, published, lead):
    run()
    former = client.get(FILE).content
    publish(appraisal=told, level=PublicationLevel.SUMMARY, user=lead)
    assert client.get(FILE).status_code == 404
    assert "Télécharger le rapport" not in client.get(URL).text
    run()
    assert client.get(FILE).content != former
    erase_old_exports(timezone.now() + DAYS, kept_reports())
    assert ExportJob.objects.count() == 1
    assert OFFERED in client.get(URL).text


def test_a_raised_k_takes_the_file_away_and_asks_for_another(client, published):
    run()
    raise_k(7)
    assert client.get(FILE).status_code == 404
    assert "Télécharger le rapport" not in client.get(URL).text
    run()
    assert OFFERED in client.get(URL).text


def test_what_was_withdrawn_while_it_was_asked_for_is_not_made(told, published, lead):
    prepare_public_reports(timezone.now())
    withdraw(appraisal=told, user=lead, reason="Une erreur")
    make_exports(timezone.now(), build, is_still_public)
    job = ExportJob.objects.get()
    assert (job.state, job.words, job.file_name) == ("failed", GONE, "")


@pytest.mark.parametrize("gesture", ["hidden", "removed"])
def test_a_photo_taken_back_leaves_the_file_even_while_it_is_made(client, told, lead, gesture):
    photo = MeetingPhoto.objects.create(
        meeting=told.meetings.get(),
        file="une.jpg",
        width=8,
        height=6,
        alt="Une feuille",
        in_report=True,
    )
    publish(appraisal=told, level=PublicationLevel.FULL, user=lead)
    run()
    assert OFFERED in client.get(URL).text

    def take_back():
        if gesture == "removed":
            remove_photo(photo=photo, user=lead)
        else:
            describe_photo(photo=photo, user=lead, alt="Une feuille", in_report=False)

    take_back()
    assert client.get(FILE).status_code == 404
    if gesture == "hidden":
        describe_photo(photo=photo, user=lead, alt="Une feuille", in_report=True)

        def build_slowly(job, file, tell):
            build(job, file, tell)
            take_back()

        prepare_public_reports(timezone.now())
        make_exports(timezone.now(), build_slowly, is_still_public)
        assert client.get(FILE).status_code == 404
    run()
    assert OFFERED in client.get(URL).text


def test_only_what_everybody_reads_has_one(client):
    publish_entry(place=PlaceFactory(name="Rivière-Exemple"), level=PublicationLevel.REGION)
    later = timezone.now() + DAYS
    publish_entry(place=PlaceFactory(name="Plus tard"), embargo_until=later)
    publish_historical(place=PlaceFactory(name="Ancienne"))
    prepare_public_reports(timezone.now())
    assert not ExportJob.objects.exists()


def test_few_are_prepared_at_a_time_the_latest_first():
    editions = [publish_entry(place=PlaceFactory()) for _ in range(MOST_IN_HAND + 2)]
    prepare_public_reports(timezone.now())
    prepare_public_reports(timezone.now())
    asked = {job.appraisal_id for job in ExportJob.objects.all()}
    assert asked == {each.appraisal_id for each in editions[-MOST_IN_HAND:]}
    run()
    run()
    assert ExportJob.objects.filter(state="ready").count() == MOST_IN_HAND + 2


def test_a_file_of_a_team_is_never_a_public_one(client, told, published, lead):
    job = ask_for_export(appraisal=told, user=lead, code=f"rapport-public-{published.pk}-5")
    make_exports(timezone.now(), build)
    job.refresh_from_db()
    assert job.state == "ready"
    assert not is_public_report(job)
    assert client.get(FILE).status_code == 404
    assert "Télécharger le rapport" not in client.get(URL).text


def test_a_file_that_is_lost_is_not_there(client, published):
    run()
    job = ExportJob.objects.get()
    with open_export(job) as content:
        assert len(content.read()) == 12
    storages["private"].delete(job.file_name)
    assert client.get(FILE).status_code == 404


def test_programs_are_told_where_the_file_is_once_it_is_made(client, published):
    def told_address():
        (listed,) = client.get("/api/v1/appraisals/").json()["items"]
        assert client.get(listed["api_url"]).json() == listed
        return listed["report_url"]

    assert told_address() is None
    run()
    assert client.get(told_address())["Content-Type"] == "application/pdf"
    raise_k(20)  # stricter: the file made before is not offered any more
    assert told_address() is None
