"""Videos: a film kept here with its texts, or one kept elsewhere."""

from django.core.files.base import ContentFile
from wagtail.models import Page

from appreciation.models import VideoIndexPage, VideoPage
from cms.media import keep_track
from cms.models import MediaFile
from tests import hostile_files
from tests.factories.starter_site import ensure_site_pages

CAPTIONS = """WEBVTT

00:00.000 --> 00:04.000
<v Élise>Les chaises sont en rond.

00:04.000 --> 00:08.000
Personne n’est devant.

00:12.500 --> 00:15.000
<v Paul>On lit le portrait sans juger.
"""
CHAPTERS = """WEBVTT

00:00.000 --> 00:10.000
Accueillir

00:10.000 --> 00:20.000
Lire le portrait
"""
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
TRANSCRIPT = "Élise: les chaises sont en rond.\n\nPaul: on lit le portrait."


def video_list() -> VideoIndexPage:
    ensure_site_pages()
    return VideoIndexPage.objects.get()


def film(*, captions: str = CAPTIONS, chapters: str = "", **fields) -> MediaFile:
    content = hostile_files.tiny_film()
    values = {"title": "Tour de table", "type": "video", "duration": 20} | fields
    media = MediaFile.objects.create(
        file=ContentFile(content, name="film.mp4"), file_size=len(content), **values
    )
    for kind, text in (("captions", captions), ("chapters", chapters)):
        if text:
            keep_track(media=media, kind=kind, srclang="fr", content=text)
    return media


def video(parent: VideoIndexPage, *, live: bool = True, **fields) -> VideoPage:
    values = {"title": "Accueillir", "slug": "accueillir"} | fields
    if "media" not in values and "embed_url" not in values:
        values["media"] = film()
    return parent.add_child(instance=VideoPage(live=live, **values))


def embedded(parent: VideoIndexPage, **fields) -> VideoPage:
    values = {"embed_url": YOUTUBE, "captions_attested": True, "pasted_transcript": TRANSCRIPT}
    return video(parent, **(values | fields))


def is_live(page: VideoPage) -> bool:
    return Page.objects.get(pk=page.pk).live
