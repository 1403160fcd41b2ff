"""A film of the demonstration: drawn and captioned by us, marked on each image.

`film/ronde.mp4` (H.264, 24 s, a soft sound) was drawn from our own mark and typeface.
"""

from __future__ import annotations

from pathlib import Path

from django.core.files import File

from appreciation.enums import Phase
from appreciation.models import ToolkitStepPage, VideoIndexPage, VideoPage
from cms.media import TrackKind, TrackLanguage, keep_track
from cms.models import MediaFile, SiteImage
from core.captions import checked_web_vtt

FILM = Path(__file__).with_name("film")
SECONDS = 24
TITLE = "Une soirée en quatre temps (démonstration)"
TRANSCRIPT = (
    "Exemple de transcription collée. Le film qui serait ici est gardé par un autre site: il n’est"
    " demandé qu’après un clic.\n\nAnimation: bienvenue à toutes et à tous."
)
EXAMPLE = "https://vimeo.com/000000000"


def create_videos() -> None:
    """One kept here, published; one kept elsewhere, a draft: its address is nobody's film."""
    videos = VideoIndexPage.objects.get()
    videos.introduction = (
        "<p>Ces films sont des exemples\N{NO-BREAK SPACE}: ils montrent comment la page marche.</p>"
    )
    videos.save()
    film = _keep(TITLE, "ronde.mp4")
    for kind, name in ((TrackKind.CAPTIONS, "sous-titres"), (TrackKind.CHAPTERS, "chapitres")):
        text = checked_web_vtt((FILM / f"{name}.vtt").read_bytes())
        keep_track(media=film, kind=kind, srclang=TrackLanguage.FRENCH, content=text)
    page = VideoPage(
        title=TITLE,
        slug="une-soiree-en-quatre-temps",
        search_description="Accueillir, lire le portrait, apprécier, choisir un premier pas.",
        introduction="<p>Ce qui se passe pendant la rencontre, en moins d’une minute.</p>",
        phase=Phase.MEETING,
        poster=_poster(),
        media=film,
        light_media=_keep(f"{TITLE}, version légère", "ronde-legere.mp4"),
    )
    videos.add_child(instance=page)
    page.save_revision().publish()
    for step in ToolkitStepPage.objects.filter(phase=Phase.MEETING):
        step.video, step.video_chapter = page, "Accueillir"
        step.save()
    videos.add_child(
        instance=VideoPage(
            title="Un film gardé ailleurs (démonstration)",
            slug="un-film-garde-ailleurs",
            live=False,
            embed_url=EXAMPLE,
            captions_attested=True,
            pasted_transcript=TRANSCRIPT,
        )
    )


def _keep(title: str, name: str) -> MediaFile:
    path = FILM / name
    with path.open("rb") as file:
        return MediaFile.objects.create(
            title=title,
            type="video",
            duration=SECONDS,
            file_size=path.stat().st_size,
            file=File(file, name=name),
        )


def _poster() -> SiteImage:
    with (FILM / "ronde.png").open("rb") as file:
        image = SiteImage(
            title="Une soirée en quatre temps (démonstration)",
            description="Les six formes de la ronde, autour d’une place.",
            credit="dessin du site",
            file=File(file, name="ronde.png"),
        )
        image.save()
    return image
