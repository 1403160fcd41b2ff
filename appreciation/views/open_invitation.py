"""The page of a meeting to which everybody is invited: public, counts only, no name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from appreciation.domain.contacts import contacts_purge_date
from appreciation.domain.invitations import (
    ANSWERABLE,
    CLOSED_WORDS,
    door_of,
    expected_people,
    forget_reminder,
    places_left,
    reply_openly,
)
from appreciation.interfaces.rsvp_forms import OpenReplyForm
from appreciation.models import Meeting, PublicReply
from appreciation.views.participant_door import participant_screen
from core.errors import DomainError
from core.form_errors import add_refusal
from core.origin import origin_is_enough, visitor_address


@origin_is_enough
@participant_screen
@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest, reference: str) -> HttpResponse:
    """404 unless the team opened it: the existence of a démarche is not public by itself."""
    meeting = get_object_or_404(
        Meeting.objects.select_related("appraisal__place"), reference=reference, is_open_to_all=True
    )
    form = OpenReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _reply(request, meeting, form):
        return redirect(reverse("invitation:open_page", args=[reference]) + "?dit=merci")
    return _page(request, meeting, form)


def _reply(request: HttpRequest, meeting: Meeting, form: OpenReplyForm) -> bool:
    try:
        reply_openly(
            meeting=meeting,
            people=form.cleaned_data["people"],
            email=form.cleaned_data["email"],
            form_key=form.cleaned_data["key"],
            address=visitor_address(request),
            now=timezone.now(),
        )
    except DomainError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _page(request: HttpRequest, meeting: Meeting, form: OpenReplyForm) -> HttpResponse:
    appraisal = meeting.appraisal
    door = door_of(appraisal, meeting, timezone.now())
    context = {
        "appraisal": appraisal,
        "meeting": meeting,
        "door": door,
        "closed_words": CLOSED_WORDS.get(door, ""),
        "can_answer": door in ANSWERABLE,
        "places": places_left(appraisal, meeting),
        "expected": expected_people(appraisal, meeting),
        "practicals": appraisal.practicals.all(),
        "form": form,
        "said": request.GET.get("dit", ""),
        "purge_on": contacts_purge_date(appraisal),
    }
    status = 422 if form.errors else 200
    return render(request, "convening/open_page.html", context, status=status)


@origin_is_enough
@participant_screen
@require_http_methods(["GET", "HEAD", "POST"])
def reminder(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """« Ne plus recevoir de rappel »: the button does it, not the link."""
    reply = get_object_or_404(
        PublicReply.objects.select_related("meeting__appraisal__place"),
        token=token,
        meeting__reference=reference,
    )
    if request.method == "POST":
        forget_reminder(reply=reply)
        reply.email = ""
    return render(request, "convening/reminder.html", {"reply": reply, "meeting": reply.meeting})
