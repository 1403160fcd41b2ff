"""The report: read, corrected, printed, and looked at as a neighbour would."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.domain.report import (
    assemble_report,
    report_from_snapshot,
    report_to_snapshot,
)
from appreciation.domain.report.guesses import free_texts, guesses
from appreciation.domain.report.sections import reset_section, save_section
from appreciation.enums import PUBLICATION_ORDER, RATING_KINDS, PublicationLevel
from appreciation.interfaces.report_document import present_report, report_rows
from appreciation.interfaces.report_forms import SectionForm
from appreciation.interfaces.report_levels import level_lines
from appreciation.models import Appraisal, ReportSection
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from core.csv_export import csv_response
from core.errors import ConcurrentEditError, DomainError


@appraisal_view("GET", "HEAD")
def report(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    context = present_report(assemble_report(appraisal)) | {
        "appraisal": appraisal,
        "can_edit": _can_edit(request, appraisal),
        "today": timezone.localdate(),
        "meetings": appraisal.meetings.filter(kind__in=RATING_KINDS).order_by("starts_at", "pk"),
    }
    return render(request, "reports/report.html", context)


@appraisal_view("GET", "HEAD")
def report_csv(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    return csv_response(
        f"rapport-{appraisal.reference}.csv", report_rows(assemble_report(appraisal))
    )


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def report_section(request: HttpRequest, appraisal: Appraisal, key: str) -> HttpResponse:
    """One paragraph: its text, and the assembled one to compare with."""
    paragraph = assemble_report(appraisal).paragraph(key)
    if paragraph is None:
        raise Http404
    stored = ReportSection.objects.filter(appraisal=appraisal, key=key).first()
    initial = {"text": paragraph.text, "version": stored.version if stored else 0}
    form = SectionForm(typed_text(request), initial=initial)
    context = {"appraisal": appraisal, "paragraph": paragraph, "form": form, "stored": stored}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            save_section(appraisal=appraisal, key=key, user=request.user, **form.cleaned_data)
        except ConcurrentEditError as error:
            context["theirs"], status = error.theirs, 409
            form.data = form.data.copy()
            form.data["version"] = initial["version"]
        else:
            words = f"«\N{NO-BREAK SPACE}{paragraph.title}\N{NO-BREAK SPACE}» est enregistré."
            messages.success(request, words, extra_tags=SAVED)
            return redirect("space:report", appraisal.reference)
    return render(request, "reports/section.html", context, status=422 if form.errors else status)


@appraisal_view("POST")
def report_section_reset(request: HttpRequest, appraisal: Appraisal, key: str) -> HttpResponse:
    """Back to the assembled text."""
    version = request.POST.get("version", "")
    try:
        reset_section(
            appraisal=appraisal, key=key, version=int(version) if version.isdecimal() else 0
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("space:report_section", appraisal.reference, key)
    messages.success(request, "Le texte assemblé est remis.")
    return redirect("space:report", appraisal.reference)


@appraisal_view("GET", "HEAD")
def privacy_preview(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """Exactly what leaves at one level: the report, through the snapshot that would be kept."""
    level = request.GET.get("niveau") or appraisal.announced_level
    if level not in PUBLICATION_ORDER:
        raise Http404
    seen = report_from_snapshot(report_to_snapshot(assemble_report(appraisal, level=level)))
    leaves = level != PublicationLevel.PRIVATE
    context = present_report(seen) | {
        "appraisal": appraisal,
        "level": PublicationLevel(level),
        "levels": level_lines(appraisal, chosen=level),
        "leaves": leaves,
        "guesses": guesses(seen) if leaves else (),
        "screened": free_texts(seen) if leaves else (),
        "hidden": [item for meeting in seen.meetings for item in meeting.items if item.is_hidden],
    }
    return render(request, "reports/privacy_preview.html", context)


def _can_edit(request: HttpRequest, appraisal: Appraisal) -> bool:
    return Appraisal.objects.editable_by(request.user).filter(pk=appraisal.pk).exists()
