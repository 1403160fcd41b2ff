"""What the organiser does with registrations: enter, change, cancel, write."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from appreciation.views.guards import coordination_view
from core.errors import DomainError
from core.form_errors import add_refusal
from rencontres.domain.changes import changed_words, without_address
from rencontres.domain.events import when_in_words
from rencontres.domain.queries.events import coordinated_events, with_counts
from rencontres.domain.registrations import (
    cancel_registration,
    change_registration,
    new_form_key,
    register_by_hand,
)
from rencontres.domain.words_to_all import write_to_registered
from rencontres.enums import RegistrationState
from rencontres.interfaces.organiser_forms import TO_ALL, WordForm
from rencontres.interfaces.registration_form import ByHandForm, ChangeForAnotherForm
from rencontres.models import EventPage
from rencontres.permissions import registration_for
from rencontres.views.guards import event_view


@coordination_view("GET", "HEAD")
def events(request: HttpRequest) -> HttpResponse:
    rows = [(one, when_in_words(one)) for one in with_counts(coordinated_events(request.user))]
    return render(request, "rencontres/space/events.html", {"rows": rows})


@event_view("GET", "HEAD", "POST")
def enter(request: HttpRequest, event: EventPage) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ByHandForm(
        event, request.POST if is_sent else None, initial={"form_key": new_form_key()}
    )
    if is_sent and form.is_valid():
        try:
            made = register_by_hand(
                event=event,
                said=form.said(),
                form_key=form.cleaned_data["form_key"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            is_waiting = made.state == RegistrationState.WAITING
            messages.success(
                request,
                "C’est complet: elle est sur la liste d’attente." if is_waiting else "Inscrite.",
            )
            return redirect("meetings:roll", event.pk)
    context = {"event": event, "form": form}
    status = 422 if form.errors else 200
    return render(request, "rencontres/space/enter.html", context, status=status)


@event_view("GET", "HEAD", "POST")
def registration(request: HttpRequest, event: EventPage, number: int) -> HttpResponse:
    one = registration_for(request, event, number)
    if request.method == "POST" and "cancel" in request.POST:
        promoted = cancel_registration(registration=one, now=timezone.now())
        messages.success(
            request,
            "L’inscription est annulée, et la place donnée à la liste d’attente."
            if promoted
            else "L’inscription est annulée.",
        )
        return redirect("meetings:roll", event.pk)
    form = ChangeForAnotherForm(one, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            change_registration(registration=one, said=form.said(), now=timezone.now())
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "C’est changé.")
            return redirect("meetings:roll", event.pk)
    context = {"event": event, "registration": one, "form": form}
    status = 422 if form.errors else 200
    return render(request, "rencontres/space/registration.html", context, status=status)


def _word_to_begin_with(request: HttpRequest, event: EventPage) -> dict[str, str]:
    """What changed is in the address, where the admin offered to tell it."""
    words = changed_words(request.GET.get("change", "").split(","))
    begun = {"form_key": new_form_key()}
    if not words:
        return begun
    told = f"{words} Voici ce qui vaut maintenant\N{NO-BREAK SPACE}: {when_in_words(event)}."
    return begun | {"to": TO_ALL, "subject": f"Changement: {event.title}", "text": told}


@event_view("GET", "HEAD", "POST")
def write(request: HttpRequest, event: EventPage) -> HttpResponse:
    is_sent = request.method == "POST"
    form = WordForm(request.POST if is_sent else None, initial=_word_to_begin_with(request, event))
    if is_sent and form.is_valid():
        said = form.cleaned_data
        try:
            count = write_to_registered(
                event=event,
                states=form.states(),
                subject=said["subject"],
                text=said["text"],
                form_key=said["form_key"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Le mot part vers {count} adresse{'s' * (count > 1)}.")
            return redirect("meetings:roll", event.pk)
    context = {"event": event, "form": form, "without_address": without_address(event)}
    status = 422 if form.errors else 200
    return render(request, "rencontres/space/write.html", context, status=status)
