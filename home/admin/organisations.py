"""Organisations in the admin, for the people who keep the directory."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from home.organisations import Organisation


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = "Organisations"
    url_prefix = "organisations"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "name",
        Column("get_kind_display", label="Sorte", sort_key="kind"),
        "territory",
    ]
    list_filter = ["kind", "territory", "issue"]
    search_fields = ["name", "acronym", "description"]
    ordering = ("position", "name", "pk")
    panels = [
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("acronym")]),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("territory"), FieldPanel("issue")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]), FieldPanel("url")],
            heading="La joindre",
        ),
        FieldPanel("source"),
        FieldPanel("position"),
    ]
