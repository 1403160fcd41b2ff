"""The words of public pages, counted by page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from django.db.models import F

from cms.search.models import SearchWord
from core.search_words import stem, written_words

AT_ONCE = 500


def words_of(*texts: str) -> dict[str, str]:
    """Folded word → as it is written; small letters are preferred to capitals."""
    words: dict[str, str] = {}
    for text in texts:
        composed = unicodedata.normalize("NFC", text)
        for start, end, folded in written_words(composed):
            written = composed[start:end]
            if folded not in words or (written.islower() and not words[folded].islower()):
                words[folded] = written
    return words


def replace_words(*, former: dict[str, str], present: dict[str, str]) -> None:
    """A page that bore the `former` words bears the `present` ones."""
    for some in _some_at_once(former.keys() - present.keys()):
        SearchWord.objects.filter(word__in=some).update(pages=F("pages") - 1)
        SearchWord.objects.filter(word__in=some, pages=0).delete()
    for some in _some_at_once(present.keys() - former.keys()):
        known = set(SearchWord.objects.filter(word__in=some).values_list("word", flat=True))
        SearchWord.objects.filter(word__in=known).update(pages=F("pages") + 1)
        SearchWord.objects.bulk_create(
            SearchWord(word=word, written=present[word][:60], stem=stem(word))
            for word in some
            if word not in known
        )


def _some_at_once(words: Iterable[str]) -> Iterator[list[str]]:
    """Few enough for one statement."""
    ordered = sorted(words)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
