"""Sheets from a spreadsheet: send, look, confirm (FEATURES.md L4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.actors import Actor
from appreciation.domain.imports.ratings import (
    import_sheets,
    provenance_of,
    read_file,
)
from appreciation.domain.imports.ratings_mapping import mapping_from_upload
from appreciation.domain.paper import ensure_entry_open
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.enums import MeetingState
from appreciation.interfaces.rating_sheets import round_choices
from appreciation.interfaces.ratings_upload import RatingsUploadForm, carry, uncarry
from appreciation.models import Meeting
from appreciation.views.guards import meeting_view
from core.errors import DomainError
from core.imports import read_limited
from core.typography import fr_typo


@meeting_view("GET", "HEAD", "POST", to_edit=True)
def ratings_import(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if "confirmer" in request.POST:
        return _confirm(request, meeting)
    rounds = meeting.rounds.order_by("number").values_list("number", flat=True).distinct()
    choices = round_choices(rounds) or round_choices([1])
    is_sent = request.method == "POST"
    form = RatingsUploadForm(
        request.POST if is_sent else None, request.FILES if is_sent else None, rounds=choices
    )
    preview, problems = None, []
    if form.is_valid():
        preview, problems = _preview(request, meeting, form)
    context = {
        "meeting": meeting,
        "form": form,
        "preview": preview,
        "problems": [fr_typo(problem) for problem in problems],
        "refusal": _refusal(meeting),
        "may_export": meeting.state == MeetingState.ENTRY_DONE,
    }
    status = 422 if problems or form.errors else 200
    return render(request, "entry/import.html", context, status=status)


def _preview(
    request: HttpRequest, meeting: Meeting, form: RatingsUploadForm
) -> tuple[dict | None, list[str]]:
    """What the file would do, tried and undone; or every reason why it is refused."""
    upload, number = form.cleaned_data["file"], form.cleaned_data["round_number"]
    try:
        content = read_limited(upload)
        sent = form.cleaned_data["mapping"]
        read = read_file(
            content,
            questionnaire=questionnaire_for(meeting.instrument),
            mapping=mapping_from_upload(read_limited(sent), name=sent.name) if sent else None,
        )
        provenance = provenance_of(upload.name, content)
        outcome = import_sheets(
            meeting=meeting,
            actor=Actor(user=request.user),
            read=read,
            provenance=provenance,
            round_number=number,
            dry_run=True,
        )
    except DomainError as error:
        return None, str(error).splitlines()
    carried = carry(meeting, read, provenance, number)
    said = [fr_typo(sentence) for sentence in read.missing]
    return {"outcome": outcome, "carried": carried, "name": upload.name, "missing": said}, []


def _confirm(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        read, provenance, number = uncarry(meeting, request.POST["confirmer"])
        outcome = import_sheets(
            meeting=meeting,
            actor=Actor(user=request.user),
            read=read,
            provenance=provenance,
            round_number=number,
        )
    except DomainError as error:
        messages.error(request, fr_typo(str(error)))
        return redirect("space:ratings_import", meeting.reference)
    count = len(outcome.entered)
    said = f"{count} feuilles importées." if count else "Rien à changer: tout était déjà saisi."
    messages.success(request, fr_typo(said))
    return redirect("space:entry_grid", meeting.reference)


def _refusal(meeting: Meeting) -> str:
    try:
        ensure_entry_open(meeting)
    except DomainError as error:
        return str(error)
    return ""
