"""A démarche as plain tables: every model that hangs on it, read through the inventory of data.

Left out: what is one person's own (the inventory says « row »), addresses, telephones and secrets,
and each person's answers, which leave as results and as rows without their origin.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from appreciation.models import Appraisal
from core.csv_export import Value, cell_text, restore
from core.personal_data import Category, Erasure, Holding, read_register

ANSWERS = frozenset(
    {
        "Rating",
        "RatingCount",
        "RatingCorrection",
        "HandCount",
        "ExitAnswer",
        "ExitHandCount",
        "Seat",
        "SectorTally",
        "GroupTally",
        "Comment",
        "Round",
        "DotCount",
        "DotVote",
    }
)
"""They leave as results and as shuffled rows (DESIGN.md §5)."""
NOT_CONTENT = frozenset({"ExportJob", "HelpRequest", "HelpMessage", "FrequentQuestion"})
"""Help is between who asks and the coordination: not for the rest of the team."""
KEPT_INSIDE = frozenset({Category.EMAIL, Category.PHONE, Category.SECRET, Category.TRACE})
MOST_WAYS = 12
"""Far more than there are: keys that turn in a circle would never end."""
TECHNICAL = frozenset({"id", "appraisal", "search_text", "snapshot", "creation_key", "token"})


@dataclass(frozen=True)
class Table:
    """`name` for a file, `title` for people; `codes` are the names of the fields."""

    name: str
    title: str
    codes: list[str]
    headings: list[str]
    rows: list[list[Value]]

    def pairs(self) -> Iterator[list[tuple[str, str]]]:
        """Each row as (heading, text), without what is empty."""
        for row in self.rows:
            texts = [restore(cell_text(value)) for value in row]
            yield [pair for pair in zip(self.headings, texts, strict=True) if pair[1]]

    def as_json(self) -> list[dict[str, object]]:
        return [
            {
                code: value.isoformat() if isinstance(value, dt.date) else value
                for code, value in zip(self.codes, row, strict=True)
            }
            for row in self.rows
        ]


def tables_of(appraisal: Appraisal) -> Iterator[Table]:
    """The démarche first, then what hangs on it; a table without rows is left out."""
    yield _table(Appraisal, Appraisal.objects.filter(pk=appraisal.pk))
    for model, path in hanging_models():
        rows = model._default_manager.filter(**{path: appraisal}).distinct()
        if model.__name__ == "Meeting" or rows.exists():
            yield _table(model, rows)


def hanging_models() -> Iterator[tuple[type[models.Model], str]]:
    """Every model that keys lead from to the démarche, however many, and that may leave.

    A démarche that does this one again is another one: it has a copy of its own.
    """
    for model in apps.get_app_config("appreciation").get_models():
        if model is Appraisal or _stays(model):
            continue
        if any(key.related_model.__name__ == "Seat" for key in _keys(model)):
            continue
        if path := _path_to_appraisal(model):
            yield model, path


def _stays(model: type[models.Model]) -> bool:
    held = read_register().get(model._meta.label)
    return (
        model.__name__ in ANSWERS | NOT_CONTENT
        or issubclass(model, Page)
        or (held is not None and _is_of_people(held))
    )


def _path_to_appraisal(model: type[models.Model]) -> str:
    """The shortest way by keys that are always filled; never through what stays."""
    ways = [(model, "")]
    for reached, path in ways:
        for key in _keys(reached):
            target = key.related_model
            if target is Appraisal:
                return f"{path}{key.name}"
            is_ours = target._meta.app_label == "appreciation"
            if is_ours and not key.null and not _stays(target) and len(ways) < MOST_WAYS:
                ways.append((target, f"{path}{key.name}__"))
    return ""


def _is_of_people(held: Holding) -> bool:
    """A list of people: each row one person's own, or with a way to reach her."""
    reached = {Category.EMAIL, Category.PHONE} & set(held.fields.values())
    is_appraisal = held.label == Appraisal._meta.label
    return held.erasure == Erasure.ROW or (bool(reached) and not is_appraisal)


def _keys(model) -> list[models.ForeignKey]:
    return [field for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]


def _table(model: type[models.Model], rows: models.QuerySet) -> Table:
    fields = list(_told_fields(model))
    keys = [field.name for field in fields if isinstance(field, models.ForeignKey)]
    return Table(
        name=model._meta.model_name or "",
        title=str(model._meta.verbose_name_plural),
        codes=[field.name for field in fields],
        headings=[str(field.verbose_name) for field in fields],
        rows=[[_value(row, field) for field in fields] for row in rows.select_related(*keys)],
    )


def _told_fields(model: type[models.Model]) -> Iterator[models.Field]:
    held = read_register().get(model._meta.label)
    categories = held.fields if held else {}
    for field in model._meta.local_fields:
        if field.name not in TECHNICAL and categories.get(field.name) not in KEPT_INSIDE:
            yield field


def _value(row: models.Model, field: models.Field) -> Value:
    value = getattr(row, field.name)
    if value is None or isinstance(value, bool | int | float):
        return getattr(row, f"get_{field.name}_display")() if field.choices else value
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return str(value)
