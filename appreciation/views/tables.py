"""Tables of the hall: how many, and what each one settled on before the plenary."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.actors import Actor
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.domain.tables import save_table, set_tables
from appreciation.domain.team import can_edit
from appreciation.interfaces.table_forms import TableCountForm, TableForm
from appreciation.models import DiscussionTable, Meeting
from appreciation.views.guards import SAVED, meeting_view, typed_text
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@meeting_view("GET", "HEAD", "POST", rehearsed=True)
def tables(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    listed = list(meeting.tables.annotate(said=Count("ratings")))
    form = TableCountForm(typed_text(request), initial={"count": len(listed) or None})
    if request.method == "POST" and form.is_valid():
        try:
            set_tables(meeting=meeting, actor=Actor(user=request.user), **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("space:tables", meeting.reference)
    context = {
        "meeting": meeting,
        "tables": listed,
        "form": form,
        "can_edit": can_edit(meeting.appraisal, request.user),
    }
    return render(request, "evening/tables.html", context, status=422 if form.errors else 200)


@meeting_view("GET", "HEAD", "POST", to_edit=True, rehearsed=True)
def table(request: HttpRequest, meeting: Meeting, number: int) -> HttpResponse:
    """One table, all its statements: sent together, both versions said on a conflict."""
    chosen = get_object_or_404(meeting.tables.select_related("meeting"), number=number)
    items = questionnaire_for(meeting.instrument).items
    form = TableForm(typed_text(request), table=chosen, items=items)
    context = {"meeting": meeting, "table": chosen, "form": form}
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, chosen, form)
        except ConcurrentEditError as error:
            context["theirs"], conflict = error.theirs, True
            form.data = form.data.copy()
            form.data["version"] = DiscussionTable.objects.get(pk=chosen.pk).version
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"La table {number} est enregistrée.", extra_tags=SAVED)
            return redirect("space:tables", meeting.reference)
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "evening/table.html", context, status=status)


def _save(request: HttpRequest, table: DiscussionTable, form: TableForm) -> None:
    save_table(
        table=table,
        actor=Actor(user=request.user),
        version=form.cleaned_data["version"],
        people=form.cleaned_data["people"],
        said=form.said,
    )
