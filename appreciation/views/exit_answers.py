"""Three questions before leaving."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from appreciation.domain.exit_answers import exit_questions_are_open, record_exit_answers
from appreciation.domain.queries.seat_progress import exit_answers_of
from appreciation.interfaces.exit_form import ExitForm
from appreciation.views.participant_door import (
    NO_SEAT,
    is_between_people,
    participant_screen,
    seated,
)
from core.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@participant_screen
def exit_questions(request: HttpRequest, code: str) -> HttpResponse:
    """One form for the three; whoever sends it once is not asked again."""
    seat = seated(request, code)
    if seat is None and request.method != "POST" and is_between_people(request):
        return redirect("participant:room", code=code)  # « back » on the tablet, after somebody
    if seat is None:
        return render(request, "participant/gone.html", {"message": NO_SEAT}, status=410)
    sent = request.POST if request.method == "POST" else None
    form = ExitForm(sent, initial=exit_answers_of(seat))
    if form.is_valid():
        try:
            record_exit_answers(seat=seat, answers=form.chosen)
        except DomainError as refusal:
            context = {"seat": seat, "message": str(refusal)}
            return render(request, "participant/refused.html", context, status=409)
        return redirect("participant:room", code=seat.meeting.join_code)
    if not exit_questions_are_open(seat.meeting):
        return redirect("participant:room", code=seat.meeting.join_code)
    status = 422 if form.is_bound else 200
    return render(request, "participant/exit.html", {"seat": seat, "form": form}, status=status)
