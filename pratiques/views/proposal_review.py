"""The admin's queue of proposals: read, begin a sheet, decline, clear what nobody confirmed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from core.errors import DomainError
from core.form_errors import add_refusal
from core.typography import NBSP, fr_typo
from pratiques.domain.proposal_review import (
    changes_since,
    decline_proposal,
    dismiss_unconfirmed,
    draft_from_proposal,
)
from pratiques.domain.queries.proposals import (
    MOST_UNCONFIRMED,
    proposals_to_read,
    settled_proposals,
    unconfirmed_proposals,
)
from pratiques.interfaces.proposal_review_form import DeclineForm
from pratiques.models import PracticeProposal

PER_PAGE = 30
RECENT = 20
MOST_DIGITS = 15


@never_cache
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    unconfirmed = unconfirmed_proposals(request.user)
    context = {
        "page": Paginator(proposals_to_read(request.user), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "settled": settled_proposals(request.user)[:RECENT],
        "unconfirmed": unconfirmed[:MOST_UNCONFIRMED],
        "unconfirmed_count": unconfirmed.count(),
    }
    return render(request, "pratiques/admin/proposals.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST declines; beginning a sheet has its own address."""
    proposal = _hers(request, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_proposal(
                proposal=proposal, user=request.user, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "La réponse part par courriel.")
            return redirect("pratiques_proposals")
    sheet = proposal.practice
    context = {
        "proposal": proposal,
        "form": form,
        "changes": changes_since(proposal),
        "may_edit": sheet is not None and sheet.permissions_for_user(request.user).can_edit(),
    }
    status = 422 if form.errors else 200
    return render(request, "pratiques/admin/proposal.html", context, status=status)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        draft_from_proposal(proposal=_hers(request, pk), user=request.user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, fr_typo(str(refusal)))
    else:
        messages.success(request, "La fiche est commencée; la personne en est avertie.")
    return redirect("pratiques_proposal", pk)


@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    chosen = [
        int(pk)
        for pk in request.POST.getlist("chosen")
        if pk.isdecimal() and len(pk) <= MOST_DIGITS
    ]
    erased = dismiss_unconfirmed(pks=chosen, user=request.user)
    messages.success(request, f"Propositions effacées{NBSP}: {erased}.")
    return redirect("pratiques_proposals")


@never_cache
@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Private until a sheet carries it: only who may read the proposal sees it."""
    proposal = _hers(request, pk)
    if not proposal.photo:
        raise Http404
    try:
        with proposal.photo.open("rb") as content:
            response = HttpResponse(content.read(), content_type="image/jpeg")
    except OSError as error:
        raise Http404 from error
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _hers(request: HttpRequest, pk: int) -> PracticeProposal:
    rows = PracticeProposal.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("territory", "practice"), pk=pk)
