"""Table groups, then the plenary: each table's level is a statement by that group.

It enters no count of answers and no average; k does not apply, as for agreed ratings (DESIGN.md
§5). Tables stand side by side; the plenary's own level is the `AgreedRating`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from appreciation.domain.actors import Actor
from appreciation.domain.gestures import begin, ensure_opened
from appreciation.domain.questionnaire import QuestionnaireItem, questionnaire_for
from appreciation.enums import RATING_KINDS
from appreciation.models import DiscussionTable, Meeting, TableRating
from core.errors import ConcurrentEditError, DomainError

MOST_TABLES = 40
TOO_LATE = "Quelqu’un a enregistré cette table pendant que vous écriviez."


@dataclass(frozen=True)
class TableSaid:
    """What a table settled on for one item, in the words of the scale; « pas de niveau » too."""

    number: int
    people: int | None
    label: str
    note: str


def set_tables(*, meeting: Meeting, actor: Actor, count: int) -> None:
    """How many tables there are. Fewer: only tables that said nothing go."""
    if not 0 <= count <= MOST_TABLES:
        message = f"De 0 à {MOST_TABLES} tables."
        raise DomainError(message, fields={"count": message})
    with transaction.atomic():
        locked = begin(meeting, actor)
        if locked.kind not in RATING_KINDS:
            raise DomainError("Rien ne s’apprécie à cette rencontre.")
        beyond = locked.tables.filter(number__gt=count)
        if TableRating.objects.filter(table__in=beyond).exists():
            raise DomainError("Une table de trop a déjà dit son niveau: videz-la d’abord.")
        beyond.delete()
        known = set(locked.tables.values_list("number", flat=True))
        DiscussionTable.objects.bulk_create(
            DiscussionTable(meeting=locked, number=number)
            for number in range(1, count + 1)
            if number not in known
        )


def save_table(
    *,
    table: DiscussionTable,
    actor: Actor,
    version: int,
    people: int | None,
    said: Mapping[int, tuple[int | None, str]],
) -> DiscussionTable:
    """`said` gives, by item, a level (None: none) and a sentence; an empty pair takes it away.

    ConcurrentEditError when somebody saved this table since `version`, unless both wrote the same.
    """
    with transaction.atomic():
        locked = begin(table.meeting, actor)
        ensure_opened(locked)
        items = questionnaire_for(locked.instrument).items_by_id
        stored = DiscussionTable.objects.get(pk=table.pk)
        wanted = {pk: pair for pk, pair in said.items() if pair != (None, "")}
        _check(wanted, items)
        kept = {row.item_id: (row.level, row.note) for row in stored.ratings.all()}
        if (kept, stored.people) == (wanted, people):
            return stored
        if stored.version != version:
            raise ConcurrentEditError(TOO_LATE, theirs=_in_words(kept, items))
        stored.ratings.all().delete()
        TableRating.objects.bulk_create(
            TableRating(table=stored, item_id=pk, level=level, note=note)
            for pk, (level, note) in wanted.items()
        )
        stored.people, stored.version = people, stored.version + 1
        stored.save()
        return stored


def said_by_tables(meeting: Meeting) -> dict[int, list[TableSaid]]:
    """`{item: what each table said}`, tables in order. One query, two for the instrument."""
    items = questionnaire_for(meeting.instrument).items_by_id
    said: dict[int, list[TableSaid]] = {}
    for row in TableRating.objects.filter(table__meeting=meeting).select_related("table"):
        item = items.get(row.item_id)
        if item is not None:
            label = _label(item, row.level)
            line = TableSaid(row.table.number, row.table.people, label, row.note)
            said.setdefault(row.item_id, []).append(line)
    return said


def _check(
    said: Mapping[int, tuple[int | None, str]], items: Mapping[int, QuestionnaireItem]
) -> None:
    for pk, (level, _) in said.items():
        if pk not in items:
            raise DomainError("Cet énoncé ne fait pas partie de l’instrument. Rechargez la page.")
        if level is not None and not 1 <= level <= len(items[pk].levels):
            raise DomainError(f"Choisissez un niveau de 1 à {len(items[pk].levels)}.")


def _label(item: QuestionnaireItem, level: int | None) -> str:
    return item.levels[level - 1].label if level else "pas de niveau"


def _in_words(
    kept: Mapping[int, tuple[int | None, str]], items: Mapping[int, QuestionnaireItem]
) -> str:
    lines = [
        f"{items[pk].text}: {_label(items[pk], level)}. {note}".strip()
        for pk, (level, note) in kept.items()
        if pk in items
    ]
    return "\n".join(lines) or "Rien: la table a été vidée."
