"""« Répétition générale »: begun from the space, led at the console, then wiped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.domain.actors import Actor
from appreciation.domain.rehearsal_guide import TOTAL_MINUTES
from appreciation.domain.rehearsal_keeping import keep_rehearsal, missing_to_keep
from appreciation.domain.rehearsal_people import PEOPLE, answer_open_rounds, sample_sheets
from appreciation.domain.rehearsals import (
    DAYS_KEPT,
    erased_on,
    open_rehearsal,
    past_rehearsals,
    real_seats,
    rehearsals_under_way,
    start_rehearsal,
    wipe_rehearsal,
)
from appreciation.interfaces.rehearsal_forms import KeepForm, OpenForm, StartForm, WipeForm
from appreciation.models import Appraisal, Meeting
from appreciation.permissions import appraisal_for
from appreciation.views.guards import rehearsal_view, space_view
from core.errors import DomainError
from core.form_errors import add_refusal
from core.typography import fr_typo


@space_view("GET", "HEAD", "POST")
def rehearsal(request: HttpRequest) -> HttpResponse:
    """What it is, the one under way, those of before; and the button that begins one."""
    source = _source(request)
    if request.method == "POST":
        try:
            meeting = start_rehearsal(user=request.user, source=source, now=timezone.now())
            return redirect("space:console", meeting.reference)
        except DomainError as refusal:
            messages.error(request, fr_typo(str(refusal)))
    under_way = rehearsals_under_way(request.user).first()
    context = {
        "source": source,
        "under_way": under_way,
        "erased_on": erased_on(under_way) if under_way else None,
        "past": past_rehearsals(request.user),
        "days": DAYS_KEPT,
        "minutes": TOTAL_MINUTES,
        "people": PEOPLE,
    }
    return render(request, "rehearsal/start.html", context)


def _source(request: HttpRequest) -> Appraisal | None:
    form = StartForm(request.POST if request.method == "POST" else request.GET)
    reference = form.cleaned_data["demarche"] if form.is_valid() else ""
    return appraisal_for(request, reference) if reference else None


@rehearsal_view("POST")
def rehearsal_open(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Dites d’abord s’il y a de vraies personnes dans la salle.")
        return redirect("space:console", meeting.reference)
    try:
        open_rehearsal(meeting=meeting, user=request.user, now=timezone.now(), **form.cleaned_data)
    except DomainError as refusal:
        messages.warning(request, fr_typo(str(refusal)))
    return redirect("space:console", meeting.reference)


@rehearsal_view("POST")
def rehearsal_answers(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        came = answer_open_rounds(meeting=meeting, actor=Actor(user=request.user))
        said = f"{came} réponses fictives sont arrivées." if came else "Ils ont déjà tous répondu."
        messages.success(request, said)
    except DomainError as refusal:
        messages.warning(request, fr_typo(str(refusal)))
    return redirect("space:console", meeting.reference)


@rehearsal_view("GET", "HEAD")
def rehearsal_sheets(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    context = {"meeting": meeting, "sheets": sample_sheets(meeting)}
    return render(request, "rehearsal/sheets.html", context)


@rehearsal_view("GET", "HEAD", "POST")
def rehearsal_wipe(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = WipeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            wipe_rehearsal(
                meeting=meeting, user=request.user, now=timezone.now(), **form.cleaned_data
            )
            messages.success(
                request, "La répétition est effacée. Il n’en reste que sa date et sa durée."
            )
            return redirect("space:rehearsal")
        except DomainError as refusal:
            add_refusal(form, refusal)
    return _end(request, meeting, wipe_form=form)


@rehearsal_view("POST")
def rehearsal_keep(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            kept = keep_rehearsal(
                meeting=meeting, user=request.user, now=timezone.now(), **form.cleaned_data
            )
            messages.success(request, f"C’est maintenant la rencontre {kept.reference}.")
            return redirect("space:console", kept.reference)
        except DomainError as refusal:
            add_refusal(form, refusal)
    return _end(request, meeting, keep_form=form)


def _end(request: HttpRequest, meeting: Meeting, **forms: Any) -> HttpResponse:
    real = real_seats(meeting).count()
    context = {
        "meeting": meeting,
        "real": real,
        "wipe_form": WipeForm(),
        "keep_form": KeepForm(),
        "missing_to_keep": missing_to_keep(meeting, request.user) if real else [],
        **forms,
    }
    has_errors = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "rehearsal/wipe.html", context, status=422 if has_errors else 200)
