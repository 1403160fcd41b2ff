"""The template to fill in and the answers row by row, as CSV or XLSX (FEATURES.md L4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from appreciation.domain.questionnaire import questionnaire_for
from appreciation.interfaces.ratings_workbook import (
    XLSX,
    export_table,
    export_workbook,
    ratings_template,
    template_headings,
)
from appreciation.models import Meeting
from appreciation.views.guards import meeting_view
from core.csv_export import csv_response
from core.errors import DomainError
from core.typography import fr_typo
from reference.models import Sector


@meeting_view("GET", "HEAD", to_edit=True)
def template(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if request.GET.get("format") == "csv":
        headings = template_headings(questionnaire_for(meeting.instrument))
        return csv_response(f"gabarit-{meeting.reference}.csv", [headings])
    sectors = list(Sector.objects.filter(is_active=True).values_list("name", flat=True))
    return _xlsx(ratings_template(meeting, sectors), f"gabarit-{meeting.reference}.xlsx")


@meeting_view("GET", "HEAD", to_edit=True)
def export(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Row by row, for the people who lead the démarche only."""
    try:
        table = export_table(meeting)
    except DomainError as error:
        messages.error(request, fr_typo(str(error)))
        return redirect("space:ratings_import", meeting.reference)
    name = f"reponses-{meeting.reference}"
    if request.GET.get("format") == "xlsx":
        return _xlsx(export_workbook(table), f"{name}.xlsx")
    return csv_response(f"{name}.csv", table)


def _xlsx(content: bytes, filename: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
