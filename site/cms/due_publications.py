"""Pages and snippets whose hour has come, published or taken back one by one by the worker.

Wagtail's `publish_scheduled` does the same, but one that fails keeps every other waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from django.apps import apps
from wagtail.models import DraftStateMixin, Page, Revision

from background.each_alone import each_alone

EVERY = timedelta(minutes=5)
CLAIM = timedelta(minutes=15)


def publish_what_is_due(now: datetime) -> int:
    """How many were done. One that cannot be stays as it is, is logged, and is tried again."""
    return each_alone("À l’heure dite", chain(_to_take_back(now), _to_publish(now)))


def _to_take_back(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    for model in [Page, *(model for model in drafted if not issubclass(model, Page))]:
        for one in model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"):
            take_back = partial(
                one.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"
            )
            yield f"{model.__name__} {one.pk}", take_back


def _to_publish(now: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in due:
        # Its hour is past: publishing makes it live.
        publish = partial(revision.publish, log_action="wagtail.publish.scheduled")
        yield f"révision {revision.pk}", publish
