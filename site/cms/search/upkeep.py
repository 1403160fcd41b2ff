"""Index, texts and words follow what everyone may read, in the transaction that changes it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import transaction
from modelsearch import index
from wagtail.models import Page

from cms.search.models import ContentVersion, PublicText, SearchWord
from cms.search.places import as_kept, places_in
from cms.search.vocabulary import AT_ONCE, add_words, replace_words, words_of
from core.search_words import stems
from core.typography import fr_typo

if TYPE_CHECKING:
    from cms.models import BasePage

ANYWHERE = "q0"
IN_TITLE = "q1"
READ = "_texts_being_indexed"


def indexed_stems(page: BasePage) -> str:
    """What the index holds of a page for our searches: its stems, marked, each once."""
    read = vars(page).get(READ)
    return _marked(page.title, tuple(page.public_texts() if read is None else read))


@transaction.atomic
def follow_page(page: BasePage) -> None:
    """A page was saved: what is found of it is what everyone may now read of it, or nothing.

    Wagtail's own signal indexes before the rows below the page are written: this comes after.
    """
    former = PublicText.objects.filter(page_id=page.pk).first()
    texts = page.public_texts()
    present = _text_of(page, texts) if _is_open(page) else None
    if former or present:
        ContentVersion.renew()
    _index(page, texts)
    if present is None:
        if former:
            former.delete()
        return
    before = words_of(former.title, former.text) if former else {}
    replace_words(former=before, present=words_of(present.title, present.text))
    present.save(force_insert=former is None)


def follow_page_below(page_id: int) -> None:
    """A page was moved, or those who may read it changed: so it is for all that lie under it."""
    top = Page.objects.filter(pk=page_id).first()
    if top is not None:
        for page in top.get_descendants(inclusive=True).specific().iterator():
            _follow(page)


def forget_words(text: PublicText) -> None:
    """A text is gone, with its page or without: its words are borne by one page less."""
    ContentVersion.renew()
    replace_words(former=words_of(text.title, text.text), present={})


@transaction.atomic
def rebuild() -> int:
    """Make texts and words anew from the pages; how many pages can be found."""
    PublicText.objects.all()._raw_delete(PublicText.objects.db)  # noqa: SLF001  no row to read first
    SearchWord.objects.all()._raw_delete(SearchWord.objects.db)  # noqa: SLF001  no row to read first
    pages = Page.objects.live().public().specific().iterator()
    add_texts(page for page in pages if hasattr(page, "public_texts"))
    return PublicText.objects.count()


@transaction.atomic
def add_texts(pages: Iterable[BasePage]) -> None:
    """Texts and words of pages that everyone may read, and that had none: in few statements."""
    ContentVersion.renew()
    found = (page for page in pages if page.is_found_by_search())
    while texts := [_text_of(page) for page in islice(found, AT_ONCE)]:
        PublicText.objects.bulk_create(texts)
        add_words(words_of(text.title, text.text) for text in texts)


def rebuild_all() -> int:
    """The index too, by Wagtail's own command."""
    call_command("update_index", verbosity=0)
    return rebuild()


def _follow(page: Page) -> None:
    if hasattr(page, "public_texts"):
        follow_page(page)


def _index(page: BasePage, texts: list[str]) -> None:
    """Of a draft too: the admin searches them.

    Wagtail asks for the stems of a page three times: the rows below it are read for the first one.
    """
    setattr(page, READ, texts)
    try:
        index.insert_or_update_object(page)
    finally:
        delattr(page, READ)


def _is_open(page: BasePage) -> bool:
    return page.live and page.is_found_by_search() and not page.get_view_restrictions().exists()


def _text_of(page: BasePage, texts: list[str] | None = None) -> PublicText:
    read = page.public_texts() if texts is None else texts
    text = as_kept(fr_typo(one) for one in read)  # excerpts are cut from it
    return PublicText(page_id=page.pk, title=page.title, text=text, places=places_in(text))


@lru_cache(maxsize=4)
def _marked(title: str, texts: tuple[str, ...]) -> str:
    """Wagtail asks for it three times for each page that it indexes."""
    in_title = {f"{IN_TITLE}{stem}" for stem in stems(title)}
    anywhere = {f"{ANYWHERE}{stem}" for text in (title, *texts) for stem in stems(text)}
    return " ".join(sorted(in_title | anywhere))
