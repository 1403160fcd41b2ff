"""« Pratiques »: what others did about the challenges of a démarche; keep, set aside, say no."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.practice_origins import (
    origins_of,
    record_origin,
    remove_origin,
    sheet_at,
)
from appreciation.domain.practices import (
    decline_practices,
    practices_for,
    set_practice_aside,
    suggest_practices_again,
)
from appreciation.domain.team import can_edit
from appreciation.enums import FindingKind
from appreciation.interfaces.origin_form import OriginForm
from appreciation.models import Appraisal, PracticeSetAside
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from core.errors import DomainError
from core.form_errors import add_refusal
from pratiques.models import PracticePage


@appraisal_view("GET", "HEAD", "POST")
def practices(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """What the catalogue suggests; posted, what was born of the démarche itself."""
    form = OriginForm(typed_text(request), appraisal=appraisal)
    if request.method == "POST" and form.is_valid():
        try:
            practice = sheet_at(form.cleaned_data["address"])
            record_origin(appraisal=appraisal, user=request.user, practice=practice, **form.source)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "C’est inscrit.", extra_tags=SAVED)
            return redirect("space:practices", appraisal.reference)
    status = 422 if form.errors else 200
    return render(
        request, "space/practices.html", _context(request, appraisal, form), status=status
    )


def _context(request: HttpRequest, appraisal: Appraisal, form: OriginForm) -> dict[str, Any]:
    return {
        "appraisal": appraisal,
        "can_edit": can_edit(appraisal, request.user),
        "challenges": appraisal.findings.filter(kind=FindingKind.CHALLENGE),
        "practices": practices_for(appraisal),
        "has_some_aside": PracticeSetAside.objects.filter(appraisal=appraisal).exists(),
        "origins": origins_of(appraisal).select_related("practice", "finding", "action"),
        "form": form,
    }


@appraisal_view("POST")
def origin_removal(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    remove_origin(appraisal=appraisal, user=request.user, pk=pk)
    messages.success(request, "Le lien est retiré, du registre et de la fiche aussi.")
    return redirect("space:practices", appraisal.reference)


@appraisal_view("POST")
def practice_aside(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    practice = get_object_or_404(PracticePage.objects.live(), pk=pk)
    set_practice_aside(appraisal=appraisal, practice=practice, user=request.user)
    messages.success(request, "Cette pratique ne vous sera plus proposée ici.")
    return redirect("space:practices", appraisal.reference)


@appraisal_view("POST")
def practices_declined(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """« Aucune ne convient », or change her mind."""
    if "proposer" in request.POST:
        suggest_practices_again(appraisal=appraisal, user=request.user)
        messages.success(request, "Voici de nouveau ce que propose le catalogue.")
    else:
        decline_practices(appraisal=appraisal, user=request.user)
        messages.success(request, "C’est inscrit: plus rien n’est proposé pour cette démarche.")
    return redirect("space:practices", appraisal.reference)
