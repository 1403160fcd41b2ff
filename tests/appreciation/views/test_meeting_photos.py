"""Photos of the flip charts: cleaned, private, out of the team only with their words."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from appreciation.domain.photos import MOST_PHOTOS
from appreciation.domain.report import assemble_report, report_from_snapshot, report_to_snapshot
from appreciation.models import MeetingPhoto
from tests.factories import MeetingFactory
from tests.factories.evenings import PhotoFactory, picture


@pytest.fixture
def meeting(appraisal):
    return MeetingFactory(appraisal=appraisal)


def url(name, meeting, *args):
    return reverse(f"space:{name}", args=[meeting.reference, *args])


def sent(name="IMG_1.jpg", content=None):
    return SimpleUploadedFile(name, content or picture(), content_type="image/jpeg")


def send(client, meeting, *files):
    return client.post(url("meeting_photos", meeting), {"photos": list(files)})


def located_picture() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Téléphone de Luce"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(size=(3000, 1500), exif=exif)


def test_several_photos_at_once_lose_their_metadata_and_their_excess(as_lead, meeting, lead):
    response = send(as_lead, meeting, sent(content=located_picture()), sent("b.png"))
    assert response.status_code == 422  # the second says PNG and is a JPEG
    kept = MeetingPhoto.objects.get()
    assert (kept.width, kept.height, kept.added_by) == (2000, 1000, lead)
    assert (kept.in_report, kept.alt) == (False, "")
    with kept.file.open() as file:
        content = file.read()
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size, len(image.getexif())) == ("JPEG", (2000, 1000), 0)
    assert b"Luce" not in content
    page = BeautifulSoup(response.text, "html.parser")
    assert "b.png" in page.find(id="erreurs").text
    assert "La photo est gardée." in page.text


def test_the_same_photo_sent_twice_is_kept_once(as_lead, meeting):
    assert send(as_lead, meeting, sent(), sent("IMG_2.jpg")).status_code == 302
    assert send(as_lead, meeting, sent()).status_code == 302
    assert MeetingPhoto.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.jpg", b"\xff\xd8\xff\xe0 rien", "ne peut pas être lue"),
        ("a.svg", b"<svg onload='alert(1)'/>", "Choisissez une image JPEG, PNG, WebP ou GIF."),
        ("a.heic", b"ftypheic", "Choisissez une image JPEG, PNG, WebP ou GIF."),
    ],
)
def test_what_is_no_picture_is_refused_in_words(as_lead, meeting, name, content, why):
    response = send(as_lead, meeting, sent(name, content))
    assert response.status_code == 422
    assert why in response.text
    assert not MeetingPhoto.objects.exists()


def test_a_bomb_is_refused(as_lead, meeting, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1_000
    response = send(as_lead, meeting, sent(content=picture(size=(50, 50))))
    assert "Cette image est trop grande" in response.text
    assert not MeetingPhoto.objects.exists()


def test_one_photo_too_many_is_refused_and_leaves_no_file(as_lead, meeting):
    photos = [
        MeetingPhoto(meeting=meeting, file=f"{n}.jpg", fingerprint=f"{n:064}", width=1, height=1)
        for n in range(MOST_PHOTOS)
    ]
    MeetingPhoto.objects.bulk_create(photos)
    storage = photos[0].file.storage
    before = stored_in(storage)
    assert "60 photos au plus" in send(as_lead, meeting, sent()).text
    assert meeting.photos.count() == MOST_PHOTOS
    assert stored_in(storage) == before


def stored_in(storage) -> set[str]:
    return set(storage.listdir("rencontres")[1]) if storage.exists("rencontres") else set()


def test_nothing_chosen_is_said_by_the_field(as_lead, meeting):
    response = as_lead.post(url("meeting_photos", meeting), {})
    assert response.status_code == 422
    assert "Choisissez une photo" in response.text


def test_a_photo_goes_into_the_report_only_with_its_words(as_lead, meeting):
    photo = PhotoFactory(meeting=meeting)
    address = url("meeting_photo", meeting, photo.pk)
    refused = as_lead.post(address, {"alt": " ", "in_report": "on"})
    assert refused.status_code == 422
    assert "pour qui ne voit pas la photo" in refused.text
    assert assemble_report(meeting.appraisal).photos == ()
    as_lead.post(address, {"alt": "« Le quai », entouré", "in_report": "on"})
    photo.refresh_from_db()
    assert (photo.in_report, photo.alt) == (True, "« Le quai », entouré")
    page = as_lead.get(reverse("space:report", args=[meeting.appraisal.reference])).text
    assert reverse("participant:report_photo", args=[photo.token]) in page


def test_the_photo_is_private_until_it_is_let_out_and_again_after(client, meeting, lead):
    photo = PhotoFactory(meeting=meeting, alt="Une feuille")
    public = reverse("participant:report_photo", args=[photo.token])
    assert client.get(public).status_code == 404
    MeetingPhoto.objects.update(in_report=True)
    response = client.get(public)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    with photo.file.open() as file:
        assert response.content == file.read()
    MeetingPhoto.objects.update(in_report=False)
    assert client.get(public).status_code == 404
    assert client.get(url("meeting_photo_file", meeting, photo.pk)).status_code == 302


def test_of_another_meeting_it_is_not_found(as_lead, meeting):
    photo = PhotoFactory()
    for name in ("meeting_photo", "meeting_photo_file"):
        assert as_lead.get(url(name, meeting, photo.pk)).status_code == 404
    as_lead.post(url("meeting_photo_removal", meeting, photo.pk))
    assert MeetingPhoto.objects.filter(pk=photo.pk).exists()


def test_taken_away_with_its_file(as_lead, meeting, django_capture_on_commit_callbacks):
    photo = PhotoFactory(meeting=meeting)
    storage, name = photo.file.storage, photo.file.name
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            as_lead.post(url("meeting_photo_removal", meeting, photo.pk))
    assert not MeetingPhoto.objects.exists()
    assert not storage.exists(name)


def test_an_edition_from_before_photos_is_still_read(meeting):
    PhotoFactory(meeting=meeting, alt="Une feuille", in_report=True)
    report = assemble_report(meeting.appraisal)
    snapshot = report_to_snapshot(report)
    assert report_from_snapshot(snapshot).photos == report.photos
    del snapshot["photos"]
    assert report_from_snapshot(snapshot).photos == ()


def test_the_summary_level_leaves_photos_in_the_team(meeting):
    PhotoFactory(meeting=meeting, alt="Une feuille", in_report=True)
    assert assemble_report(meeting.appraisal, level="summary").photos == ()


def test_a_file_lost_from_the_disk_is_not_an_error_page(as_lead, meeting):
    photo = PhotoFactory(meeting=meeting)
    photo.file.storage.delete(photo.file.name)
    assert as_lead.get(url("meeting_photo_file", meeting, photo.pk)).status_code == 404
    assert Client().get("/r/photos/inconnu/").status_code == 404
