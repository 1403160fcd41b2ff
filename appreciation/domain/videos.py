"""When a video may be read by everyone: with French captions and its transcript, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

CAPTIONS_STAY = (
    "Une vidéo publiée montre ce film: ses sous-titres en français restent. Remplacez-les par"
    " d’autres, ou dépubliez d’abord la page « {title} »."
)


def missing_to_publish(video: VideoPage) -> dict[str, str]:
    """What is left to do, by field of the form; empty when the video may be published.

    A film kept here needs its French captions, from which the transcript is made. Of a film kept
    elsewhere we see nothing: the editor attests the captions and pastes the transcript.
    """
    if video.media and video.embed_url:
        return {"embed_url": TWO_FILMS}
    if video.media:
        if not has_french_captions(video.media):
            return {"media": NO_CAPTIONS.format(title=video.media.title)}
        return {}
    if not video.embed_url:
        return {"media": NO_FILM}
    missing = {}
    if not video.captions_attested:
        missing["captions_attested"] = NOT_ATTESTED
    if len(video.pasted_transcript.strip()) < SHORTEST_TRANSCRIPT:
        missing["pasted_transcript"] = NO_TRANSCRIPT
    return missing


def has_french_captions(media: MediaFile) -> bool:
    return _french(media).exists()


def why_captions_of_videos_stay(media: MediaFile) -> str:
    """A film shown by a page that is published, or about to be, keeps its French captions."""
    from appreciation.models import VideoPage

    shown = VideoPage.objects.filter(media=media)
    is_out = shown.live().first()
    if is_out is None:
        scheduled = (page for page in shown if page.approved_schedule)
        is_out = next(scheduled, None)
    return CAPTIONS_STAY.format(title=is_out.title) if is_out else ""


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
