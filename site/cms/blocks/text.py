"""Blocks of words."""

from __future__ import annotations

from wagtail import blocks

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
"""Little enough for what is pasted from Word to arrive as text, lists and links, nothing else."""
SHORT = ["bold", "italic", "link", "ol", "ul"]


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs) -> None:
        super().__init__(**{"features": FEATURES} | kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Texte"
        description = "Des paragraphes, des intertitres, des listes et des liens."
        template = "blocks/text.html"
        preview_value = (
            "<h2>Qui peut participer</h2><p>Tout le monde: on vient comme on est, "
            "et on dit ce qu’on voit.</p><ul><li>Les gens de la place</li><li>Les élus</li></ul>"
        )


class CalloutBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Titre", max_length=120, required=False)
    text = blocks.RichTextBlock(label="Texte", features=SHORT)

    class Meta:
        icon = "info-circle"
        label = "Encadré"
        description = "Une chose à retenir, mise à part du texte. Un par écran suffit."
        template = "blocks/callout.html"
        preview_value = {
            "heading": "Avant de commencer",
            "text": "<p>Appelez votre comité: quelqu’un connaît déjà le terrain.</p>",
        }


class QuoteBlock(blocks.StructBlock):
    """Somebody's words. Published with her permission only."""

    text = blocks.TextBlock(label="Ce qui a été dit", rows=3)
    who = blocks.CharBlock(
        label="De qui",
        max_length=120,
        required=False,
        help_text="Comme la personne veut être nommée: « une résidente », un rôle, un nom.",
    )
    is_permitted = blocks.BooleanBlock(
        label="La personne accepte d’être citée ici, et comment elle est nommée"
    )

    class Meta:
        icon = "openquote"
        label = "Citation"
        description = "Les mots d’une personne, avec sa permission."
        template = "blocks/quote.html"
        preview_value = {
            "text": "On pensait être seuls à y tenir. On était quarante.",
            "who": "une participante (exemple inventé)",
            "is_permitted": True,
        }


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", max_length=150)
    text = blocks.RichTextBlock(label="Texte", features=SHORT)

    class Meta:
        icon = "collapse-down"
        label = "Volet"


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItemBlock(), label="Volets", min_num=1)

    class Meta:
        icon = "list-ul"
        label = "Volets à ouvrir"
        description = "Des titres qu’on ouvre un à un: questions, étapes, précisions."
        template = "blocks/accordion.html"
        preview_value = {
            "items": [
                {"title": "Qui paie?", "text": "<p>Le comité, avec ses partenaires.</p>"},
                {"title": "Combien de temps?", "text": "<p>Une soirée de trois heures.</p>"},
            ]
        }
