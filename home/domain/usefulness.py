"""Counting what visitors say of a page, and telling editors where to look first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.db.models import F, Min, QuerySet, Sum
from django.utils import timezone
from wagtail.models import Page

from core.dates import start_of_day

if TYPE_CHECKING:
    from home.models import UsefulCount

KEPT = dt.timedelta(days=730)
TOLD_FOR = dt.timedelta(days=365)


def count_answer(*, page: Page, is_useful: bool, now: dt.datetime) -> None:
    """One more yes or no for this page today."""
    field = "yes" if is_useful else "no"
    day = timezone.localdate(now)
    with transaction.atomic():
        row, _ = _counts().get_or_create(page_id=page.pk, day=day)
        _counts().filter(pk=row.pk).update(**{field: F(field) + 1})


def answers_by_page(*, today: dt.date) -> QuerySet[UsefulCount]:
    """Totals of the last 12 months, the pages that helped least first."""
    return (
        _counts()
        .filter(day__gt=today - TOLD_FOR, page__live=True)
        .values("page_id", "page__title")
        .annotate(all_yes=Sum("yes"), all_no=Sum("no"))
        .order_by("-all_no", "all_yes", "page_id")
    )


def erase_old_counts(now: dt.datetime) -> int:
    """Two years are enough to see whether a page got better."""
    return _counts().filter(day__lt=timezone.localdate(now) - KEPT).delete()[0]


def next_old_count() -> dt.datetime | None:
    """When the oldest day is erased."""
    oldest = _counts().aggregate(Min("day"))["day__min"]
    return start_of_day(oldest + KEPT) if oldest else None


def _counts() -> QuerySet[UsefulCount]:
    return apps.get_model("home", "UsefulCount").objects
