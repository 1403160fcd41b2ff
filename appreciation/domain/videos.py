"""When a video may be read by everyone: with French captions and its transcript, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Revision

from cms.media import MediaFile, MediaTrack, TrackKind, TrackLanguage
from core.captions import read_cues
from core.search_words import search_text

if TYPE_CHECKING:
    from appreciation.models import VideoPage

NO_FILM = "Choisissez un film gardé ici, ou donnez l’adresse d’un film gardé ailleurs."
TWO_FILMS = "Gardez un seul film: celui d’ici, ou celui d’ailleurs."
NO_CAPTIONS = (
    "Ajoutez au film « {title} » ses sous-titres en français (fichier WebVTT): ouvrez-le par"
    " « Modifier », puis « Sous-titres en français ». La transcription en sera faite."
)
NOT_ATTESTED = "Vérifiez que le film a des sous-titres en français, puis cochez la case."
NO_TRANSCRIPT = "Collez la transcription: tout ce qui est dit, et par qui."
NOT_A_SOUND = "Choisissez un fichier audio pour la version audio."
SHORTEST_TRANSCRIPT = 20
FILMS = ("media", "light_media", "audio_media")

CAPTIONS_STAY = (
    "La page « {title} » montre ce film, ou va le montrer: ses sous-titres en français restent."
    " Remplacez-les par d’autres, ou retirez d’abord le film de la page, de son brouillon et de ce"
    " qui y est prévu."
)
MEDIA_STAYS = (
    "La page « {title} » se sert de ce fichier, ou va s’en servir: il n’a pas été effacé."
    " Retirez-le d’abord de la page, de son brouillon et de ce qui y est prévu, ou remplacez-le."
)
NO_WORDS = (
    "Les sous-titres en français du film « {title} » ne contiennent aucun mot: la transcription"
    " serait vide. Envoyez un fichier WebVTT où est écrit ce qui est dit, ou « [Musique] »."
)


def missing_to_publish(video: VideoPage) -> dict[str, str]:
    """What is left to do, by field of the form; empty when the video may be published.

    A film kept here needs its French captions, from which the transcript is made. Of a film kept
    elsewhere we see nothing: the editor attests the captions and pastes the transcript.
    """
    if video.media and video.embed_url:
        return {"embed_url": TWO_FILMS}
    if video.media:
        return _missing_of_captions(video.media)
    if not video.embed_url:
        return {"media": NO_FILM}
    missing = {}
    if not video.captions_attested:
        missing["captions_attested"] = NOT_ATTESTED
    pasted = video.pasted_transcript.strip()
    if len(pasted) < SHORTEST_TRANSCRIPT or not _has_words(pasted):
        missing["pasted_transcript"] = NO_TRANSCRIPT
    return missing


def _missing_of_captions(media: MediaFile) -> dict[str, str]:
    track = _french(media).first()
    if track is None:
        return {"media": NO_CAPTIONS.format(title=media.title)}
    if not any(_has_words(cue.text) for cue in read_cues(track.content)):
        return {"media": NO_WORDS.format(title=media.title)}
    return {}


def _has_words(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def why_captions_of_videos_stay(media: MediaFile) -> str:
    """A film that a page shows, is due to show or has in its draft keeps its French captions."""
    title = _title_of_page_with(media, ("media",))
    return CAPTIONS_STAY.format(title=title) if title else ""


def why_media_of_videos_stay(media: MediaFile) -> str:
    """So does the file itself, be it the film, its light version or its sound."""
    title = _title_of_page_with(media, FILMS)
    return MEDIA_STAYS.format(title=title) if title else ""


def _title_of_page_with(media: MediaFile, fields: tuple[str, ...]) -> str:
    """Of a page that is live with it, or whose latest or scheduled revision holds it; else "".

    The row of a page that is not live is what an old draft left: its latest revision replaces it.
    """
    from appreciation.models import VideoPage

    in_row = Q(*((field, media) for field in fields), _connector=Q.OR)
    shows = Q(live=True) | Q(latest_revision=None)
    page = VideoPage.objects.filter(in_row, shows).first()
    if page is not None:
        return page.title
    in_draft = Q(*((f"content__{field}", media.pk) for field in fields), _connector=Q.OR)
    latest = VideoPage.objects.exclude(latest_revision=None).values("latest_revision")
    counts = Q(pk__in=latest) | Q(approved_go_live_at__isnull=False)
    kind = ContentType.objects.get_for_model(VideoPage)
    revision = Revision.objects.filter(in_draft, counts, content_type=kind).first()
    return revision.content["title"] if revision else ""


def what_is_said(video: VideoPage) -> str:
    """The words of the transcript, for the search."""
    if not video.media_id:
        return search_text([video.pasted_transcript])
    track = _french(video.media).first()
    return search_text(cue.text for cue in read_cues(track.content)) if track else ""


def index_videos_of(media_id: int) -> None:
    """The search knows what is said: it learns anew when captions change."""
    from wagtail.search.index import insert_or_update_object

    from appreciation.models import VideoPage

    for page in VideoPage.objects.filter(media=media_id):
        insert_or_update_object(page)


def _french(media: MediaFile | None):
    return MediaTrack.objects.filter(
        media=media, kind=TrackKind.CAPTIONS, srclang=TrackLanguage.FRENCH
    )
