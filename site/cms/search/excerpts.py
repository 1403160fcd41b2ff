"""Where the words stand: a piece of the text around them, and the words marked."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.search.models import PublicText
from core.search_words import places_of

LENGTH = 220
BEFORE = 60


def highlighted(text: str, stems: Collection[str]) -> SafeString:
    """The text, escaped, with each word that answers inside `<mark>`."""
    composed = unicodedata.normalize("NFC", text)
    pieces, done = [], 0
    for start, end in places_of(composed, stems):
        pieces.append((composed[done:start], composed[start:end]))
        done = end
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marked, composed[done:])


def excerpt(text: str, stems: Collection[str], *, length: int = LENGTH) -> SafeString:
    """About `length` signs around the words that answer, cut between words, and marked."""
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    start = _best_start(composed, places_of(composed, stems), length)
    end = min(len(composed), start + length)
    if end < len(composed):
        end = max(composed.rfind(" ", start + 1, end), start + 1)
    cut = highlighted(composed[start:end], stems)
    before, after = "… " if start else "", " …" if end < len(composed) else ""
    return format_html("{}{}{}", before, cut, after)


def excerpts_of(page_ids: Iterable[int], stems: Collection[str]) -> dict[int, SafeString]:
    """The excerpt of each page that has a text, in one query."""
    texts = PublicText.objects.filter(pk__in=list(page_ids)).values_list("pk", "text")
    return {pk: excerpt(text, stems) for pk, text in texts}


def _best_start(text: str, hits: list[tuple[int, int]], length: int) -> int:
    """A little before the word from which most others follow within the length."""
    if not hits:
        return 0
    room = length - BEFORE
    starts = [start for start, _ in hits]
    best = max(
        enumerate(starts),
        key=lambda ranked: (bisect_left(starts, ranked[1] + room) - ranked[0], -ranked[1]),
    )[1]
    if best <= BEFORE:
        return 0
    return text.find(" ", best - BEFORE) + 1
