"""Where each stem stands in a text, written once when the page is saved.

Twenty excerpts would otherwise read twenty whole texts, word by word, for each search.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable

from core.search_words import WRITTEN_WORD, stem, written_words

Spans = list[tuple[int, int]]


def as_kept(texts: Iterable[str]) -> str:
    """Composed, on one line: places are counted in this text."""
    return " ".join(unicodedata.normalize("NFC", "\n".join(texts)).split())


def places_in(text: str) -> str:
    """« velo 0 24 », one line per stem, a line end on both sides so that a stem is found whole."""
    starts: dict[str, list[str]] = defaultdict(list)
    for start, _end, folded in written_words(text):
        starts[stem(folded)].append(str(start))
    lines = (f"{its_stem} {' '.join(some)}" for its_stem, some in starts.items() if its_stem)
    return "\n".join(["", *lines, ""]) if starts else ""


def spans_of(text: str, places: str, stems: Collection[str]) -> Spans:
    """Where the words of these stems stand in the kept text, in order."""
    starts = sorted(start for one in stems for start in _starts(places, one))
    found = (WRITTEN_WORD.match(text, start) for start in starts)
    return [word.span() for word in found if word]


def _starts(places: str, its_stem: str) -> list[int]:
    line = places.find(f"\n{its_stem} ")
    if line < 0:
        return []
    first = line + len(its_stem) + 2
    return [int(start) for start in places[first : places.index("\n", first)].split()]
