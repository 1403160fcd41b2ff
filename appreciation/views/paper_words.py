"""Words written on the sheets, copied one at a time (FEATURES.md P15)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from appreciation.domain.actors import Actor
from appreciation.domain.paper import ensure_entry_open, ensure_private_screen
from appreciation.domain.paper_words import copy_word
from appreciation.domain.questionnaire import questionnaire_for
from appreciation.interfaces.paper_word_form import PaperWordForm
from appreciation.models import Meeting
from appreciation.views.guards import entry_view, typed_text
from core.errors import DomainError
from core.typography import fr_typo


@entry_view("GET", "HEAD", "POST")
def paper_words(request: HttpRequest, meeting: Meeting, actor: Actor) -> HttpResponse:
    """The words already copied are not shown: the secretary never reads those of the phones."""
    try:
        ensure_entry_open(meeting)
        ensure_private_screen(meeting, actor)
    except DomainError as error:
        return _page(request, meeting, _form(meeting, request.POST or None), refusal=str(error))
    form = _form(meeting, typed_text(request))
    if request.method == "POST" and form.is_valid():
        try:
            copy_word(
                meeting=meeting,
                actor=actor,
                item_id=form.cleaned_data["item"],
                text=form.cleaned_data["text"],
                sending=form.cleaned_data["sending"],
            )
            messages.success(request, "Le mot est gardé. Vous pouvez copier le suivant.")
            return redirect("space:paper_words", meeting.reference)
        except DomainError as error:
            known = {"text": error.fields.get("text") or error.fields.get("comment")}
            if known["text"]:
                form.add_error("text", fr_typo(known["text"]))
            else:
                form.add_error(None, fr_typo(str(error)))
    return _page(request, meeting, form)


def _form(meeting: Meeting, data) -> PaperWordForm:
    return PaperWordForm(data, items=questionnaire_for(meeting.instrument).items)


def _page(
    request: HttpRequest, meeting: Meeting, form: PaperWordForm, *, refusal: str = ""
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "refusal": refusal}
    status = 409 if refusal and form.is_bound else 422 if form.is_bound and form.errors else 200
    return render(request, "entry/words.html", context, status=status)
