"""What a sheet holds, said as an import would say it, and the other way round."""

from __future__ import annotations

import datetime
from typing import Any

from core.rich_text import canonical
from pratiques.domain.imports.mapping import DATE_FIELDS, LIST_FIELDS, RICH_FIELDS, ROW_FIELDS
from pratiques.models import (
    PracticeDocument,
    PracticeMoment,
    PracticePage,
    PracticePartner,
)
from reference.models import Dimension, Issue, Place, Sector

ROWS = {"partners": ("name", "support"), "moments": ("when", "text"), "files": ("title", "url")}
ROW_MODELS: dict[str, Any] = {
    "partners": PracticePartner,
    "moments": PracticeMoment,
    "files": PracticeDocument,
}
KNOWN_BY = {"issues": "code", "dimensions": "code", "sectors": "code", "places": "slug"}


def value_of(page: PracticePage, name: str) -> Any:
    """The same shape as in a `Record`, so that the two can be compared."""
    if name in LIST_FIELDS:
        return sorted(getattr(each, KNOWN_BY[name]) for each in getattr(page, name).all())
    if name in ROWS:
        return [[getattr(row, each) for each in ROWS[name]] for row in getattr(page, name).all()]
    value = getattr(page, name)
    if name in RICH_FIELDS:
        return canonical(value)
    if name in DATE_FIELDS:
        return value.isoformat() if value else None
    return value


class Writer:
    """Puts values into sheets; what they refer to is read once."""

    def __init__(self) -> None:
        self.referred: dict[str, dict[str, Any]] = {
            "issues": {row.code: row for row in Issue.objects.all()},
            "dimensions": {row.code: row for row in Dimension.objects.all()},
            "sectors": {row.code: row for row in Sector.objects.all()},
            "places": {row.slug: row for row in Place.objects.all()},
        }

    def set_value(self, page: PracticePage, name: str, value: Any) -> None:
        if name in LIST_FIELDS:
            setattr(page, name, [self.referred[name][code] for code in value])
        elif name in ROW_FIELDS:
            setattr(page, name, rows_of(name, value))
        elif name in DATE_FIELDS and value:
            setattr(page, name, datetime.date.fromisoformat(value))
        else:
            setattr(page, name, value)


def rows_of(name: str, value: list[list[str]]) -> list[Any]:
    """Child rows, not saved yet, in their order."""
    model = ROW_MODELS[name]
    return [
        model(**dict(zip(ROWS[name], row, strict=True)), sort_order=rank)
        for rank, row in enumerate(value)
    ]
