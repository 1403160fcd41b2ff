"""Shows of hands, question by question, and the exit questions as numbers (FEATURES.md P19)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from appreciation.domain.actors import Actor
from appreciation.domain.hands import (
    HandsChangedError,
    hands_fingerprint,
    record_exit_hands,
    record_hands,
)
from appreciation.domain.paper import ensure_entry_open, rounds_by_item
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.interfaces.hand_counts import HandRow, exit_rows, hand_row, has_errors
from appreciation.interfaces.rating_sheets import round_choices
from appreciation.models import ExitHandCount, HandCount, Meeting
from appreciation.views.guards import entry_view, typed_text
from core.errors import DomainError
from core.typography import fr_typo

EXIT = "sortie"


@entry_view("GET", "HEAD", "POST")
def hands(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    try:
        ensure_entry_open(meeting)
    except DomainError as error:
        context = {"meeting": meeting, "refusal": str(error), "tab": "hands"}
        status = 409 if request.method == "POST" else 200
        return render(request, "entry/refused.html", context, status=status)
    typed = typed_text(request)
    asked = (typed or {}).get("tour") or request.GET.get("tour", "")
    number = int(asked) if asked in ("1", "2", "3", "4", "5") else 1
    rows, exits = _item_rows(meeting, number), _exit_rows(meeting)
    chosen = _read(typed, rows, exits) if typed is not None else []
    if request.method == "POST" and not has_errors(chosen):
        saved = _save(request, meeting, actor, number, chosen)
        if saved is not None:
            return saved
    return _page(request, meeting, number, rows, exits)


def _page(
    request: HttpRequest, meeting: Meeting, number: int, rows: list[HandRow], exits: list[HandRow]
) -> HttpResponse:
    numbers = meeting.rounds.order_by("number").values_list("number", flat=True).distinct()
    context = {
        "meeting": meeting,
        "rows": rows,
        "exits": exits,
        "number": number,
        "round_choices": round_choices(numbers),
    }
    is_conflict = any(row.conflict for row in (*rows, *exits))
    is_refused = any(row.refusal for row in (*rows, *exits))
    status = 409 if is_conflict else 422 if is_refused else 200
    return render(request, "entry/hands.html", context, status=status)


def _item_rows(meeting: Meeting, number: int) -> list[HandRow]:
    questionnaire = questionnaire_for(meeting.instrument)
    rounds = rounds_by_item(meeting, questionnaire, number)
    stored: dict[int, dict[int, int]] = {}
    counts = HandCount.objects.filter(meeting=meeting, round__number=number)
    for item_id, answer, count in counts.values_list("item_id", "answer", "count"):
        stored.setdefault(item_id, {})[answer] = count
    return [
        hand_row(item, stored.get(item.id, {})) for item in questionnaire.items if item.id in rounds
    ]


def _exit_rows(meeting: Meeting) -> list[HandRow]:
    counts = ExitHandCount.objects.filter(meeting=meeting)
    return exit_rows({(row.question, row.answer): row.count for row in counts})


def _read(data: QueryDict, rows: list[HandRow], exits: list[HandRow]) -> list[HandRow]:
    """The rows of the form that was sent, filled in with what was typed."""
    key = data.get("question", "")
    chosen = exits if key == EXIT else [row for row in rows if row.key == key]
    for row in chosen:
        row.read(data)
    return chosen


def _save(
    request: HttpRequest, meeting: Meeting, actor: Actor, number: int, chosen: list[HandRow]
) -> HttpResponse | None:
    """Store what was posted and go back to it; None when it is refused, and stays on screen."""
    key = request.POST.get("question", "")
    try:
        if key == EXIT:
            _save_exits(request, meeting, actor, chosen)
        elif chosen:
            _save_hands(request, meeting, actor, number, chosen[0])
    except HandsChangedError as error:
        for row in chosen:
            row.show_both(str(error), error.stored, hands_fingerprint(error.stored))
        return None
    except DomainError as error:
        for row in chosen:
            row.refusal = str(error)
        return None
    address = f"{reverse('space:hands', args=[meeting.reference])}?tour={number}"
    return redirect(f"{address}#{EXIT if key == EXIT else f'q-{key}'}")


def _save_exits(
    request: HttpRequest, meeting: Meeting, actor: Actor, chosen: list[HandRow]
) -> None:
    counts = {answer: people for row in chosen for answer, people in row.counts.items()}
    record_exit_hands(meeting=meeting, actor=actor, counts=counts, seen=request.POST.get("vu", ""))
    messages.success(request, "Les questions de sortie sont enregistrées.")


def _save_hands(
    request: HttpRequest, meeting: Meeting, actor: Actor, number: int, row: HandRow
) -> None:
    warning = record_hands(
        meeting=meeting,
        actor=actor,
        item_id=int(row.key),
        counts=row.counts,
        round_number=number,
        seen=request.POST.get("vu", ""),
    )
    messages.success(request, row.saved_in_words)
    if warning:
        messages.warning(request, fr_typo(warning))
