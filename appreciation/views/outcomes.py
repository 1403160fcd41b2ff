"""Small steps and outcomes of a démarche, and what of them is shown at the register."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.outcomes import (
    proposed_outcomes,
    record_outcome,
    remove_outcome,
    show_check_in,
)
from appreciation.interfaces.outcome_forms import OutcomeForm
from appreciation.models import Appraisal, Outcome
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def outcome_new(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    initial = _proposed(appraisal, request.GET.get("suivi", ""))
    return _outcome_page(request, appraisal, None, initial)


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def outcome_edit(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    outcome = get_object_or_404(appraisal.outcomes.select_related("evidence_document"), pk=pk)
    return _outcome_page(request, appraisal, outcome, {})


def _outcome_page(
    request: HttpRequest, appraisal: Appraisal, outcome: Outcome | None, initial: dict
) -> HttpResponse:
    form = OutcomeForm(
        typed_text(request), request.FILES or None, appraisal=appraisal, outcome=outcome
    )
    form.initial |= initial
    context = {"appraisal": appraisal, "outcome": outcome, "form": form, **stepper(appraisal)}
    if request.method == "POST" and form.is_valid():
        try:
            record_outcome(
                appraisal=appraisal,
                user=request.user,
                draft=form.draft,
                outcome=outcome,
                version=form.cleaned_data["version"] or 0,
            )
        except ConcurrentEditError as conflict:
            return _conflict(request, form, outcome, context | {"theirs": conflict.theirs})
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "C’est inscrit.", extra_tags=SAVED)
            return redirect("space:follow_up", appraisal.reference)
    return render(request, "space/outcome.html", context, status=422 if form.errors else 200)


def _conflict(request: HttpRequest, form, outcome: Outcome, context: dict) -> HttpResponse:
    """Sending again wins: both texts are on screen."""
    outcome.refresh_from_db()
    form.data = form.data.copy()
    form.data["version"] = outcome.version
    return render(request, "space/outcome.html", context, status=409)


def _proposed(appraisal: Appraisal, answer: str) -> dict:
    """What a check-in told of an action that is done, to be completed."""
    for proposed in proposed_outcomes(appraisal):
        if str(proposed.pk) == answer:
            return {"born_of": proposed.action_id, "words": proposed.words or proposed.title}
    return {}


@appraisal_view("POST")
def outcome_removal(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    outcome = Outcome.objects.select_related("appraisal").filter(appraisal=appraisal, pk=pk).first()
    if outcome is not None:
        remove_outcome(outcome=outcome, user=request.user)
    messages.success(request, "C’est retiré, du registre aussi.")
    return redirect("space:follow_up", appraisal.reference)


@appraisal_view("POST")
def check_in_showing(request: HttpRequest, appraisal: Appraisal, months: int) -> HttpResponse:
    """Show at the register where the actions stood, or stop."""
    asked = get_object_or_404(appraisal.check_ins.select_related("appraisal"), months=months)
    try:
        show_check_in(check_in=asked, user=request.user, is_public="montrer" in request.POST)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Le registre est à jour.")
    return redirect("space:follow_up", appraisal.reference)
