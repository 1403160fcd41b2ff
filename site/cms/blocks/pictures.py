"""Blocks with a picture: always described, or said to be decorative."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import AbstractImage


class DescribedImageBlock(ImageBlock):
    """Wagtail's own, which asks for words or « décorative »; all its sizes are read at once."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[AbstractImage | None]:
        images = super().bulk_to_python(values)
        prefetch_related_objects([image for image in images if image], "renditions")
        return images

    class Meta:
        icon = "image"
        label = "Image"


def last_image() -> AbstractImage | None:
    """What a preview shows: the last picture that was sent in, if any."""
    image = get_image_model().objects.order_by("-pk").first()
    if image is not None:
        image.contextual_alt_text, image.decorative = image.description, False
    return image


class PictureBlock(blocks.StructBlock):
    image = DescribedImageBlock(label="Image")
    caption = blocks.CharBlock(
        label="Légende",
        max_length=250,
        required=False,
        help_text="Ce que l’image ne dit pas: le lieu, l’année. Le crédit s’ajoute de lui-même.",
    )

    def get_preview_value(self) -> blocks.StructValue:
        image = last_image()
        return self._to_struct_value([("image", image), ("caption", "Le marché, un samedi.")])

    def _to_struct_value(self, pairs: Sequence[tuple[str, Any]]) -> blocks.StructValue:
        return blocks.StructValue(self, pairs)

    class Meta:
        icon = "image"
        label = "Image"
        description = "Une image décrite en mots pour qui ne la voit pas, ou dite décorative."
        template = "blocks/picture.html"


class FigureBlock(blocks.StructBlock):
    """A chart made elsewhere. It says its finding, its numbers in words, and its source."""

    title = blocks.CharBlock(
        label="Ce que la figure montre",
        max_length=200,
        help_text="Une phrase: « La moitié des logements ont plus de quarante ans ».",
    )
    image = DescribedImageBlock(label="Figure")
    words = blocks.TextBlock(
        label="Les nombres en mots",
        rows=3,
        help_text="Ce que dit la figure, pour qui ne la voit pas ou l’imprime en petit.",
    )
    source = blocks.CharBlock(label="Source et année", max_length=250)

    def get_preview_value(self) -> blocks.StructValue:
        return blocks.StructValue(
            self,
            [
                ("title", "Une personne sur deux vient à pied"),
                ("image", last_image()),
                ("words", "À pied: 21 personnes; en auto: 15; à vélo: 4."),
                ("source", "Exemple inventé"),
            ],
        )

    class Meta:
        icon = "doc-full"
        label = "Figure avec sa source"
        description = "Un graphique ou une carte, avec ses nombres en mots et sa source."
        template = "blocks/figure.html"
