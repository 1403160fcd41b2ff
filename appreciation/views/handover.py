"""« Je quitte cette démarche » and « Changer la personne responsable »."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.handover import leads_of, leave, replace_lead, successors_of
from appreciation.domain.team import can_steer
from appreciation.interfaces.team_forms import ReplaceLeadForm, SuccessionForm
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal

LEFT = "Vous avez quitté la démarche. Merci pour ce que vous y avez fait."
NOT_IN_TEAM = "Vous ne faites pas partie de l’équipe de cette démarche: rien n’est changé."


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def leave_team(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    successors = successors_of(appraisal, request.user)
    leads = leads_of(appraisal)
    is_alone = set(leads) == {request.user}
    form = SuccessionForm(
        typed_text(request),
        successors=successors,
        needs_successor=is_alone,
        may_name=can_steer(appraisal, request.user),
    )
    if request.method == "POST" and form.is_valid():
        to, words = form.cleaned_data.get("to"), form.words()
        try:
            has_left = leave(appraisal=appraisal, user=request.user, to=to, words=words)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, LEFT if has_left else NOT_IN_TEAM)
            return redirect("space:home")
    return _page(request, appraisal, form, title="Je quitte cette démarche", is_leaving=True)


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def lead_replacement(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    form = ReplaceLeadForm(
        typed_text(request), successors=successors_of(appraisal, None), leads=leads_of(appraisal)
    )
    if request.method == "POST" and form.is_valid():
        former, to, words = form.cleaned_data["former"], form.cleaned_data["to"], form.words()
        try:
            replace_lead(appraisal=appraisal, actor=request.user, former=former, to=to, words=words)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{to} est maintenant responsable de la démarche.")
            return redirect("space:team", appraisal.reference)
    return _page(request, appraisal, form, title="Changer la personne responsable")


def _page(
    request: HttpRequest, appraisal: Appraisal, form: SuccessionForm, **more: object
) -> HttpResponse:
    context = {"appraisal": appraisal, "form": form, **stepper(appraisal), **more}
    return render(request, "space/handover.html", context)
