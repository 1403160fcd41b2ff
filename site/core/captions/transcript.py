"""A text to read, made of the captions: sections by chapter, paragraphs by speaker and pause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.captions.cues import Cue

PAUSE = 2_000
"""Milliseconds of silence after which a new paragraph begins."""
LONG_PARAGRAPH = 500
"""Signs after which a paragraph ends with its sentence."""
LONG_LINE = 300
ENDS_OF_SENTENCE = (".", "!", "?", "…", "»", "]", ")")


@dataclass(frozen=True)
class Line:
    """A sentence or so, and the second at which it begins."""

    seconds: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    speaker: str
    lines: tuple[Line, ...]

    @property
    def seconds(self) -> int:
        return self.lines[0].seconds


@dataclass(frozen=True)
class Section:
    """What is said in one chapter; without chapters a transcript is one section without title."""

    title: str
    seconds: int
    paragraphs: tuple[Paragraph, ...]


def transcript_of(cues: Iterable[Cue], chapters: Iterable[Cue] = ()) -> list[Section]:
    """Sections in order. What is said before the first chapter stands under no title.

    A speaker is named once: a cue that names nobody goes on with the one before it, as captions
    are written.
    """
    starts = [(chapter.start, chapter.text) for chapter in chapters]
    sections: list[tuple[str, int, list[Cue]]] = []
    position = -1
    for cue in cues:
        latest = sum(start <= cue.start for start, _ in starts) - 1
        if latest != position or not sections:
            position = latest
            start, title = starts[latest] if latest >= 0 else (0, "")
            sections.append((title, start // 1000, []))
        sections[-1][2].append(cue)
    return [Section(title, seconds, tuple(_paragraphs(said))) for title, seconds, said in sections]


def _paragraphs(cues: list[Cue]) -> Iterator[Paragraph]:
    speaker, said = "", list[Cue]()
    for cue in cues:
        if said and _begins_paragraph(cue, said, speaker):
            yield Paragraph(speaker, tuple(_lines(said)))
            said = []
        speaker = cue.speaker or speaker
        said.append(cue)
    yield Paragraph(speaker, tuple(_lines(said)))


def _begins_paragraph(cue: Cue, said: list[Cue], speaker: str) -> bool:
    if cue.speaker and cue.speaker != speaker:
        return True
    is_long = sum(len(earlier.text) for earlier in said) > LONG_PARAGRAPH
    return cue.start - said[-1].end >= PAUSE or (is_long and _ends(said[-1].text))


def _lines(cues: list[Cue]) -> Iterator[Line]:
    seconds, words = 0, ""
    for cue in cues:
        if not words:
            seconds = cue.seconds
        words = f"{words} {cue.text}".lstrip()
        if _ends(words) or len(words) > LONG_LINE:
            yield Line(seconds, words)
            words = ""
    if words:
        yield Line(seconds, words)


def _ends(words: str) -> bool:
    return words.endswith(ENDS_OF_SENTENCE)


def fr_clock(seconds: int) -> str:
    """How a player shows a time: 0:07, 2:10, 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
