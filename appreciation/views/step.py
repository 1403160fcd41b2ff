"""One step of a démarche: one address, one form."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.domain.phases import (
    advance,
    allowed_transitions,
    can_open_phase,
    left_if_possible,
    missing_to_advance,
)
from appreciation.domain.presence import others_writing, start_writing, stop_writing
from appreciation.domain.queries.progress import progress_of
from appreciation.domain.queries.tasks import next_tasks
from appreciation.domain.queries.toolkit import live_step
from appreciation.domain.solicitation import solicitation_of
from appreciation.domain.steps import GUIDES
from appreciation.domain.team import can_edit
from appreciation.enums import AppraisalState, Phase
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.step_forms import StepForm
from appreciation.models import Appraisal
from appreciation.views.guards import SAVED, appraisal_view, kept_text
from appreciation.views.space_links import step_links
from appreciation.views.step_handlers import HANDLERS
from appreciation.views.stepper import PHASES_BY_SLUG, step_url, stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal
from core.typography import fr_time


@appraisal_view("GET", "HEAD", "POST")
def step(request: HttpRequest, appraisal: Appraisal, slug: str) -> HttpResponse:
    phase = PHASES_BY_SLUG.get(slug)
    if phase is None:
        raise Http404
    if not can_open_phase(appraisal, phase):
        return _kindly_back(request, appraisal, phase)
    if request.method == "POST":
        return _save(request, appraisal, phase)
    kept = kept_text(request)
    form = HANDLERS[phase].build(appraisal, kept, None)
    return _page(request, appraisal, phase, form, is_kept=kept is not None)


def _save(request: HttpRequest, appraisal: Appraisal, phase: Phase) -> HttpResponse:
    handler = HANDLERS[phase]
    form = handler.build(appraisal, request.POST, request.FILES)
    if form.wants_lines or not form.is_valid():
        return _page(request, appraisal, phase, form)
    try:
        handler.save(appraisal, request.user, form)
    except ConcurrentEditError as conflict:
        return _conflict(request, appraisal, phase, form, conflict)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _page(request, appraisal, phase, form)
    stop_writing(appraisal=appraisal, phase=phase, user=request.user)
    if request.POST.get("intent") == "advance":
        return _advance(request, appraisal, phase, form)
    words = f"Tout est enregistré, {fr_time(timezone.localtime())}."
    messages.success(request, words, extra_tags=SAVED)
    return HttpResponseRedirect(step_url(appraisal, phase))


def _advance(
    request: HttpRequest, appraisal: Appraisal, phase: Phase, form: StepForm
) -> HttpResponse:
    """End the step whose form has just been saved."""
    comment = form.cleaned_data["comment"]
    try:
        advance(appraisal=appraisal, phase=phase, user=request.user, comment=comment)
    except DomainError as refusal:
        add_refusal(form, refusal)
        _start_from_stored(form, appraisal, phase)
        return _page(request, appraisal, phase, form)
    messages.success(request, f"Étape terminée: {phase.label}.", extra_tags=SAVED)
    return redirect("space:appraisal", appraisal.reference)


def _start_from_stored(form: StepForm, appraisal: Appraisal, phase: Phase) -> StepForm:
    """Sending `form` again wins: what is stored now is on screen, or is its own. Gives it back."""
    appraisal.refresh_from_db()
    stored = HANDLERS[phase].build(appraisal, None, None)
    form.data = form.data.copy()
    form.data["version"] = stored.initial.get("version", 0)
    return stored


def _conflict(
    request: HttpRequest,
    appraisal: Appraisal,
    phase: Phase,
    form: StepForm,
    conflict: ConcurrentEditError,
) -> HttpResponse:
    stored = _start_from_stored(form, appraisal, phase)
    return _page(
        request,
        appraisal,
        phase,
        form,
        status=409,
        conflict=str(conflict),
        differences=differences(form, stored),
    )


def _page(
    request: HttpRequest,
    appraisal: Appraisal,
    phase: Phase,
    form: StepForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    progress = progress_of(appraisal)
    is_done = appraisal.phase_done_at(phase) is not None
    is_editor = can_edit(appraisal, request.user)
    writer = {"appraisal": appraisal, "phase": phase, "user": request.user}
    if is_editor:
        start_writing(**writer)
    missing = [] if is_done else missing_to_advance(appraisal, phase, progress)
    context = {
        "appraisal": appraisal,
        "phase": phase,
        "guide": GUIDES[phase],
        "form": form,
        "step_template": HANDLERS[phase].template,
        "missing": missing,
        "comes_back_later": phase == Phase.FOLLOW_UP or (phase == Phase.MEETING and missing),
        "left": [] if is_done else left_if_possible(appraisal, phase, progress),
        "is_done": is_done,
        "done_at": appraisal.phase_done_at(phase),
        "can_edit": is_editor,
        "others_writing": others_writing(**writer) if is_editor else "",
        "can_advance": not is_done and appraisal.state == AppraisalState.ACTIVE,
        "can_reopen": _can_reopen(request, appraisal, phase),
        "links": step_links(appraisal, phase),
        "next_tasks": next_tasks(appraisal, progress, timezone.localdate(), phase),
        **_to_read(appraisal, phase),
        **_before_inviting(request, appraisal, phase),
        **HANDLERS[phase].beside(appraisal),
        **stepper(appraisal, shown=phase),
        **more,
    }
    return render(request, "space/step.html", context, status=status)


def _to_read(appraisal: Appraisal, phase: Phase) -> dict[str, object]:
    """What the step kept, and the page of the toolkit that says how it is done."""
    records = appraisal.phase_records.filter(phase=phase).select_related("document")
    return {"record": records.first(), "toolkit_page": live_step(phase)}


def _can_reopen(request: HttpRequest, appraisal: Appraisal, phase: Phase) -> bool:
    gestures = allowed_transitions(appraisal, request.user)
    return any(gesture.name == f"reopen_{phase}" for gesture in gestures)


def _before_inviting(request: HttpRequest, appraisal: Appraisal, phase: Phase) -> dict[str, object]:
    if phase not in (Phase.FRAMING, Phase.CONVENING):
        return {}
    today = timezone.localdate()
    return {"solicitation": solicitation_of(appraisal, request.user, today=today)}


def _kindly_back(request: HttpRequest, appraisal: Appraisal, phase: Phase) -> HttpResponse:
    current = Phase(appraisal.phase)
    messages.info(
        request,
        f"L’étape «\u00a0{phase.label}\u00a0» s’ouvrira plus tard. "
        f"La démarche en est à «\u00a0{current.label}\u00a0».",
    )
    return HttpResponseRedirect(step_url(appraisal, current))
