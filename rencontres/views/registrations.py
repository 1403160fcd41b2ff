"""Registering without an account, and the secret link by which one changes one's mind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.public_forms import TOO_OLD, TooManySendingsError, count_sending, key_of_form
from core.errors import DomainError
from core.form_errors import add_refusal
from core.origin import origin_is_enough, visitor_address
from rencontres.domain.choices import chosen_workshops
from rencontres.domain.events import door_of, when_in_words
from rencontres.domain.queries.events import meeting_at
from rencontres.domain.registrations import (
    Answer,
    cancel_registration,
    change_registration,
)
from rencontres.domain.registrations import (
    register as keep_registration,
)
from rencontres.domain.seats import seats_of
from rencontres.enums import Door, RegistrationState
from rencontres.interfaces.registration_form import FORM, ChangeForm, RegistrationForm
from rencontres.models import RegionalMeetingPage, Registration

MOST_FROM_AN_ADDRESS = 20
"""An hour: a whole office may register, a machine may not have us write to strangers."""
STATE, WAITING = "place", "attente"


@origin_is_enough
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event_or_404(slug)
    door = door_of(event, timezone.now())
    is_sent = request.method == "POST"
    form = RegistrationForm(event, request.POST if is_sent else None)
    status = 200
    if is_sent and form.is_valid():
        try:
            answer = _keep(request, event, form)
        except DomainError as refusal:
            if str(refusal) == TOO_OLD:
                form.start_again()
            status = 429 if isinstance(refusal, TooManySendingsError) else 200
            add_refusal(form, refusal)
        else:
            return redirect(_received_address(slug, answer))
    context = {
        "event": event,
        "when": when_in_words(event),
        "form": form if door == Door.OPEN or is_sent else None,
        "door": door,
        "seats": seats_of(event),
    }
    return render(request, "rencontres/register.html", context, status=status)


def _keep(request: HttpRequest, event: RegionalMeetingPage, form: RegistrationForm) -> Answer:
    now = timezone.now()
    form_key = key_of_form(FORM, form.cleaned_data["started"])
    address = visitor_address(request)
    count_sending(form=FORM, address=address, now=now, most=MOST_FROM_AN_ADDRESS)
    return keep_registration(event=event, said=form.said(), form_key=form_key, now=now)


def _received_address(slug: str, answer: Answer) -> str:
    address = reverse("rencontres:received", args=[slug])
    return f"{address}?{STATE}={WAITING}" if answer.state == RegistrationState.WAITING else address


@never_cache
@require_safe
def received(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event_or_404(slug)
    context = {
        "event": event,
        "when": when_in_words(event),
        "is_waiting": request.GET.get(STATE) == WAITING,
    }
    return render(request, "rencontres/received.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """What she said, to change; or, by its own button, all of it cancelled and erased."""
    found = Registration.objects.expected().filter(token=token, erased_at=None)
    registration = found.select_related("event").first()
    if registration is None:
        return render(request, "rencontres/link_gone.html", status=404)
    if request.method == "POST" and "cancel" in request.POST:
        cancel_registration(registration=registration, now=timezone.now())
        return redirect("rencontres:cancelled")
    form = ChangeForm(registration, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            change_registration(registration=registration, said=form.said(), now=timezone.now())
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(f"{reverse('rencontres:mine', args=[token])}?change=oui")
    context = {
        "registration": registration,
        "event": registration.event,
        "when": when_in_words(registration.event),
        "door": door_of(registration.event, timezone.now()),
        "workshops": chosen_workshops(registration),
        "form": form,
        "is_changed": "change" in request.GET and not form.is_bound,
    }
    return render(request, "rencontres/mine.html", context, status=422 if form.errors else 200)


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    return render(request, "rencontres/cancelled.html")


def _event_or_404(slug: str) -> RegionalMeetingPage:
    event = meeting_at(slug)
    if event is None:
        raise Http404
    return event
