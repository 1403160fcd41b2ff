"""The page of an invitation: what, when, where; her answer, changed as often as she likes."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from appreciation.domain.contacts import contacts_purge_date
from appreciation.domain.invitations import (
    ANSWERABLE,
    CLOSED_WORDS,
    answer_invitation,
    door_of,
    find_invitee,
    forget_address,
    invited_meeting,
    is_closed_link,
    places_left,
)
from appreciation.domain.reminders import queue_confirmation
from appreciation.interfaces.rsvp_forms import RsvpForm
from appreciation.models import Invitee
from appreciation.views.participant_door import participant_screen
from core.errors import DomainError
from core.form_errors import add_refusal
from core.origin import origin_is_enough


@origin_is_enough
@participant_screen
@require_http_methods(["GET", "HEAD", "POST"])
def rsvp(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links); the button answers."""
    invitee = find_invitee(token)
    if invitee is None:
        return _gone(request, token)
    if request.method == "POST" and request.POST.get("intent") == "forget":
        forget_address(invitee=invitee)
        return _back(token, "efface")
    form = RsvpForm(request.POST or None, invitee=invitee)
    if request.method == "POST" and form.is_valid() and _answer(invitee, form):
        return _back(token, "merci")
    return _page(request, invitee, form)


def _back(token: str, said: str) -> HttpResponse:
    """What was done is told by the address: no session for somebody without an account."""
    return redirect(reverse("rsvp", args=[token]) + f"?dit={said}")


def _answer(invitee: Invitee, form: RsvpForm) -> bool:
    try:
        with transaction.atomic():
            answered = answer_invitation(invitee=invitee, reply=form.reply(), now=timezone.now())
            queue_confirmation(answered, invited_meeting(invitee.appraisal))
    except DomainError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _page(request: HttpRequest, invitee: Invitee, form: RsvpForm) -> HttpResponse:
    appraisal = invitee.appraisal
    meeting = invited_meeting(appraisal)
    door = door_of(appraisal, meeting, timezone.now())
    context = {
        "invitee": invitee,
        "appraisal": appraisal,
        "meeting": meeting,
        "door": door,
        "closed_words": CLOSED_WORDS.get(door, ""),
        "can_answer": door in ANSWERABLE,
        "places": places_left(appraisal, meeting),
        "practicals": appraisal.practicals.all(),
        "form": form,
        "said": request.GET.get("dit", ""),
        "purge_on": contacts_purge_date(appraisal),
    }
    return render(request, "convening/rsvp.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    if not is_closed_link(token):
        raise Http404
    return render(request, "convening/link_gone.html", status=410)
