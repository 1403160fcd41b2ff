"""Blocks that lead to a page of another room, with one sentence of the editor's."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.models import Page


class TeaserBlock(blocks.StructBlock):
    """Shown while its page is live: a reader never meets a door that does not open."""

    example = ""
    sentence = blocks.CharBlock(
        label="Pourquoi la lire",
        max_length=250,
        required=False,
        help_text="Une phrase. Vide: celle de la page.",
    )

    def get_preview_value(self) -> blocks.StructValue:
        page = Page(title=self.example, live=True)
        return blocks.StructValue(
            self, [("page", page), ("sentence", "Une phrase qui donne envie de lire.")]
        )

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {"kind": self.meta.label}

    class Meta:
        template = "blocks/teaser.html"


class PracticeTeaserBlock(TeaserBlock):
    example = "Une navette conduite par des bénévoles (exemple)"
    page = blocks.PageChooserBlock(label="Fiche", page_type="pratiques.PracticePage")

    class Meta:
        icon = "pick"
        label = "Pratique"
        description = "Une fiche du catalogue: qui a fait quoi, et qui appeler."


class AppraisalTeaserBlock(TeaserBlock):
    example = "Village-Exemple, 2026 (exemple)"
    page = blocks.PageChooserBlock(label="Démarche", page_type="appreciation.AppraisalPage")

    class Meta:
        icon = "group"
        label = "Démarche"
        description = "Une entrée du registre des démarches."


class ResourceTeaserBlock(TeaserBlock):
    example = "Petit guide d’accueil (exemple)"
    page = blocks.PageChooserBlock(label="Ressource", page_type="home.ResourcePage")

    class Meta:
        icon = "doc-full"
        label = "Ressource"
        description = "Un guide, un outil ou une étude de la liste des ressources."
