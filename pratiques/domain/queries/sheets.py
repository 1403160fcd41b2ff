"""The practice sheets that everyone may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

PAGE_SIZE = 20


def live_sheets() -> PageQuerySet:
    """Live, unrestricted sheets, the last checked first, with what a list shows of them."""
    return (
        apps.get_model("pratiques", "PracticePage")
        .objects.live()
        .public()
        .order_by("-verified_on", "-pk")
        .prefetch_related("places", "issues", "dimensions")
    )
