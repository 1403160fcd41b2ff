"""« Notre communauté est intéressée »: the visitor's form, no account, and what happens next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appreciation.domain.interests import ANSWER_WITHIN, record_interest
from appreciation.interfaces.interest_forms import FORM, InterestForm
from background.letters import full_address
from cms.public_forms import TOO_MANY, TOO_OLD, count_sending, key_of_form
from core.errors import DomainError
from core.form_errors import add_refusal
from core.origin import origin_is_enough, visitor_address


@origin_is_enough
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interest_form(request: HttpRequest) -> HttpResponse:
    form = InterestForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            _keep(request, form)
        except DomainError as refusal:
            if str(refusal) == TOO_OLD:
                form.start_again()
            status = 429 if str(refusal) == TOO_MANY else 200
            add_refusal(form, refusal)
        else:
            return redirect("interest_sent")
    context = {"form": form, "days": ANSWER_WITHIN.days}
    return render(request, "interest/form.html", context, status=status)


def _keep(request: HttpRequest, form: InterestForm) -> None:
    now = timezone.now()
    said = form.said()
    form_key = key_of_form(FORM, form.cleaned_data["started"], said=said)
    count_sending(form=FORM, address=visitor_address(request), now=now)
    list_url = full_address("space:interests")
    record_interest(said=said, form_key=form_key, list_url=list_url, now=now)


@never_cache
@require_safe
def interest_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "interest/sent.html", {"days": ANSWER_WITHIN.days})
