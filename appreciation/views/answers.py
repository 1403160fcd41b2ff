"""The rating contract over HTTP (DESIGN.md §5): 200, 201, 409, 410, 422, 429; 503 by the door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from appreciation.domain.joining import count_wrong_code, seat_to_answer
from appreciation.domain.queries.seat_progress import seat_progress
from appreciation.domain.ratings import (
    InvalidRatingError,
    RatingClosedError,
    RecordedRating,
    SeatGoneError,
    SequenceConflictError,
    record_rating,
)
from appreciation.interfaces.answer_message import read_answer, sent_fields
from appreciation.models import Seat
from appreciation.views.participant_door import (
    NO_SEAT,
    TOO_MANY,
    cookie_value,
    participant_screen,
    seated,
    wants_json,
)
from appreciation.views.room import question_number, show_question
from core.errors import DomainError
from core.origin import visitor_address

STATUSES: Mapping[type[DomainError], tuple[int, str]] = {
    InvalidRatingError: (422, "invalid"),
    RatingClosedError: (409, "closed"),
    SequenceConflictError: (409, "conflict"),
    SeatGoneError: (410, "gone"),
}


@require_POST
@participant_screen
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """One answer of the seat that this device holds."""
    seat = seated(request, code, find=seat_to_answer)
    if seat is None:
        return _refuse_without_seat(request)
    fields: Mapping[str, Any] = {}
    try:
        fields = sent_fields(request)
        recorded = record_rating(seat=seat, **vars(read_answer(fields)))
    except tuple(STATUSES) as refusal:
        return _refuse(request, seat, fields, refusal)
    if wants_json(request):
        return _accept(recorded)
    address = reverse("participant:room", args=[seat.meeting.join_code])
    following = question_number(fields.get("following"))
    return redirect(f"{address}?question={following}" if following else address)


def _accept(recorded: RecordedRating) -> JsonResponse:
    message = "C’est reçu."
    if recorded.superseded:
        message = "Une réponse plus récente est déjà gardée."
    body = {
        "status": "created" if recorded.created else "stored",
        "answer": recorded.answer,
        "sequence": recorded.sequence,
        "message": message,
    }
    return JsonResponse(body, status=201 if recorded.created else 200)


def _refuse(
    request: HttpRequest, seat: Seat, fields: Mapping[str, Any], refusal: DomainError
) -> HttpResponse:
    """In JSON, the sentence; in HTML, the question again with what was typed and the reason."""
    status, word = STATUSES[type(refusal)]
    if wants_json(request):
        body = {"status": word, "message": str(refusal)}
        if isinstance(refusal, SequenceConflictError):
            body["answer"] = refusal.stored
        if _is_over(refusal):
            body["next"] = reverse("participant:room", args=[seat.meeting.join_code])
        return JsonResponse(body, status=status)
    if isinstance(refusal, SeatGoneError):
        return render(request, "participant/gone.html", {"message": str(refusal)}, status=status)
    progress = seat_progress(seat)
    item = str(fields.get("item", ""))
    question = next((q for q in progress.questions if str(q.item.id) == item), None)
    if question and question.is_open and progress.meeting_is_open:
        return show_question(
            request, seat, progress, question, sent=fields, error=str(refusal), status=status
        )
    context = {
        "seat": seat,
        "message": str(refusal),
        "question": question,
        "chosen": str(fields.get("answer", "")),
        "comment": fields.get("comment", ""),
        "goes_on": _is_over(refusal) and progress.meeting_is_open,
    }
    return render(request, "participant/refused.html", context, status=status)


def _is_over(refusal: DomainError) -> bool:
    return isinstance(refusal, RatingClosedError) and refusal.is_over


def _refuse_without_seat(request: HttpRequest) -> HttpResponse:
    """Nobody sits here: 410, and 429 for an address that keeps trying without any cookie."""
    wait = 0 if cookie_value(request) else count_wrong_code(visitor_address(request))
    status = 429 if wait else 410
    message = TOO_MANY if wait else NO_SEAT
    if wants_json(request):
        word = "wait" if wait else "gone"
        response: HttpResponse = JsonResponse({"status": word, "message": message}, status=status)
    else:
        response = render(request, "participant/gone.html", {"message": message}, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response
