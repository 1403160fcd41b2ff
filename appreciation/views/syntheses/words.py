"""What people write around the figures: paragraphs, stories, and the words they pick."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from appreciation.domain.synthesis.published import published_findings, published_quotes
from appreciation.domain.synthesis.reading import read_synthesis
from appreciation.domain.synthesis.reviews import look_backs
from appreciation.domain.synthesis.texts import pick_quotes, reset_text, save_story, save_text
from appreciation.enums import FindingKind
from appreciation.interfaces.synthesis_forms import StoryForm, TextForm
from appreciation.models import Synthesis
from appreciation.views.guards import SAVED, synthesis_view, typed_text
from appreciation.views.syntheses.themes import KINDS
from core.errors import ConcurrentEditError, DomainError

EVALUATION = "evaluation"
"""The paragraph about the démarches themselves."""


@synthesis_view("GET", "HEAD")
def synthesis_words(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    sources = synthesis.sources.told().select_related("appraisal__place")
    context = {
        "synthesis": synthesis,
        "narratives": read_synthesis(synthesis=synthesis).narratives,
        "sources": sources,
    }
    return render(request, "space/syntheses/words.html", context)


@synthesis_view("GET", "HEAD", "POST")
def synthesis_text(request: HttpRequest, synthesis: Synthesis, key: str) -> HttpResponse:
    """One paragraph: its text, or the one that everybody's figures give.

    What is saved here is public: it never starts from what is withheld.
    """
    narrative = read_synthesis(synthesis=synthesis, scope="public").narrative(key)
    if narrative is None:
        raise Http404
    stored = synthesis.texts.filter(key=key).first()
    form = TextForm(
        typed_text(request),
        initial={"text": narrative.text, "version": stored.version if stored else 0},
    )
    context, status = (
        {"synthesis": synthesis, "narrative": narrative, "form": form, "stored": stored},
        200,
    )
    if key == EVALUATION:
        context["look_backs"] = look_backs(synthesis=synthesis)
    if request.method == "POST" and form.is_valid():
        try:
            save_text(synthesis=synthesis, user=request.user, key=key, **form.cleaned_data)
        except ConcurrentEditError as error:
            context["theirs"], status = error.theirs, 409
            _take_version(form)
        else:
            messages.success(request, f"« {narrative.title} » est enregistré.", extra_tags=SAVED)
            return redirect("space:synthesis_words", synthesis.reference)
    return render(
        request, "space/syntheses/text.html", context, status=422 if form.errors else status
    )


@synthesis_view("POST")
def synthesis_text_reset(request: HttpRequest, synthesis: Synthesis, key: str) -> HttpResponse:
    """Back to the text that the figures give."""
    version = request.POST.get("version", "")
    try:
        reset_text(
            synthesis=synthesis,
            user=request.user,
            key=key,
            version=int(version) if version.isdecimal() else 0,
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("space:synthesis_text", synthesis.reference, key)
    messages.success(request, "Le texte assemblé est remis.")
    return redirect("space:synthesis_words", synthesis.reference)


@synthesis_view("GET", "HEAD", "POST")
def synthesis_story(request: HttpRequest, synthesis: Synthesis, pk: int) -> HttpResponse:
    """The page of one démarche, for the sharing of experience."""
    source = get_object_or_404(
        synthesis.sources.told().select_related("appraisal__place"), appraisal=pk
    )
    form = StoryForm(
        typed_text(request), initial={"text": source.story, "version": source.story_version}
    )
    context = {"synthesis": synthesis, "source": source, "form": form}
    context["told"], status = _told_by_kind(synthesis, pk), 200
    if request.method == "POST" and form.is_valid():
        try:
            save_story(source=source, user=request.user, **form.cleaned_data)
        except ConcurrentEditError as error:
            context["theirs"], status = error.theirs, 409
            _take_version(form)
        else:
            messages.success(request, "L’histoire est enregistrée.", extra_tags=SAVED)
            return redirect("space:synthesis_words", synthesis.reference)
    return render(
        request, "space/syntheses/story.html", context, status=422 if form.errors else status
    )


@synthesis_view("GET", "HEAD", "POST")
def synthesis_quotes(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    """Words that their démarche published with permission: pick those that the synthesis takes."""
    if request.method == "POST":
        try:
            pick_quotes(synthesis=synthesis, user=request.user, keys=request.POST.getlist("cle"))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("space:synthesis_quotes", synthesis.reference)
        messages.success(request, "Le choix des citations est enregistré.", extra_tags=SAVED)
        return redirect("space:synthesis_words", synthesis.reference)
    picked = set(synthesis.quotes.values_list("quote_key", flat=True))
    context = {
        "synthesis": synthesis,
        "quotes": published_quotes(synthesis=synthesis),
        "picked": picked,
    }
    return render(request, "space/syntheses/quotes.html", context)


def _told_by_kind(synthesis: Synthesis, appraisal: int) -> list[tuple[str, list]]:
    """What a story is written beside, of one démarche; nothing for a kind that it does not tell."""
    findings = [e for e in published_findings(synthesis=synthesis) if e.appraisal_id == appraisal]
    titles = dict(KINDS.values())
    kinds = [(titles[kind], [e for e in findings if e.kind == kind]) for kind in FindingKind]
    return [(title, found) for title, found in kinds if found]


def _take_version(form: TextForm) -> None:
    """Sent again, the text replaces the other one, that she now has before her eyes."""
    form.data = form.data.copy()
    form.data["version"] = form.initial["version"]
