"""The console: one number, one next gesture. Every gesture is a plain form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from appreciation.domain import meetings
from appreciation.domain.actors import Actor
from appreciation.domain.back_to_planned import may_be_put_back, put_back_to_planned
from appreciation.domain.gestures import Who, may
from appreciation.domain.hall import hall_state
from appreciation.domain.live import live_meeting, pulse_of
from appreciation.domain.planned_day import day_question
from appreciation.domain.rehearsal_guide import card_is_next, card_of
from appreciation.domain.rehearsals import open_rehearsals
from appreciation.domain.wall import on_wall
from appreciation.enums import RATING_KINDS
from appreciation.interfaces.meeting_forms import (
    DetailsForm,
    DimensionForm,
    ExtendForm,
    HeadCountForm,
    NothingForm,
    OpenMeetingForm,
    RoundForm,
    ShownForm,
    SwitchForm,
    TimerForm,
)
from appreciation.models import Meeting
from appreciation.permissions import live_meeting_for, meeting_for
from appreciation.views.hall import hall_context
from core.errors import DomainError
from core.typography import fr_typo


@dataclass(frozen=True)
class ConsoleGesture:
    """`rule(meeting=, actor=, **form.cleaned_data)`. `said` is shown once done, if anything is."""

    form: type[BaseForm]
    rule: Callable[..., object]
    said: str = ""


def _set_exit_questions(*, meeting: Meeting, actor: Actor, on: bool) -> object:
    return meetings.set_exit_questions(meeting=meeting, actor=actor, are_open=on)


def _set_mirrored_screen(*, meeting: Meeting, actor: Actor, on: bool) -> object:
    return meetings.set_mirrored_screen(meeting=meeting, actor=actor, is_mirrored=on)


GESTURES = {
    "details": ConsoleGesture(DetailsForm, meetings.set_details, "Les détails sont enregistrés."),
    "ouvrir": ConsoleGesture(
        OpenMeetingForm, meetings.open_meeting, "La rencontre est ouverte: le code fonctionne."
    ),
    "remettre-a-prevue": ConsoleGesture(
        NothingForm,
        put_back_to_planned,
        "La rencontre est remise à « prévue »: même code, même date. C’est inscrit au journal.",
    ),
    "fermer": ConsoleGesture(
        NothingForm,
        meetings.close_meeting,
        "La rencontre est fermée aux téléphones. Le papier peut encore être saisi.",
    ),
    "saisie-terminee": ConsoleGesture(
        NothingForm, meetings.finish_entry, "La saisie est terminée. Les résultats sont complets."
    ),
    "rouvrir-saisie": ConsoleGesture(
        NothingForm, meetings.reopen_entry, "La saisie est rouverte: c’est noté au journal."
    ),
    "ouvrir-dimension": ConsoleGesture(DimensionForm, meetings.open_dimension),
    "pause": ConsoleGesture(RoundForm, meetings.pause_round),
    "reprendre": ConsoleGesture(RoundForm, meetings.resume_round),
    "fermer-dimension": ConsoleGesture(RoundForm, meetings.close_round),
    "rouvrir-dimension": ConsoleGesture(RoundForm, meetings.reopen_round),
    "fermer-reveler": ConsoleGesture(RoundForm, meetings.close_and_reveal_round),
    "reveler": ConsoleGesture(RoundForm, meetings.reveal_round),
    "masquer": ConsoleGesture(RoundForm, meetings.hide_round),
    "nouveau-tour": ConsoleGesture(RoundForm, meetings.start_new_round),
    "fermer-tout": ConsoleGesture(NothingForm, meetings.close_all_rounds),
    "reveler-tout": ConsoleGesture(NothingForm, meetings.reveal_all_rounds),
    "afficher": ConsoleGesture(ShownForm, meetings.show_dimension),
    "presences": ConsoleGesture(HeadCountForm, meetings.set_head_count),
    "minuteur": ConsoleGesture(TimerForm, meetings.set_timer),
    "prolonger": ConsoleGesture(ExtendForm, meetings.extend_timer),
    "sortie": ConsoleGesture(SwitchForm, _set_exit_questions),
    "ecran": ConsoleGesture(SwitchForm, _set_mirrored_screen),
}


@login_required
@never_cache
@require_GET
def console(request: HttpRequest, reference: str) -> HttpResponse:
    meeting = live_meeting_for(request, reference)
    if meeting.kind not in RATING_KINDS:
        return redirect("space:meeting_page", meeting.reference)
    return _page(request, meeting)


@login_required
@never_cache
@require_GET
def console_state(request: HttpRequest, reference: str) -> HttpResponse:
    """The parts that move, and the numbers. 304 when nothing has: one query to know it."""
    meeting = live_meeting_for(request, reference)
    etag = f'"{pulse_of(meeting)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    context = _context(request, meeting, {})
    received = context["live"].received
    return JsonResponse(
        {
            "revision": meeting.revision,
            "received": received.total,
            "present": received.present,
            "said": context["said"],
            "html": render_to_string(_template(meeting, "parts"), context, request),
        },
        headers={"ETag": etag},
    )


@login_required
@never_cache
@require_POST
def gesture(request: HttpRequest, reference: str, gesture: str) -> HttpResponse:
    meeting = meeting_for(request, reference, to_edit=True, rehearsed=True)
    if gesture not in GESTURES:
        raise Http404
    chosen = GESTURES[gesture]
    options = {"instance": meeting} if issubclass(chosen.form, ModelForm) else {}
    form = chosen.form(request.POST, **options)
    try:
        if form.is_valid():
            actor = Actor(user=request.user)
            chosen.rule(meeting=meeting, actor=actor, **form.cleaned_data)
            if chosen.said:
                messages.success(request, chosen.said)
            return redirect("space:console", reference=reference)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
    if not form.visible_fields():
        messages.warning(request, " ".join(form.non_field_errors()) or STALE)
        return redirect("space:console", reference=reference)
    return _page(request, live_meeting_for(request, reference), {gesture: form})


STALE = "Cette console n’était plus à jour: rien n’a changé. Voici où en est la rencontre."


def _template(meeting: Meeting, kind: str) -> str:
    folder = "mirrored" if meeting.mirrored_screen else "console"
    return f"meeting/{folder}_parts.html" if kind == "parts" else f"meeting/{folder}.html"


def _page(
    request: HttpRequest, meeting: Meeting, bound: dict[str, BaseForm] | None = None
) -> HttpResponse:
    context = _context(request, meeting, bound or {})
    return render(request, _template(meeting, "page"), context, status=422 if bound else 200)


def _context(request: HttpRequest, meeting: Meeting, bound: dict[str, BaseForm]) -> dict[str, Any]:
    actor = Actor(user=request.user)
    live = live_meeting(meeting)
    may_edit = may(actor, meeting, Who.TEAM)
    received = live.received
    context = {
        "meeting": meeting,
        "live": live,
        "line": live.current,
        "wall": on_wall(live),
        "received": received,
        "said": fr_typo(f"{received.answers_words}. {received.sentence}".strip()),
        "may_edit": may_edit,
        "may_reopen": may_edit and meeting.state == "entry_done" and may(actor, meeting, Who.LEAD),
        "missing": meetings.missing_to_open(meeting) if meeting.state == "planned" else [],
        "last_gesture": meeting.log.first(),
        "details_form": bound.get("details") or DetailsForm(instance=meeting),
        "head_count_form": bound.get("presences")
        or HeadCountForm(initial={"head_count": meeting.head_count}),
        "timer_form": bound.get("minuteur") or TimerForm(initial={"minutes": 5}),
        "bound": next(iter(bound.values()), None),
        "etag": pulse_of(meeting),
    }
    if meeting.is_rehearsal:
        card = card_of(live)
        is_next = not meeting.mirrored_screen and card_is_next(card, live)
        context |= {"guide": card, "card_is_next": is_next}
    elif meeting.state == "planned":
        context["open_rehearsals"] = open_rehearsals(meeting.appraisal, request.user)
        context["day_question"] = day_question(meeting, timezone.now())
    elif may_edit and not received.total and may_be_put_back(meeting):
        context["may_put_back"] = may(actor, meeting, Who.LEAD)
    if meeting.mirrored_screen:
        context |= hall_context(hall_state(meeting))
    return context
