"""« Demander de l’aide »: the question with its context, the exchange, the list."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from appreciation.domain.help import (
    close_help_request,
    open_help_request,
    promised_days,
    reopen_help_request,
    take_in_charge,
    write_help_message,
)
from appreciation.domain.queries.help import frequent_questions, help_requests
from appreciation.domain.team import can_edit
from appreciation.interfaces.help_forms import HelpMessageForm, HelpRequestForm
from appreciation.models import HelpRequest
from appreciation.views.guards import SAVED, space_view, typed_text
from appreciation.views.help_context import address_of, help_context
from core.errors import DomainError
from core.form_errors import add_refusal

PER_PAGE = 20


@space_view("GET", "HEAD")
def help_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(help_requests(request.user), PER_PAGE).get_page(request.GET.get("page"))
    words = request.GET.get("q", "").strip()[:100]
    context = {
        "page": page,
        "now": timezone.now(),
        "words": words,
        "questions": frequent_questions(words),
        "query": "",
    }
    return render(request, "space/help_list.html", context)


@space_view("GET", "HEAD", "POST")
def help_new(request: HttpRequest) -> HttpResponse:
    told = help_context(request.user, address_of(request))
    form = HelpRequestForm(typed_text(request), initial={"depuis": told.address})
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_help_request(
                asker=request.user,
                text=form.cleaned_data["text"],
                appraisal=told.appraisal,
                phase=told.phase,
                address=told.address,
                context=told.missing,
                form_key=form.cleaned_data["form_key"],
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Votre demande est partie.", extra_tags=SAVED)
            return redirect("space:help_request", opened.pk)
    context = {
        "form": form,
        "told": told,
        "days": promised_days(),
        "may_pair": told.appraisal is not None and can_edit(told.appraisal, request.user),
    }
    return render(request, "space/help_new.html", context)


@space_view("GET", "HEAD", "POST")
def help_request(request: HttpRequest, pk: int) -> HttpResponse:
    visible = HelpRequest.objects.visible_to(request.user)
    related = ("asker", "helper", "appraisal__place", "frequent_question")
    asked = get_object_or_404(visible.select_related(*related), pk=pk)
    is_writing = request.POST.get("intent", "write") == "write"
    form = HelpMessageForm(typed_text(request) if is_writing else None)
    if request.method == "POST" and _carry_out(request, asked, form):
        return redirect("space:help_request", asked.pk)
    context = {
        "asked": asked,
        "form": form,
        "exchange": asked.messages.select_related("author"),
        "may_answer": HelpRequest.objects.editable_by(request.user).filter(pk=pk).exists(),
        "now": timezone.now(),
    }
    return render(request, "space/help_request.html", context)


GESTURES = {
    "take": (take_in_charge, "Vous prenez cette demande en charge."),
    "close": (close_help_request, "La demande est close."),
    "reopen": (reopen_help_request, "La demande est rouverte."),
}


def _carry_out(request: HttpRequest, asked: HelpRequest, form: HelpMessageForm) -> bool:
    try:
        if not form.is_bound:
            return _gesture(request, asked)
        if not form.is_valid():
            return False
        write_help_message(request=asked, user=request.user, **form.cleaned_data)
    except DomainError as refusal:
        if not form.is_bound:
            messages.error(request, str(refusal))
            return True
        add_refusal(form, refusal)
        return False
    messages.success(request, "Votre message est parti.", extra_tags=SAVED)
    return True


def _gesture(request: HttpRequest, asked: HelpRequest) -> bool:
    act, words = GESTURES.get(request.POST["intent"], (None, ""))
    if act is None:
        messages.error(request, "Ce geste n’existe pas.")
    else:
        act(request=asked, user=request.user)
        messages.success(request, words)
    return True
