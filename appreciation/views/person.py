"""« Une personne »: what is held on her, given to her, erased.

An administrator, or whoever coordinates every region of the site: the answer goes through all
démarches, and a coordinator of one territory would read those of the others (DESIGN.md §4: every
private thing is reached through what one may see; the outbox hides addresses for the same reason).
Everything is asked by POST: neither an address nor a name stands in an address of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.person_data import (
    can_be_chosen,
    erase_named,
    erase_person,
    export_person,
    find_person,
)
from appreciation.domain.person_search import Found
from appreciation.domain.team import led_alone
from appreciation.interfaces.person_form import PersonForm
from appreciation.models import PersonErasure
from appreciation.views.guards import SAVED, whole_site_view
from core.errors import DomainError
from core.form_errors import add_refusal
from core.personal_data import Erasure, Holding

SHOWN = 50
SURE = "Cochez la case: ce qui est effacé ne revient pas."
FILE_NAME = "renseignements-personnels.json"


@whole_site_view("GET", "HEAD", "POST")
def person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = _carry_out(request, form.cleaned_data["who"])
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            if done is not None:
                return done
    return render(request, "space/person.html", _context(form))


def _carry_out(request: HttpRequest, who: str) -> HttpResponse | None:
    """None to show what is found; a refusal is a DomainError."""
    intent = request.POST.get("intent")
    if intent == "export":
        answer = HttpResponse(export_person(who), content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
        return answer
    if intent != "erase":
        return None
    if request.POST.get("sure") != "on":
        raise DomainError(SURE)
    if "@" in who:
        rows = erase_person(who, by=request.user).rows
    else:
        rows = erase_named(who, chosen=request.POST.getlist("rows"), by=request.user)
    messages.success(request, f"Effacées: {rows} inscriptions.", extra_tags=SAVED)
    return redirect("space:person")


def _context(form: PersonForm) -> dict[str, object]:
    context = {
        "form": form,
        "erasures": PersonErasure.objects.select_related("done_by")[:SHOWN],
    }
    who = form.cleaned_data.get("who", "") if form.is_bound else ""
    if not who:
        return context
    found = find_person(who)
    return context | {
        "is_sought": True,
        "who": who,
        "by_name": "@" not in who,
        "count": len(found),
        "groups": _groups(found),
        "by_hand": [one for one in found if one.holding.erasure == Erasure.HAND],
        "led_alone": led_alone(who),
    }


@dataclass(frozen=True)
class Group:
    """What one model holds: row by row, but for what only says that her account did it."""

    holding: Holding
    rows: list[tuple[Found, bool]]
    traces: int


def _groups(found: list[Found]) -> list[Group]:
    """In the order of the inventory, in which they are found."""
    groups = []
    for _, of_one in groupby(found, key=lambda one: one.holding.label):
        rows = list(of_one)
        told = [(one, can_be_chosen(one)) for one in rows if not one.is_trace]
        groups.append(Group(rows[0].holding, told, len(rows) - len(told)))
    return groups
