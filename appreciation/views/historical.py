"""« Inscrire une démarche d’avant »: the coordination enters a past démarche in the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.historical import places_for_historical, record_historical
from appreciation.interfaces.historical_forms import HistoricalForm
from appreciation.views.guards import space_view, typed_text
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
