"""« Restitution »: opened to participants for thirty days, the paper copies handed out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from appreciation.domain.restitution import (
    close_restitution,
    missing_to_open,
    open_restitution,
    public_evening,
    save_paper_copies,
    window_of,
)
from appreciation.domain.team import can_edit
from appreciation.enums import MeetingKind
from appreciation.interfaces.restitution_forms import EarlyCloseForm, PaperCopiesForm
from appreciation.models import Appraisal, Restitution
from appreciation.views.guards import appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal
from core.qr_code import qr_code


@appraisal_view("GET", "HEAD", "POST")
def restitution(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    data = typed_text(request)
    intent = data.get("intent", "") if data else ""
    stored = Restitution.objects.filter(appraisal=appraisal).first()
    copies = PaperCopiesForm(data if intent == "copies" else None, stored=stored)
    early = EarlyCloseForm(data if intent == "close" else None)
    if request.method == "POST" and _carry_out(request, appraisal, copies, early):
        return redirect("space:restitution", appraisal.reference)
    context = _context(request, appraisal, stored) | {"copies_form": copies, "early_form": early}
    status = 422 if request.method == "POST" else 200
    return render(request, "space/restitution.html", context, status=status)


def _carry_out(
    request: HttpRequest, appraisal: Appraisal, copies: PaperCopiesForm, early: EarlyCloseForm
) -> bool:
    """Whether the gesture is done; otherwise its form, or a message, says why not."""
    who = {"appraisal": appraisal, "user": request.user}
    form = copies if copies.is_bound else early if early.is_bound else None
    if form is not None and not form.is_valid():
        return False
    try:
        if form is copies:
            save_paper_copies(**who, **copies.cleaned_data)
            words = "Les copies de papier sont inscrites."
        elif form is early:
            close_restitution(**who, **early.cleaned_data)
            words = "La restitution est fermée."
        else:
            open_restitution(**who)
            words = "La restitution est ouverte. L’adresse est prête à donner."
    except DomainError as refusal:
        _say(request, form, refusal)
        return form is None
    messages.success(request, words)
    return True


def _say(request: HttpRequest, form, refusal: DomainError) -> None:
    if form is None:
        for line in str(refusal).splitlines():
            messages.error(request, line)
        return
    add_refusal(form, refusal)
    if isinstance(refusal, ConcurrentEditError):
        form.add_error(None, f"Ce qui est inscrit maintenant: {refusal.theirs}.")
        form.data = form.data.copy()
        form.data["version"] = form.initial["version"]


def _context(request: HttpRequest, appraisal: Appraisal, stored: Restitution | None) -> dict:
    window, now = window_of(stored), timezone.now()
    held = appraisal.meetings.filter(kind=MeetingKind.APPRAISAL, opened_at__isnull=False)
    addresses = [report_address(request, meeting.join_code) for meeting in held]
    return {
        "appraisal": appraisal,
        "stored": stored,
        "is_open": window.is_open(now),
        "is_over": window.is_over(now),
        "window": window,
        "evening": public_evening(appraisal, now),
        "obstacles": [] if window.is_open(now) else missing_to_open(appraisal),
        "addresses": [{"url": url, "qr": qr_code(url)} for url in addresses],
        "may_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }


def report_address(request: HttpRequest, code: str) -> str:
    """The whole address, as it is printed and scanned."""
    return request.build_absolute_uri(reverse("participant:report", args=[code]))
