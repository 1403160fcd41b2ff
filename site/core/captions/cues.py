"""The cues of a checked WebVTT text: when, who, what is said. Settings and notes are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import webvtt

VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>")
TAG = re.compile(r"<[^>]*>")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Cue:
    """`speaker` is empty where the cue names nobody. Times are in milliseconds."""

    start: int
    end: int
    speaker: str
    text: str

    @property
    def seconds(self) -> int:
        return self.start // 1000


def read_cues(text: str) -> list[Cue]:
    """Every cue in order; one in which several people speak is cut in as many."""
    return [
        Cue(
            start=caption.start_time.in_milliseconds(),
            end=caption.end_time.in_milliseconds(),
            speaker=speaker,
            text=words,
        )
        for caption in webvtt.from_string(text).captions
        for speaker, words in _voices(caption.raw_text)
    ]


def _voices(raw: str) -> Iterator[tuple[str, str]]:
    """(speaker, words) of a cue's text, its other tags left out."""
    before, *named = VOICE.split(raw)
    for speaker, words in [("", before), *zip(named[::2], named[1::2], strict=True)]:
        if plain := _plain(words):
            yield _plain(speaker), plain


def _plain(text: str) -> str:
    return SPACES.sub(" ", unescape(TAG.sub("", text))).strip()
