"""A short word from a phone, to the question that the facilitator asks the room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from appreciation.domain.room_words import WORDS_EACH, NotAskedError, send_word, sent_words
from appreciation.enums import MeetingState
from appreciation.interfaces.room_word_forms import PhoneWordForm
from appreciation.models import RoomQuestion
from appreciation.views.participant_door import (
    NO_SEAT,
    is_between_people,
    participant_screen,
    seated,
)
from core.errors import DomainError
from core.form_errors import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@participant_screen
def room_word(request: HttpRequest, code: str) -> HttpResponse:
    """One word at a time; those already sent stand below, and cannot be taken back."""
    seat = seated(request, code)
    if seat is None and request.method != "POST" and is_between_people(request):
        return redirect("participant:room", code=code)
    if seat is None:
        return render(request, "participant/gone.html", {"message": NO_SEAT}, status=410)
    question = RoomQuestion.objects.filter(pk=seat.meeting.asked_question_id).first()
    is_sent = request.method == "POST"
    form = PhoneWordForm(request.POST) if is_sent else PhoneWordForm()
    if is_sent and form.is_valid():
        data = form.cleaned_data
        try:
            send_word(seat=seat, question_id=data["question"], text=data["text"])
            return redirect("participant:room_word", code=seat.meeting.join_code)
        except NotAskedError as refusal:
            context = {"seat": seat, "message": str(refusal), "comment": data["text"]}
            return render(request, "participant/refused.html", context, status=409)
        except DomainError as refusal:
            add_refusal(form, refusal)
    if question is None or seat.meeting.state != MeetingState.OPEN:
        return redirect("participant:room", code=seat.meeting.join_code)
    sent = sorted(sent_words(seat, question.pk).values())
    context = {
        "seat": seat,
        "question": question,
        "form": form,
        "sent": sent,
        "left": WORDS_EACH - len(sent),
        "may_be_quoted": seat.meeting.appraisal.quotes_announced,
    }
    return render(request, "participant/word.html", context, status=422 if form.errors else 200)
