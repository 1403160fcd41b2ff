"""At the door: how many people of each sector come in, invited or not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.actors import Actor
from appreciation.domain.attendance import all_tallies, save_tallies, tallies
from appreciation.domain.invitations import expected_people
from appreciation.domain.queries.invitees import gathering
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.door_form import DoorForm
from appreciation.models import Meeting
from appreciation.views.guards import SAVED, meeting_view, typed_text
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def door(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = DoorForm(typed_text(request), stored=all_tallies(meeting))
    if request.method != "POST" or not form.is_valid():
        return _page(request, meeting, form)
    try:
        save_tallies(
            meeting=meeting,
            actor=Actor(user=request.user),
            seen=form.numbers("seen"),
            wanted=form.numbers("people"),
        )
    except ConcurrentEditError as conflict:
        stored = DoorForm(stored=all_tallies(meeting))
        form.see_again(all_tallies(meeting))
        more = {"conflict": str(conflict), "differences": differences(form, stored)}
        return _page(request, meeting, form, status=409, **more)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _page(request, meeting, form)
    messages.success(request, "Les présences sont enregistrées.", extra_tags=SAVED)
    return redirect("space:door", meeting.reference)


def _page(
    request: HttpRequest, meeting: Meeting, form: DoorForm, *, status: int = 0, **more: object
) -> HttpResponse:
    here = sum(tallies(meeting).values())
    said_yes = expected_people(meeting.appraisal, meeting)
    context = {
        "meeting": meeting,
        "appraisal": meeting.appraisal,
        "form": form,
        "here": here,
        "said_yes": said_yes,
        "unannounced": max(here - said_yes, 0),
        "gathering": gathering(meeting.appraisal),
        **more,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "convening/door.html", context, status=status)
