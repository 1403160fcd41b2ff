"""The rendez-vous: when, where, for how many, what is offered; and the poster that says it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.contacts import contacts_purge_date
from appreciation.domain.invitation_links import open_page_url
from appreciation.domain.invitations import expected_people, invited_meeting
from appreciation.domain.meeting_plan import planned_meeting
from appreciation.domain.practicals import save_invitation, stored_plan
from appreciation.domain.reminders import reminder_time
from appreciation.enums import Phase
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.invitation_forms import InvitationPlanForm
from appreciation.models import Appraisal, Meeting
from appreciation.views.guards import SAVED, appraisal_view, meeting_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal
from core.qr_code import qr_code


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def invitation_plan(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    form = _form(appraisal, typed_text(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, appraisal, form)
    try:
        save_invitation(
            appraisal=appraisal,
            user=request.user,
            seen=form.cleaned_data["seen"],
            wanted=form.wanted(),
        )
    except ConcurrentEditError as conflict:
        stored = _form(appraisal, None)
        form.data = form.data.copy()
        form.data["seen"] = stored.initial["seen"]
        more = {"conflict": str(conflict), "differences": differences(form, stored)}
        return _page(request, appraisal, form, status=409, **more)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _page(request, appraisal, form)
    messages.success(request, "Le rendez-vous est enregistré.", extra_tags=SAVED)
    return redirect("space:invitation_plan", appraisal.reference)


def _form(appraisal: Appraisal, data) -> InvitationPlanForm:
    plan = stored_plan(appraisal, planned_meeting(appraisal))
    return InvitationPlanForm(data, plan=plan, default_day=appraisal.expected_on)


def _page(
    request: HttpRequest,
    appraisal: Appraisal,
    form: InvitationPlanForm,
    *,
    status: int = 0,
    **more: object,
) -> HttpResponse:
    meeting = invited_meeting(appraisal)
    context = {
        "appraisal": appraisal,
        "form": form,
        "meeting": meeting,
        "expected": expected_people(appraisal, meeting),
        "reminder_at": reminder_time(meeting) if meeting else None,
        "open_page": open_page_url(meeting) if meeting and meeting.is_open_to_all else "",
        "purge_on": contacts_purge_date(appraisal),
        **stepper(appraisal, shown=Phase.CONVENING),
        **more,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "convening/plan.html", context, status=status)


@meeting_view("GET", "HEAD")
def poster(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One sheet to pin up; its address leads to the page, which says a new date by itself."""
    address = open_page_url(meeting)
    context = {
        "meeting": meeting,
        "appraisal": meeting.appraisal,
        "address": address,
        "qr": qr_code(address),
        "practicals": meeting.appraisal.practicals.all(),
    }
    return render(request, "convening/poster.html", context)
