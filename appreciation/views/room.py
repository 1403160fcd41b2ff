"""A seat's screens: one question at a time, the wait between two, and what was received."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from appreciation.domain.dots import dots_are_open
from appreciation.domain.joining import find_open_meeting
from appreciation.domain.queries.seat_progress import (
    Question,
    Screen,
    SeatProgress,
    seat_progress,
    stored_comment,
    vote_is_over,
)
from appreciation.domain.restitution import LEVEL_READ, restitution_window
from appreciation.interfaces.answer_message import DIGITS_MAX, IDENTIFIER_MAX
from appreciation.models import Meeting, Seat
from appreciation.views.joining import welcome
from appreciation.views.participant_door import (
    NO_SEAT,
    participant_screen,
    report_or_refusal,
    seated,
)

NUMBER_DIGITS = 3


@require_safe
@participant_screen
def room(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads: the first screen, then whatever this seat should see now."""
    seat = seated(request, code)
    meeting = seat.meeting if seat else find_open_meeting(code)
    if meeting is None:
        return report_or_refusal(request, code)
    if meeting.join_code != code:
        return redirect("participant:room", code=meeting.join_code)
    if seat is None or "accueil" in request.GET:
        return welcome(request, meeting, is_seated=seat is not None)
    return _show_seat(request, seat)


def _show_seat(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The open question asked for, else what this seat should see now."""
    progress, code = seat_progress(seat), seat.meeting.join_code
    asked = progress.question(question_number(request.GET.get("question")))
    if asked and progress.meeting_is_open:
        return show_question(request, seat, progress, asked)
    if dots_are_open(seat.meeting) and "attente" not in request.GET:
        return redirect("participant:dots", code=code)
    if progress.screen is Screen.QUESTION:
        return redirect(question_url(code, progress.next_unanswered()))
    if progress.screen is Screen.EXIT and "attente" not in request.GET:
        return redirect("participant:exit", code=code)
    if progress.screen is Screen.WORD and "attente" not in request.GET:
        return redirect("participant:room_word", code=code)
    return _show_wait(request, seat, progress)


def question_url(code: str, question: Question | None) -> str:
    """The address of one question; of the room itself when there is none."""
    address = reverse("participant:room", args=[code])
    return f"{address}?question={question.number}" if question else address


def show_question(
    request: HttpRequest,
    seat: Seat,
    progress: SeatProgress,
    question: Question,
    *,
    sent: Mapping[str, Any] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """One question. After a refusal, what was `sent` stays on the screen with the reason."""
    following = progress.next_unanswered(after=question.number)
    context = {
        "seat": seat,
        "progress": progress,
        "question": question,
        "previous": progress.previous(question),
        "following": following,
        "next_url": question_url(seat.meeting.join_code, following),
        "version": state_version(seat.meeting),
        "behind": range(question.number - 1),
        "chosen": str(sent.get("answer", "")) if sent else str(question.answer or ""),
        "comment": sent.get("comment", "") if sent else stored_comment(seat, question),
        "error": error,
    }
    return render(request, "participant/question.html", context, status=status)


def _show_wait(request: HttpRequest, seat: Seat, progress: SeatProgress) -> HttpResponse:
    context = {
        "seat": seat,
        "progress": progress,
        "screen": progress.screen.value,
        "version": state_version(seat.meeting),
        "last": progress.open_questions[-1] if progress.open_questions else None,
        **_where_to_read(request, seat.meeting, progress.screen),
    }
    return render(request, "participant/wait.html", context)


def _where_to_read(request: HttpRequest, meeting: Meeting, screen: Screen) -> dict[str, Any]:
    """The address of the report, for whoever is about to leave."""
    if screen not in (Screen.RECEIVED, Screen.CLOSED):
        return {}
    address = reverse("participant:report", args=[meeting.join_code])
    is_over = screen is Screen.CLOSED
    return {
        "report_is_open": is_over and restitution_window(meeting.appraisal).is_open(timezone.now()),
        "report_will_open": meeting.appraisal.announced_level in LEVEL_READ
        and not meeting.is_rehearsal,
        "report_address": request.build_absolute_uri(address),
    }


def state_version(meeting: Meeting) -> str:
    """Changes with each gesture of the console that a waiting phone must notice."""
    return f"{meeting.revision}-{meeting.state}-{int(meeting.exit_questions_open)}"


@require_safe
@participant_screen
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Polled by phones: one query, and 304 while nothing has moved.

    `?tour=`: a phone on a question asks whether its own vote is over; a second query only then.
    """
    seat = seated(request, code)
    if seat is None:
        return JsonResponse({"status": "gone", "message": NO_SEAT}, status=410)
    version = state_version(seat.meeting)
    etag = f'"{version}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    body: dict[str, Any] = {"version": version}
    round_id = request.GET.get("tour", "")
    if round_id.isascii() and round_id.isdigit():
        body["over"] = vote_is_over(seat.meeting, min(int(round_id[:DIGITS_MAX]), IDENTIFIER_MAX))
    return JsonResponse(body, headers={"ETag": etag})


def question_number(text: str | None) -> int | None:
    """The number in an address or a form; None for anything else."""
    is_short_number = text and text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS
    return int(text) if is_short_number else None
