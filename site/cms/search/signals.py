"""What changes what everyone may read without saving a page of ours."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from cms.search.models import PublicText
from cms.search.upkeep import follow_page_below, forget_words


def connect() -> None:
    for signal in (page_unpublished, post_page_move):
        signal.connect(_page_changed, dispatch_uid="search")
    for signal in (post_save, post_delete):
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search")
    post_delete.connect(_text_gone, sender=PublicText, dispatch_uid="search")


def _page_changed(*, instance: Page, **_signal: Any) -> None:
    follow_page_below(instance.pk)


def _restriction_changed(*, instance: PageViewRestriction, **_signal: Any) -> None:
    follow_page_below(instance.page_id)


def _text_gone(*, instance: PublicText, **_signal: Any) -> None:
    forget_words(instance)
