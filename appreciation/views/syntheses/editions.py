"""« Figer et publier »: dated figures, what changed since, and what everybody reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.synthesis.freezing import freeze, what_changed
from appreciation.domain.synthesis.publishing import (
    attach_adopted_version,
    publication_obstacles,
    publish_edition,
    withdraw_edition,
)
from appreciation.interfaces.synthesis_forms import (
    AdoptedSynthesisForm,
    PublishForm,
    WithdrawForm,
)
from appreciation.models import Synthesis, SynthesisEdition
from appreciation.views.guards import synthesis_view
from core.errors import DomainError
from core.form_errors import add_refusal


@synthesis_view("GET", "HEAD", "POST")
def synthesis_editions(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    """Freeze the figures of today; the editions frozen so far."""
    if request.method == "POST":
        try:
            edition = freeze(synthesis=synthesis, user=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("space:synthesis_editions", synthesis.reference)
        messages.success(request, f"L’édition {edition.number} est figée.")
        return redirect("space:synthesis_edition", synthesis.reference, edition.number)
    context = {"synthesis": synthesis, "editions": synthesis.editions.light()}
    return render(request, "space/syntheses/editions.html", context)


@synthesis_view("GET", "HEAD", "POST")
def synthesis_edition(request: HttpRequest, synthesis: Synthesis, number: int) -> HttpResponse:
    """One edition: what changed since, its files, and the way to the public page."""
    edition = get_object_or_404(synthesis.editions.select_related("document"), number=number)
    changes, intent = what_changed(edition=edition), request.POST.get("intent", "")
    forms = {
        "publish": PublishForm(
            request.POST if intent == "publish" else None, asks_to_know=bool(changes.replaced)
        ),
        "withdraw": WithdrawForm(request.POST if intent == "withdraw" else None),
        "adopted": AdoptedSynthesisForm(
            request.POST if intent == "adopted" else None,
            request.FILES if intent == "adopted" else None,
        ),
    }
    if request.method == "POST" and intent in forms and forms[intent].is_valid():
        try:
            words = _GESTURES[intent](edition, request, forms[intent].cleaned_data)
        except DomainError as refusal:
            add_refusal(forms[intent], refusal)
        else:
            messages.success(request, words)
            return redirect("space:synthesis_edition", synthesis.reference, number)
    context = {
        "synthesis": synthesis,
        "edition": edition,
        "forms": forms,
        "changes": changes,
        "obstacles": publication_obstacles(edition=edition),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "space/syntheses/edition.html", context, status=status)


def _publish(edition: SynthesisEdition, request: HttpRequest, values: dict) -> str:
    known = values.get("acknowledged", False)
    publish_edition(edition=edition, user=request.user, acknowledged=known)
    return "La synthèse est publiée."


def _withdraw(edition: SynthesisEdition, request: HttpRequest, values: dict) -> str:
    withdraw_edition(edition=edition, user=request.user, reason=values["reason"])
    return "La synthèse est retirée. Son adresse le dit."


def _attach(edition: SynthesisEdition, request: HttpRequest, values: dict) -> str:
    attach_adopted_version(edition=edition, user=request.user, file=values["file"])
    return "La version adoptée est jointe."


_GESTURES = {"publish": _publish, "withdraw": _withdraw, "adopted": _attach}
