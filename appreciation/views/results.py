"""What the meeting found, for its team."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from appreciation.domain.discretion import discretion_rules
from appreciation.domain.dots import settled_ranking
from appreciation.domain.practices import practices_for
from appreciation.domain.results import Audience, MeetingResults, meeting_results
from appreciation.domain.room_mix import room_mix
from appreciation.interfaces.ranking_table import DOTS, ranking_rows
from appreciation.interfaces.results_csv import results_rows
from appreciation.interfaces.results_figures import ResultsDocument, item_names, results_document
from appreciation.models import Meeting
from appreciation.views.guards import meeting_view
from core.csv_export import csv_response


@meeting_view("GET", "HEAD", rehearsed=True)
def results(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    document = _document(meeting)
    agreed = [
        {"name": name, "statement": item.item.text, "agreed": item.agreed}
        for item, name in _named_items(document.results)
        if item.agreed
    ]
    context = {"meeting": meeting, "document": document, "agreed_items": agreed}
    context["ranking"] = settled_ranking(meeting)
    context["mix"] = None if meeting.is_rehearsal else room_mix(meeting)
    context["practices"] = () if meeting.is_rehearsal else practices_for(meeting.appraisal)
    return render(request, "results/results.html", context)


@meeting_view("GET", "HEAD")
def results_csv(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The whole table, or the numbers of one figure (`?figure=`)."""
    document = _document(meeting)
    identifier = request.GET.get("figure", "")
    if not identifier:
        rows = results_rows(document.results, source=document.source)
        return csv_response(f"resultats-{meeting.reference}.csv", rows)
    ranking = settled_ranking(meeting) if identifier == DOTS else None
    if ranking is not None:
        rows = [*ranking_rows(ranking), ("Source", document.source)]
        return csv_response(f"{DOTS}-{meeting.reference}.csv", rows)
    chart = document.chart(identifier)
    if chart is None:
        raise Http404
    return csv_response(f"{identifier}-{meeting.reference}.csv", chart.csv_rows())


def _document(meeting: Meeting) -> ResultsDocument:
    rules = discretion_rules()
    found = meeting_results(meeting, audience=Audience.TEAM, thresholds=rules.thresholds)
    return results_document(found, outside_k=rules.outside_k)


def _named_items(found: MeetingResults):
    names = item_names(found)
    return [(item, names[item.item.id]) for item in found.by_strength]
