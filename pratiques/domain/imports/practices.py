"""Sheets from a file into the catalogue: drafts, all or nothing, never over an editor's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cms.bulk_pages import BATCH, add_drafts, index_drafts
from core.errors import DomainError
from core.imports import ImportRefusedError, Outcome
from pratiques.domain.completeness import too_long
from pratiques.domain.imports.mapping import LIST_FIELDS, ROW_FIELDS, PracticeMapping
from pratiques.domain.imports.records import Record, label_of, read_file
from pratiques.domain.imports.sheet_values import ROW_MODELS, Writer, rows_of, value_of
from pratiques.models import (
    CataloguePage,
    ImportedValues,
    PracticePage,
)

if TYPE_CHECKING:
    from accounts.models import User

Tell = Callable[[int, str], None]
IN_REVIEW = "la fiche est en relecture ou verrouillée: rien n’y a été changé."


@dataclass
class Change:
    """What the file would change in one sheet; `kept` names what an editor rewrote."""

    record: Record
    page: PracticePage
    values: dict[str, Any]
    kept: list[str] = field(default_factory=list)


@dataclass
class Plan:
    """What an import would do. `problems`: it would do nothing at all. `remarks`: to know."""

    created: list[Record] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    left_out: int = 0
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        updated = sum(bool(change.values) for change in self.changed)
        same = self.unchanged + len(self.changed) - updated
        return Outcome(len(self.created), updated, same)


def import_practices(
    content: bytes,
    *,
    file_name: str,
    mapping: PracticeMapping | None = None,
    dry_run: bool = False,
    user: User | None = None,
    tell: Tell = lambda percent, words: None,
) -> Plan:
    """Create and complete sheets. One refused line refuses the whole file.

    A new sheet is a draft. A published one gets a draft of its changes, which an editor publishes.
    A field that an editor rewrote since the last import stays as it is, and is told. The same file
    again changes nothing. Whatever can be done before writing is done before: the database is held
    for a few seconds only.
    """
    plan = plan_import(content, mapping=mapping, tell=tell)
    if plan.problems:
        raise ImportRefusedError(plan.problems)
    if not dry_run and (plan.created or plan.changed):
        tell(80, "Enregistrement")
        made = write_plan(plan, file_name=file_name, user=user)
        index_drafts(
            made,
            related=(*LIST_FIELDS, *ROW_MODELS, "results"),
            tell=lambda done: tell(85 + 14 * done // len(made), f"Recherche: {done} fiches"),
        )
    return plan


def plan_import(
    content: bytes,
    *,
    mapping: PracticeMapping | None = None,
    tell: Tell = lambda percent, words: None,
) -> Plan:
    """Read the file and compare it with the catalogue; nothing is written."""
    found = read_file(content, mapping, lambda percent, words: tell(percent * 7 // 10, words))
    plan = Plan(left_out=found.left_out, problems=found.problems)
    if plan.problems:
        return plan
    known = _known_sheets([record.key for record in found.records])
    tell(70, "Comparaison avec le catalogue")
    for record in found.records:
        page = known.get(record.key)
        if page is None:
            plan.created.append(record)
            plan.remarks += _too_long(record)
        else:
            _compare(plan, record, page)
    if plan.left_out:
        lines = "1 ligne laissée" if plan.left_out == 1 else f"{plan.left_out} lignes laissées"
        plan.remarks.insert(0, f"{lines} de côté par la correspondance.")
    return plan


def _known_sheets(keys: Sequence[str]) -> dict[str, PracticePage]:
    found: dict[str, PracticePage] = {}
    for start in range(0, len(keys), BATCH):
        pages = PracticePage.objects.filter(source_key__in=keys[start : start + BATCH])
        for page in pages.select_related("imported"):
            found[str(page.source_key)] = page
    return found


def _compare(plan: Plan, record: Record, page: PracticePage) -> None:
    """Only what the file says otherwise than last time is looked at."""
    before = _last_said(page)
    news = {
        name: value
        for name, value in record.values.items()
        if name not in before or before[name] != value
    }
    if not news:
        plan.unchanged += 1
        return
    if page.locked or page.current_workflow_state is not None:
        plan.unchanged += 1
        plan.remarks.append(f"{record.where}, « {page.title} »: {IN_REVIEW}")
        return
    draft = page.get_latest_revision_as_object()
    change = Change(record, page, {})
    for name, value in news.items():
        now = value_of(draft, name)
        if now == value:
            continue
        if name in before and now == before[name]:
            change.values[name] = value
        else:
            change.kept.append(name)
    plan.changed.append(change)
    plan.remarks += _told(change)


def _last_said(page: PracticePage) -> dict[str, Any]:
    imported = getattr(page, "imported", None)
    return imported.values if imported else {}


def _told(change: Change) -> list[str]:
    start = f"{change.record.where}, « {change.page.title} »"
    said = []
    if change.kept:
        names = ", ".join(label_of(name) for name in change.kept)
        said.append(f"{start}: modifié ici depuis le dernier import, gardé tel quel ({names}).")
    if change.values and change.page.live:
        said.append(f"{start}: la fiche est publiée; ses changements attendent dans un brouillon.")
    return said


def _too_long(record: Record) -> list[str]:
    """A text longer than a sheet may publish is kept whole; an editor shortens it."""
    plain = {name: value for name, value in record.values.items() if isinstance(value, str)}
    return [
        f"{record.where}, « {label_of(name)} »: {said}"
        for name, said in too_long(PracticePage(**plain)).items()
    ]


@transaction.atomic
def write_plan(plan: Plan, *, file_name: str, user: User | None) -> list[PracticePage]:
    """All of it, or nothing; the sheets that are new.

    Somebody may have imported the same meanwhile: then nothing.
    """
    catalogue = CataloguePage.objects.select_for_update().first()
    if catalogue is None:
        raise DomainError("Le site n’a pas de catalogue: créez-en la page, puis recommencez.")
    keys = [record.key for record in plan.created]
    if _known_sheets(keys):
        raise DomainError("Un autre import vient de créer ces fiches: recommencez.")
    writer = Writer()
    made = _create(catalogue, plan.created, writer, file_name, user)
    for change in plan.changed:
        _update(change, writer, file_name, user)
    return made


def _create(
    catalogue: CataloguePage,
    records: list[Record],
    writer: Writer,
    file_name: str,
    user: User | None,
) -> list[PracticePage]:
    pages = []
    for record in records:
        page = PracticePage(source_key=record.key, consent_given=False)
        for name, value in record.values.items():
            if name not in (*LIST_FIELDS, *ROW_FIELDS):
                writer.set_value(page, name, value)
        pages.append(page)
    add_drafts(catalogue, pages, user=user)
    made = list(zip(pages, records, strict=True))
    for name in LIST_FIELDS:
        _link(name, made, writer)
    for name, model in ROW_MODELS.items():
        rows = []
        for page, record in made:
            for row in rows_of(name, record.values.get(name, [])):
                row.practice_id = page.pk
                rows.append(row)
        model.objects.bulk_create(rows, batch_size=BATCH)
    ImportedValues.objects.bulk_create(
        [
            ImportedValues(practice_id=page.pk, values=record.values, file_name=file_name[:200])
            for page, record in made
        ],
        batch_size=BATCH,
    )
    return pages


def _link(name: str, made: list[tuple[PracticePage, Record]], writer: Writer) -> None:
    """The issues (dimensions…) of all new sheets, in one go."""
    relation = PracticePage._meta.get_field(name)
    through = relation.remote_field.through
    to = relation.m2m_reverse_field_name()
    links = [
        through(practicepage_id=page.pk, **{to: writer.referred[name][code]})
        for page, record in made
        for code in record.values.get(name, [])
    ]
    through.objects.bulk_create(links, batch_size=BATCH)


def _update(change: Change, writer: Writer, file_name: str, user: User | None) -> None:
    if change.values:
        has_revision = change.page.latest_revision_id is not None or change.page.live
        page = change.page.get_latest_revision_as_object()
        for name, value in change.values.items():
            writer.set_value(page, name, value)
        if has_revision:
            # What is not public may be incomplete, as any draft.
            page.save_revision(user=user, log_action=True, clean=False)
        else:
            page.save(user=user, log_action="wagtail.edit")
    ImportedValues.objects.update_or_create(
        practice=change.page,
        defaults={
            "values": change.record.values,
            "file_name": file_name[:200],
            "imported_at": timezone.now(),
        },
    )
