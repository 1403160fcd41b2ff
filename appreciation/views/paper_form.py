"""The sheet to print, Letter paper, both sides (FEATURES.md P4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from appreciation.domain.joining import REPORT_GOES, own_consent_text
from appreciation.domain.questionnaire import QuestionnaireLevel, questionnaire_for
from appreciation.domain.restitution import LEVEL_READ
from appreciation.enums import ExitLevel, ExitQuestion
from appreciation.interfaces.paper_form import printed_form, sheet_numbers
from appreciation.models import Meeting
from appreciation.views.guards import meeting_view
from appreciation.views.restitution import report_address
from core.errors import DomainError
from core.qr_code import qr_code
from reference.models import Sector


@meeting_view("GET", "HEAD", rehearsed=True)
def paper_form(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    asked, error = request.GET.get("numeros", ""), ""
    try:
        numbers = sheet_numbers(asked)
    except DomainError as refusal:
        numbers, error = [None], str(refusal)
    scale = tuple(
        QuestionnaireLevel(level.position, level.label, level.anchor)
        for level in meeting.instrument.scale.levels.order_by("position")
    )
    report_url = report_address(request, meeting.join_code)
    context = {
        "meeting": meeting,
        "report_will_open": meeting.appraisal.announced_level in LEVEL_READ
        and not meeting.is_rehearsal,
        "report_url": report_url,
        "qr": qr_code(report_url),
        "form": printed_form(questionnaire_for(meeting.instrument), scale),
        "numbers": numbers,
        "report_goes": REPORT_GOES[meeting.appraisal.announced_level],
        "own_consent": own_consent_text(meeting.appraisal),
        "asked": asked,
        "error": error,
        "sectors": Sector.objects.filter(is_active=True) if meeting.asks_sector else (),
        "exit_questions": ExitQuestion.labels,
        "exit_levels": ExitLevel.labels,
    }
    return render(request, "entry/paper_form.html", context, status=422 if error else 200)
