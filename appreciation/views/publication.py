"""« Préparer la publication »: how far, from when; preview; withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.historical import can_type_words
from appreciation.domain.publications import (
    draft_edition,
    has_unpublished_lessons,
    levels_allowed,
    publication_obstacles,
    publish,
    withdraw,
)
from appreciation.domain.team import can_edit
from appreciation.interfaces.entry_page import entry_context
from appreciation.interfaces.publication_forms import PublicationForm, WithdrawalForm
from appreciation.models import Appraisal, Correction
from appreciation.views.guards import appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST")
def publication(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    form = _publication_form(request, appraisal)
    if request.method == "POST" and form.is_valid():
        try:
            publish(
                appraisal=appraisal,
                level=form.cleaned_data["level"],
                user=request.user,
                embargo_until=form.embargo_until,
                issues=form.cleaned_data["issues"],
                replaces=form.cleaned_data["replaces"],
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "C’est publié, et c’est inscrit au journal.")
            return redirect("space:publication", appraisal.reference)
    return render(request, "space/publication.html", _context(request, appraisal, form))


@appraisal_view("GET", "HEAD")
def publication_preview(request: HttpRequest, appraisal: Appraisal, level: str) -> HttpResponse:
    """The page of the register as it would be at `level`; nothing is written."""
    if level not in levels_allowed(appraisal):
        raise Http404
    edition = draft_edition(appraisal, level)
    context = entry_context(request, edition, introduction="") | {"is_preview": True}
    return render(request, "appreciation/appraisal_page.html", context)


@appraisal_view("GET", "HEAD", "POST")
def withdrawal(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    current = appraisal.publications.current().light().first()
    if not can_edit(appraisal, request.user):
        raise Http404
    form = WithdrawalForm(typed_text(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(appraisal=appraisal, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La démarche est retirée du registre.")
            return redirect("space:publication", appraisal.reference)
    context = {"appraisal": appraisal, "current": current, "form": form, **stepper(appraisal)}
    return render(request, "space/withdrawal.html", context)


def _publication_form(request: HttpRequest, appraisal: Appraisal) -> PublicationForm:
    data = typed_text(request)
    levels = levels_allowed(appraisal)
    latest = appraisal.publications.light().order_by("number").last()
    initial = {
        "replaces": latest.number if latest else 0,
        "level": levels[-1] if levels else "",
        "issues": latest.issues.all() if latest else (),
    }
    form = PublicationForm(data, initial=initial)
    form.offer(levels)
    return form


def _context(request: HttpRequest, appraisal: Appraisal, form: PublicationForm) -> dict:
    latest = (
        appraisal.publications.light()
        .select_related("published_by", "appraisal__page")
        .order_by("number")
        .last()
    )
    is_out = appraisal.publications.out().exists()
    return {
        "appraisal": appraisal,
        "form": form,
        "levels": [(level, level.label) for level in levels_allowed(appraisal)],
        "obstacles": publication_obstacles(appraisal),
        "latest": latest,
        "is_out": is_out,
        "has_new_lessons": is_out and has_unpublished_lessons(appraisal, latest),
        "next_number": latest.number + 1 if latest else 1,
        "may_type_words": can_type_words(appraisal, request.user),
        "may_publish": can_edit(appraisal, request.user),
        "waiting_corrections": Correction.objects.waiting().filter(appraisal=appraisal).count(),
        **stepper(appraisal),
    }
