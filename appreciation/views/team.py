"""The team of a démarche: who is in it, with which role; the handover."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.team import (
    STEERING_POWERS,
    Power,
    add_member,
    change_role,
    coordinators_of,
    hand_over,
    powers_of,
    remove_member,
)
from appreciation.enums import MembershipRole
from appreciation.interfaces.team_forms import AddMemberForm, HandOverForm, MemberForm
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view, kept_text
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST")
def team(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    is_sent = request.method == "POST"
    data = (request.POST if is_sent else kept_text(request)) or {}
    intent = data.get("intent", "")
    if is_sent and intent in ("change_role", "remove"):
        return _change_member(request, appraisal, intent)
    coordinators = [one for one in coordinators_of(appraisal) if one != request.user]
    add_form = AddMemberForm(data if intent == "add" else None)
    over_form = HandOverForm(data if intent == "hand_over" else None, coordinators=coordinators)
    if is_sent and _carry_out(request, appraisal, add_form, over_form):
        return redirect("space:team", appraisal.reference)
    powers = powers_of(appraisal, request.user)
    context = {
        "appraisal": appraisal,
        "can_leave": bool(powers & {Power.LEAD, Power.CO_FACILITATOR}),
        "can_replace": Power.COORDINATOR in powers,
        "members": appraisal.memberships.select_related("user"),
        "roles": MembershipRole.choices,
        "can_steer": bool(powers & STEERING_POWERS),
        "coordinators": coordinators,
        "add_form": add_form,
        "over_form": over_form,
        **stepper(appraisal),
    }
    return render(request, "space/team.html", context)


def _carry_out(
    request: HttpRequest, appraisal: Appraisal, add_form: AddMemberForm, over_form: HandOverForm
) -> bool:
    if add_form.is_bound and add_form.is_valid():
        return _try(request, add_form, lambda: _add(request, appraisal, add_form))
    if over_form.is_bound and over_form.is_valid():
        return _try(request, over_form, lambda: _hand_over(request, appraisal, over_form))
    return False


def _add(request: HttpRequest, appraisal: Appraisal, form: AddMemberForm) -> str:
    member = add_member(appraisal=appraisal, actor=request.user, **form.cleaned_data)
    return f"{member.user} fait partie de l’équipe."


def _hand_over(request: HttpRequest, appraisal: Appraisal, form: HandOverForm) -> str:
    member = hand_over(appraisal=appraisal, actor=request.user, **form.cleaned_data)
    return f"{member.user} est maintenant responsable de la démarche."


def _try(request: HttpRequest, form, act) -> bool:
    try:
        words = act()
    except DomainError as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, words)
    return True


def _change_member(request: HttpRequest, appraisal: Appraisal, intent: str) -> HttpResponse:
    form = MemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez une personne et un rôle de la liste.")
        return redirect("space:team", appraisal.reference)
    member = get_object_or_404(appraisal.memberships, pk=form.cleaned_data["member"])
    leaves = intent == "remove" and member.user_id == request.user.pk
    try:
        if intent == "remove":
            remove_member(membership=member, actor=request.user)
        else:
            change_role(membership=member, actor=request.user, role=form.cleaned_data["role"])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "L’équipe est à jour.")
        if leaves:
            return redirect("space:home")
    return redirect("space:team", appraisal.reference)
