"""A dossier: sheets that an editor put together, in her order, each with her sentence."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms.models import BasePage
from pratiques.domain.queries.suggested import readable_sheets
from pratiques.pages.unreviewed import UnreviewedMixin


class DossierPage(UnreviewedMixin, BasePage):
    introduction = RichTextField(
        "introduction",
        features=["bold", "italic", "link"],
        help_text="Pourquoi ces fiches se lisent ensemble, en quelques phrases.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("entries", heading="Fiches, dans l’ordre", label="Fiche", min_num=1),
    ]
    parent_page_types = ["pratiques.CataloguePage"]
    subpage_types: list[str] = []
    template = "pratiques/dossier.html"
    search_fields = [*BasePage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        """Sheets that left the catalogue are passed over until they are back."""
        entries = list(self.entries.all())
        chosen = readable_sheets(with_demo=True).in_bulk([each.practice_id for each in entries])
        return super().get_context(request, *args, **kwargs) | {
            "catalogue": self.get_parent(),
            "lines": [
                (chosen[each.practice_id], each.sentence)
                for each in entries
                if each.practice_id in chosen
            ],
        }


class DossierEntry(Orderable):
    dossier = ParentalKey(DossierPage, on_delete=models.CASCADE, related_name="entries")
    practice = models.ForeignKey(
        "pratiques.PracticePage", on_delete=models.CASCADE, related_name="+", verbose_name="fiche"
    )
    sentence = models.CharField(
        "pourquoi celle-ci",
        max_length=300,
        help_text="Une phrase: ce qu’on y trouve que les autres n’ont pas.",
    )

    panels = [PageChooserPanel("practice", "pratiques.PracticePage"), FieldPanel("sentence")]

    class Meta(Orderable.Meta):
        verbose_name = "fiche du dossier"
        verbose_name_plural = "fiches du dossier"
        constraints = [
            models.UniqueConstraint(fields=("dossier", "practice"), name="dossier_practice_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.sentence[:60]}"
