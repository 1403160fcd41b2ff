"""« Ouvrir une démarche »: a place, who asks, a rough date."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.appraisals import create_appraisal
from appreciation.interfaces.appraisal_forms import AppraisalCreateForm
from appreciation.interfaces.form_errors import add_refusal
from appreciation.views.guards import SAVED, kept_text, space_view
from core.errors import DomainError
from reference.models import Place


@space_view("GET", "HEAD", "POST")
def appraisal_create(request: HttpRequest) -> HttpResponse:
    places = Place.objects.appraisable().filter(valid_to__isnull=True)
    is_sent = request.method == "POST"
    data = request.POST if is_sent else kept_text(request)
    form = AppraisalCreateForm(data, places=places)
    if is_sent and form.is_valid():
        try:
            appraisal = create_appraisal(user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            words = f"La démarche {appraisal.reference} est ouverte."
            messages.success(request, words, extra_tags=SAVED)
            return redirect("space:appraisal", appraisal.reference)
    return render(request, "space/appraisal_create.html", {"form": form})
