"""Choosing priorities with dots: prepared and typed by the team, put by the room on phones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from appreciation.domain import dots as rules
from appreciation.domain.actors import Actor
from appreciation.enums import Medium
from appreciation.interfaces.dot_forms import DotsForm, OneDotForm, PrepareForm
from appreciation.models import DotCount, DotPoll, DotVote, Meeting, Seat
from appreciation.views.guards import meeting_view
from appreciation.views.participant_door import NO_SEAT, participant_screen, seated
from core.errors import DomainError
from core.form_errors import add_refusal
from core.typography import fr_typo

GESTURES: dict[str, Callable[..., None]] = {
    "ouvrir": rules.open_dots,
    "fermer": rules.close_dots,
    "reveler": rules.reveal_dots,
    "masquer": rules.hide_dots,
}


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def dots(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """One page: the options, the poster's numbers, the gestures, then the ranking."""
    poll = DotPoll.objects.filter(meeting=meeting).first()
    gesture = request.POST.get("geste", "")
    prepare = PrepareForm(_sent(request, "preparer"), meeting=meeting, poll=poll)
    typed = _typed_form(_sent(request, "compter"), poll) if poll else None
    actor = Actor(user=request.user)
    try:
        if gesture in GESTURES:
            GESTURES[gesture](meeting=meeting, actor=actor)
            return redirect("space:dots", meeting.reference)
        if prepare.is_bound and prepare.is_valid():
            rules.prepare_dots(meeting=meeting, actor=actor, **prepare.cleaned_data)
            messages.success(request, "Les pistes sont enregistrées.")
            return redirect("space:dots", meeting.reference)
        if typed is not None and typed.is_bound and typed.is_valid():
            rules.type_dots(meeting=meeting, actor=actor, counts=typed.counts)
            messages.success(request, "Les points de l’affiche sont enregistrés.")
            return redirect("space:dots", meeting.reference)
    except DomainError as refusal:
        bound = next((form for form in (prepare, typed) if form and form.is_bound), None)
        if bound is None:
            messages.warning(request, fr_typo(str(refusal)))
            return redirect("space:dots", meeting.reference)
        add_refusal(bound, refusal)
    context = {"meeting": meeting, "prepare": prepare, "typed": typed, **_shown(poll)}
    has_errors = prepare.errors or (typed is not None and typed.errors)
    return render(request, "meeting/dots.html", context, status=422 if has_errors else 200)


@meeting_view("GET", "HEAD", to_edit=True)
def dots_poster(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    poll = DotPoll.objects.filter(meeting=meeting).first()
    options = poll.options.all() if poll else ()
    context = {"meeting": meeting, "poll": poll, "options": options}
    return render(request, "meeting/dots_poster.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@participant_screen
def put(request: HttpRequest, code: str) -> HttpResponse:
    """The dots of one seat, changed until the vote closes."""
    seat = seated(request, code)
    if seat is None:
        return render(request, "participant/gone.html", {"message": NO_SEAT}, status=410)
    poll = DotPoll.objects.filter(meeting=seat.meeting).first()
    if poll is None or (request.method != "POST" and not rules.dots_are_open(seat.meeting)):
        return redirect("participant:room", code=seat.meeting.join_code)
    form = _seat_form(request, seat, poll)
    if form.is_valid():
        try:
            rules.put_dots(seat=seat, dots=form.counts)
            return redirect("participant:dots", code=seat.meeting.join_code)
        except DomainError as refusal:
            add_refusal(form, refusal)
    context = {"seat": seat, "form": form, "poll": poll, "has_put": bool(rules.dots_of(seat))}
    status = 422 if form.errors else 200
    return render(request, "participant/dots.html", context, status=status)


def _seat_form(request: HttpRequest, seat: Seat, poll: DotPoll) -> OneDotForm | DotsForm:
    sent = request.POST if request.method == "POST" else None
    options, stored = list(poll.options.all()), rules.dots_of(seat)
    if poll.may_stack:
        return DotsForm(sent, options=options, stored=stored, most=poll.per_person)
    return OneDotForm(sent, options=options, stored=stored)


def _typed_form(sent: Any, poll: DotPoll) -> DotsForm:
    counted = DotCount.objects.filter(option__poll=poll, medium=Medium.PAPER)
    stored = dict(counted.values_list("option", "count"))
    return DotsForm(sent, options=list(poll.options.all()), stored=stored)


def _sent(request: HttpRequest, gesture: str) -> Any:
    return request.POST if request.POST.get("geste") == gesture else None


def _shown(poll: DotPoll | None) -> dict[str, Any]:
    """People who chose by phone; the ranking only once the room has seen it."""
    if poll is None:
        return {"poll": None}
    votes = DotVote.objects.filter(option__poll=poll)
    people = poll.unlinked_people + votes.values("seat").distinct().count()
    ranking = rules.ranking_of(poll) if poll.revealed_at else None
    return {"poll": poll, "people": people, "ranking": ranking}
