"""Frequent questions in the admin, for the people who write the pages."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from appreciation.models import FrequentQuestion


class FrequentQuestionViewSet(SnippetViewSet):
    model = FrequentQuestion
    icon = "help"
    menu_label = "Questions fréquentes"
    url_prefix = "questions-frequentes"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "question",
        Column("get_phase_display", label="Étape", sort_key="phase"),
        BooleanColumn("is_published", label="Publiée"),
    ]
    list_filter = ["phase", "is_published"]
    search_fields = ["question", "answer"]
    ordering = ("position", "question", "pk")
    panels = [
        FieldPanel("question"),
        FieldPanel("answer"),
        FieldPanel("phase"),
        FieldPanel("is_published"),
        FieldPanel("position"),
    ]
