"""« Inscrire une démarche d’avant »: the coordination enters a past démarche in the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.historical import (
    can_type_words,
    places_for_historical,
    record_historical,
    record_words,
)
from appreciation.domain.historical_words import words_of
from appreciation.interfaces.historical_forms import HistoricalForm, WordsForms
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view, space_view, typed_text
from core.errors import DomainError
from core.form_errors import add_refusal


@space_view("GET", "HEAD", "POST")
def historical(request: HttpRequest) -> HttpResponse:
    places = places_for_historical(request.user)
    if not places.exists():
        raise Http404
    data = typed_text(request)
    form = HistoricalForm(data, request.FILES or None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            edition, is_new = record_historical(
                form.facts, report=form.cleaned_data["report"], user=request.user
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            words = "est au registre" if is_new else "y était déjà, telle quelle"
            messages.success(request, f"« {edition.title} » {words}.")
            return redirect("space:publication", edition.appraisal.reference)
    return render(request, "space/historical.html", {"form": form})


@appraisal_view("GET", "HEAD", "POST")
def historical_words(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """What its report says, typed line by line."""
    if not can_type_words(appraisal, request.user):
        raise Http404
    latest = appraisal.publications.light().select_related("document").order_by("number").last()
    forms = WordsForms(
        typed_text(request),
        words=words_of(appraisal),
        replaces=latest.number if latest else 0,
    )
    if request.method == "POST" and forms.is_valid():
        try:
            edition, is_new = record_words(
                appraisal=appraisal, words=forms.words, user=request.user, replaces=forms.replaces
            )
        except DomainError as refusal:
            add_refusal(forms.lessons, refusal)
        else:
            words = (
                f"L’édition {edition.number} se lit au registre." if is_new else "Rien à changer."
            )
            messages.success(request, words)
            return redirect("space:publication", appraisal.reference)
    context = {"appraisal": appraisal, "forms": forms, "latest": latest}
    return render(request, "space/historical_words.html", context)
