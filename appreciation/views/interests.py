"""The coordination's list of interested communities, and one of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.views.invitations import INVITED_EMAIL
from appreciation.domain.interests import answer_due_on, settle_interest
from appreciation.enums import WAITING_INTEREST_STATES, InterestState
from appreciation.interfaces.interest_forms import SettleForm
from appreciation.models import InterestRequest
from appreciation.views.guards import coordination_view, kept_text, space_view
from core.errors import DomainError
from core.form_errors import add_refusal

PER_PAGE = 20


@coordination_view("GET", "HEAD")
def interests(request: HttpRequest) -> HttpResponse:
    rank = Case(
        *(When(state=state, then=Value(n)) for n, state in enumerate(WAITING_INTEREST_STATES)),
        default=Value(len(WAITING_INTEREST_STATES)),
        output_field=IntegerField(),
    )
    rows = InterestRequest.objects.visible_to(request.user).select_related("territory", "appraisal")
    ordered = rows.annotate(rank=rank).order_by("rank", "received_at", "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(row, answer_due_on(row)) for row in page]}
    return render(request, "space/interests.html", context)


@space_view("GET", "HEAD", "POST")
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    one = _interest_for(request, pk)
    is_sent = request.method == "POST"
    form = SettleForm(
        request.POST if is_sent else kept_text(request),
        initial={"state": one.state, "outcome": one.outcome},
    )
    if is_sent and form.is_valid():
        try:
            settle_interest(
                interest=one, user=request.user, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "C’est inscrit.")
            return redirect("space:interests")
    is_open = one.state != InterestState.OPENED
    context = {"interest": one, "form": form, "due_on": answer_due_on(one), "is_open": is_open}
    return render(request, "space/interest.html", context)


@space_view("POST")
def interest_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """To the screen of invitations, the address already in its box (never in an address)."""
    one = _interest_for(request, pk)
    request.session[INVITED_EMAIL] = one.email
    return redirect("accounts:invitations")


def _interest_for(request: HttpRequest, pk: int) -> InterestRequest:
    """The request, if it is addressed to this coordinator. Http404 otherwise."""
    rows = InterestRequest.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("territory", "appraisal", "settled_by"), pk=pk)
