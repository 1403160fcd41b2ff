"""Where the words stand: a piece of the text around them, and the words marked."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.search.models import PublicText
from cms.search.places import Spans, spans_of
from core.search_words import places_of

LENGTH = 220
BEFORE = 60


def highlighted(text: str, stems: Collection[str]) -> SafeString:
    """The text, escaped, with each word that answers inside `<mark>`."""
    composed = unicodedata.normalize("NFC", text)
    return _marked(composed, places_of(composed, stems))


def excerpts_of(page_ids: Iterable[int], stems: Collection[str]) -> dict[int, SafeString]:
    """The excerpt of each page that has a text, in one query."""
    rows = PublicText.objects.filter(pk__in=list(page_ids)).values_list("pk", "text", "places")
    return {pk: excerpt(text, spans_of(text, places, stems)) for pk, text, places in rows}


def excerpt(text: str, hits: Spans, *, length: int = LENGTH) -> SafeString:
    """About `length` signs of a kept text around the words that answer, cut between words."""
    start = _best_start(text, hits, length)
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start + 1, end), start + 1)
    inside = [(at - start, to - start) for at, to in hits if start <= at and to <= end]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, _marked(text[start:end], inside), after)


def _marked(text: str, hits: Spans) -> SafeString:
    pieces, done = [], 0
    for start, end in hits:
        pieces.append((text[done:start], text[start:end]))
        done = end
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marked, text[done:])


def _best_start(text: str, hits: Spans, length: int) -> int:
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
