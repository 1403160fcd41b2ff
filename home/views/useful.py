"""« Cette page vous a-t-elle été utile? »: one answer, no cookie, thanks on a page of its own."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from cms.caching import for_everyone
from cms.public_forms import TooManySendingsError, count_sending
from core.origin import origin_is_enough, visitor_address
from home.domain.usefulness import answers_by_page, count_answer

ANSWERS = {"oui": True, "non": False}
MOST_AN_HOUR = 30
PER_PAGE = 50


@origin_is_enough
@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    """Beyond what a person reads in an hour, thanks are said and nothing is counted."""
    page = _page_or_404(pk)
    answer = ANSWERS.get(request.POST.get("utile", ""))
    if answer is None:
        return redirect(page.get_url(request) or "/")
    now = timezone.now()
    try:
        count_sending(form="utile", address=visitor_address(request), now=now, most=MOST_AN_HOUR)
        count_answer(page=page, is_useful=answer, now=now)
    except TooManySendingsError:
        pass
    return redirect("useful_thanks", page.pk)


@require_safe
def thanks(request: HttpRequest, pk: int) -> HttpResponse:
    page = _page_or_404(pk)
    return for_everyone(render(request, "home/useful_thanks.html", {"read": page}))


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """For editors: where to look first."""
    rows = Paginator(answers_by_page(today=timezone.localdate()), PER_PAGE)
    context = {"page": rows.get_page(request.GET.get("page"))}
    return render(request, "home/admin/useful.html", context)


def _page_or_404(pk: int) -> Page:
    page = Page.objects.live().public().filter(pk=pk).first()
    if page is None:
        raise Http404
    return page
