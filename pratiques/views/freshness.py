"""« Encore vrai? »: the page behind the link that the holder of a sheet receives."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from core.form_errors import add_refusal
from pratiques.domain.freshness import answer_check
from pratiques.interfaces.freshness_form import FreshnessForm
from pratiques.models import FreshnessCheck


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def freshness(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links); the button sends the answer."""
    found = FreshnessCheck.objects.select_related("practice").filter(token=token)
    check = found.filter(practice__live=True).first()
    if check is None:
        return render(request, "pratiques/freshness_gone.html", status=404)
    form = FreshnessForm(
        request.POST if request.method == "POST" else None,
        initial={"reply": check.reply, "words": check.words},
    )
    if request.method == "POST" and _kept(check, form):
        return redirect("pratiques:freshness", token)
    context = {"check": check, "form": form}
    return render(request, "pratiques/freshness.html", context, status=422 if form.errors else 200)


def _kept(check: FreshnessCheck, form: FreshnessForm) -> bool:
    """Whether the answer is stored; otherwise the form says why."""
    if not form.is_valid():
        return False
    try:
        answer_check(check=check, **form.cleaned_data)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return False
    return True
