"""All the meetings of a démarche, and the page of each one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.domain.gatherings import change_gathering, plan_gathering, remove_gathering
from appreciation.domain.minutes import minutes_of
from appreciation.domain.queries.meetings import meeting_lines, state_of_gathering
from appreciation.domain.team import can_edit
from appreciation.enums import RATING_KINDS, MeetingKind
from appreciation.interfaces.deliberation_board import findings_by_kind
from appreciation.interfaces.gathering_forms import GatheringForm
from appreciation.models import Appraisal, Meeting
from appreciation.views.guards import SAVED, appraisal_view, meeting_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal

KINDS = {
    "restitution": MeetingKind.RESTITUTION,
    "choix": MeetingKind.CHOICE,
    "suivi": MeetingKind.FOLLOW_UP,
}
PLANNED_AS = {
    MeetingKind.RESTITUTION: "Prévoir la soirée publique de restitution",
    MeetingKind.CHOICE: "Prévoir une autre soirée, pour choisir",
    MeetingKind.FOLLOW_UP: "Prévoir une rencontre de suivi",
}


@appraisal_view("GET", "HEAD")
def meetings(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    context = {
        "appraisal": appraisal,
        "groups": meeting_lines(appraisal, timezone.now()),
        "plans": [(PLANNED_AS[kind], slug) for slug, kind in KINDS.items()],
        "can_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    return render(request, "evening/meetings.html", context)


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def gathering_new(request: HttpRequest, appraisal: Appraisal, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    chosen = KINDS[kind]
    form = GatheringForm(typed_text(request))
    context = {"appraisal": appraisal, "form": form, "heading": PLANNED_AS[chosen]}
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_gathering(
                appraisal=appraisal, user=request.user, kind=chosen, **form.values
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La rencontre est prévue.", extra_tags=SAVED)
            return redirect("space:meeting_page", meeting.reference)
    status = 422 if form.errors else 200
    return render(request, "evening/gathering.html", context, status=status)


@meeting_view("GET", "HEAD")
def meeting_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What is kept of one evening, whatever its kind."""
    is_rated = meeting.kind in RATING_KINDS
    context = {
        "meeting": meeting,
        "appraisal": meeting.appraisal,
        "is_rated": is_rated,
        "state": meeting.get_state_display()
        if is_rated
        else state_of_gathering(meeting, timezone.now()),
        "findings": findings_by_kind(meeting.findings.select_related("dimension")),
        "minutes": minutes_of(meeting),
        "photo_count": meeting.photos.count(),
        "can_edit": can_edit(meeting.appraisal, request.user),
    }
    return render(request, "evening/meeting.html", context)


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def gathering_when(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if meeting.kind in RATING_KINDS:
        return redirect("space:meeting_page", meeting.reference)
    form = GatheringForm(typed_text(request), meeting=meeting)
    context = {"appraisal": meeting.appraisal, "meeting": meeting, "form": form}
    context["heading"], status = "Date et lieu", 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            change_gathering(meeting=meeting, user=request.user, version=version, **form.values)
        except ConcurrentEditError as conflict:
            context["theirs"], status = conflict.theirs, 409
            form.data = form.data.copy()
            form.data["version"] = Meeting.every.get(pk=meeting.pk).revision
        else:
            messages.success(request, "La date et le lieu sont enregistrés.", extra_tags=SAVED)
            return redirect("space:meeting_page", meeting.reference)
    status = 422 if form.errors else status
    return render(request, "evening/gathering.html", context, status=status)


@meeting_view("POST")
def gathering_removal(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        remove_gathering(meeting=meeting, user=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("space:meeting_page", meeting.reference)
    messages.success(request, "La rencontre est retirée.")
    return redirect("space:meetings", meeting.appraisal.reference)
