"""Reading the videos: their order through the toolkit, and the passages that a search finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from appreciation.enums import Phase
from cms.media import MediaTrack, TrackKind, TrackLanguage
from core.captions import Cue, Line, read_cues, transcript_of
from core.search_words import search_words

if TYPE_CHECKING:
    from appreciation.models import VideoPage

ORDER = {phase.value: position for position, phase in enumerate(Phase)}
MOST_PASSAGES = 3


def playlist() -> list[VideoPage]:
    """Videos that anybody may read: by phase, then those of no phase; the tree decides the rest."""
    from appreciation.models import VideoPage

    pages = VideoPage.objects.live().filter(view_restrictions__isnull=True).order_by("path")
    return sorted(pages.select_related("media"), key=lambda page: ORDER.get(page.phase, len(ORDER)))


def open_to_all(video: VideoPage | None) -> VideoPage | None:
    """The video when anybody may read it: live, and kept back by no page above it either."""
    if video is None or not video.live or video.get_view_restrictions().exists():
        return None
    return video


def around(video: VideoPage) -> tuple[VideoPage | None, VideoPage | None]:
    """The videos before and after this one."""
    pages = playlist()
    at = next((at for at, page in enumerate(pages) if page.pk == video.pk), None)
    if at is None:
        return None, None
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)


def found(words: str) -> list[VideoPage]:
    """Videos in whose title, presentation or transcript every word is found, in their order."""
    from appreciation.models import VideoPage

    asked = search_words(words)
    if not asked:
        return []
    hits = VideoPage.objects.live().search(" ".join(asked))
    known = {page.pk for page in hits}
    return [page for page in playlist() if page.pk in known]


def passages(videos: Iterable[VideoPage], words: str) -> dict[int, list[Line]]:
    """For each video, the first lines of its transcript where a word that was asked is said."""
    asked = search_words(words)
    by_media = {video.media_id: video.pk for video in videos if video.media_id}
    tracks = MediaTrack.objects.filter(
        media__in=by_media, kind=TrackKind.CAPTIONS, srclang=TrackLanguage.FRENCH
    )
    return {
        by_media[track.media_id]: _lines_with(asked, read_cues(track.content)) for track in tracks
    }


def _lines_with(asked: list[str], cues: list[Cue]) -> list[Line]:
    lines = [
        line
        for section in transcript_of(cues)
        for paragraph in section.paragraphs
        for line in paragraph.lines
        if set(asked) & set(search_words(line.text))
    ]
    return lines[:MOST_PASSAGES]
