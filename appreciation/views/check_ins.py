"""The check-ins: by the link of a mail, without an account; and in the space, for somebody."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from appreciation.domain.check_in_answers import Teller, answer_check_in, open_until
from appreciation.domain.outcomes import proposed_outcomes
from appreciation.domain.queries.checkins import (
    checkins_asking_for_help,
    coming_checkins,
    late_checkins,
)
from appreciation.domain.team import can_edit
from appreciation.enums import CheckInVia
from appreciation.interfaces.check_in_forms import CheckInForm, TeamCheckInForm
from appreciation.models import Appraisal, CheckIn
from appreciation.views.guards import appraisal_view, space_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import DomainError
from core.form_errors import add_refusal

PER_PAGE = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links); the button sends the answer."""
    found = CheckIn.objects.select_related("appraisal__place").filter(token=token)
    check_in = found.first()
    if check_in is None:
        return render(request, "follow_up/gone.html", status=404)
    form = CheckInForm(
        request.POST if request.method == "POST" else None,
        check_in=check_in,
        preset=request.GET.get("reponse", ""),
    )
    if request.method == "POST" and _kept(check_in, form, Teller(via=CheckInVia.MAIL)):
        return redirect("follow_up:answer", token)
    limit = open_until(check_in)
    context = {
        "check_in": check_in,
        "form": form,
        "limit": limit,
        "is_open": limit is None or timezone.now() <= limit,
    }
    return render(request, "follow_up/answer.html", context, status=422 if form.errors else 200)


def _kept(check_in: CheckIn, form: CheckInForm, teller: Teller) -> bool:
    """Whether the answer is stored; otherwise the form says why."""
    if not form.is_valid():
        return False
    teller = Teller(via=teller.via, user=teller.user, label=form.cleaned_data["label"])
    words = form.cleaned_data["words"]
    try:
        answer_check_in(check_in=check_in, replies=form.replies(), words=words, teller=teller)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return False
    return True


@space_view("GET", "HEAD")
def check_ins(request: HttpRequest) -> HttpResponse:
    """What has no news, what asks for help, what comes: of every démarche she may see."""
    coming = Paginator(coming_checkins(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "late": late_checkins(request.user)[:PER_PAGE],
        "help_asked": checkins_asking_for_help(request.user)[:PER_PAGE],
        "page": coming,
    }
    return render(request, "space/check_ins.html", context)


@appraisal_view("GET", "HEAD")
def follow_up(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """The follow-up of one démarche on one page."""
    context = {
        "appraisal": appraisal,
        "check_ins": appraisal.check_ins.prefetch_related("answers").select_related("recorded_by"),
        "outcomes": appraisal.outcomes.select_related("action", "evidence_document"),
        "proposed": proposed_outcomes(appraisal),
        "can_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    return render(request, "space/follow_up.html", context)


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def check_in(request: HttpRequest, appraisal: Appraisal, months: int) -> HttpResponse:
    """Write down what was heard by telephone, or what one knows oneself."""
    asked = get_object_or_404(appraisal.check_ins, months=months)
    form = TeamCheckInForm(typed_text(request), check_in=asked)
    if request.method == "POST" and form.is_valid():
        teller = Teller(via=form.cleaned_data["via"], user=request.user)
        if _kept(asked, form, teller):
            messages.success(request, "La réponse est inscrite.")
            return redirect("space:follow_up", appraisal.reference)
    context = {"appraisal": appraisal, "check_in": asked, "form": form, **stepper(appraisal)}
    return render(request, "space/check_in.html", context, status=422 if form.errors else 200)
