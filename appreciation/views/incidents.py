"""« Registre des incidents »: read, written, carried away as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.incidents import record_incident
from appreciation.interfaces.incident_form import IncidentForm
from appreciation.models import Incident
from appreciation.views.guards import SAVED, coordination_view, typed_text
from core.csv_export import csv_response
from core.errors import DomainError
from core.form_errors import add_refusal


@coordination_view("GET", "HEAD", "POST")
def incidents(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    if request.GET.get("format") == "csv":
        return csv_response("registre-incidents.csv", _lines())
    form = IncidentForm(typed_text(request))
    if request.method == "POST" and form.is_valid():
        try:
            record_incident(user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "L’incident est au registre.", extra_tags=SAVED)
            return redirect("space:incidents")
    context = {"form": form, "incidents": Incident.objects.all()}
    return render(request, "space/incidents.html", context)


def _lines() -> Iterator[list[object]]:
    fields = [Incident._meta.get_field(name) for name in IncidentForm.Meta.fields]
    yield [str(field.verbose_name) for field in fields]
    for one in Incident.objects.iterator():
        yield [getattr(one, field.name) for field in fields]
