"""Answers row by row, streamed: those of a démarche for its team, those of a territory's teams."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse

from appreciation.interfaces.answers_csv import answer_table
from appreciation.models import Appraisal, Meeting
from appreciation.views.guards import appraisal_view, coordination_view
from core.csv_export import csv_response


@appraisal_view("GET", "HEAD", to_edit=True)
def appraisal_answers(request: HttpRequest, appraisal: Appraisal) -> StreamingHttpResponse:
    meetings = Meeting.objects.filter(appraisal=appraisal)
    return csv_response(f"reponses-{appraisal.reference}.csv", answer_table(meetings))


@coordination_view("GET", "HEAD")
def coordinated_answers(request: HttpRequest) -> StreamingHttpResponse:
    """Of every démarche that this person may change: her territory's, and those of her teams."""
    meetings = Meeting.objects.editable_by(request.user)
    return csv_response("reponses-des-demarches.csv", answer_table(meetings))
