"""The calendar of a démarche: what is to be done, phase by phase, by whom and for when."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.domain.calendar_files import appraisal_calendar
from appreciation.domain.queries.progress import progress_of
from appreciation.domain.queries.tasks import calendar_of, dated_task, find_task
from appreciation.domain.tasks import add_task, save_task, tick_task
from appreciation.domain.team import can_edit
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.task_forms import AddTaskForm, TaskForm, TickForm
from appreciation.models import Appraisal, PhaseTask
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST")
def task_calendar(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    form = AddTaskForm(typed_text(request), phase=appraisal.phase)
    if request.method == "POST" and form.is_valid():
        try:
            task = add_task(appraisal=appraisal, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"«\u00a0{task.label}\u00a0» est au calendrier.")
            return redirect("space:calendar", appraisal.reference)
    progress = progress_of(appraisal)
    phases = calendar_of(appraisal, progress, timezone.localdate())
    context = {
        "appraisal": appraisal,
        "progress": progress,
        "phases": phases,
        "late": sum(one.is_late for phase in phases for one in phase.tasks),
        "form": form,
        "can_edit": can_edit(appraisal, request.user),
        **stepper(appraisal),
    }
    return render(request, "space/calendar.html", context)


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def task(request: HttpRequest, appraisal: Appraisal, code: str) -> HttpResponse:
    found = _task_or_404(appraisal, code)
    form = TaskForm(typed_text(request), task=found, appraisal=appraisal)
    if request.method == "POST" and form.is_valid():
        return _save(request, appraisal, found, form)
    return _page(request, appraisal, found, form)


@appraisal_view("POST")
def task_tick(request: HttpRequest, appraisal: Appraisal, code: str) -> HttpResponse:
    found, form = _task_or_404(appraisal, code), TickForm(request.POST)
    if form.is_valid():
        is_done = form.cleaned_data["done"]
        tick_task(appraisal=appraisal, user=request.user, code=code, is_done=is_done)
        words = "C’est fait" if is_done else "À refaire"
        messages.success(request, f"{words}\u00a0: {found.label}.")
    return redirect("space:calendar", appraisal.reference)


@appraisal_view("GET", "HEAD")
def calendar_file(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    text = appraisal_calendar(appraisal, timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{appraisal.reference}.ics"'
    return response


def _task_or_404(appraisal: Appraisal, code: str) -> PhaseTask:
    found = find_task(appraisal, code)
    if found is None:
        raise Http404
    return found


def _save(
    request: HttpRequest, appraisal: Appraisal, found: PhaseTask, form: TaskForm
) -> HttpResponse:
    version = form.cleaned_data["version"] or 0
    try:
        save_task(
            appraisal=appraisal,
            user=request.user,
            code=found.code,
            version=version,
            wish=form.wish(),
        )
    except ConcurrentEditError as conflict:
        stored = TaskForm(None, task=_task_or_404(appraisal, found.code), appraisal=appraisal)
        form.data = form.data.copy()
        form.data["version"] = stored.initial["version"]
        both = {"conflict": str(conflict), "differences": differences(form, stored)}
        return _page(request, appraisal, found, form, status=409, **both)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _page(request, appraisal, found, form)
    messages.success(request, f"Enregistré\u00a0: {found.label}.", extra_tags=SAVED)
    return redirect("space:calendar", appraisal.reference)


def _page(
    request: HttpRequest,
    appraisal: Appraisal,
    found: PhaseTask,
    form: TaskForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = {
        "appraisal": appraisal,
        "one": dated_task(found, appraisal, progress_of(appraisal), timezone.localdate()),
        "form": form,
        **stepper(appraisal),
        **more,
    }
    return render(request, "space/task.html", context, status=status)
