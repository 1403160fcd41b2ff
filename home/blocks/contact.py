"""The organisation's own coordinates, kept in one place (Réglages) and shown where wanted."""

from wagtail import blocks


class ContactBlock(blocks.StaticBlock):
    class Meta:
        icon = "mail"
        label = "Coordonnées"
        admin_text = "Les coordonnées des réglages du site: organisme, personne à appeler."
        description = "Qui appeler et où écrire, tels que dits dans les réglages du site."
        template = "blocks/contact.html"
        preview_value = None
