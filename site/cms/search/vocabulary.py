"""The words of public pages, counted by page."""

from __future__ import annotations

import unicodedata
from collections import Counter
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


def add_words(texts: Iterable[dict[str, str]]) -> None:
    """The words of pages that bore none."""
    written: dict[str, str] = {}
    pages: Counter[str] = Counter()
    for words in texts:
        pages.update(words.keys())
        for word, its_form in words.items():
            written.setdefault(word, its_form)
    for some in _some_at_once(pages):
        known = SearchWord.objects.in_bulk(some)
        for word, row in known.items():
            row.pages += pages[word]
        SearchWord.objects.bulk_update(known.values(), ["pages"])
        SearchWord.objects.bulk_create(
            SearchWord(word=word, written=written[word][:60], stem=stem(word), pages=pages[word])
            for word in some
            if word not in known
        )


def _some_at_once(words: Iterable[str]) -> Iterator[list[str]]:
    """Few enough for one statement."""
    ordered = sorted(words)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
