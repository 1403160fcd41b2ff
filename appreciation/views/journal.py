"""The journal: what was done, by whom, when, with the sentence written then."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from appreciation.domain.queries.journal import journal_of
from appreciation.models import Appraisal
from appreciation.views.guards import appraisal_view
from appreciation.views.stepper import stepper

PER_PAGE = 100


@appraisal_view("GET", "HEAD")
def journal(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    page = Paginator(journal_of(appraisal), PER_PAGE).get_page(request.GET.get("page"))
    context = {"appraisal": appraisal, "page": page, **stepper(appraisal)}
    return render(request, "space/journal.html", context)
