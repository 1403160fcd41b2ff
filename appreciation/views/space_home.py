"""« Mes démarches »."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from appreciation.domain.historical import places_for_historical
from appreciation.domain.queries.appraisals import (
    dashboard_appraisals,
    filter_appraisals,
    territories_of,
)
from appreciation.domain.queries.interests import new_interests
from appreciation.domain.queries.progress import progress_from
from appreciation.domain.rehearsals import erased_on, rehearsals_under_way
from appreciation.domain.steps import next_thing
from appreciation.interfaces.appraisal_forms import AppraisalFilterForm
from appreciation.models.directory import may_read_directory
from appreciation.views.guards import space_view

PER_PAGE = 20
MANY = 8
"""From this many démarches on, the list has filters."""


@space_view("GET", "HEAD")
def home(request: HttpRequest) -> HttpResponse:
    everything = dashboard_appraisals(request.user)
    form = AppraisalFilterForm(request.GET)
    form.fields["territory"].queryset = territories_of(request.user)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = filter_appraisals(
        everything,
        text=chosen.get("q", ""),
        phase=chosen.get("phase", ""),
        state=chosen.get("state", ""),
        territory=chosen.get("territory"),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    is_filtered = any(chosen.values())
    rehearsal = rehearsals_under_way(request.user).first()
    context = {
        "page": page,
        "rows": [(row, next_thing(row, progress_from(row))) for row in page],
        "form": form,
        "is_filtered": is_filtered,
        "shows_filters": is_filtered or page.paginator.count >= MANY,
        "new_interests": new_interests(request.user),
        "may_enter_historical": places_for_historical(request.user).exists(),
        "reads_directory": may_read_directory(request.user),
        "rehearsal": rehearsal,
        "rehearsal_erased_on": erased_on(rehearsal) if rehearsal else None,
        "query": _query_without_page(request),
    }
    return render(request, "space/home.html", context)


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
