"""Blocks that lead to a film or a file."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page

PRIVATE = "Ce document est privé: rendez-le public dans Documents, ou choisissez-en un autre."


class VideoBlock(blocks.StructBlock):
    """A video of the site: it has its captions and its transcript on its own page."""

    page = blocks.PageChooserBlock(label="Vidéo", page_type="appreciation.VideoPage")
    sentence = blocks.CharBlock(label="Ce qu’on y voit", max_length=250, required=False)

    def get_preview_value(self) -> blocks.StructValue:
        page = Page(title="Une rencontre, du début à la fin")
        return blocks.StructValue(
            self, [("page", page), ("sentence", "Six minutes, avec sous-titres.")]
        )

    class Meta:
        icon = "media"
        label = "Vidéo"
        description = "Une vidéo publiée sur ce site, avec ses sous-titres et sa transcription."
        template = "blocks/video.html"


class PublicDocumentBlock(DocumentChooserBlock):
    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        if document is not None and document.is_private:
            raise ValidationError(PRIVATE, code="private")
        return document


class DocumentBlock(blocks.StructBlock):
    document = PublicDocumentBlock(label="Document")
    words = blocks.CharBlock(
        label="Ce que c’est", max_length=250, required=False, help_text="Une phrase."
    )

    def get_preview_value(self) -> blocks.StructValue:
        document = get_document_model()(title="Guide d’accueil (exemple)")
        return blocks.StructValue(
            self, [("document", document), ("words", "Quatre pages à remettre à la porte.")]
        )

    class Meta:
        icon = "doc-full-inverse"
        label = "Document"
        description = "Un fichier public à télécharger, avec sa sorte et son poids."
        template = "blocks/document.html"
