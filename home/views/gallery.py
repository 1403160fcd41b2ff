"""Every component once, with its name: what whoever builds a screen looks at first."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.charts import BarRow, DistributionBars, LevelScale
from core.disclosure import OUTSIDE_K, AnswerCounts, disclose_distribution
from core.errors import DomainError
from core.form_errors import add_refusal
from core.shapes import SHAPES
from core.templatetags.ui import ICONS

SURFACES = ("paper", "plane", "plane-known", "plane-said", "plane-deep", "attention-plane")
INKS = ("ink", "ink-soft", "link", "act", "invite", "now", "attention-ink")
LEVELS = ("level-1", "level-2", "level-3", "level-4")
LABELS = ("À peine amorcé", "En chemin", "Bien avancé", "Acquis")


class SampleForm(forms.Form):
    """One field of each kind."""

    place = forms.CharField(label="Nom du lieu", help_text="Comme les gens d’ici le disent.")
    words = forms.CharField(
        label="En quelques mots", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phase = forms.ChoiceField(
        label="Phase", choices=[("1", "Décider"), ("2", "Préparer le portrait")]
    )
    reply = forms.ChoiceField(
        label="Votre réponse",
        choices=[("yes", "Oui"), ("no", "Pas encore")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="L’organisme accepte que la fiche soit publiée")


def gallery(request: HttpRequest) -> HttpResponse:
    context = {
        "surfaces": SURFACES,
        "inks": INKS,
        "levels": LEVELS,
        "icons": sorted(ICONS),
        "shapes": tuple(SHAPES),
        "steps": (1, 4, 9),
        "form": SampleForm(prefix="vide", initial={"place": "Village-Exemple"}),
        "refused": _refused_form(),
        "chart": _chart(),
        "results": Paginator(range(60), 20).page(2),
    }
    return render(request, "gallery/gallery.html", context)


def _refused_form() -> SampleForm:
    form = SampleForm({"faux-phase": "9"}, prefix="faux")
    form.is_valid()
    add_refusal(form, DomainError("Le formulaire est incomplet: rien n’est perdu."))
    return form


def _chart() -> DistributionBars:
    return DistributionBars(
        identifier="exemple",
        title="On s’entraide, et on le sait",
        sentence="Sur 18 personnes inventées, 14 disent « bien avancé » ou « acquis ».",
        source="Nombres inventés, pour la galerie",
        scale=LevelScale(LABELS),
        rows=(
            BarRow(label="Entraide", distribution=_sample(1, 3, 8, 6), headline="Bien avancé"),
            BarRow(label="Transport", distribution=_sample(7, 6, 3, 1), headline="En chemin"),
        ),
    )


def _sample(*counts: int):
    return disclose_distribution(AnswerCounts(counts), k=OUTSIDE_K)
