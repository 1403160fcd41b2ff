"""« Bilan de l’animation »: five lines and the hours."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.facilitator_review import save_review
from appreciation.domain.team import can_edit
from appreciation.interfaces.review_forms import ReviewForm
from appreciation.models import Appraisal, FacilitatorReview
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST")
def review(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    stored = FacilitatorReview.objects.filter(appraisal=appraisal).first()
    form = ReviewForm(typed_text(request), review=stored)
    context = {
        "appraisal": appraisal,
        "form": form,
        "can_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    status = 200
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            save_review(appraisal=appraisal, user=request.user, version=version, draft=form.draft)
        except ConcurrentEditError as conflict:
            context["theirs"], status = conflict.theirs, 409
            form.data = form.data.copy()
            now = FacilitatorReview.objects.filter(appraisal=appraisal).first()
            form.data["version"] = now.version if now else 0
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le bilan est enregistré.", extra_tags=SAVED)
            return redirect("space:review", appraisal.reference)
    return render(request, "space/review.html", context, status=422 if form.errors else status)
