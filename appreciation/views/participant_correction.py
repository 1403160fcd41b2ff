"""« Une erreur? Dites-le »: a reader of the draft corrects it, without account."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from appreciation.domain.corrections import (
    SECTION_NAMES,
    TooLateError,
    send_correction,
)
from appreciation.domain.restitution import find_restitution, window_of
from appreciation.interfaces.correction_forms import CorrectionForm
from appreciation.models import Meeting
from appreciation.views.participant_door import participant_screen, refuse_code
from appreciation.views.participant_report import not_indexed, report_is_over
from cms.public_forms import SENDINGS_WINDOW, TooManySendingsError
from core.errors import DomainError
from core.form_errors import add_refusal
from core.origin import origin_is_enough, visitor_address


@origin_is_enough
@require_http_methods(["GET", "HEAD", "POST"])
@not_indexed
@participant_screen
def correction(request: HttpRequest, code: str) -> HttpResponse:
    meeting = find_restitution(code)
    if meeting is None:
        return refuse_code(request, code)
    if request.method == "POST":
        return _receive(request, meeting)
    if not window_of(meeting.appraisal.restitution).is_open(timezone.now()):
        return report_is_over(request, meeting)
    section = request.GET.get("section", "")
    form = CorrectionForm(section=section if section in SECTION_NAMES else "")
    return _page(request, meeting, form)


def _receive(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = CorrectionForm(request.POST)
    if not window_of(meeting.appraisal.restitution).is_open(timezone.now()):
        return _too_late(request, meeting)
    if not form.is_valid():
        return _page(request, meeting, form, status=422)
    try:
        if not form.is_from_a_machine:
            address = visitor_address(request)
            send_correction(appraisal=meeting.appraisal, address=address, **form.correction())
    except TooLateError:
        return _too_late(request, meeting)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _page(
            request, meeting, form, status=429 if isinstance(refusal, TooManySendingsError) else 422
        )
    report = reverse("participant:report", args=[meeting.join_code])
    return redirect(f"{report}?merci#corrections")


def _too_late(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What was written stays on the screen, to be copied or read over the phone."""
    return report_is_over(request, meeting, sent_text=request.POST.get("text", ""))


def _page(
    request: HttpRequest, meeting: Meeting, form: CorrectionForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "form": form,
        "last_day": window_of(meeting.appraisal.restitution).last_day,
    }
    response = render(request, "participant/correction.html", context, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = str(int(SENDINGS_WINDOW.total_seconds()))
    return response
