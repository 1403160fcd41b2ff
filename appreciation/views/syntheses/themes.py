"""« Ce qui revient »: findings put under the themes of the region's codebook, by a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from appreciation.domain.synthesis.coding import (
    code_findings,
    delete_theme,
    merge_themes,
    save_theme,
    suggest_groups,
    uncode_finding,
)
from appreciation.domain.synthesis.published import published_findings
from appreciation.enums import FindingKind
from appreciation.interfaces.conflicts import differences
from appreciation.interfaces.synthesis_forms import CodingForm, MergeForm, ThemeForm
from appreciation.interfaces.synthesis_themes import theme_board
from appreciation.models import Synthesis, Theme
from appreciation.views.guards import SAVED, synthesis_view, typed_text
from core.errors import ConcurrentEditError, DomainError
from core.form_errors import add_refusal

KINDS = {
    "defis": (FindingKind.CHALLENGE, "Les défis"),
    "forces": (FindingKind.STRENGTH, "Les forces"),
    "pistes": (FindingKind.ACTION_LEAD, "Les pistes d’action"),
}
FIRST = "defis"


@synthesis_view("GET", "HEAD", "POST")
def synthesis_themes(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    genre = request.GET.get("genre", FIRST)
    if genre not in KINDS:
        raise Http404
    kind, _ = KINDS[genre]
    findings = [each for each in published_findings(synthesis=synthesis) if each.kind == kind]
    themes = Theme.objects.filter(region=synthesis.region, kind=kind)
    form = CodingForm(
        typed_text(request),
        themes=themes,
        keys=[(each.key, each.text) for each in findings],
    )
    if request.method == "POST" and form.is_valid():
        try:
            theme = code_findings(
                synthesis=synthesis,
                user=request.user,
                kind=kind,
                **{name: form.cleaned_data[name] for name in ("theme", "label", "keys")},
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            words = f"Classé sous « {theme.label} »."
            messages.success(request, words, extra_tags=SAVED)
            return _back_to(synthesis, genre)
    context = {
        "synthesis": synthesis,
        "genre": genre,
        "genres": [(name, title) for name, (_, title) in KINDS.items()],
        **_board_context(
            form,
            findings=findings,
            themes=themes,
            coded=synthesis.coded.filter(theme__kind=kind),
            groups=suggest_groups(synthesis=synthesis, findings=findings),
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "space/syntheses/themes.html", context, status=status)


def _board_context(form: CodingForm, *, themes: QuerySet[Theme], **parts) -> dict[str, Any]:
    """What was typed in a suggestion stays there; what was typed at the foot, at the foot."""
    board = theme_board(themes=themes, **parts)
    typed_in = board.group_of(form.data.get("group", ""))
    foot = CodingForm(themes=themes, keys=[], auto_id="autre-%s") if typed_in else form
    return {"board": board, "form": form, "typed_in": typed_in, "foot": foot}


@synthesis_view("POST")
def synthesis_uncode(request: HttpRequest, synthesis: Synthesis) -> HttpResponse:
    """Take one finding out from under its theme."""
    themes = Theme.objects.filter(region=synthesis.region)
    theme = themes.filter(pk=_number(request.POST.get("theme", ""))).first()
    if theme is None:
        messages.info(request, "Ce thème n’existe plus: il n’y a rien à retirer.")
        return _back_to(synthesis, FIRST)
    uncode_finding(
        synthesis=synthesis, user=request.user, theme=theme, key=request.POST.get("cle", "")
    )
    messages.success(request, f"Retiré de « {theme.label} ».")
    return _back_to(synthesis, _genre(theme))


@synthesis_view("GET", "HEAD", "POST")
def synthesis_theme(request: HttpRequest, synthesis: Synthesis, pk: int) -> HttpResponse:
    """One entry of the codebook; it serves every synthesis of the region."""
    theme = get_object_or_404(Theme, region=synthesis.region, pk=pk)
    initial = {
        "label": theme.label,
        "definition": theme.definition,
        "issue": theme.issue_id,
        "version": theme.version,
    }
    form = ThemeForm(typed_text(request), initial=initial)
    context, status = _theme_context(synthesis, theme) | {"form": form}, 200
    if request.method == "POST" and form.is_valid():
        try:
            save_theme(
                region=synthesis.region,
                user=request.user,
                kind=theme.kind,
                theme=theme,
                **form.cleaned_data,
            )
        except ConcurrentEditError as refusal:
            context["conflict"], status = str(refusal), 409
            context["differences"] = differences(form, ThemeForm(initial=initial))
            form.data = form.data.copy()
            form.data["version"] = theme.version
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Le thème est enregistré.", extra_tags=SAVED)
            return _back_to(synthesis, _genre(theme))
    return render(
        request, "space/syntheses/theme.html", context, status=422 if form.errors else status
    )


@synthesis_view("POST")
def synthesis_theme_merge(request: HttpRequest, synthesis: Synthesis, pk: int) -> HttpResponse:
    """Bring another theme under this one."""
    theme = get_object_or_404(Theme, region=synthesis.region, pk=pk)
    form = MergeForm(request.POST, themes=_others(theme))
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["merged"]))
        return redirect("space:synthesis_theme", synthesis.reference, pk)
    merged = form.cleaned_data["merged"]
    try:
        merge_themes(kept=theme, merged=merged, user=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"« {merged.label} » est réuni à « {theme.label} ».")
    return _back_to(synthesis, _genre(theme))


@synthesis_view("POST")
def synthesis_theme_removal(request: HttpRequest, synthesis: Synthesis, pk: int) -> HttpResponse:
    """Out of the codebook; what was under it waits to be put elsewhere."""
    theme = get_object_or_404(Theme, region=synthesis.region, pk=pk)
    delete_theme(theme=theme, user=request.user)
    messages.success(request, f"Le thème « {theme.label} » est effacé du cahier.")
    return _back_to(synthesis, _genre(theme))


def _theme_context(synthesis: Synthesis, theme: Theme) -> dict[str, Any]:
    coded = set(synthesis.coded.filter(theme=theme).values_list("finding_key", flat=True))
    of_its_kind = [e for e in published_findings(synthesis=synthesis) if e.kind == theme.kind]
    return {
        "synthesis": synthesis,
        "theme": theme,
        "findings": [each for each in of_its_kind if each.key in coded],
        "others": [each for each in of_its_kind if each.key not in coded],
        "genre": _genre(theme),
        "merge_form": MergeForm(themes=_others(theme)),
    }


def _others(theme: Theme) -> QuerySet[Theme]:
    return Theme.objects.filter(region=theme.region_id, kind=theme.kind).exclude(pk=theme.pk)


def _genre(theme: Theme) -> str:
    return next(genre for genre, (kind, _) in KINDS.items() if kind == theme.kind)


def _back_to(synthesis: Synthesis, genre: str) -> HttpResponse:
    return redirect(
        f"{reverse('space:synthesis_themes', args=[synthesis.reference])}?genre={genre}"
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
