"""« Refaire une appréciation », then « avant / maintenant »."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.repeat import can_repeat, latest_version, repeat_appraisal
from appreciation.domain.report import Comparison, comparison_for_team
from appreciation.interfaces.comparison_document import (
    comparison_rows,
    comparison_source,
    present_comparison,
)
from appreciation.interfaces.repeat_forms import RepeatForm
from appreciation.models import Appraisal
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.csv_export import csv_response
from core.errors import DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def repeat(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    form = RepeatForm(typed_text(request))
    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        try:
            again = repeat_appraisal(appraisal=appraisal, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            words = f"La démarche {again.reference} est ouverte, avec le cadre de la première."
            messages.success(request, words, extra_tags=SAVED)
            return redirect("space:appraisal", again.reference)
    context = {
        "appraisal": appraisal,
        "form": form,
        "can_repeat": can_repeat(appraisal),
        "instrument": latest_version(appraisal.instrument),
        **stepper(appraisal),
    }
    return render(request, "space/repeat.html", context, status=422 if is_sent else 200)


@appraisal_view("GET", "HEAD")
def comparison(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    """Both démarches side by side, as far as this person may see the first one."""
    found = _comparison(request, appraisal)
    context = {
        "appraisal": appraisal,
        "compared": present_comparison(found, source=_source(appraisal, found)) if found else None,
        **stepper(appraisal),
    }
    return render(request, "reports/comparison.html", context)


@appraisal_view("GET", "HEAD")
def comparison_csv(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    found = _comparison(request, appraisal)
    rows = comparison_rows(found, source=_source(appraisal, found)) if found else iter(())
    return csv_response(f"avant-maintenant-{appraisal.reference}.csv", rows)


def _comparison(request: HttpRequest, appraisal: Appraisal) -> Comparison | None:
    if appraisal.previous_id is None:
        return None
    visible = Appraisal.objects.visible_to(request.user)
    sees_both = visible.filter(pk=appraisal.previous_id).exists()
    return comparison_for_team(appraisal, sees_both=sees_both)


def _source(appraisal: Appraisal, found: Comparison) -> str:
    return comparison_source(found, str(appraisal.place), is_demo=appraisal.is_demo)
