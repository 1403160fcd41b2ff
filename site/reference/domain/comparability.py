"""When two editions speak of the same place: a merger or a split between them, and they do not."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from reference.domain.periods import bounds
from reference.enums import PlaceChangeKind
from reference.models import PlaceChange

Changes = dict[int, list[dt.date]]


def boundary_changes(places: Iterable[int] | None = None) -> Changes:
    """Days when the limits of each place changed. A new name changes no limit."""
    rows = PlaceChange.objects.exclude(kind=PlaceChangeKind.RENAMING)
    if places is not None:
        wanted = list(places)
        rows = rows.filter(Q(old__in=wanted) | Q(new__in=wanted))
    days: Changes = defaultdict(list)
    for old, new, day in rows.values_list("old_id", "new_id", "date"):
        for place in (old, new):
            days[place].append(day)
    return days


def are_comparable(changes: Changes, place: int, earlier: str, later: str) -> bool:
    """Whether the place is the same at both periods."""
    start, end = bounds(earlier)[0], bounds(later)[1]
    return not any(start < day <= end for day in changes.get(place, ()))
