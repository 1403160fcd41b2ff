"""The link of the « secrétaire d’un soir »: given and taken back by the team, no account asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appreciation.domain.actors import Actor
from appreciation.domain.evening_passes import (
    create_evening_pass,
    revoke_evening_pass,
    usable_passes,
)
from appreciation.domain.paper import MIRRORED
from appreciation.domain.room import entry_is_private
from appreciation.interfaces.evening_pass_form import EveningPassForm
from appreciation.models import Meeting
from appreciation.permissions import join_as_secretary
from appreciation.views.guards import meeting_view, typed_text
from core.errors import DomainError
from core.qr_code import qr_code
from core.typography import fr_typo


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def evening_passes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if entry_is_private(meeting):  # a code to scan, and names: the hall would read them
        context = {"meeting": meeting, "refusal": MIRRORED, "tab": "passes"}
        status = 409 if request.method == "POST" else 200
        return render(request, "entry/refused.html", context, status=status)
    typed = typed_text(request)
    form = EveningPassForm(typed if typed and "donner" in typed else None)
    if "retirer" in request.POST:
        return _revoke(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            create_evening_pass(
                meeting=meeting, actor=Actor(user=request.user), **form.cleaned_data
            )
            messages.success(request, "Le lien est prêt: montrez le code ou copiez l’adresse.")
            return redirect("space:evening_passes", meeting.reference)
        except DomainError as error:
            for name, sentence in error.fields.items() or ((None, str(error)),):
                form.add_error(name, fr_typo(sentence))
    context = {"meeting": meeting, "form": form, "passes": _links(request, meeting)}
    status = 422 if form.errors else 200
    return render(request, "entry/evening_passes.html", context, status=status)


def _revoke(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    evening_pass = get_object_or_404(
        meeting.evening_passes.select_related("meeting"),
        pk=request.POST["retirer"] if request.POST["retirer"].isdecimal() else 0,
    )
    revoke_evening_pass(evening_pass=evening_pass, actor=Actor(user=request.user))
    messages.success(request, f"Le lien de {evening_pass.label} ne fonctionne plus.")
    return redirect("space:evening_passes", meeting.reference)


def _links(request: HttpRequest, meeting: Meeting) -> list[dict]:
    links = []
    for evening_pass in usable_passes().filter(meeting=meeting):
        address = request.build_absolute_uri(
            reverse("participant:evening_pass", args=[evening_pass.token])
        )
        links.append({"pass": evening_pass, "address": address, "qr": qr_code(address)})
    return links


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_evening(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links); the button joins.

    Unknown, expired and taken back answer alike.
    """
    evening_pass = usable_passes().filter(token=token).select_related("meeting__appraisal__place")
    found = evening_pass.first()
    if found is None:
        return render(request, "entry/evening_gone.html", status=404)
    if request.method == "POST":
        join_as_secretary(request, found)
        return redirect("space:entry_grid", found.meeting.reference)
    return render(request, "entry/evening_join.html", {"evening_pass": found})
