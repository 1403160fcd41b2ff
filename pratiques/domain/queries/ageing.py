"""Sheets that nobody has checked for too long, and what their holders said of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Prefetch, Q
from django.utils import timezone
from wagtail.permission_policies.pages import PagePermissionPolicy

from pratiques.domain.readers import sheets_written_by

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from accounts.models import User


def ageing_sheets(*, today: dt.date | None = None) -> PageQuerySet:
    """Live sheets whose review is due, or whose holder says that something changed.

    The oldest review first; each with its open question in `open_checks` (one at most).
    """
    day = today or timezone.localdate()
    checks = apps.get_model("pratiques", "FreshnessCheck").objects.filter(closed_at=None)
    told = checks.exclude(reply="").values("practice")
    return (
        apps.get_model("pratiques", "PracticePage")
        .objects.live()
        .filter(Q(review_due_on__lte=day) | Q(pk__in=told))
        .order_by("review_due_on", "pk")
        .prefetch_related(Prefetch("freshness_checks", queryset=checks, to_attr="open_checks"))
    )


def ageing_sheets_of(user: User, *, today: dt.date | None = None) -> PageQuerySet:
    """Those of them that this person may publish: by her rights on pages, or by their places."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "publish")
    hers = Q(pk__in=allowed.values("pk")) | Q(pk__in=sheets_written_by(user).values("pk"))
    return ageing_sheets(today=today).filter(hers)
