"""The group talks, the team writes down: order of the talk, one dimension, findings, words."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appreciation.domain.deliberation import propose_agenda
from appreciation.domain.discretion import discretion_rules
from appreciation.domain.findings import (
    edit_finding,
    record_agreed_rating,
    record_finding,
    remove_agreed_rating,
    remove_finding,
    set_comment,
)
from appreciation.domain.questionnaire import QuestionnaireItem, questionnaire_for
from appreciation.domain.results import Audience, MeetingResults, meeting_results
from appreciation.domain.tables import said_by_tables
from appreciation.enums import RATING_KINDS
from appreciation.interfaces.deliberation_board import (
    agreed_form,
    dimension_lines,
    findings_by_kind,
    item_panels,
)
from appreciation.interfaces.deliberation_forms import FindingForm
from appreciation.interfaces.figures import source_line
from appreciation.models import AgreedRating, Comment, Finding, Meeting
from appreciation.views.guards import SAVED, meeting_view, typed_text
from core.errors import ConcurrentEditError, DomainError
from core.typography import fr_date
from reference.models import Dimension


@meeting_view("GET", "HEAD")
def deliberation(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if meeting.kind not in RATING_KINDS:
        return redirect("space:meeting_page", meeting.reference)
    found = _room_results(meeting)
    findings = list(meeting.appraisal.findings.select_related("dimension"))
    context = {
        "meeting": meeting,
        "agenda": propose_agenda(found),
        "lines": dimension_lines(found, findings),
        "findings": findings_by_kind(findings),
        "has_answers": found.has_answers,
        "can_edit": _can_edit(request, meeting),
    }
    return render(request, "deliberation/order.html", context)


@meeting_view("GET", "HEAD")
def deliberation_dimension(request: HttpRequest, meeting: Meeting, code: str) -> HttpResponse:
    """One dimension: both votes, what to say, agreed levels, findings, words left."""
    found = _room_results(meeting)
    lines = dimension_lines(found, ())
    place = next((i for i, line in enumerate(lines) if line.result.dimension.code == code), None)
    if place is None:
        raise Http404
    dimension = lines[place].result
    day = fr_date(timezone.localdate(meeting.starts_at)) if meeting.starts_at else ""
    panels = item_panels(
        dimension,
        agreed={each.item_id: each for each in AgreedRating.objects.filter(meeting=meeting)},
        comments=_comments(meeting),
        source=source_line(found, day=day),
    )
    tables = said_by_tables(meeting)
    context = {
        "meeting": meeting,
        "dimension": dimension.dimension,
        "panels": [(panel, tables.get(panel.item.item.id, ())) for panel in panels],
        "findings": findings_by_kind(
            meeting.appraisal.findings.filter(dimension__code=code).select_related("dimension")
        ),
        "can_edit": _can_edit(request, meeting),
        "finding_form": _finding_form(meeting, dimension=code),
        "following": lines[place + 1].result.dimension if place + 1 < len(lines) else None,
    }
    return render(request, "deliberation/dimension.html", context)


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def agreed_rating(request: HttpRequest, meeting: Meeting, item_id: int) -> HttpResponse:
    """The group's level on one item; asked again, with everything typed, when refused."""
    item, code = _item_or_404(meeting, item_id)
    stored = AgreedRating.objects.filter(meeting=meeting, item_id=item_id).first()
    form = agreed_form(item, stored, typed_text(request))
    context = {"meeting": meeting, "item": item, "code": code, "form": form, "stored": stored}
    if request.method == "POST" and form.is_valid():
        try:
            record_agreed_rating(
                meeting=meeting, item=item, version=form.cleaned_data["version"], **form.values
            )
        except DomainError as error:
            stored = AgreedRating.objects.filter(meeting=meeting, item_id=item_id).first()
            context["current"] = stored.version if stored else 0
            return _refused(request, "deliberation/agreed_rating.html", form, error, context)
        messages.success(request, "Niveau convenu enregistré.", extra_tags=SAVED)
        return redirect("space:deliberation_dimension", meeting.reference, code)
    status = 422 if form.errors else 200
    return render(request, "deliberation/agreed_rating.html", context, status=status)


@meeting_view("POST")
def agreed_rating_removal(request: HttpRequest, meeting: Meeting, item_id: int) -> HttpResponse:
    item, code = _item_or_404(meeting, item_id)
    remove_agreed_rating(meeting=meeting, item=item)
    messages.success(request, "Le niveau convenu est retiré.")
    return redirect("space:deliberation_dimension", meeting.reference, code)


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def finding_new(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = _finding_form(
        meeting,
        typed_text(request),
        dimension=request.GET.get("dimension", ""),
        kind=request.GET.get("genre", "strength"),
    )
    context = {"meeting": meeting, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            finding = record_finding(appraisal=meeting.appraisal, meeting=meeting, **form.values)
        except DomainError as error:
            return _refused(request, "deliberation/finding.html", form, error, context)
        messages.success(request, "C’est inscrit.", extra_tags=SAVED)
        return _back_to(meeting, finding.dimension)
    status = 422 if form.errors else 200
    return render(request, "deliberation/finding.html", context, status=status)


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def finding_edit(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    finding = get_object_or_404(meeting.appraisal.findings.select_related("dimension"), pk=pk)
    form = _finding_form(meeting, typed_text(request), finding=finding)
    context = {"meeting": meeting, "form": form, "finding": finding}
    if request.method == "POST" and form.is_valid():
        try:
            finding = edit_finding(
                finding=finding, version=form.cleaned_data["version"], **form.values
            )
        except DomainError as error:
            stored = Finding.objects.filter(pk=pk).first()
            context["current"] = stored.version if stored else 0
            return _refused(request, "deliberation/finding.html", form, error, context)
        messages.success(request, "Constat enregistré.", extra_tags=SAVED)
        return _back_to(meeting, finding.dimension)
    status = 422 if form.errors else 200
    return render(request, "deliberation/finding.html", context, status=status)


@meeting_view("POST")
def finding_removal(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    finding = Finding.objects.filter(appraisal=meeting.appraisal_id, pk=pk).first()
    try:
        if finding is not None:
            remove_finding(finding=finding)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Constat retiré.")
    return redirect("space:deliberation", meeting.reference)


@meeting_view("POST")
def comment_choice(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    """Hide a word left by a participant, pick it as a quote, or neither."""
    comment = get_object_or_404(_comments(meeting), pk=pk)
    choice = request.POST.get("choix", "")
    try:
        set_comment(comment=comment, is_hidden=choice == "masquer", is_quoted=choice == "citer")
    except DomainError as error:
        messages.error(request, str(error))
    _, code = _item_or_404(meeting, comment.item_id)
    return redirect("space:deliberation_dimension", meeting.reference, code)


def _can_edit(request: HttpRequest, meeting: Meeting) -> bool:
    return Meeting.objects.editable_by(request.user).filter(pk=meeting.pk).exists()


def _room_results(meeting: Meeting) -> MeetingResults:
    return meeting_results(
        meeting, audience=Audience.ROOM, thresholds=discretion_rules().thresholds
    )


def _comments(meeting: Meeting):
    """Words left, in the order of their letters: the order of writing could tell who."""
    return (
        Comment.objects.filter(meeting=meeting)
        .select_related("meeting__appraisal")
        .order_by("text", "pk")
    )


def _item_or_404(meeting: Meeting, item_id: int) -> tuple[QuestionnaireItem, str]:
    """The item, and the code of its dimension."""
    for dimension in questionnaire_for(meeting.instrument).dimensions:
        for item in dimension.items:
            if item.id == item_id:
                return item, dimension.code
    raise Http404


def _finding_form(
    meeting: Meeting,
    data=None,
    *,
    finding: Finding | None = None,
    dimension: str = "",
    kind: str = "strength",
) -> FindingForm:
    dimensions = Dimension.objects.filter(
        pk__in=meeting.instrument.instrument_dimensions.values("dimension")
    )
    initial = {
        "kind": kind,
        "dimension": next((d for d in dimensions if d.code == dimension), None),
    }
    if finding is not None:
        initial = {
            "kind": finding.kind,
            "text": finding.text,
            "dimension": finding.dimension_id,
            "quotable": finding.quotable,
            "version": finding.version,
        }
        dimensions = dimensions | Dimension.objects.filter(pk=finding.dimension_id)
    return FindingForm(
        data,
        dimensions=dimensions.distinct(),
        quotes_announced=meeting.appraisal.quotes_announced,
        initial=initial,
    )


def _back_to(meeting: Meeting, dimension: Dimension | None) -> HttpResponse:
    if meeting.kind not in RATING_KINDS:
        return redirect("space:meeting_page", meeting.reference)
    asked = (
        dimension
        and meeting.instrument.instrument_dimensions.filter(
            dimension=dimension, items__isnull=False
        ).exists()
    )
    if asked and dimension:
        return redirect("space:deliberation_dimension", meeting.reference, dimension.code)
    return redirect("space:deliberation", meeting.reference)


def _refused(
    request: HttpRequest, template: str, form, error: DomainError, context
) -> HttpResponse:
    """The form again, everything typed in it; 409 with the other text when somebody was faster.

    Sent again after both texts were seen, the form replaces the other one knowingly.
    """
    for name, message in (error.fields or {None: str(error)}).items():
        form.add_error(name if name in form.fields else None, message)
    status = 422
    if isinstance(error, ConcurrentEditError):
        context["theirs"], status = error.theirs, 409
        form.data = form.data.copy()
        form.data["version"] = context["current"]
    return render(request, template, context, status=status)
