"""The tools of the toolkit in the admin, for the people who write the pages."""

from __future__ import annotations

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.views.snippets import SnippetViewSet

from appreciation.interfaces.tool_form import ToolForm, ToolFormatForm
from appreciation.models import Tool
from core.admin_views import CarefulDeleteView


class FormatsPanel(InlinePanel):
    """Wagtail makes the forms of the rows itself: ours knows the documents that can be filled."""

    def get_form_options(self) -> dict:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = ToolFormatForm
        return options


class ToolViewSet(SnippetViewSet):
    model = Tool
    icon = "folder-open-inverse"
    menu_label = "Outils de la trousse"
    url_prefix = "outils"
    add_to_admin_menu = True
    copy_view_enabled = False
    delete_view_class = CarefulDeleteView
    list_display = [
        "title",
        "version",
        Column("get_kind_display", label="Sorte", sort_key="kind"),
        Column("get_variant_display", label="Pour qui", sort_key="variant"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["kind", "variant"]
    ordering = ("position", "title", "pk")
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("slug", widget=SlugInput),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("variant")]),
            FieldPanel("description"),
            FieldPanel("phases"),
            FieldPanel("content"),
            FieldPanel("shipped_text"),
            FormatsPanel(
                "formats",
                heading="À emporter",
                label="Format",
                panels=[FieldPanel("label"), FieldPanel("document"), FieldPanel("made")],
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("version"), FieldPanel("dated_on")]),
                    FieldPanel("replaces"),
                    FieldPanel("variant_of"),
                    FieldPanel("is_working_version"),
                ],
                heading="Version",
            ),
            MultiFieldPanel(
                [FieldPanel("owner"), FieldPanel("licence"), FieldPanel("position")],
                heading="Qui en répond",
            ),
            PublishingPanel(),
        ],
        base_form_class=ToolForm,
    )
