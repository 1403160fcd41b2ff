"""« Inscrire l’adoption »: by whom, when, with what proof."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.adoption import record_adoption
from appreciation.domain.first_nations import is_first_nation
from appreciation.domain.team import can_steer
from appreciation.interfaces.publication_forms import AdoptionForm
from appreciation.models import Appraisal, Correction
from appreciation.views.guards import appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST")
def adoption(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    data = typed_text(request)
    initial = {
        name: getattr(appraisal, name) for name in ("adopted_by", "adopted_on", "council_agreed_on")
    }
    form = AdoptionForm(data, request.FILES or None, initial=initial)
    if not is_first_nation(appraisal.place):
        form.without_council()
    if request.method == "POST" and form.is_valid():
        try:
            record_adoption(appraisal=appraisal, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L’adoption est inscrite.")
            return redirect("space:adoption", appraisal.reference)
    context = {
        "appraisal": appraisal,
        "form": form,
        "may_record": can_steer(appraisal, request.user),
        "waiting_corrections": Correction.objects.waiting().filter(appraisal=appraisal).count(),
        **stepper(appraisal),
    }
    return render(request, "space/adoption.html", context)
