"""The directory of partners and tables of concertation."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.models import BasePage
from home.enums import OrganisationKind
from home.organisations import Organisation
from home.pages.listing import asked

HEADINGS = {
    OrganisationKind.TERRITORIAL: "Les comités des territoires",
    OrganisationKind.REGIONAL: "Les comités et les tables de la région",
    OrganisationKind.PARTNER: "Les partenaires",
    OrganisationKind.NETWORK: "Les réseaux d’ailleurs au Québec",
}
ORDER = list(OrganisationKind)


class DirectoryPage(BasePage):
    introduction = RichTextField("introduction", blank=True, features=["bold", "italic", "link"])

    content_panels = [
        *BasePage.content_panels,
        FieldPanel(
            "introduction", help_text="Les organisations elles-mêmes: menu « Organisations »."
        ),
    ]
    max_count = 1
    subpage_types: list[str] = []
    template = "home/directory_page.html"

    class Meta:
        verbose_name = "répertoire des partenaires"
        verbose_name_plural = "répertoires des partenaires"

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict[str, Any]:
        territory = asked(request.GET, "territoire")
        rows = list(Organisation.objects.select_related("territory", "issue"))
        options = sorted(
            {(row.territory.slug, row.territory.name) for row in rows if row.territory}
        )
        if territory:
            rows = [row for row in rows if row.territory and row.territory.slug == territory]
        rows.sort(key=lambda row: ORDER.index(row.kind))
        groups = groupby(rows, key=lambda row: row.kind)
        return super().get_context(request, *args, **kwargs) | {
            "groups": [(HEADINGS[OrganisationKind(kind)], list(group)) for kind, group in groups],
            "territory": territory,
            "territory_options": options,
        }
