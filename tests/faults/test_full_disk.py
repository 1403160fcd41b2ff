"""The disk that holds the files is full (QUALITY.md §4 row 26): refused in words, votes go on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from appreciation.enums import Phase
from appreciation.models import Appraisal, PhaseRecord, Rating
from cms.models import SiteDocument
from tests import hostile_files
from tests.appreciation.views.participant import Phone
from tests.factories import AppraisalFactory, MeetingFactory, MembershipFactory

NO_ROOM = "le disque est plein ou ne répond pas"


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


def told_appraisal(lead) -> Appraisal:
    appraisal = AppraisalFactory(at_restitution=True)
    MembershipFactory(appraisal=appraisal, user=lead, role="lead")
    return appraisal


@pytest.mark.usefixtures("full_disk")
def test_portrait_is_refused_with_what_was_typed_still_there(as_lead, appraisal):
    Appraisal.objects.update(phase=Phase.PORTRAIT, framing_done_at=timezone.now())
    url = reverse("space:step", args=[appraisal.reference, "portrait"])
    pdf = SimpleUploadedFile("portrait.pdf", b"%PDF-1.4 petit")
    page = as_lead.post(url, {"version": 0, "text": "Le quai nous réunit.", "document": pdf})
    assert page.status_code == 200
    assert NO_ROOM in page.text
    assert "Le quai nous réunit." in page.text
    assert not PhaseRecord.objects.filter(phase=Phase.PORTRAIT).exists()
    assert not SiteDocument.objects.exists()


@pytest.mark.usefixtures("full_disk")
def test_proof_of_adoption_is_refused_with_the_rest(as_lead, lead):
    told = told_appraisal(lead)
    photo = SimpleUploadedFile("pv.jpg", hostile_files.picture())
    sent = {"adopted_by": "le comité local", "adopted_on": "2026-11-03", "evidence": photo}
    page = as_lead.post(reverse("space:adoption", args=[told.reference]), sent)
    assert NO_ROOM in page.text
    assert 'value="le comité local"' in page.text
    told.refresh_from_db()
    assert told.adopted_by == ""


@pytest.mark.usefixtures("full_disk")
def test_votes_are_stored_all_the_same():
    response = Phone(MeetingFactory(open=True)).sit().vote(answer=3)
    assert response.status_code == 201
    assert Rating.objects.get().answer == 3


def test_database_without_room_acknowledges_nothing():
    """SQLite and PostgreSQL both say so with an OperationalError."""
    phone = Phone(MeetingFactory(open=True)).sit()

    def full(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database or disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(full):
        response = phone.vote(answer=3)
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "n’est pas encore enregistrée" in response.json()["message"]
    assert not Rating.objects.exists()


def test_photo_of_the_minutes_loses_its_place_and_device(as_lead, lead):
    """QUALITY.md §4 row 14, on a facilitator's own way in."""
    told = told_appraisal(lead)
    raw = hostile_files.jpeg_with_place()
    assert b"Exif" in raw
    photo = SimpleUploadedFile("pv.jpg", raw)
    sent = {"adopted_by": "le comité local", "adopted_on": "2026-11-03", "evidence": photo}
    as_lead.post(reverse("space:adoption", args=[told.reference]), sent)
    told.refresh_from_db()
    with told.adoption_evidence.file.open() as file:
        kept = file.read()
    assert kept.startswith(b"\xff\xd8\xff")
    assert b"Exif" not in kept


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("pv.jpg", hostile_files.truncated_jpeg),
        ("pv.png", hostile_files.huge_png),
        ("pv.png", hostile_files.png_text_bomb),
        ("pv.svg", hostile_files.svg_with_script),
        ("pv.pdf", hostile_files.html_page),
    ],
)
def test_hostile_proof_is_refused_in_words(as_lead, lead, name, make):
    told = told_appraisal(lead)
    sent = {
        "adopted_by": "le comité local",
        "adopted_on": "2026-11-03",
        "evidence": SimpleUploadedFile(name, make()),
    }
    page = as_lead.post(reverse("space:adoption", args=[told.reference]), sent)
    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["evidence"]
    assert not SiteDocument.objects.exists()
