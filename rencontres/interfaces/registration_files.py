"""The list of those who registered, for a spreadsheet. No cell of it is ever run."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone

from core.csv_export import Value, csv_response
from core.workbook import Column, Sheet, write_workbook
from rencontres.domain.queries.registrations import Line, roll_of
from rencontres.models import EventPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("nom", 28),
    Column("courriel", 30),
    Column("organisme ou communauté", 28),
    Column("état", 16),
    Column("rang d’attente", 10),
    Column("ateliers", 36),
    Column("besoins", 40),
    Column("inscrite le", 12),
    Column("présente", 10),
)


def registrations_file(event: EventPage, kind: str, *, banner: str = "") -> HttpResponseBase:
    """`kind`: csv or xlsx. Those who cancelled are not in it: nothing is kept of them."""
    name = f"inscriptions-{event.pk}.{kind}"
    if kind == "csv":
        return csv_response(name, _with_headings(event, banner))
    book = write_workbook(
        [Sheet("Inscriptions", COLUMNS, list(_rows(event)), frozen=1)],
        title=f"Inscriptions: {event.title}",
        banner=banner,
    )
    answer = HttpResponse(book, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _with_headings(event: EventPage, banner: str) -> Iterator[list[Value]]:
    if banner:
        yield [banner]
    yield [column.heading for column in COLUMNS]
    yield from _rows(event)


def _rows(event: EventPage) -> Iterator[list[Value]]:
    roll = roll_of(event)
    for line in roll.confirmed:
        yield _row(line, None)
    for rank, line in enumerate(roll.waiting, start=1):
        yield _row(line, rank)


def _row(line: Line, rank: int | None) -> list[Value]:
    one = line.registration
    return [
        one.name,
        one.email,
        one.organisation,
        one.get_state_display(),
        rank,
        "; ".join(workshop.title for workshop in line.workshops),
        one.needs,
        timezone.localtime(one.registered_at).date(),
        one.came,
    ]
