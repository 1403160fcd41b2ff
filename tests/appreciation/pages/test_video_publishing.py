"""No video is read by everyone without French captions and its transcript, by whatever road."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from appreciation.domain.videos import missing_to_publish, what_is_said
from appreciation.models import VideoPage
from background import schedule
from cms.due_publications import publish_what_is_due
from cms.media import keep_track
from cms.models import MediaFile, SiteImage
from tests import hostile_files
from tests.factories.videos import (
    CAPTIONS,
    TRANSCRIPT,
    YOUTUBE,
    embedded,
    film,
    is_live,
    video,
    video_list,
)

NO_CAPTIONS = "ses sous-titres en français (fichier WebVTT)"


@pytest.fixture
def videos():
    return video_list()


@pytest.fixture
def bare() -> MediaFile:
    """A film without captions."""
    return film(title="Muet", captions="")


def form(**fields) -> dict:
    values = {
        "title": "Accueillir",
        "slug": "accueillir",
        "introduction": "null",
        "phase": "",
        "speakers": "",
        "recorded_on": "",
        "poster": "",
        "media": "",
        "light_media": "",
        "audio_media": "",
        "embed_url": "",
        "embed_seconds": "",
        "pasted_transcript": "",
        "comment_notifications": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    return values | {name: getattr(value, "pk", value) for name, value in fields.items()}


def add(admin_client, videos, **fields):
    address = f"/admin/pages/add/appreciation/videopage/{videos.pk}/"
    return admin_client.post(address, form(**fields))


def edit(admin_client, page, **fields):
    return admin_client.post(f"/admin/pages/{page.pk}/edit/", form(**fields))


PUBLISH = {"action-publish": "oui"}


class TestForm:
    def test_a_film_without_captions_is_a_draft_at_most(self, admin_client, videos, bare):
        refused = add(admin_client, videos, media=bare, **PUBLISH)
        assert refused.status_code == 200
        (words,) = refused.context["form"].errors["media"]
        assert "Ajoutez au film «\xa0Muet\xa0» " in words
        assert NO_CAPTIONS in words
        assert not VideoPage.objects.exists()
        assert add(admin_client, videos, media=bare).status_code == 302
        assert not VideoPage.objects.get().live

    def test_a_film_with_captions_is_published(self, admin_client, client, videos):
        assert add(admin_client, videos, media=film(), **PUBLISH).status_code == 302
        assert VideoPage.objects.get().live
        assert "Les chaises sont en rond." in client.get("/videos/accueillir/").content.decode()

    def test_captions_in_another_language_are_not_enough(self, admin_client, videos, bare):
        bare.tracks.create(kind="captions", srclang="en", content=CAPTIONS, fingerprint="a")
        bare.tracks.create(kind="chapters", srclang="fr", content=CAPTIONS, fingerprint="b")
        refused = add(admin_client, videos, media=bare, **PUBLISH)
        assert NO_CAPTIONS in refused.context["form"].errors["media"][0]

    def test_a_published_page_keeps_drafts_that_are_not_ready(self, admin_client, videos, bare):
        page = video(videos)
        assert edit(admin_client, page, media=bare).status_code == 302
        page.refresh_from_db()
        assert (page.live, page.has_unpublished_changes) == (True, True)
        assert page.media.title == "Tour de table"
        assert page.get_latest_revision_as_object().media == bare
        refused = edit(admin_client, page, media=bare, **PUBLISH)
        assert NO_CAPTIONS in refused.context["form"].errors["media"][0]

    def test_a_page_without_film_is_a_draft_at_most(self, admin_client, videos):
        refused = add(admin_client, videos, **PUBLISH)
        assert "Choisissez un film gardé ici" in refused.context["form"].errors["media"][0]
        assert add(admin_client, videos).status_code == 302

    def test_one_film_a_page(self, admin_client, videos):
        refused = add(admin_client, videos, media=film(), embed_url=YOUTUBE, **PUBLISH)
        assert "Gardez un seul film" in refused.context["form"].errors["embed_url"][0]

    def test_of_a_film_kept_elsewhere_the_editor_attests(self, admin_client, videos):
        refused = add(admin_client, videos, embed_url=YOUTUBE, **PUBLISH)
        errors = refused.context["form"].errors
        assert "puis cochez la case" in errors["captions_attested"][0]
        assert "Collez la transcription" in errors["pasted_transcript"][0]
        said = {"captions_attested": "on", "pasted_transcript": TRANSCRIPT}
        assert add(admin_client, videos, embed_url=YOUTUBE, **said, **PUBLISH).status_code == 302
        assert VideoPage.objects.get().live

    @pytest.mark.parametrize("publishes", [{}, PUBLISH])
    @pytest.mark.parametrize(
        "url",
        [
            "https://exemple.org/film",
            "https://un-hote-qui-n-existe-pas.invalid/watch?v=dQw4w9WgXcQ",
            "https://www.dailymotion.com/video/x8abc",
        ],
    )
    def test_an_unknown_or_absent_host_is_told_without_asking_it(
        self, admin_client, videos, monkeypatch, url, publishes
    ):
        def never(*args, **kwargs):
            raise AssertionError("un autre site a été appelé")

        monkeypatch.setattr("socket.getaddrinfo", never)
        refused = add(admin_client, videos, embed_url=url, **publishes)
        assert refused.status_code == 200
        assert "YouTube ou de Vimeo" in refused.context["form"].errors["embed_url"][0]
        assert not VideoPage.objects.exists()

    def test_the_audio_version_is_a_sound(self, admin_client, videos):
        refused = add(admin_client, videos, media=film(), audio_media=film())
        assert "fichier audio" in refused.context["form"].errors["audio_media"][0]


class TestOtherRoads:
    """Whoever publishes, Wagtail cleans what is about to be live."""

    def test_a_revision(self, videos, bare):
        page = video(videos, media=bare, live=False)
        with pytest.raises(ValidationError, match="WebVTT"):
            page.save_revision().publish()
        assert not is_live(page)

    def test_a_date(self, videos):
        """Scheduled while it had its captions, due once they are gone."""
        page = video(videos, live=False, go_live_at=timezone.now() + timedelta(hours=1))
        page.save_revision().publish()
        page.refresh_from_db()
        assert (page.live, page.approved_schedule) == (False, True)
        page.media.tracks.all().delete()
        with (
            time_machine.travel(timezone.now() + timedelta(hours=2)),
            pytest.raises(ValidationError, match="WebVTT"),
        ):
            call_command("publish_scheduled")
        assert not is_live(page)

    @pytest.mark.parametrize("chooses_list", [False, True])
    def test_many_at_once(self, admin_client, videos, bare, chooses_list):
        ready = video(videos, slug="prete", live=False)
        page = video(videos, media=bare, live=False)
        chosen = f"id={videos.pk}" if chooses_list else f"id={ready.pk}&id={page.pk}"
        address = f"/admin/bulk/wagtailcore/page/publish/?{chosen}"
        response = admin_client.post(address, {"include_descendants": "on"}, follow=True)
        assert "Rien n’a été publié." in response.content.decode()
        assert NO_CAPTIONS in response.content.decode()
        assert not is_live(page)
        assert not is_live(ready)
        page.delete()
        admin_client.post(address.replace(f"&id={page.pk}", ""), {"include_descendants": "on"})
        assert is_live(ready)

    def test_by_hand(self, videos, bare):
        with pytest.raises(ValidationError, match="WebVTT"):
            video(videos, media=bare)
        assert not VideoPage.objects.exists()

    def test_a_live_page_saved_anew(self, videos, bare):
        page = video(videos)
        page.media = bare
        with pytest.raises(ValidationError, match="WebVTT"):
            page.save()


class TestCaptionsStay:
    def edit(self, admin_client, media, **data):
        address = f"/admin/media/edit/{media.pk}/"
        return admin_client.post(address, {"title": media.title, "duration": "20", **data})

    def test_those_of_a_published_video_are_replaced_never_removed(self, admin_client, videos):
        page = video(videos)
        track = page.media.tracks.get()
        refused = self.edit(admin_client, page.media, removed_tracks=[track.pk])
        (words,) = refused.context["form"].errors["removed_tracks"]
        assert "La page «\xa0Accueillir\xa0» montre ce film" in words
        assert page.media.tracks.count() == 1
        new = SimpleUploadedFile("t.vtt", CAPTIONS.replace("chaises", "tables").encode())
        assert self.edit(admin_client, page.media, captions=new).status_code == 302
        assert "tables" in page.media.tracks.get().content

    @pytest.mark.parametrize("how", ["scheduled", "draft", "due_then_redrafted"])
    def test_those_that_only_a_revision_shows_too(self, admin_client, videos, how):
        """The row of the page holds another film: what is written is in its revisions."""
        in_revision(videos, how)
        later = next_film()
        tracks = [later.tracks.get().pk]
        refused = self.edit(admin_client, later, removed_tracks=tracks)
        assert "Accueillir" in refused.context["form"].errors["removed_tracks"][0]
        assert later.tracks.count() == 1

    def test_those_of_a_film_that_no_revision_counts_any_more_may_go(self, admin_client, videos):
        in_revision(videos, "draft")
        later = next_film()
        VideoPage.objects.get().save_revision()
        tracks = [later.tracks.get().pk]
        assert self.edit(admin_client, later, removed_tracks=tracks).status_code == 302


def in_revision(videos, how: str) -> VideoPage:
    """A live page whose next film is in a draft, or is due in an hour."""
    video(videos).save_revision().publish()  # else scheduling would write in the row
    page = VideoPage.objects.get()
    page.media = film(title="Le suivant")
    if how != "draft":
        page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision()
    if how != "draft":
        revision.publish()
    assert VideoPage.objects.get().media.title == "Tour de table"
    if how == "due_then_redrafted":
        VideoPage.objects.get().save_revision()
    return page


def next_film() -> MediaFile:
    return MediaFile.objects.get(title="Le suivant")


class TestFilmsStay:
    def delete(self, admin_client, media):
        return admin_client.post(f"/admin/media/delete/{media.pk}/", follow=True)

    @pytest.mark.parametrize("field", ["media", "light_media", "audio_media"])
    @pytest.mark.parametrize("live", [True, False])
    def test_a_film_that_serves_is_not_deleted(self, admin_client, videos, live, field):
        used = film(title="Utile", type="audio" if field == "audio_media" else "video")
        page = video(videos, live=live, **{field: used})
        response = self.delete(admin_client, used)
        assert response.redirect_chain[-1][0] == f"/admin/media/edit/{used.pk}/"
        assert "La page «\xa0Accueillir\xa0» se sert de ce fichier" in response.content.decode()
        assert MediaFile.objects.filter(pk=used.pk).exists()
        page.delete()
        self.delete(admin_client, used)
        assert not MediaFile.objects.filter(pk=used.pk).exists()

    @pytest.mark.parametrize("how", ["scheduled", "draft", "due_then_redrafted"])
    def test_nor_one_that_only_a_revision_shows(self, admin_client, videos, how):
        in_revision(videos, how)
        later = next_film()
        assert "n’a pas été effacé" in self.delete(admin_client, later).content.decode()
        assert MediaFile.objects.filter(pk=later.pk).exists()

    def test_a_page_whose_draft_lost_its_film_is_still_edited(self, admin_client, videos):
        """However it went: a shell, another program."""
        page = in_revision(videos, "draft")
        next_film().delete()
        assert VideoPage.objects.get().get_latest_revision_as_object().media is None
        assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


class TestWorkerPublishes:
    """At the hour, by the job of the worker."""

    def test_one_that_cannot_stops_no_other(self, videos, caplog):
        soon = timezone.now() + timedelta(hours=1)
        first = video(videos, slug="a", live=False, go_live_at=soon)
        second = video(videos, slug="b", live=False, go_live_at=soon + timedelta(minutes=1))
        for page in (first, second):
            page.save_revision().publish()
        first.media.tracks.all().delete()
        gone = video(videos, slug="c", expire_at=soon)
        with time_machine.travel(soon + timedelta(hours=1)):
            assert publish_what_is_due(timezone.now()) == 2
        assert [is_live(page) for page in (first, second, gone)] == [False, True, False]
        first.refresh_from_db()
        assert first.approved_schedule
        assert "À l’heure dite: révision" in caplog.text
        keep_track(media=first.media, kind="captions", srclang="fr", content=CAPTIONS)
        with time_machine.travel(soon + timedelta(hours=2)):
            assert publish_what_is_due(timezone.now()) == 1
        assert is_live(first)

    def test_nothing_goes_before_its_hour(self, videos):
        soon = timezone.now() + timedelta(hours=1)
        page = video(videos, live=False, go_live_at=soon)
        page.save_revision().publish()
        assert publish_what_is_due(timezone.now()) == 0
        assert not is_live(page)

    def test_it_is_a_job_of_the_worker(self):
        assert schedule._jobs["due_publications"].run is publish_what_is_due


class TestAdminScreens:
    def test_forms_and_previews_open(self, admin_client, videos, bare):
        empty = video(videos, slug="vide", media=None, live=False)
        broken = video(videos, slug="brise", live=False, poster=self.poster())
        broken.media.file.storage.delete(broken.media.file.name)
        broken.poster.file.storage.delete(broken.poster.file.name)
        elsewhere = embedded(videos, slug="ailleurs")
        for page in (empty, broken, elsewhere):
            assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
            page.save_revision()
            draft = admin_client.get(f"/admin/pages/{page.pk}/view_draft/")
            assert draft.status_code == 200
            assert "vidéo" in draft.content.decode()
        add_form = admin_client.get(f"/admin/pages/add/appreciation/videopage/{videos.pk}/")
        assert "Un film gardé ici" in add_form.content.decode()

    def test_a_preview_of_what_is_typed_never_breaks(self, admin_client, videos):
        page = video(videos)
        address = f"/admin/pages/{page.pk}/edit/preview/"
        for fields in (
            {"embed_url": YOUTUBE},
            {"media": film(captions="")},
            {"embed_url": "https://exemple.org/film"},
            {},
        ):
            assert admin_client.post(address, form(**fields)).status_code == 200
            assert admin_client.get(f"{address}?mode=").status_code == 200

    @staticmethod
    def poster() -> SiteImage:
        image = SiteImage(title="A", file=ContentFile(hostile_files.picture(), name="a.jpg"))
        image.save()
        return image


def test_what_is_missing_is_told_by_field():
    assert missing_to_publish(VideoPage(media=film())) == {}
    assert set(missing_to_publish(VideoPage())) == {"media"}
    dots = VideoPage(embed_url=YOUTUBE, captions_attested=True, pasted_transcript=". " * 30)
    assert set(missing_to_publish(dots)) == {"pasted_transcript"}
    assert set(missing_to_publish(VideoPage(embed_url=YOUTUBE, pasted_transcript=" . "))) == {
        "captions_attested",
        "pasted_transcript",
    }


@pytest.mark.parametrize("text", ["&nbsp;", "…", "♪ &lrm;"])
def test_captions_without_words_make_no_transcript(text):
    silent = film(captions=f"WEBVTT\n\n00:00.000 --> 00:04.000\n{text}\n")
    assert "aucun mot" in missing_to_publish(VideoPage(media=silent))["media"]


def test_what_is_said_is_folded_for_the_search():
    assert " chaise " in what_is_said(VideoPage(media=film()))
    assert " portrait " in what_is_said(VideoPage(pasted_transcript="Les portraits."))
    assert what_is_said(VideoPage(media=film(captions=""))) == ""
