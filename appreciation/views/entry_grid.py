"""Paper sheets typed at the keyboard, one row each (FEATURES.md P5)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from appreciation.domain.actors import Actor
from appreciation.domain.paper import (
    EntryOutcome,
    ensure_entry_open,
    ensure_private_screen,
    enter_sheets,
    rounds_by_item,
)
from appreciation.domain.queries.sheets import (
    EnteredSheet,
    attendance_in_words,
    entered_sheets,
    heard_people,
    sheet_corrections,
)
from appreciation.domain.questionnaire import Questionnaire, questionnaire_for
from appreciation.interfaces.rating_sheets import (
    USUAL_ROWS,
    SheetGrid,
    corrected_cells,
    round_choices,
    summaries,
)
from appreciation.models import Meeting
from appreciation.views.guards import entry_view, typed_text, wants_json
from core.errors import DomainError
from core.typography import fr_typo
from reference.models import Sector


@entry_view("GET", "HEAD", "POST")
def entry_grid(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    typed = typed_text(request)
    asked = (typed or {}).get("tour") or request.GET.get("tour", "")
    number = int(asked) if asked in ("1", "2", "3", "4", "5") else 1
    grid = _empty_grid(meeting, questionnaire_for(meeting.instrument), number)
    if request.method == "POST":
        return _save(request, meeting, actor, grid)
    refusal = _refusal(meeting, actor)
    if refusal:
        return render(
            request, "entry/refused.html", {"meeting": meeting, "refusal": refusal, "tab": "grid"}
        )
    sheets = entered_sheets(meeting, number)
    if typed is not None:
        grid.read(typed)
    else:
        _propose_rows(grid, sheets, request.GET.get("corriger", ""))
    return _page(request, meeting, grid, sheets)


def _save(request: HttpRequest, meeting: Meeting, actor: Actor, grid: SheetGrid) -> HttpResponse:
    refusal, outcome = "", EntryOutcome()
    try:
        outcome = enter_sheets(
            meeting=meeting,
            actor=actor,
            sheets=grid.read(request.POST),
            round_number=grid.round_number,
        )
    except DomainError as error:
        refusal = fr_typo(str(error))
    grid.tell(outcome)
    if wants_json(request):
        return _answer_script(request, meeting, grid, refusal)
    if not refusal and grid.is_settled:
        messages.success(request, grid.saved_in_words)
        return redirect(f"{reverse('space:entry_grid', args=[meeting.reference])}{grid.query}")
    grid.drop_saved_rows()
    status = 409 if refusal or grid.has_conflicts else 422 if grid.has_errors else 200
    sheets = () if refusal else entered_sheets(meeting, grid.round_number)
    return _page(request, meeting, grid, sheets, refusal=refusal, status=status)


def _answer_script(
    request: HttpRequest, meeting: Meeting, grid: SheetGrid, refusal: str
) -> JsonResponse:
    """The row that was sent, and the list of the sheets entered, as the page shows it."""
    heard = heard_people(meeting)
    totals = fr_typo(attendance_in_words(heard, meeting.head_count))
    content = {"refusal": refusal, "totals": totals, "rows": list(grid.as_json())}
    if not refusal:
        entered = summaries(entered_sheets(meeting, grid.round_number), grid)
        listed = {"entered": entered, "grid": grid}
        content["entered"] = render_to_string("entry/_entered.html", listed, request)
    return JsonResponse(content, status=409 if refusal or grid.has_conflicts else 200)


def _empty_grid(meeting: Meeting, questionnaire: Questionnaire, number: int) -> SheetGrid:
    sectors = Sector.objects.filter(is_active=True) if meeting.asks_sector else ()
    return SheetGrid(
        items=questionnaire.items,
        rounds=rounds_by_item(meeting, questionnaire, number),
        round_number=number,
        sectors=tuple((str(sector.pk), sector.name) for sector in sectors),
    )


def _refusal(meeting: Meeting, actor: Actor) -> str:
    try:
        ensure_entry_open(meeting)
        ensure_private_screen(meeting, actor)
    except DomainError as error:
        return str(error)
    return ""


def _propose_rows(grid: SheetGrid, sheets: tuple[EnteredSheet, ...], correcting: str) -> None:
    for sheet in sheets:
        if str(sheet.number) == correcting:
            grid.add_correction(sheet)
            return
    grid.add_blank_rows(USUAL_ROWS, taken=(s.number for s in sheets if grid.is_typed(s)))


def _page(
    request: HttpRequest,
    meeting: Meeting,
    grid: SheetGrid,
    sheets: tuple[EnteredSheet, ...],
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    rounds = meeting.rounds.order_by("number").values_list("number", flat=True).distinct()
    context = {
        "meeting": meeting,
        "grid": grid,
        "entered": summaries(sheets, grid),
        "corrections": corrected_cells(() if refusal else sheet_corrections(meeting), grid.items),
        "round_choices": round_choices(rounds),
        "totals": attendance_in_words(heard_people(meeting), meeting.head_count),
        "refusal": refusal,
    }
    return render(request, "entry/grid.html", context, status=status)
