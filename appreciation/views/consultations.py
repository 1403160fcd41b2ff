"""Other démarches and consultations of the territory: the list, one more, one less."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.domain.solicitation import (
    add_consultation,
    remove_consultation,
    solicitation_of,
)
from appreciation.domain.team import can_edit
from appreciation.interfaces.consultation_forms import ConsultationForm
from appreciation.models import Appraisal
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST")
def consultations(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    form = ConsultationForm(typed_text(request))
    today = timezone.localdate()
    if request.method == "POST" and form.is_valid():
        try:
            add_consultation(
                appraisal=appraisal, user=request.user, today=today, **form.cleaned_data
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "C’est dans la liste.", extra_tags=SAVED)
            return redirect("space:consultations", appraisal.reference)
    context = {
        "appraisal": appraisal,
        "form": form,
        "solicitation": solicitation_of(appraisal, request.user, today=today),
        "can_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    return render(request, "space/consultations.html", context)


@appraisal_view("POST")
def consultation_removal(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    remove_consultation(appraisal=appraisal, user=request.user, pk=pk)
    messages.success(request, "Retirée de la liste.")
    return redirect("space:consultations", appraisal.reference)
