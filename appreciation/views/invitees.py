"""Who is invited: the list by sector, one person, what she answered by telephone or in passing."""

from __future__ import annotations

from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.contacts import contacts_purge_date
from appreciation.domain.invitees import (
    add_invitee,
    add_invitees,
    change_invitee,
    remove_invitee,
)
from appreciation.domain.queries.invitees import gathering
from appreciation.enums import Phase
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.invitee_forms import ChangeInviteeForm, InviteeForm, PastedListForm
from appreciation.models import Appraisal, Invitee
from appreciation.views.guards import SAVED, appraisal_view, typed_text
from appreciation.views.stepper import stepper
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def invitees(request: HttpRequest, appraisal: Appraisal) -> HttpResponse:
    typed = typed_text(request) or {}
    intent = typed.get("intent", "")
    add_form = InviteeForm(typed if intent == "add" else None)
    paste_form = PastedListForm(typed if intent == "paste" else None, auto_id="coller_%s")
    if request.method == "POST" and _carry_out(request, appraisal, add_form, paste_form):
        return redirect("space:invitees", appraisal.reference)
    people = appraisal.invitees.select_related("sector")
    context = {
        "appraisal": appraisal,
        "gathering": gathering(appraisal),
        "sectors": [(sector, list(rows)) for sector, rows in groupby(people, lambda p: p.sector)],
        "purge_on": contacts_purge_date(appraisal),
        "add_form": add_form,
        "paste_form": paste_form,
        **stepper(appraisal, shown=Phase.CONVENING),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "convening/invitees.html", context, status=status)


def _carry_out(
    request: HttpRequest, appraisal: Appraisal, add_form: InviteeForm, paste_form: PastedListForm
) -> bool:
    """Whether what was sent is done; otherwise the form says why."""
    form: forms.Form = add_form if add_form.is_bound else paste_form
    if not form.is_bound or not form.is_valid():
        return False
    who = {"appraisal": appraisal, "user": request.user}
    try:
        if form is add_form:
            invitee = add_invitee(**who, contact=add_form.contact())
            words = f"{invitee.name} est sur la liste."
        else:
            added = add_invitees(**who, contacts=paste_form.contacts)
            words = _added_in_words(added, len(paste_form.contacts))
    except DomainError as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, words, extra_tags=SAVED)
    return True


def _added_in_words(added: int, sent: int) -> str:
    said = "1 ligne ajoutée." if added == 1 else f"{added} lignes ajoutées."
    return said if added == sent else f"{said} Les autres étaient déjà sur la liste."


@appraisal_view("GET", "HEAD", "POST", to_edit=True)
def invitee(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    person = get_object_or_404(appraisal.invitees.select_related("sector"), pk=pk)
    form = ChangeInviteeForm(typed_text(request), invitee=person)
    if request.method != "POST" or not form.is_valid():
        return _person_page(request, appraisal, person, form)
    try:
        change_invitee(
            invitee=person,
            user=request.user,
            version=form.cleaned_data["version"],
            contact=form.contact(),
            reply=form.reply(),
            via=form.cleaned_data["answered_via"],
        )
    except ConcurrentEditError as conflict:
        return _conflict(request, appraisal, person, form, conflict)
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _person_page(request, appraisal, person, form)
    messages.success(request, f"{form.cleaned_data['name']}: c’est enregistré.", extra_tags=SAVED)
    return redirect("space:invitees", appraisal.reference)


def _conflict(
    request: HttpRequest,
    appraisal: Appraisal,
    person: Invitee,
    form: ChangeInviteeForm,
    conflict: ConcurrentEditError,
) -> HttpResponse:
    person.refresh_from_db()
    stored = ChangeInviteeForm(invitee=person)
    form.data = form.data.copy()
    form.data["version"] = person.version
    more = {"conflict": str(conflict), "differences": differences(form, stored)}
    return _person_page(request, appraisal, person, form, status=409, **more)


def _person_page(
    request: HttpRequest,
    appraisal: Appraisal,
    person: Invitee,
    form: ChangeInviteeForm,
    *,
    status: int = 0,
    **more: object,
) -> HttpResponse:
    context = {
        "appraisal": appraisal,
        "person": person,
        "form": form,
        "purge_on": contacts_purge_date(appraisal),
        **stepper(appraisal, shown=Phase.CONVENING),
        **more,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "convening/invitee.html", context, status=status)


@appraisal_view("POST", to_edit=True)
def invitee_removal(request: HttpRequest, appraisal: Appraisal, pk: int) -> HttpResponse:
    """Somebody already taken off is off: no error."""
    person = Invitee.objects.filter(appraisal=appraisal, pk=pk).first()
    if person is not None:
        remove_invitee(invitee=person, user=request.user)
        messages.success(request, f"{person.name} n’est plus sur la liste.")
    return redirect("space:invitees", appraisal.reference)
