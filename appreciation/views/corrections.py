"""The corrections that readers of the draft asked for, answered one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from appreciation.domain.corrections import (
    FINDINGS,
    SECTION_NAMES,
    corrections_of,
    decide_correction,
)
from appreciation.domain.report.texts import SECTION_TITLES
from appreciation.domain.restitution import restitution_window
from appreciation.domain.team import can_edit
from appreciation.interfaces.correction_forms import DecisionForm
from appreciation.models import Appraisal, Correction
from appreciation.views.guards import appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal

LONGEST_LINK = 60


@appraisal_view("GET", "HEAD", "POST")
def corrections(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    data = typed_text(request)
    lines = [(row, DecisionForm(data, stored=row)) for row in corrections_of(appraisal)]
    is_sent = request.method == "POST"
    if is_sent and any(_decide(request, row, form) for row, form in lines if form.is_bound):
        return redirect("space:corrections", appraisal.reference)
    findings = _finding_links(appraisal) if lines else []
    context = {
        "appraisal": appraisal,
        "lines": [_line(appraisal, row, form, findings) for row, form in lines],
        "waiting": sum(row.decided_at is None for row, _ in lines),
        "purged_on": restitution_window(appraisal).last_day,
        "may_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    return render(request, "space/corrections.html", context, status=422 if is_sent else 200)


def _decide(request: HttpRequest, row: Correction, form: DecisionForm) -> bool:
    if not form.is_valid():
        return False
    try:
        decide_correction(correction=row, user=request.user, **form.cleaned_data)
    except DomainError as refusal:
        add_refusal(form, refusal)
        if isinstance(refusal, ConcurrentEditError):
            form.add_error(None, f"Sa réponse: {refusal.theirs}")
            form.data = form.data.copy()
            form.data[form.add_prefix("version")] = row.version
        return False
    messages.success(request, "Votre réponse est inscrite: elle se lit avec le rapport.")
    return True


def _line(appraisal: Appraisal, row: Correction, form: DecisionForm, findings: list) -> dict:
    links = findings if row.section == FINDINGS else []
    if row.section in SECTION_TITLES:
        address = reverse("space:report_section", args=[appraisal.reference, row.section])
        links = [(f"Le paragraphe «\u00a0{SECTION_TITLES[row.section]}\u00a0»", address)]
    return {
        "row": row,
        "form": form,
        "section": SECTION_NAMES.get(row.section, ""),
        "links": links or [("Le rapport", reverse("space:report", args=[appraisal.reference]))],
        "contact": getattr(row, "contact", None),
    }


def _finding_links(appraisal: Appraisal) -> list[tuple[str, str]]:
    found = appraisal.findings.filter(meeting__isnull=False).select_related("meeting")
    return [
        (
            finding.text[:LONGEST_LINK],
            reverse("space:finding_edit", args=[finding.meeting.reference, finding.pk]),
        )
        for finding in found
    ]
