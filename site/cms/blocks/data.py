"""Blocks of facts: a table, a few big figures, dates in order."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class TableBlock(blocks.StructBlock):
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="Texte", required=False)),
            ("number", blocks.DecimalBlock(label="Nombre", required=False)),
        ],
        label="Tableau",
    )
    source = blocks.CharBlock(label="Source et année", max_length=250, required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """A table says what it is about, for whoever meets it out of its page."""
        cleaned = super().clean(value)
        if not cleaned["table"].caption and not self.is_deferred_validation:
            error = ValidationError("Donnez un titre au tableau, au-dessus de ses colonnes.")
            raise blocks.StructBlockValidationError(block_errors={"table": error})
        return cleaned

    class Meta:
        icon = "table"
        label = "Tableau"
        description = "Des colonnes nommées; la première dit de quoi parle chaque ligne."
        template = "blocks/table.html"
        preview_value = {
            "table": {
                "caption": "La semaine au centre (exemple inventé)",
                "columns": [
                    {"type": "text", "heading": "Jour"},
                    {"type": "text", "heading": "Activité"},
                ],
                "rows": [{"values": ["Mardi", "Navette"]}, {"values": ["Samedi", "Marché"]}],
            },
            "source": "",
        }


class KeyFigureBlock(blocks.StructBlock):
    figure = blocks.CharBlock(label="Nombre", max_length=20, help_text="« 42 », « 1 sur 3 ».")
    words = blocks.CharBlock(label="De quoi", max_length=120)

    class Meta:
        icon = "order"
        label = "Nombre"


class KeyFiguresBlock(blocks.StructBlock):
    figures = blocks.ListBlock(KeyFigureBlock(), label="Nombres", min_num=1, max_num=4)
    source = blocks.CharBlock(label="Source et année", max_length=250)

    class Meta:
        icon = "decimal"
        label = "Nombres en gros"
        description = "Un à quatre nombres, chacun avec ses mots, et leur source."
        template = "blocks/key_figures.html"
        preview_value = {
            "figures": [
                {"figure": "6", "words": "territoires"},
                {"figure": "42", "words": "municipalités locales"},
            ],
            "source": "Exemple",
        }


class MomentBlock(blocks.StructBlock):
    when = blocks.CharBlock(label="Quand", max_length=40, help_text="« 2003 », « mai 2012 ».")
    title = blocks.CharBlock(label="Quoi", max_length=150)
    text = blocks.TextBlock(label="Précision", rows=2, required=False)

    class Meta:
        icon = "date"
        label = "Moment"


class TimelineBlock(blocks.StructBlock):
    moments = blocks.ListBlock(MomentBlock(), label="Moments", min_num=1)
    source = blocks.CharBlock(label="Source", max_length=250, required=False)

    class Meta:
        icon = "history"
        label = "Ligne du temps"
        description = "Des moments dans l’ordre, du plus ancien au plus récent."
        template = "blocks/timeline.html"
        preview_value = {
            "moments": [
                {"when": "Mars", "title": "Première rencontre", "text": ""},
                {
                    "when": "Mai",
                    "title": "Un jardin ouvre",
                    "text": "Douze familles y viennent.",
                },
            ],
            "source": "Exemple inventé",
        }
