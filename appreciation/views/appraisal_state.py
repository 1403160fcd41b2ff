"""Beside the ordinary way: postpone, put to sleep, resume, cancel, reopen a phase."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.phases import (
    Transition,
    allowed_transitions,
    change_state,
    reopen_phase,
)
from appreciation.domain.postponing import can_move_date
from appreciation.interfaces.appraisal_forms import GestureForm
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal
from core.typography import fr_typo

WORDS = {
    "postpone": "Reporter la démarche",
    "put_to_sleep": "La mettre en veilleuse",
    "resume": "La reprendre",
    "cancel": "L’annuler",
    "revive": "Retirer l’annulation",
    "reopen_follow_up": "Rouvrir la démarche close",
}


@appraisal_view("GET", "HEAD", "POST")
def appraisal_state(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    gestures = allowed_transitions(appraisal, request.user)
    choices = [(gesture.name, _words(gesture)) for gesture in gestures]
    data = typed_text(request)
    initial = {"gesture": request.GET.get("geste", ""), "lessons": appraisal.lessons}
    names = {gesture.name for gesture in gestures}
    asks_date = bool(names & {"postpone", "resume"}) and can_move_date(appraisal)
    form = GestureForm(data, gestures=choices, initial=initial, asks_date=asks_date)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, appraisal, form)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "C’est fait, et c’est inscrit au journal.")
            return redirect("space:appraisal", appraisal.reference)
    context = {"appraisal": appraisal, "form": form, "gestures": gestures, **stepper(appraisal)}
    return render(request, "space/state.html", context)


def _carry_out(request: HttpRequest, appraisal: Appraisal, form: GestureForm) -> None:
    name, comment = form.cleaned_data["gesture"], form.cleaned_data["comment"]
    if name.startswith("reopen_"):
        phase = name.removeprefix("reopen_")
        reopen_phase(appraisal=appraisal, phase=phase, user=request.user, comment=comment)
    else:
        change_state(
            appraisal=appraisal,
            name=name,
            user=request.user,
            comment=comment,
            new_date=form.cleaned_data.get("new_date"),
            lessons=form.cleaned_data.get("lessons", ""),
        )


def _words(gesture: Transition) -> str:
    default = gesture.label.replace("Étape rouverte", "Rouvrir l’étape")
    return WORDS.get(gesture.name, fr_typo(default))
