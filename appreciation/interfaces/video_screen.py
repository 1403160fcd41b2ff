"""What the page of a video shows: a film with its texts, or a door to a film kept elsewhere."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from appreciation.domain.embeds import Embed, embed_of
from cms.media import MediaFile, MediaTrack, TrackKind, TrackLanguage
from core.captions import Cue, Section, read_cues, transcript_of
from core.errors import DomainError

if TYPE_CHECKING:
    from appreciation.models import VideoPage

MOMENT = re.compile(r"\d{1,5}", re.ASCII)


@dataclass(frozen=True)
class Source:
    """A file to show or to take away."""

    label: str
    url: str
    kind: str
    size: int | None

    @property
    def is_sound(self) -> bool:
        return self.kind.startswith("audio/")


@dataclass(frozen=True)
class Chapter:
    seconds: int
    title: str
    is_here: bool = False


@dataclass(frozen=True)
class VideoScreen:
    """`film` or `embed`, or neither when an editor has given none yet."""

    film: Source | None
    embed: Embed | None
    is_player_asked: bool
    start: int
    seconds: int | None
    tracks: tuple[MediaTrack, ...]
    chapters: tuple[Chapter, ...]
    transcript: tuple[Section, ...]
    pasted: str
    downloads: tuple[Source, ...]


def video_screen(video: VideoPage, query: QueryDict) -> VideoScreen:
    """Two questions to the database, whatever the film: its files, then its texts."""
    files = _files(video)
    film = files.get(video.media_id) if video.media_id else None
    tracks = tuple(MediaTrack.objects.filter(media=film)) if film else ()
    embed = None if film else _embed(video.embed_url)
    start = _start(query.get("t", ""))
    chapters = _chapters(_cues(tracks, TrackKind.CHAPTERS), start)
    return VideoScreen(
        film=_source("Film", film) if film else None,
        embed=embed,
        is_player_asked=bool(embed) and query.get("lecteur") == "oui",
        start=start,
        seconds=round(film.duration) if film else video.embed_seconds,
        tracks=tracks,
        chapters=chapters,
        transcript=tuple(
            transcript_of(_cues(tracks, TrackKind.CAPTIONS), _cues(tracks, TrackKind.CHAPTERS))
        ),
        pasted="" if film else video.pasted_transcript,
        downloads=_downloads(video, files),
    )


def _files(video: VideoPage) -> dict[int, MediaFile]:
    """An unsaved preview may name a file that is gone: then it is simply not there."""
    numbers = {video.media_id, video.light_media_id, video.audio_media_id} - {None}
    return MediaFile.objects.in_bulk(numbers) if numbers else {}


def _downloads(video: VideoPage, files: dict[int, MediaFile]) -> tuple[Source, ...]:
    named = (
        ("Le film", video.media_id),
        ("Version légère", video.light_media_id),
        ("Le son seul", video.audio_media_id),
    )
    return tuple(_source(label, files[pk]) for label, pk in named if pk in files)


def _source(label: str, media: MediaFile) -> Source:
    kind = mimetypes.guess_type(media.file.name)[0] or "application/octet-stream"
    return Source(label, media.file.url, kind, media.file_size)


def _embed(url: str) -> Embed | None:
    """What a preview holds may not be right yet."""
    try:
        return embed_of(url) if url else None
    except DomainError:
        return None


def _cues(tracks: tuple[MediaTrack, ...], kind: str) -> list[Cue]:
    french = (t for t in tracks if (t.kind, t.srclang) == (kind, TrackLanguage.FRENCH))
    return [cue for track in french for cue in read_cues(track.content)]


def _chapters(cues: list[Cue], start: int) -> tuple[Chapter, ...]:
    here = sum(cue.seconds <= start for cue in cues) - 1
    return tuple(
        Chapter(cue.seconds, cue.text, is_here=start > 0 and position == here)
        for position, cue in enumerate(cues)
    )


def _start(asked: str) -> int:
    """The second at which to begin; nonsense begins at the beginning."""
    return int(asked) if MOMENT.fullmatch(asked) else 0
