"""« En faire une question fréquente »."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.frequent_questions import make_frequent_question
from appreciation.interfaces.help_forms import FrequentQuestionForm
from appreciation.models import FrequentQuestion, HelpRequest
from appreciation.views.guards import SAVED, space_view, typed_text
from core.errors import DomainError
from core.form_errors import add_refusal


@space_view("GET", "HEAD", "POST")
def frequent_question(request: HttpRequest, pk: int) -> HttpResponse:
    answerable = HelpRequest.objects.editable_by(request.user)
    asked = get_object_or_404(answerable.select_related("asker", "appraisal__place"), pk=pk)
    form = FrequentQuestionForm(typed_text(request), initial=_initial(asked))
    if request.method == "POST" and form.is_valid():
        try:
            made = make_frequent_question(request=asked, user=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            words = "est publiée" if made.is_published else "est gardée sans être publiée"
            messages.success(request, f"La question fréquente {words}.", extra_tags=SAVED)
            return redirect("space:help_request", asked.pk)
    return render(request, "space/frequent_question.html", {"form": form, "asked": asked})


def _initial(asked: HelpRequest) -> dict[str, object]:
    made = FrequentQuestion.objects.filter(made_from=asked).first()
    if made:
        return {"question": made.question, "answer": made.answer, "is_published": made.is_published}
    first, *others = asked.messages.all()
    answers = [one.text for one in others if one.author_id != asked.asker_id]
    return {"question": first.text[:200], "answer": answers[-1] if answers else ""}
