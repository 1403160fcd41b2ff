"""« Proposer une pratique » without an account: send, confirm, follow, take back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.public_forms import TOO_OLD, TooManySendingsError, count_sending, key_of_form
from core.errors import DomainError
from core.form_errors import add_refusal
from core.origin import origin_is_enough, visitor_address
from pratiques.domain.proposals import (
    UNCONFIRMED_KEPT,
    confirm_proposal,
    propose_practice,
    withdraw_proposal,
)
from pratiques.interfaces.proposal_form import FORM, ProposalForm
from pratiques.models import PracticeProposal


@origin_is_enough
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ProposalForm(request.POST, request.FILES) if is_sent else ProposalForm()
    status = 200
    if is_sent and form.is_valid():
        try:
            return redirect("pratiques:proposal", _keep(request, form).token)
        except DomainError as refusal:
            if str(refusal) == TOO_OLD:
                form.start_again()
            status = 429 if isinstance(refusal, TooManySendingsError) else 200
            add_refusal(form, refusal)
    if form.errors:
        form.ask_photo_again()
    return render(request, "pratiques/propose.html", {"form": form}, status=status)


def _keep(request: HttpRequest, form: ProposalForm) -> PracticeProposal:
    now = timezone.now()
    said = form.said()
    form_key = key_of_form(FORM, form.cleaned_data["started"], said=said.fingerprint)
    if kept := PracticeProposal.objects.filter(form_key=form_key).first():
        return kept
    count_sending(form=FORM, address=visitor_address(request), now=now)
    return propose_practice(said=said, photo=form.cleaned_photo, form_key=form_key, now=now)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt, and where the proposal is; the button takes it back."""
    found = PracticeProposal.objects.select_related("practice", "territory")
    mine = found.filter(token=token).first()
    if mine is None:
        return render(request, "pratiques/proposal_gone.html", status=404)
    problem = ""
    if request.method == "POST":
        try:
            withdraw_proposal(proposal=mine)
        except DomainError as refusal:
            problem = str(refusal)
        else:
            return render(request, "pratiques/proposal_gone.html", {"is_withdrawn": True})
    context = {"proposal": mine, "problem": problem, "days": UNCONFIRMED_KEPT.days}
    return render(request, "pratiques/proposal.html", context, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Mail scanners open links: only the button confirms."""
    mine = PracticeProposal.objects.filter(confirmation_token=token).first()
    if mine is None:
        return render(request, "pratiques/proposal_gone.html", status=404)
    if request.method == "POST":
        confirm_proposal(proposal=mine, now=timezone.now())
        return redirect("pratiques:proposal", mine.token)
    return render(request, "pratiques/proposal_confirm.html", {"proposal": mine})
