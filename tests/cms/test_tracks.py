"""Captions and chapters: sent with a film, told line by line, kept in the row, served by us."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.media import _guards as guards
from cms.media import keep_track, register_caption_guard
from cms.models import MediaFile, MediaTrack
from tests import hostile_files
from tests.sample_data import HAS_SAMPLE_DATA, SAMPLE_DATA_DIR

ADD = "/admin/media/video/add/"
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nÇa commence.\n"
CHAPTERS = "WEBVTT\n\n00:00.000 --> 00:02.000\nAccueillir\n"


def vtt(content: str | bytes, name="texte.vtt") -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile(name, data, content_type="text/vtt")


def film() -> SimpleUploadedFile:
    return SimpleUploadedFile("film.mp4", hostile_files.tiny_film())


def send(admin_client, **files):
    return admin_client.post(ADD, {"title": "Essai", "file": film(), "duration": "2", **files})


@pytest.fixture
def media() -> MediaFile:
    return MediaFile.objects.create(
        title="Film", type="video", file=ContentFile(hostile_files.tiny_film(), name="film.mp4")
    )


def edit(admin_client, media, **data):
    return admin_client.post(
        f"/admin/media/edit/{media.pk}/", {"title": media.title, "duration": "2", **data}
    )


def test_texts_come_with_the_film(admin_client):
    response = send(
        admin_client,
        captions=vtt(b"\xef\xbb\xbf" + CAPTIONS.replace("\n", "\r\n").encode()),
        chapters=vtt(CHAPTERS),
        foreign_captions=vtt(CAPTIONS.replace("Ça commence", "Ki matcitan")),
        foreign_language="atj",
    )
    assert response.status_code == 302
    media = MediaFile.objects.get()
    assert media.file_size == len(hostile_files.tiny_film())
    assert [(t.kind, t.srclang, t.label) for t in media.tracks.all()] == [
        ("captions", "fr", "Sous-titres (français)"),
        ("chapters", "fr", "Chapitres (français)"),
        ("subtitles", "atj", "Traduction (atikamekw nehiromowin)"),
    ]
    assert media.tracks.get(kind="captions").content == CAPTIONS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        ("WEBVTT", "Ligne 1: aucun passage"),
        ("1\n00:00:01,000 --> 00:00:02,000\nA", "Ligne 1: ce fichier semble être un SRT"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nA", "Ligne 3: la fin vient avant le début"),
        (CAPTIONS.encode("cp1252"), "Ligne 4: cette ligne n’est pas en UTF-8"),
        (b"WEBVTT\n" + b"x" * 2_000_000, "1 Mo au plus"),
        (hostile_files.picture(), "UTF-8"),
    ],
)
def test_a_broken_text_is_refused_with_its_line_and_nothing_is_kept(admin_client, content, said):
    response = send(admin_client, captions=vtt(content))
    assert response.status_code == 200
    assert said in " ".join(response.context["form"].errors["captions"])
    assert said in response.content.decode()
    assert not MediaFile.objects.exists()
    assert not MediaTrack.objects.exists()


def test_captions_in_another_language_say_which(admin_client):
    response = send(admin_client, foreign_captions=vtt(CAPTIONS))
    assert "Choisissez la langue" in response.context["form"].errors["foreign_language"][0]


def test_a_new_text_replaces_the_old_and_has_an_address_of_its_own(admin_client, client, media):
    old = keep_track(media=media, kind="captions", srclang="fr", content=CAPTIONS)
    response = edit(admin_client, media, captions=vtt(CAPTIONS.replace("Ça", "On")))
    assert response.status_code == 302
    track = media.tracks.get()
    assert "On commence." in track.content
    assert track.url != old.url
    assert client.get(old.url).status_code == 404
    answer = client.get(track.url)
    assert answer["Content-Type"] == "text/vtt; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content.decode() == track.content
    assert client.post(track.url).status_code == 405


def test_texts_are_removed_unless_a_page_needs_them(admin_client, media, monkeypatch):
    monkeypatch.setattr("cms.media._guards", [])
    captions = keep_track(media=media, kind="captions", srclang="fr", content=CAPTIONS)
    chapters = keep_track(media=media, kind="chapters", srclang="fr", content=CHAPTERS)
    register_caption_guard(lambda media: "Une page en a besoin.")
    refused = edit(admin_client, media, removed_tracks=[captions.pk, chapters.pk])
    assert refused.context["form"].errors["removed_tracks"] == ["Une page en a besoin."]
    assert media.tracks.count() == 2
    replaced = edit(admin_client, media, removed_tracks=[captions.pk], captions=vtt(CAPTIONS))
    assert replaced.status_code == 302
    assert media.tracks.count() == 2
    assert edit(admin_client, media, removed_tracks=[chapters.pk]).status_code == 302
    assert [track.kind for track in media.tracks.all()] == ["captions"]


def test_the_film_of_a_text_can_be_missing(admin_client, media):
    keep_track(media=media, kind="captions", srclang="fr", content=CAPTIONS)
    media.file.storage.delete(media.file.name)
    response = admin_client.get(f"/admin/media/edit/{media.pk}/")
    assert response.status_code == 200
    assert "Sous-titres (français)" in response.content.decode()


def test_the_chooser_takes_texts_too(admin_client):
    response = admin_client.post(
        "/admin/media/video/chooser/upload/",
        {
            "media-chooser-upload-title": "Essai",
            "media-chooser-upload-file": film(),
            "media-chooser-upload-duration": "2",
            "media-chooser-upload-captions": vtt(CAPTIONS),
        },
    )
    assert response.json()["step"] == "media_chosen"
    assert MediaTrack.objects.get().content == CAPTIONS


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_the_form_says_that_what_is_deposited_is_public(admin_client, media, kind):
    for address in (f"/admin/media/{kind}/add/", f"/admin/media/edit/{media.pk}/"):
        page = admin_client.get(address).content.decode()
        assert "Public dès qu’il est déposé" in page


def test_guards_are_those_of_the_pages():
    assert [guard.__name__ for guard in guards] == ["why_captions_of_videos_stay"]


if HAS_SAMPLE_DATA:

    @pytest.mark.parametrize(
        ("kind", "source", "duration"),
        [("video", "bigbuckbunny_5s.mp4", "5"), ("audio", "frenchsong_mono48k.mp3", "182")],
    )
    def test_real_film_and_sound(admin_client, client, kind, source, duration):
        path = SAMPLE_DATA_DIR / "medias" / source
        texts = SAMPLE_DATA_DIR / "sous-titres"
        with path.open("rb") as file:
            response = admin_client.post(
                f"/admin/media/{kind}/add/",
                {
                    "title": "Vrai",
                    "file": SimpleUploadedFile(source, file.read()),
                    "duration": duration,
                    "captions": vtt((texts / "frenchsong_captions_fr.vtt").read_bytes()),
                    "chapters": vtt((texts / "frenchsong_chapters_fr.vtt").read_bytes()),
                },
            )
        assert response.status_code == 302
        media = MediaFile.objects.get()
        assert media.file_size == path.stat().st_size
        part = client.get(media.url, headers={"Range": "bytes=100-199"})
        assert b"".join(part.streaming_content) == path.read_bytes()[100:200]
        assert media.tracks.count() == 2
