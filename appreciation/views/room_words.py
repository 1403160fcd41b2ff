"""The facilitator's table for the word of the room: ask, read, group, show."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain import room_words as rules
from appreciation.domain.actors import Actor
from appreciation.domain.paper import ensure_private_screen
from appreciation.domain.queries.room_words import sorted_groups
from appreciation.domain.team import can_edit
from appreciation.enums import RoomWordState
from appreciation.interfaces.room_word_forms import HeadingForm, PaperRoomWordForm, QuestionForm
from appreciation.models import Meeting, RoomQuestion
from appreciation.views.guards import meeting_view, typed_text
from core.errors import DomainError
from core.form_errors import add_refusal

NUMBER_DIGITS = 18


@meeting_view("GET", "HEAD", "POST", rehearsed=True)
def room_questions(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = QuestionForm(typed_text(request))
    if request.method == "POST" and form.is_valid():
        try:
            question = rules.ask_room(
                meeting=meeting, actor=Actor(user=request.user), **form.cleaned_data
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("space:room_question", meeting.reference, question.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "questions": meeting.room_questions.annotate(received=Count("words")),
        "can_edit": can_edit(meeting.appraisal, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "evening/room_questions.html", context, status=status)


@meeting_view("GET", "HEAD", "POST", rehearsed=True)
def room_question(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    """One question: each gesture is a form whose button says which it is."""
    question = get_object_or_404(meeting.room_questions.select_related("meeting__appraisal"), pk=pk)
    if request.method != "POST":
        return _page(request, question, {})
    name = request.POST.get("intent", "")
    if name not in GESTURES:
        return redirect("space:room_question", meeting.reference, pk)
    form_class, gesture = GESTURES[name]
    form = form_class(request.POST)
    if form.is_valid():
        try:
            gesture(request, question, form)
            return redirect("space:room_question", meeting.reference, pk)
        except DomainError as refusal:
            add_refusal(form, refusal)
    if not form.fields:
        messages.error(request, " ".join(form.non_field_errors()))
        return redirect("space:room_question", meeting.reference, pk)
    return _page(request, question, {name: form})


def _page(request: HttpRequest, question: RoomQuestion, bound: dict[str, Form]) -> HttpResponse:
    meeting = question.meeting
    try:
        ensure_private_screen(meeting, Actor(user=request.user))
        refusal = ""
    except DomainError as error:
        refusal = str(error)
    groups = [] if refusal else sorted_groups(question)
    context = {
        "meeting": meeting,
        "question": question,
        "refusal": refusal,
        "groups": groups,
        "is_empty": not refusal and not any(group.heading or group.words for group in groups),
        "states": RoomWordState.choices,
        "is_asked": meeting.asked_question_id == question.pk,
        "on_wall": meeting.wall_question_id == question.pk,
        "heading_form": bound.get("titre") or HeadingForm(auto_id="titre-%s"),
        "paper_form": bound.get("papier") or PaperRoomWordForm(auto_id="papier-%s"),
        "bound": next(iter(bound.values()), None),
        "can_edit": can_edit(meeting.appraisal, request.user),
    }
    return render(request, "evening/room_question.html", context, status=422 if bound else 200)


def _actor(request: HttpRequest) -> Actor:
    return Actor(user=request.user)


def _number(request: HttpRequest, name: str) -> int:
    """The number sent, or one that nothing has."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS else 0


def _stop(request: HttpRequest, question: RoomQuestion, _form: Form) -> None:
    rules.stop_asking(question=question, actor=_actor(request))


def _ask(request: HttpRequest, question: RoomQuestion, _form: Form) -> None:
    rules.ask_room(meeting=question.meeting, actor=_actor(request), text=question.text)


def _wall(request: HttpRequest, question: RoomQuestion, _form: Form) -> None:
    on = request.POST.get("on") == "1"
    rules.show_on_wall(question=question, actor=_actor(request), on=on)


def _report(request: HttpRequest, question: RoomQuestion, _form: Form) -> None:
    on = request.POST.get("on") == "1"
    rules.keep_in_report(question=question, actor=_actor(request), on=on)


def _place(request: HttpRequest, question: RoomQuestion, _form: Form) -> None:
    rules.place_word(
        question=question,
        actor=_actor(request),
        pk=_number(request, "word"),
        heading_id=_number(request, "heading"),
        state=request.POST.get("state", ""),
    )


def _heading(request: HttpRequest, question: RoomQuestion, form: Form) -> None:
    rules.add_heading(question=question, actor=_actor(request), **form.cleaned_data)


def _unhead(request: HttpRequest, question: RoomQuestion, _form: Form) -> None:
    pk = _number(request, "heading")
    rules.remove_heading(question=question, actor=_actor(request), pk=pk)


def _paper(request: HttpRequest, question: RoomQuestion, form: Form) -> None:
    rules.copy_room_word(question=question, actor=_actor(request), **form.cleaned_data)
    messages.success(request, "Le mot est gardé.")


GESTURES: dict[str, tuple[type[Form], Callable[[HttpRequest, RoomQuestion, Form], None]]] = {
    "fermer": (Form, _stop),
    "rouvrir": (Form, _ask),
    "mur": (Form, _wall),
    "rapport": (Form, _report),
    "placer": (Form, _place),
    "titre": (HeadingForm, _heading),
    "retirer-titre": (Form, _unhead),
    "papier": (PaperRoomWordForm, _paper),
}
